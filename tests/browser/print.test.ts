/** The pages on paper: white, whole, without bars and buttons. */

import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import {
  findChromium,
  firstChartMilliseconds,
  type OpenBrowser,
  openPage,
  settled,
} from "./pages.ts";
import { type DemoInBrowser, demoInBrowser, type Served } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();

/** A sheet of A4 between its margins. */
const SHEET = { width: 703, height: 1032 };

describe.skipIf(executablePath === null)("pages on paper", () => {
  let centre: DemoInBrowser;
  let demo: Served;
  let browser: OpenBrowser;
  let folder: string;

  beforeAll(async () => {
    folder = process.env.PRINT_FOLDER ?? (await mkdtemp(join(tmpdir(), "muster-print-")));
    centre = await demoInBrowser(store, {
      executablePath: executablePath ?? "",
      colorScheme: "dark",
    });
    ({ demo, browser } = centre);
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
    if (process.env.PRINT_FOLDER === undefined) await rm(folder, { recursive: true, force: true });
  });

  test.each(["managers", "vendors", "planners", "sources"])("%s", async (name) => {
    const { page, errors } = await openPage(browser.context, `${demo.address}/${name}`);
    await page.locator(".headline h1").waitFor();
    await settled(page);
    if (name !== "sources") await firstChartMilliseconds(page);
    const rows = await page.locator(".table tbody tr[data-index]").count();
    await page.setViewportSize(SHEET);
    await page.emulateMedia({ media: "print" });
    for (const hidden of ["nav", ".top", ".download", ".table-search", ".tabs"]) {
      expect(await page.locator(hidden).locator("visible=true").count(), hidden).toBe(0);
    }
    const head = await page.locator(".print-head").innerText();
    expect(head).toContain("Times of ");
    if (name !== "sources") expect(head).toMatch(/\d{4} to \d+ \w+ \d{4}/);
    // Dark on the screen, white on paper.
    const background = "getComputedStyle(document.querySelector('.card')).backgroundColor";
    await expect.poll(() => page.evaluate(background)).toBe("rgb(255, 255, 255)");
    await expect
      .poll(() => page.locator(".table tbody tr[data-index]").count())
      .toBeGreaterThanOrEqual(rows);
    const cut =
      "[...document.querySelectorAll('.table')]" +
      ".some((box) => box.scrollHeight > box.clientHeight + 1)";
    await expect.poll(() => page.evaluate(cut)).toBe(false);
    // A width in parts of a pixel may round up by one.
    const wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    await expect.poll(() => page.evaluate(wider), { timeout: 3000 }).toBeLessThanOrEqual(1);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    await page.pdf({ path: join(folder, `${name}.pdf`), format: "A4", preferCSSPageSize: true });
    expect((await stat(join(folder, `${name}.pdf`))).size).toBeGreaterThan(10_000);
    await page.emulateMedia({ media: "screen" });
    await page.locator("nav").waitFor();
    await expect.poll(() => page.evaluate(background)).not.toBe("rgb(255, 255, 255)");
    expect(errors).toEqual([]);
    await page.close();
  });
});
