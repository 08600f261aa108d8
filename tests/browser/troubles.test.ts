/** What goes wrong while a page is open: the server goes, a session ends, a name changes under one's eyes. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { findChromium, openPage, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser, type Served, served, signIn } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();

/** It is asked again after 5 s. */
const SLOW = { timeout: 25_000 };

describe.skipIf(executablePath === null)("an open page", () => {
  let centre: DemoInBrowser;
  let demo: Served;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
    demo = centre.demo;
  }, 180_000);

  afterAll(async () => {
    await demo?.stop();
    await centre?.browser.close();
  });

  async function opened(path = "/managers?metric=meanHandleSeconds"): Promise<Page> {
    const { page } = await openPage(centre.browser.context, `${demo.address}${path}`);
    await page.locator(".headline h1").waitFor();
    await settled(page);
    return page;
  }

  const tab = (page: Page, name: string) => page.getByRole("tab", { name });

  test("says that the server is gone, keeps what is there, and comes back by itself", async () => {
    const page = await opened();
    const live = await opened("/live");
    const before = await page.locator(".headline h1").innerText();
    const port = Number(new URL(demo.address).port);
    await demo.stop();
    await tab(page, "First-contact resolution").click();
    const note = page.locator(".connection-note");
    await expect.poll(() => note.innerText(), SLOW).toContain("Muster does not answer");
    await live
      .getByText(/stands still|cut off|reconnect/i)
      .first()
      .waitFor();
    demo = await served(store, port);
    await expect.poll(() => note.innerText(), SLOW).toBe("");
    const headline = page.locator(".headline h1");
    await expect.poll(() => headline.innerText(), SLOW).toContain("First-contact resolution");
    expect(before).not.toContain("First-contact resolution");
    await page.close();
    await live.close();
  }, 90_000);

  test("asks to sign in again when the session has run out or ended in another tab", async () => {
    const page = await opened();
    await store.pool.query("update session set expires_at = now() - interval '1 second'");
    await tab(page, "Satisfaction").click();
    await page.getByText("Sign in to Muster").waitFor();
    await expect.poll(() => page.locator(".headline, .table").count()).toBe(0);
    await page.close();
    await signIn(centre.browser, demo);
    const [one, other] = [await opened(), await opened("/planners")];
    await one.getByRole("button", { name: "Sign out" }).click();
    await one.getByText("Sign in to Muster").waitFor();
    await other.locator(".filters select").first().selectOption("last7");
    await other.getByText("Sign in to Muster").waitFor();
    await expect.poll(() => other.locator("canvas").count()).toBe(0);
    await one.close();
    await other.close();
    await signIn(centre.browser, demo);
  });

  test("goes on when a party gets another name, which is shown as text", async () => {
    const page = await opened("/vendors");
    const crooked = `<b onclick="x">North</b> \u202Eمورد 🏦`;
    const { rows } = await store.pool.query<{ id: number; name: string }>(
      "select id, name from party where kind = 'vendor' order by id limit 1",
    );
    const party = rows[0];
    await store.pool.query("update party set name = $1 where id = $2", [crooked, party?.id]);
    await page.locator(".filters select").first().selectOption("last7");
    const table = page.locator(".table tbody");
    await expect.poll(() => table.innerText(), SLOW).toContain(crooked);
    await expect.poll(() => page.locator(".table b[onclick]").count()).toBe(0);
    await expect.poll(() => page.locator(".state.failed").count()).toBe(0);
    await store.pool.query("update party set name = $1 where id = $2", [party?.name, party?.id]);
    await page.close();
  });

  test("keeps its frame where an answer is not what it should be", async () => {
    const page = await opened("/planners");
    await page.route("**/api/v1/volume*", (route) => route.fulfill({ json: {} }));
    await page.locator(".filters select").first().selectOption("last7");
    await page.locator(".state.failed").waitFor();
    await expect.poll(() => page.locator("nav a").count()).toBeGreaterThan(3);
    await page.unroute("**/api/v1/volume*");
    await page.locator(".filters select").first().selectOption("last28");
    await page.locator(".headline h1").waitFor();
    await page.close();
  });

  test("draws a year of quarters of an hour", async () => {
    const page = await opened("/planners?from=2025-11-23&to=2026-11-23");
    await expect.poll(() => page.locator(".headline h1").innerText()).toMatch(/\d/);
    await page.locator("canvas").first().waitFor();
    await expect.poll(() => page.locator(".state.failed").count()).toBe(0);
    await page.close();
  });
});
