/**
 * A whole morning in the demo centre, which needs no real data: a manager signs in, compares two months,
 * looks at agents and the calls behind them, takes these along as Arrow, keeps the view; then a vendor of
 * several signs in and finds its own, whatever it asks for. On real months: morning-real.test.ts.
 */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { ensureDashboards } from "./built.ts";
import {
  addAccount,
  agentsIn,
  brushAgents,
  countOf,
  downloadedArrow,
  keepView,
  ready,
  signedIn,
} from "./morning-steps.ts";
import { findChromium, type OpenBrowser, openBrowser, settled } from "./pages.ts";
import { type Served, served } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();

const MANAGER = "Morning manager";
const VENDOR = "Morning vendor";
const SLOW = { timeout: 15_000 };
const MINUTES_MS = 180_000;

interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: "client" | "vendor";
}

describe.skipIf(executablePath === null)("a morning", () => {
  let demo: Served;
  let browser: OpenBrowser;
  let parties: readonly Party[];
  let own: Party;

  beforeAll(async () => {
    await ensureDashboards();
    demo = await served(store);
    ({ parties } = (await demo.call("GET", "/dimensions")) as { parties: Party[] });
    const vendor = parties.find(({ kind }) => kind === "vendor");
    if (vendor === undefined) throw new Error("the demo centre has no vendor");
    own = vendor;
    await addAccount(demo, { name: MANAGER, role: "manager", party: null });
    await addAccount(demo, { name: VENDOR, role: "vendor", party: vendor.id });
  }, MINUTES_MS);

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  async function as(name: string): Promise<Page> {
    await browser?.close();
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    return signedIn(browser, demo, name);
  }

  test("of a manager", { timeout: MINUTES_MS }, async () => {
    const page = await as(MANAGER);
    const { lastDay } = (await demo.call("GET", "/dimensions")) as { lastDay: string };
    const month = lastDay.slice(0, 7);
    const [year = 0, number = 0] = month.split("-").map(Number);
    const firstOf = (months: number) =>
      new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 10);

    // This month against the one before.
    await page.getByRole("tab", { name: "Handling time" }).click();
    await page.getByLabel("First day").first().fill(firstOf(0));
    await page.waitForURL(/from=/);
    const search = new URL(page.url()).searchParams;
    search.set("compare", `${firstOf(-1)}..${firstOf(0)}`);
    await page.goto(`${demo.address}/managers?${search}`);
    await ready(page);
    const said = page.locator(".headline .comparison p").first();
    await expect.poll(() => said.innerText(), SLOW).toMatch(/Handling time \d+s, against .*\d+s: /);
    expect(await said.innerText()).toMatch(/interval/);

    // Agents in the upper half of the row.
    const drawer = await brushAgents(page, 0.6, 0.7);

    // What the figure means, and the calls behind it.
    const facts = await drawer.locator(".mark-facts").innerText();
    expect(facts).toContain("sum of talk, hold and wrap-up seconds / handled contacts");
    expect(facts).toMatch(/Counted to \d/);
    const count = await countOf(drawer);
    expect(count).toBeGreaterThan(0);
    await drawer.locator("tbody tr").first().waitFor();
    expect(await drawer.locator("tbody tr").first().innerText()).toMatch(/\.(csv|jsonl)/);

    // The file holds them all, with their types.
    const table = await downloadedArrow(page, drawer);
    expect(table.numRows).toBe(count);
    const ids = decodeURIComponent(page.url()).match(/agent:([\w,-]+)/)?.[1] ?? "";
    expect(agentsIn(table)).toHaveLength(ids.split(",").length);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });

    // Kept under a name, and found again from another page.
    const kept = new URL(page.url());
    await keepView(page, "Two months");
    expect(new URL(page.url()).searchParams.get("compare")).toBe(kept.searchParams.get("compare"));
    await expect.poll(() => said.innerText(), SLOW).toMatch(/Handling time \d+s, against/);
  });

  test("of a vendor, that finds its own and nothing else", { timeout: MINUTES_MS }, async () => {
    const page = await as(VENDOR);
    const others = parties.filter(({ id }) => id !== own.id);
    const people = (await demo.call("GET", "/spread?metric=meanHandleSeconds")) as {
      agents: { name: string; party: string | null }[];
    };
    const strangers = people.agents.filter(({ party }) => party !== own.name);
    expect(strangers.length).toBeGreaterThan(0);
    for (const path of ["/managers", "/vendors", "/planners", "/live"]) {
      // Asked for its own, and for another's by its id.
      for (const query of ["", `?party=${others[0]?.id}`]) {
        await page.goto(`${demo.address}${path}${query}`);
        await page.locator("main h1, main .state").first().waitFor();
        await settled(page);
        const text = await page.locator("body").innerText();
        for (const { name } of others) expect(text, `${path}${query}`).not.toContain(name);
        const words = new Set(text.split(/[\s,()]+/));
        expect(strangers.filter(({ name }) => words.has(name))).toEqual([]);
      }
    }
    await page.goto(`${demo.address}/vendors`);
    await page.locator(".table tbody tr").first().waitFor();
    expect(await page.locator(".table tbody").innerText()).toContain(own.name);
    await page.goto(`${demo.address}/sources`);
    await page.waitForURL((url) => url.pathname !== "/sources");
    const answers = await page.evaluate(`Promise.all(["/accounts", "/audit", "/quality"].map(
      async (path) => (await fetch("/api/v1" + path)).status))`);
    expect(answers).toEqual([403, 403, 403]);
  });
});
