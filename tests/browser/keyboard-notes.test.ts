/** Notes, views, thresholds and alerts with keys alone. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import {
  choose,
  hasFocus,
  isSomewhere,
  noPointer,
  openForKeys,
  pressOn,
  reach,
  SLOW,
  writeIn,
} from "./keyboard.ts";
import { findChromium } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();

describe.skipIf(executablePath === null)("what people add, by keyboard alone", () => {
  let centre: DemoInBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  const opened = (path: string) =>
    openForKeys(centre.browser.context, `${centre.demo.address}${path}`);
  const drawerOf = (page: Page) => page.getByRole("dialog");
  const button = (page: Page, name: string) => drawerOf(page).getByRole("button", { name });
  const inDrawer = (page: Page) => () =>
    page.evaluate("document.activeElement.closest('.drawer') !== null");

  test("a note is added, changed and deleted", async () => {
    const { page, errors } = await opened("/managers");
    const opener = page.getByRole("button", { name: "Note on a day" });
    await pressOn(page, opener);
    const drawer = drawerOf(page);
    await writeIn(page, drawer.getByLabel("Note", { exact: true }), "Storm in the north");
    await pressOn(page, button(page, "Add note"));
    await expect
      .poll(() => drawer.locator(".written").innerText(), SLOW)
      .toBe("Storm in the north");
    // The form was made anew: the focus is in the new one, not lost.
    await expect.poll(inDrawer(page), SLOW).toBe(true);
    await pressOn(page, button(page, "Edit"));
    expect(await hasFocus(drawer.getByLabel("First day"))).toBe(true);
    await writeIn(page, drawer.getByLabel("Note", { exact: true }), "Storm");
    await pressOn(page, button(page, "Save"));
    await expect.poll(() => drawer.locator(".written").innerText(), SLOW).toBe("Storm");
    await expect.poll(inDrawer(page), SLOW).toBe(true);
    await pressOn(page, button(page, "Delete"));
    await drawer.getByText("No notes in this period.").waitFor();
    await expect.poll(inDrawer(page), SLOW).toBe(true);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    expect(await hasFocus(opener)).toBe(true);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("a view is saved, renamed, shared, opened from another page and deleted", async () => {
    const { page, errors } = await opened("/managers?metric=meanHandleSeconds");
    const opener = page.getByRole("button", { name: "Views" });
    await pressOn(page, opener);
    const drawer = drawerOf(page);
    await writeIn(page, drawer.getByLabel("Name for what is shown now"), "Times");
    await pressOn(page, button(page, "Save view"));
    await drawer.getByRole("link", { name: "Times" }).waitFor(SLOW);
    await pressOn(page, button(page, "Rename"));
    expect(await hasFocus(drawer.getByLabel("New name"))).toBe(true);
    await writeIn(page, drawer.getByLabel("New name"), "Handling");
    await page.keyboard.press("Enter");
    await drawer.getByRole("link", { name: "Handling" }).waitFor(SLOW);
    await expect.poll(inDrawer(page), SLOW).toBe(true);
    const share = button(page, "Share");
    await pressOn(page, share);
    await expect.poll(() => share.getAttribute("aria-pressed"), SLOW).toBe("true");
    await expect.poll(() => hasFocus(share), SLOW).toBe(true);
    await page.keyboard.press("Escape");
    await pressOn(page, page.getByRole("navigation").getByRole("link", { name: "Planners" }));
    await page.waitForURL("**/planners*");
    await pressOn(page, opener);
    await pressOn(page, drawer.getByRole("link", { name: "Handling" }));
    await page.waitForURL(/managers\?.*metric=meanHandleSeconds/);
    await isSomewhere(page);
    await pressOn(page, opener);
    await pressOn(page, button(page, "Delete"));
    await drawer.getByText("No views yet", { exact: false }).waitFor(SLOW);
    await expect.poll(inDrawer(page), SLOW).toBe(true);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("a threshold is set, changed and deleted; its alert is opened and dismissed", async () => {
    const { page, errors } = await opened("/planners?channel=call");
    const bell = page.getByRole("button", { name: /^Alerts/ });
    const drawer = drawerOf(page);
    const strip = page.locator(".alert-strip");
    await pressOn(page, bell);
    await choose(page, drawer.getByLabel("Figure"), "Service level");
    await choose(page, drawer.getByLabel("Tell me when it is"), "above");
    await writeIn(page, drawer.getByLabel("Value (%)"), "99.9");
    await choose(page, drawer.getByLabel("Held against"), "all together");
    const isFiltered = () => drawer.getByRole("button", { name: "Clear" }).isVisible();
    await pressOn(page, button(page, "Take the filters of the page"));
    await expect.poll(isFiltered, SLOW).toBe(true);
    await pressOn(page, button(page, "Set threshold"));
    const list = drawer.getByRole("list", { name: "Thresholds" });
    await expect.poll(() => list.innerText(), SLOW).toContain("above 99.9%");
    await expect.poll(inDrawer(page), SLOW).toBe(true);
    // Some calls are answered in time: 0.1 % of service level is passed.
    await pressOn(page, list.getByRole("button", { name: "Edit" }));
    expect(await hasFocus(drawer.getByLabel("Figure"))).toBe(true);
    await writeIn(page, drawer.getByLabel("Value (%)"), "0.1");
    await pressOn(page, button(page, "Save"));
    const alert = drawer.getByRole("list", { name: "Alerts" }).getByRole("link");
    await alert.waitFor(SLOW);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await pressOn(page, strip.getByRole("button", { name: /past its threshold/ }));
    await pressOn(page, alert);
    await page.waitForURL(/\/planners\?.*from=/);
    await isSomewhere(page);
    await pressOn(page, strip.getByRole("button", { name: "Dismiss" }));
    await expect.poll(() => strip.isVisible(), SLOW).toBe(false);
    await isSomewhere(page);
    await pressOn(page, bell);
    await pressOn(page, list.getByRole("button", { name: "Delete" }));
    await drawer.getByText("No figure is past its threshold.").waitFor(SLOW);
    await expect.poll(inDrawer(page), SLOW).toBe(true);
    await reach(page, button(page, "Close"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await drawer.waitFor({ state: "detached" });
    expect(await hasFocus(bell)).toBe(true);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });
});
