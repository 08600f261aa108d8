/** The pages on a centre of very many agents: what is not listed or drawn is said, and nothing hangs. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MOST_LIVE_AGENTS } from "../../src/http/contract/live.ts";
import { MOST_ROWS } from "../../src/http/contract/reading.ts";
import { testDatabase } from "../support/database.ts";
import { nameOf, SIGNED_ON, signOnMany, takeManyAgents } from "../support/million-agents.ts";
import { ensureDashboards } from "./built.ts";
import { findChromium, type OpenBrowser, openBrowser, openPage, settled } from "./pages.ts";
import { type Served, served, signIn } from "./served.ts";

const executablePath = findChromium();
const store = await testDatabase({ maxConnections: 12 });

/** As many as pass every limit; `MUSTER_AGENTS` takes a million, or others. */
const AGENTS = Number(process.env.MUSTER_AGENTS ?? 250_000);
const SLOW = { timeout: 120_000 };
const written = (count: number) => count.toLocaleString("en-GB");

describe.skipIf(executablePath === null)("a centre of very many agents", () => {
  let centre: Served;
  let browser: OpenBrowser;

  beforeAll(async () => {
    await ensureDashboards();
    await takeManyAgents(store, AGENTS);
    await signOnMany(store);
    centre = await served(store);
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    await signIn(browser, centre);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await centre?.stop();
  });

  async function opened(path: string): Promise<{ page: Page; errors: readonly string[] }> {
    const found = await openPage(browser.context, `${centre.address}${path}`);
    await found.page.locator("h1, .card h2").first().waitFor(SLOW);
    return found;
  }

  /** The longest that the page did not answer, from now until it is asked. */
  async function watchBlocks(page: Page): Promise<() => Promise<number>> {
    await page.evaluate(`{
      let before = performance.now();
      window.longest = 0;
      setInterval(() => {
        const now = performance.now();
        window.longest = Math.max(window.longest, now - before);
        before = now;
      }, 20);
    }`);
    return () => page.evaluate("window.longest");
  }

  test("Managers lists those who handled most, and says how many there are", async () => {
    const { page, errors } = await opened("/managers?metric=meanHandleSeconds");
    const longest = await watchBlocks(page);
    const notes = page.locator(".names-note[role=status]");
    await expect.poll(() => notes.count(), SLOW).toBe(2);
    expect(await notes.first().innerText()).toContain(
      `${written(AGENTS)} agents: the ${written(MOST_ROWS)} who handled most are listed`,
    );
    const count = page.locator(".table-search output").first();
    await expect.poll(() => count.innerText(), SLOW).toBe(`${written(MOST_ROWS)} rows`);
    await page.locator("canvas").first().waitFor();
    expect(await page.locator(".headline").innerText()).toContain(written(AGENTS));
    await page.locator(".table-search input").first().fill(nameOf(77));
    await expect.poll(() => count.innerText()).toBe(`1 of ${written(MOST_ROWS)}`);
    console.info(
      `Managers, ${AGENTS} agents: ${(await longest()).toFixed(0)} ms without an answer`,
    );
    expect(await longest()).toBeLessThan(3000);
    expect(await page.locator(".state.failed").count()).toBe(0);
    expect(errors).toEqual([]);
    await settled(page);
    if (process.env.MUSTER_SHOTS) {
      await page.screenshot({ path: `${process.env.MUSTER_SHOTS}/managers.png`, fullPage: true });
    }
    await page.close();
  }, 240_000);

  test("Live counts all who are signed on and shows the first by name", async () => {
    const { page, errors } = await opened("/live");
    const note = page.getByText(`${written(SIGNED_ON)} agents are signed on`);
    await note.waitFor(SLOW);
    expect(await page.locator(".tile").count()).toBe(MOST_LIVE_AGENTS);
    expect(await page.locator(".headline").innerText()).toContain(written(SIGNED_ON));
    expect(errors).toEqual([]);
    if (process.env.MUSTER_SHOTS) {
      await page.screenshot({ path: `${process.env.MUSTER_SHOTS}/live.png` });
    }
    await page.close();
  }, 240_000);

  test("Settings finds an agent by a search", async () => {
    const { page, errors } = await opened("/settings?tab=views");
    const whose = page.getByRole("combobox", { name: "Of whom" });
    await whose.waitFor(SLOW);
    await page.getByText("The first 500 are offered").waitFor(SLOW);
    expect(await whose.locator("option").count()).toBe(501);
    await page.getByLabel("Find an agent").fill(nameOf(123_456));
    await expect.poll(() => whose.locator("option").count(), SLOW).toBe(2);
    await whose.selectOption({ label: nameOf(123_456) });
    await page.getByLabel("Find an agent").fill("");
    await page.getByText("The first 500 are offered").waitFor(SLOW);
    expect(await whose.locator("option:checked").innerText()).toBe(nameOf(123_456));
    expect(errors).toEqual([]);
    if (process.env.MUSTER_SHOTS) {
      await page.screenshot({ path: `${process.env.MUSTER_SHOTS}/settings.png` });
    }
    await page.close();
  }, 240_000);

  test.each(["/planners", "/sources", "/vendors"])(
    "%s opens",
    async (path) => {
      const { page, errors } = await opened(path);
      await settled(page);
      expect(await page.locator(".state.failed").count()).toBe(0);
      expect(errors).toEqual([]);
      await page.close();
    },
    240_000,
  );
});
