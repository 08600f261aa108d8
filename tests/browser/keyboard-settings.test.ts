/** Settings with keys alone: accounts, tokens, who saw whom, the own password. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../http/folder.ts";
import { takeCentre } from "../http/support.ts";
import { testDatabase } from "../support/database.ts";
import { ensureDashboards } from "./built.ts";
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
import { findChromium, type OpenBrowser, openBrowser, settled } from "./pages.ts";
import { type Served, served, signIn } from "./served.ts";

const executablePath = findChromium();
const store = await testDatabase();
const folder = temporaryDirectory();
const PASSWORD = "correct horse battery";
const OTHER = "another long password";

describe.skipIf(executablePath === null)("Settings, by keyboard alone", () => {
  let site: Served;
  let browser: OpenBrowser;

  beforeAll(async () => {
    await ensureDashboards();
    await takeCentre(store, folder);
    site = await served(store);
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    await signIn(browser, site);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const opened = (path: string) => openForKeys(browser.context, `${site.address}${path}`);
  const dialogOf = (page: Page) => page.getByRole("dialog");

  test("an account is made, given another role, shut out and let in again", async () => {
    const { page, errors } = await opened("/settings");
    const dialog = dialogOf(page);
    const opener = page.getByRole("button", { name: "New account" });
    await pressOn(page, opener);
    // The first field has the focus.
    expect(await hasFocus(dialog.getByLabel("Name"))).toBe(true);
    await page.keyboard.type("Mia");
    await choose(page, dialog.getByLabel("Role"), "Vendor");
    await choose(page, dialog.getByLabel("Party"), "Lotus");
    await writeIn(page, dialog.getByLabel("First password"), PASSWORD);
    await pressOn(page, dialog.getByRole("button", { name: "Make the account" }));
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => hasFocus(opener), SLOW).toBe(true);
    const row = page.getByRole("row", { name: /Mia/ });
    await expect.poll(() => row.innerText(), SLOW).toContain("Lotus");
    const state = "select role, disabled_at is not null as out from app_user where name = 'Mia'";
    for (const [press, role, out] of [
      ["Save", "planner", false],
      ["Disable", "planner", true],
      ["Let in again", "planner", false],
    ] as const) {
      await toRow(page, "Mia");
      await page.keyboard.press("Enter");
      await dialog.waitFor();
      if (press === "Save") await choose(page, dialog.getByLabel("Role"), "Planner");
      await pressOn(page, dialog.getByRole("button", { name: press }));
      await dialog.waitFor({ state: "detached" });
      await expect.poll(() => hasFocus(row), SLOW).toBe(true);
      expect((await store.pool.query(state)).rows).toEqual([{ role, out }]);
    }
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  /** To the rows with Tab, then down to the one of this name. */
  async function toRow(page: Page, name: string): Promise<void> {
    const rows = page.locator("tbody tr[data-index]");
    await reach(page, page.locator("tbody tr[data-index][tabindex='0']"));
    await page.keyboard.press("Home");
    for (let place = 0; place < (await rows.count()); place++) {
      if (await hasFocus(rows.filter({ hasText: name }))) return;
      await page.keyboard.press("ArrowDown");
    }
    expect(await hasFocus(rows.filter({ hasText: name }))).toBe(true);
  }

  test("a token is made, copied and revoked", async () => {
    const { page, errors } = await opened("/settings");
    const dialog = dialogOf(page);
    await pressOn(page, page.getByRole("tab", { name: "Access tokens" }));
    await settled(page);
    const opener = page.getByRole("button", { name: "New token" });
    await pressOn(page, opener);
    await choose(page, dialog.getByLabel("Account"), /^administrator/);
    await writeIn(page, dialog.getByLabel("What for"), "nightly report");
    await pressOn(page, dialog.getByRole("button", { name: "Make the token" }));
    await dialog.getByLabel(/shown this once/).waitFor(SLOW);
    await pressOn(page, dialog.getByRole("button", { name: "Copy" }));
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await isSomewhere(page);
    await toRow(page, "nightly report");
    await page.keyboard.press("Enter");
    await pressOn(page, dialog.getByRole("button", { name: "Revoke" }));
    await dialog.waitFor({ state: "detached" });
    const row = page.getByRole("row", { name: /nightly report/ });
    await expect.poll(() => row.innerText(), SLOW).toContain("Revoked");
    expect(await hasFocus(row)).toBe(true);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("who saw whom is narrowed, the changes are read, the own password is changed", async () => {
    const rights = { role: "manager", party: null, agent: null };
    await site.call("POST", "/accounts", { name: "Noa", rights, password: PASSWORD });
    const { page, errors } = await opened("/settings");
    await pressOn(page, page.getByRole("tab", { name: "Who saw whom" }));
    await choose(page, page.getByRole("combobox", { name: "Who", exact: true }), "Noa");
    await page.getByText("Nobody has seen figures of individual agents.").waitFor(SLOW);
    await reach(page, page.getByRole("tab", { name: "Changes" }), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: /Noa/ }).first().waitFor(SLOW);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Own password" }).waitFor();
    expect(errors).toEqual([]);
    await pressOn(page, page.getByRole("button", { name: "Sign out" }));
    await writeIn(page, page.getByLabel("Name"), "Noa");
    await writeIn(page, page.getByLabel("Password"), PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator("nav").waitFor(SLOW);
    await pressOn(page, page.getByRole("navigation").getByRole("link", { name: "Settings" }));
    await writeIn(page, page.getByLabel("Old password"), PASSWORD);
    await writeIn(page, page.getByLabel("New password"), OTHER);
    await page.keyboard.press("Enter");
    await page.getByText("Changed.").waitFor(SLOW);
    await noPointer(page);
    await page.close();
  });
});
