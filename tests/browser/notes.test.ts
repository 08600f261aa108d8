/** Notes on the charts, views of an address, alerts of figures past a threshold: by hand and by keyboard. */

import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { findChromium, type OpenBrowser, openPage, overflows, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser, type Served } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();

/** For a machine that has other things to do as well. */
const SLOW = { timeout: 10_000 };
const PHONE = { width: 390, height: 844 };
const CROOKED = `<img src=x onerror="document.title='injected'"> \u202Eevil שלום 🎉`;

describe.skipIf(executablePath === null)("what people add to the pages", () => {
  let centre: DemoInBrowser;
  let demo: Served;
  let browser: OpenBrowser;
  let lastDay: string;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
    ({ demo, browser } = centre);
    ({ lastDay } = (await demo.call("GET", "/dimensions")) as { lastDay: string });
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  async function opened(path: string): Promise<{ page: Page; errors: readonly string[] }> {
    const { page, errors } = await openPage(browser.context, `${demo.address}${path}`);
    await page.locator(".headline h1").waitFor();
    await settled(page);
    return { page, errors };
  }

  const drawerOf = (page: Page): Locator => page.getByRole("dialog");
  const noted = (page: Page) => page.getByRole("list", { name: "Notes on the days of this chart" });

  const isFocused = (target: Locator): Promise<boolean> =>
    target.evaluate((element) => element.matches(":focus"));

  /** Presses Tab until it has the focus. */
  async function walkTo(page: Page, target: Locator): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      if (await isFocused(target)) return;
      await page.keyboard.press("Tab");
    }
    await expect.poll(() => isFocused(target)).toBe(true);
  }

  test("a note stands on every chart over time, as text, and goes when it is deleted", async () => {
    const { page, errors } = await opened("/managers");
    const button = page.getByRole("button", { name: "Note on a day" });
    await button.focus();
    await page.keyboard.press("Enter");
    const drawer = drawerOf(page);
    await drawer.waitFor();
    // The last day that was counted is proposed: what people note is mostly of now.
    await expect.poll(() => drawer.getByLabel("First day").inputValue()).toBe(lastDay);
    await walkTo(page, drawer.getByLabel("Note", { exact: true }));
    await page.keyboard.type(CROOKED);
    await walkTo(page, drawer.getByRole("button", { name: "Add note" }));
    await page.keyboard.press("Enter");
    await drawer.locator(".tool-list bdi").waitFor();
    await expect.poll(() => drawer.locator(".tool-list bdi.written").innerText()).toBe(CROOKED);
    await page.keyboard.press("Escape");
    await expect.poll(() => drawer.count(), SLOW).toBe(0);
    await expect.poll(() => isFocused(button)).toBe(true);
    // Over the weeks: the last mark's tooltip tells of it, and so does the list below.
    const chart = page.locator(".chart-marks").nth(1);
    await chart.focus();
    for (const key of ["Home", "End"]) await page.keyboard.press(key);
    const tip = chart.locator(".tip-notes bdi");
    await tip.waitFor();
    await expect.poll(() => tip.innerText()).toBe(CROOKED);
    await expect.poll(() => chart.locator("output").innerText()).toContain("evil שלום 🎉");
    await expect.poll(() => noted(page).count()).toBe(1);
    for (const [path, charts] of [
      ["/vendors", 2],
      ["/planners", 1],
    ] as const) {
      await page.locator(`nav a[href^="${path}"]`).click();
      await page.waitForURL(`**${path}*`);
      await page.locator(".headline h1").waitFor();
      await settled(page);
      await expect.poll(() => noted(page).count(), SLOW).toBe(charts);
      await expect.poll(() => noted(page).first().innerText()).toContain("evil שלום 🎉");
    }
    await expect.poll(() => page.locator('img[src="x"]').count()).toBe(0);
    await expect.poll(() => page.title()).not.toContain("injected");
    await button.click();
    await drawer.getByRole("button", { name: "Edit" }).click();
    await drawer.getByLabel("Note", { exact: true }).fill("New script");
    await drawer.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => drawer.locator(".written").innerText(), SLOW).toBe("New script");
    await drawer.getByRole("button", { name: "Delete" }).click();
    await drawer.getByText("No notes in this period.").waitFor();
    await expect.poll(() => noted(page).count(), SLOW).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("a view keeps the address under a name, is recognised, and opens it again", async () => {
    const { page, errors } = await opened("/managers?metric=satisfactionMean");
    const period = page.locator(".filters select").first();
    await period.selectOption("last7");
    await page.waitForURL(/from=/);
    const kept = new URL(page.url());
    await page.getByRole("button", { name: "Views" }).click();
    const drawer = drawerOf(page);
    await drawer.getByLabel("Name for what is shown now").fill("Last week's mood");
    await page.keyboard.press("Enter");
    const link = drawer.getByRole("link", { name: "Last week's mood" });
    await link.waitFor();
    await expect.poll(() => link.getAttribute("aria-current")).toBe("true");
    await page.keyboard.press("Escape");
    await period.selectOption("last90");
    await page.locator("nav a", { hasText: "Vendors" }).click();
    await page.waitForURL(/\/vendors/);
    await page.getByRole("button", { name: "Views" }).click();
    await link.waitFor();
    await expect.poll(() => link.getAttribute("aria-current")).toBeNull();
    await link.click();
    await page.waitForURL(/\/managers/);
    const shown = new URL(page.url());
    expect([...shown.searchParams].sort()).toEqual([...kept.searchParams].sort());
    await settled(page);
    await expect.poll(() => period.inputValue()).toBe("last7");
    await page.getByRole("button", { name: "Views" }).click();
    await drawer.getByRole("button", { name: "Rename" }).click();
    await drawer.getByLabel("New name").fill("Mood");
    await page.keyboard.press("Enter");
    await drawer.getByRole("link", { name: "Mood", exact: true }).waitFor();
    await drawer.getByRole("button", { name: "Share" }).click();
    await expect
      .poll(() => drawer.getByRole("button", { name: "Share" }).getAttribute("aria-pressed"), SLOW)
      .toBe("true");
    await drawer.getByRole("button", { name: "Delete" }).click();
    await drawer.getByText("No views yet", { exact: false }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  test("a threshold that is passed shows the strip, with the keyboard alone", async () => {
    const { page, errors } = await opened("/planners");
    const bell = page.getByRole("button", { name: /^Alerts/ });
    const strip = page.locator(".alert-strip");
    await expect.poll(() => strip.getByRole("button").count()).toBe(0);
    await bell.focus();
    await page.keyboard.press("Enter");
    const drawer = drawerOf(page);
    await drawer.waitFor();
    await walkTo(page, drawer.getByLabel("Tell me when it is"));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Tab");
    // Some calls are answered within 20 s: 0.1 % of service level is passed.
    await page.keyboard.type("0.1");
    await walkTo(page, drawer.getByRole("button", { name: "Set threshold" }));
    await page.keyboard.press("Enter");
    const alert = drawer.getByRole("list", { name: "Alerts" }).getByRole("link");
    await alert.waitFor();
    await expect.poll(() => alert.innerText()).toMatch(/^Service level.*: [\d.]+%$/);
    await expect
      .poll(() => drawer.getByRole("list", { name: "Thresholds" }).innerText())
      .toContain("above 0.1% over the last 7 days");
    await page.keyboard.press("Escape");
    const toList = strip.getByRole("button", { name: "1 figure past its threshold" });
    await toList.waitFor();
    await expect
      .poll(() => bell.getAttribute("aria-label"))
      .toBe("Alerts: 1 figure past its threshold");
    await walkTo(page, toList);
    await page.keyboard.press("Enter");
    await walkTo(page, alert);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/planners\?.*from=/);
    const { searchParams } = new URL(page.url());
    expect(
      Date.parse(searchParams.get("to") ?? "") - Date.parse(searchParams.get("from") ?? ""),
    ).toBe(7 * 86_400_000);
    await walkTo(page, strip.getByRole("button", { name: "Dismiss" }));
    await page.keyboard.press("Enter");
    await expect.poll(() => strip.isVisible(), SLOW).toBe(false);
    // The account has put it away, in whatever browser it looks.
    await page.evaluate("localStorage.clear()");
    await page.reload();
    await page.locator(".headline h1").waitFor();
    await expect.poll(() => bell.innerText(), SLOW).toBe("1");
    await expect.poll(() => strip.isVisible()).toBe(false);
    await bell.focus();
    await page.keyboard.press("Enter");
    await walkTo(page, drawer.getByRole("button", { name: "Delete" }));
    await page.keyboard.press("Enter");
    await drawer.getByText("No figure is past its threshold.").waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  test("the header with its tools fits a phone", async () => {
    const { page } = await opened("/managers");
    await page.setViewportSize(PHONE);
    await expect.poll(() => overflows(page), SLOW).toBe(false);
    await page.getByRole("button", { name: /^Alerts/ }).click();
    await drawerOf(page).waitFor();
    await expect.poll(() => overflows(page), SLOW).toBe(false);
    await page.close();
  });
});
