/** Tables, charts and the drawers behind them with keys alone. */

import { readFile } from "node:fs/promises";
import { tableFromIPC } from "apache-arrow";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { hasFocus, isSomewhere, noPointer, openForKeys, pressOn, reach, SLOW } from "./keyboard.ts";
import { findChromium, firstChartMilliseconds, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();
const ROWS = "tbody tr[data-index]";

describe.skipIf(executablePath === null)("rows, by keyboard alone", () => {
  let centre: DemoInBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  const opened = async (path: string) => {
    const open = await openForKeys(centre.browser.context, `${centre.demo.address}${path}`);
    if (path !== "/live") await firstChartMilliseconds(open.page);
    return open;
  };
  const drawerOf = (page: Page): Locator => page.getByRole("dialog");
  const shownIn = (page: Page) => new URL(page.url()).searchParams.get("rows") ?? "";

  async function closed(page: Page, opener: Locator): Promise<void> {
    await page.keyboard.press("Escape");
    await drawerOf(page).waitFor({ state: "detached" });
    expect(await hasFocus(opener)).toBe(true);
  }

  test("a table is searched, sorted and walked, its rows picked and opened", async () => {
    const { page, errors } = await opened("/managers");
    const table = page.getByRole("region", { name: "Agents" });
    const search = table.getByRole("searchbox");
    await reach(page, search);
    const first = table.locator(ROWS).first();
    const name = (await first.locator("td").first().innerText()).trim();
    await page.keyboard.type(name);
    await expect.poll(() => table.locator(ROWS).count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => table.locator(ROWS).count()).toBeGreaterThan(5);
    const head = table.getByRole("columnheader").first();
    await pressOn(page, head.getByRole("button"));
    const wanted =
      (await head.getAttribute("aria-sort")) === "ascending" ? "descending" : "ascending";
    await page.keyboard.press("Enter");
    await expect.poll(() => head.getAttribute("aria-sort")).toBe(wanted);
    await reach(page, table.locator(`${ROWS}[tabindex="0"]`));
    for (const [key, index] of [
      ["ArrowDown", "1"],
      ["ArrowDown", "2"],
      ["ArrowUp", "1"],
      ["Home", "0"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await hasFocus(table.locator(`tr[data-index="${index}"]`)), key).toBe(true);
    }
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    const show = page.getByRole("button", { name: "Show rows of 2 selected" });
    await reach(page, show, "Shift+Tab");
    await page.keyboard.press("Enter");
    await drawerOf(page).waitFor();
    expect(shownIn(page)).toMatch(/agent:[\w-]+,[\w-]+/);
    await closed(page, show);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await show.waitFor({ state: "detached" });
    await isSomewhere(page);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("the menu of a card gives CSV, Arrow and paper", async () => {
    const { page, errors } = await opened("/vendors");
    await page.evaluate("globalThis.print = () => { globalThis.printed = true; }");
    const card = page.locator(".card", { has: page.getByRole("region") }).last();
    const menu = card.getByRole("button", { name: "Download" });
    await reach(page, menu);
    for (const [steps, ending] of [
      [0, ".csv"],
      [1, ".arrow"],
    ] as const) {
      await page.keyboard.press("Enter");
      for (let step = 0; step < steps; step++) await page.keyboard.press("ArrowDown");
      const waiting = page.waitForEvent("download");
      await page.keyboard.press("Enter");
      const download = await waiting;
      expect(download.suggestedFilename()).toContain(ending);
      const bytes = await readFile(await download.path());
      if (ending === ".arrow") expect(tableFromIPC(bytes).numRows).toBeGreaterThan(0);
      // The focus is still on the menu after the file was made.
      expect(await hasFocus(menu)).toBe(true);
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("globalThis.printed")).toBe(true);
    await page.keyboard.press("Enter");
    await card.getByRole("menuitem").first().waitFor();
    await page.keyboard.press("Escape");
    expect(await card.getByRole("menuitem").count()).toBe(0);
    expect(await hasFocus(menu)).toBe(true);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test.each([
    ["/managers", "Agents sorted"],
    ["/managers", "Standard deviation"],
    ["/vendors", "Verified outcomes"],
    ["/vendors", "Cost per verified action"],
    ["/planners", "Mean contacts offered"],
    ["/planners", "Load, service level"],
    ["/planners", "Occupancy"],
  ])("%s: a mark of the chart “%s” is walked to and opened", async (path, name) => {
    const { page, errors } = await opened(path);
    const names = await page
      .getByRole("application")
      .evaluateAll((charts) => charts.map((chart) => chart.getAttribute("aria-label")));
    const chart = page.getByRole("application", { name: new RegExp(`^${name}`) });
    expect(await chart.count(), names.join(" | ")).toBe(1);
    await reach(page, chart);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => chart.locator("output").innerText()).toMatch(/\d/);
    await page.keyboard.press("Enter");
    await drawerOf(page).waitFor();
    expect(shownIn(page)).not.toBe("");
    await drawerOf(page).locator(".mark-facts, tbody tr").first().waitFor(SLOW);
    await closed(page, chart);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("several marks are held with Shift, as the brush does it, and opened together", async () => {
    const { page } = await opened("/managers?metric=meanHandleSeconds");
    const chart = page.getByRole("application", { name: /^Agents sorted/ });
    await reach(page, chart);
    await page.keyboard.press("Home");
    for (let step = 0; step < 3; step++) await page.keyboard.press("Shift+ArrowRight");
    expect(await chart.locator("output").innerText()).toMatch(/^4 held\. /);
    await page.keyboard.press("Shift+ArrowLeft");
    expect(await chart.locator("output").innerText()).toMatch(/^3 held\. /);
    await page.keyboard.press("Enter");
    await drawerOf(page).waitFor();
    expect(
      shownIn(page)
        .match(/agent:([\w,-]+)/)?.[1]
        ?.split(","),
    ).toHaveLength(3);
    await closed(page, chart);
    // Without Shift it is one again.
    await page.keyboard.press("ArrowRight");
    expect(await chart.locator("output").innerText()).not.toContain("held");
    await noPointer(page);
    await page.close();
  });

  test("a drawer keeps Tab inside, has its tabs, its pages of rows and its menu", async () => {
    const { page, errors } = await opened("/vendors");
    const row = page.getByRole("region").locator(`${ROWS}[tabindex="0"]`).last();
    await pressOn(page, row);
    const drawer = drawerOf(page);
    await drawer.locator("tbody tr").first().waitFor(SLOW);
    const inside = () => page.evaluate("document.activeElement.closest('.drawer') !== null");
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let presses = 0; presses < 25; presses++) {
        await page.keyboard.press(key);
        expect(await inside(), key).toBe(true);
      }
    }
    const status = drawer.locator("p[role='status']").first();
    await expect.poll(() => status.innerText(), SLOW).toMatch(/^200 of/);
    await pressOn(page, drawer.getByRole("button", { name: "Load more" }));
    await expect.poll(() => status.innerText(), SLOW).toMatch(/^400 of/);
    await expect.poll(inside).toBe(true);
    await pressOn(page, drawer.getByRole("button", { name: "Download" }));
    const download = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    const tabs = drawer.getByRole("tab");
    if ((await tabs.count()) > 1) {
      await reach(page, tabs.first());
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await expect.poll(() => tabs.nth(1).getAttribute("aria-selected")).toBe("true");
      await settled(page);
    }
    await pressOn(page, drawer.getByRole("button", { name: "Close" }));
    await drawer.waitFor({ state: "detached" });
    expect(await hasFocus(row)).toBe(true);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("Live: a queue, an assignment and a task are opened", async () => {
    const { agents } = (await centre.demo.call("GET", "/spread?metric=meanHandleSeconds")) as {
      agents: { agent: string; kind: string; n: number }[];
    };
    const [human] = agents.filter(({ kind }) => kind === "human").sort((a, b) => b.n - a.n);
    const capacity = { call: 1, chat: 1, ticket: 1, message: 1, email: 1 };
    const presence = { pool: "own", capacity, capacityTotal: 1 };
    await centre.demo.call("POST", `/agents/${human?.agent}/presence`, presence);
    const made = ["call-back", "second"].map((kind) => ({ kind, channel: "call" }));
    await centre.demo.call("POST", "/tasks", { tasks: made });
    const { page, errors } = await opened("/live");
    const drawer = drawerOf(page);
    const queue = page.locator(".queues").getByRole("button", { name: "no queue" });
    await pressOn(page, queue);
    await pressOn(page, drawer.locator(`${ROWS}[tabindex="0"]`));
    await drawer.getByRole("table", { name: "Who it was given to" }).waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await isSomewhere(page);
    const given = page.locator(".stream li button").first();
    await pressOn(page, given);
    await drawer.getByRole("table", { name: "Who it was given to" }).waitFor();
    await closed(page, given);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });
});
