/** Signing in and out in a real browser, by keyboard alone, and what a second tab makes of it. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setAccount } from "../../src/flows/accounts.ts";
import { testDatabase } from "../support/database.ts";
import { ensureDashboards } from "./built.ts";
import { findChromium, type OpenBrowser, openBrowser, openPage } from "./pages.ts";
import { type Served, served } from "./served.ts";

const executablePath = findChromium();
const store = await testDatabase();
const PASSWORD = "correct horse battery";

describe.skipIf(executablePath === null)("signing in, in Chromium", () => {
  let site: Served;
  let browser: OpenBrowser;

  beforeAll(async () => {
    await ensureDashboards();
    site = await served(store);
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    const user = { name: "Mia", role: "manager", partyId: null, agentId: null } as const;
    await setAccount(store, { user, password: PASSWORD, now: new Date() });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  /** Types into the form without touching the mouse. */
  async function enter(page: Page, name: string, password: string): Promise<void> {
    await page.getByLabel("Name").focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(name);
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
  }

  test("a wrong password says so, the right one opens the page that was asked for", async () => {
    const { page, errors } = await openPage(browser.context, `${site.address}/sources`);
    await page.getByRole("heading", { name: "Sign in to Muster" }).waitFor();
    await enter(page, "Mia", "a wrong password");
    const alert = page.getByRole("alert");
    await expect.poll(() => alert.innerText()).toBe("No account has this name and password.");
    await enter(page, "Mia", PASSWORD);
    await page.locator("nav").waitFor();
    expect(new URL(page.url()).pathname).toBe("/sources");
    // Chromium writes each refusal to its console; it complains of nothing else.
    expect(errors.filter((text) => !/status of 401/.test(text))).toEqual([]);
    await page.close();
  });

  test("signed out in one tab is signed out in the other", async () => {
    const { page: one } = await openPage(browser.context, `${site.address}/managers`);
    const { page: other } = await openPage(browser.context, `${site.address}/managers`);
    await one.getByRole("button", { name: "Sign out" }).click();
    await one.getByRole("heading", { name: "Sign in to Muster" }).waitFor();
    await other.reload();
    await other.getByRole("heading", { name: "Sign in to Muster" }).waitFor();
    await other.getByRole("button", { name: "中文" }).click();
    await other.getByRole("heading", { name: "登录 Muster" }).waitFor();
    await one.close();
    await other.close();
  });

  test("after too many attempts it says how long to wait", async () => {
    const { page } = await openPage(browser.context, `${site.address}/`);
    // The browser has kept the language of the test before.
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Sign in to Muster" }).waitFor();
    const alert = page.getByRole("alert");
    for (let attempt = 0; attempt < 6; attempt++) {
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await enter(page, "Noa", `guess number ${attempt}`);
      await answered;
    }
    await expect
      .poll(() => alert.innerText())
      .toMatch(/^Too many attempts. Try again in 1[45] min/);
    await page.close();
  });
});
