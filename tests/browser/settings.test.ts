/** Settings in a real browser: an account from its making to its end, and who saw whom. */

import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../http/folder.ts";
import { takeCentre } from "../http/support.ts";
import { testDatabase } from "../support/database.ts";
import { ensureDashboards } from "./built.ts";
import {
  findChromium,
  type OpenBrowser,
  openBrowser,
  openPage,
  overflows,
  settled,
} from "./pages.ts";
import { type Served, served } from "./served.ts";

const executablePath = findChromium();
const store = await testDatabase();
const folder = temporaryDirectory();
const PASSWORD = "correct horse battery";
const OTHER = "another long password";

describe.skipIf(executablePath === null)("settings, in Chromium", () => {
  let site: Served;
  let administrator: OpenBrowser;
  let other: OpenBrowser;

  beforeAll(async () => {
    await ensureDashboards();
    await takeCentre(store, folder);
    site = await served(store);
    const wish = { executablePath: executablePath ?? "" };
    [administrator, other] = await Promise.all([openBrowser(wish), openBrowser(wish)]);
    const { page } = await openPage(administrator.context, site.signInLink);
    await page.close();
  }, 120_000);

  afterAll(async () => {
    await administrator?.close();
    await other?.close();
    await site?.stop();
  });

  const open = (context: BrowserContext, path: string) =>
    openPage(context, `${site.address}${path}`);

  async function signIn(page: Page, name: string, password: string): Promise<void> {
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
  }

  test("an account is made by keyboard, used elsewhere, disabled, and signed out there", async () => {
    const { page, errors } = await open(administrator.context, "/settings");
    const button = page.getByRole("button", { name: "New account" });
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "New account" });
    await dialog.waitFor();
    // Escape closes it and gives the focus back.
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => button.evaluate((element) => element.matches(":focus"))).toBe(true);
    await page.keyboard.press("Enter");
    await dialog.getByLabel("Name").fill("Mia");
    await dialog.getByLabel("Role").selectOption("vendor");
    await dialog.getByLabel("Party").selectOption({ index: 1 });
    await dialog.getByLabel("First password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    const row = page.getByRole("row", { name: /Mia/ });
    await row.waitFor();
    await expect.poll(() => row.innerText()).toContain("Vendor");

    const { page: hers } = await open(other.context, "/settings");
    await signIn(hers, "Mia", PASSWORD);
    await hers.getByRole("heading", { name: "Own password" }).waitFor();
    // She has her own password to change and nothing else.
    await expect.poll(() => hers.getByRole("tab").count()).toBe(0);
    await hers.getByLabel("Old password").fill("not the old one");
    await hers.getByLabel("New password").fill(OTHER);
    await hers.keyboard.press("Enter");
    await expect
      .poll(() => hers.getByRole("alert").innerText())
      .toBe("The old password is another.");
    await hers.getByLabel("Old password").fill(PASSWORD);
    await hers.keyboard.press("Enter");
    await hers.getByText("Changed.").waitFor();
    await hers.reload();
    await hers.getByRole("heading", { name: "Own password" }).waitFor();

    await page.reload();
    await row.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Disable" }).click();
    await expect.poll(() => row.innerText()).toContain("Disabled");
    await hers.reload();
    await hers.getByRole("heading", { name: "Sign in to Muster" }).waitFor();
    await signIn(hers, "Mia", OTHER);
    await expect
      .poll(() => hers.getByRole("alert").innerText())
      .toBe("No account has this name and password.");
    expect(errors).toEqual([]);
    await hers.close();
    await page.close();
  });

  test("what is refused is said in the dialog, in both languages", async () => {
    const { page } = await open(administrator.context, "/settings");
    await page.getByRole("row", { name: /^administrator/ }).click();
    const dialog = page.getByRole("dialog", { name: "administrator" });
    await dialog.getByRole("button", { name: "Disable" }).click();
    await expect
      .poll(() => dialog.getByRole("alert").innerText())
      .toContain("Nobody else could come in as an administrator.");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("row", { name: /^administrator/ }).click();
    await dialog.getByRole("button", { name: "停用" }).click();
    await expect
      .poll(() => dialog.getByRole("alert").innerText())
      .toBe("这是最后一位可登录的管理员，请先添加另一位管理员。");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "中文" }).waitFor();
    await page.close();
  });

  test("a token is shown once and revoked", async () => {
    const { page } = await open(administrator.context, "/settings?tab=tokens");
    await page.getByRole("button", { name: "New token" }).click();
    const dialog = page.getByRole("dialog", { name: "New token" });
    await dialog.getByLabel("Account").selectOption({ label: "administrator · Administrator" });
    await dialog.getByLabel("What for").fill("nightly report");
    await dialog.getByRole("button", { name: "Make the token" }).click();
    const shown = dialog.getByLabel(/shown this once/);
    await shown.waitFor();
    const token = await shown.inputValue();
    const ask = async () =>
      (
        await fetch(`${site.address}/api/v1/session`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    await expect.poll(() => ask()).toBe(200);
    await dialog.getByRole("button", { name: "Close" }).click();
    const row = page.getByRole("row", { name: /nightly report/ });
    await row.click();
    await page.getByRole("button", { name: "Revoke" }).click();
    await expect.poll(() => row.innerText()).toContain("Revoked");
    await expect.poll(() => ask()).toBe(401);
    await page.close();
  });

  test("who looks at individual figures is told so, and stands in the log", async () => {
    const { page } = await open(administrator.context, "/managers");
    await page.getByText("Names are shown. Who looks is logged.").waitFor();
    await settled(page);
    await page.goto(`${site.address}/settings?tab=views`);
    await page
      .getByRole("row", { name: /Spread between agents/ })
      .first()
      .waitFor();
    const { rows } = await store.pool.query(
      `select agent.name, agent.uuid from individual_view join agent on agent.id = any(agents)
       where route = '/spread' order by agent.id limit 1`,
    );
    const whose = page.getByLabel("Of whom");
    await whose.selectOption(rows[0].uuid);
    await settled(page);
    await expect.poll(() => page.getByRole("row").count()).toBeGreaterThan(1);
    const rights = { role: "manager", party: null, agent: null };
    await site.call("POST", "/accounts", { name: "Noa", rights, password: PASSWORD });
    await page.reload();
    await page.getByRole("combobox", { name: "Who", exact: true }).selectOption({ label: "Noa" });
    await page.getByText("Nobody has seen figures of individual agents.").waitFor();
    await page.goto(`${site.address}/settings?tab=changes`);
    await page
      .getByRole("row", { name: /Revoked a token/ })
      .first()
      .waitFor();
    await page.close();
  });

  test("a planner sees pseudonyms in the page's language", async () => {
    const made = { role: "planner", party: null, agent: null };
    await site.call("POST", "/accounts", { name: "Pia", rights: made, password: PASSWORD });
    const { page } = await open(other.context, "/managers");
    await signIn(page, "Pia", PASSWORD);
    await page.getByText("Agents are shown under lasting pseudonyms.").waitFor();
    const names = page.locator("td", { hasText: /Agent [0-9A-F]{6}/ });
    await names.first().waitFor();
    await page.getByRole("button", { name: "中文" }).click();
    await page
      .locator("td", { hasText: /坐席 [0-9A-F]{6}/ })
      .first()
      .waitFor();
    await expect.poll(() => names.count()).toBe(0);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "中文" }).waitFor();
    await page.close();
  });

  test("no tab runs out of a phone's screen", async () => {
    const { page } = await open(administrator.context, "/settings");
    await page.setViewportSize({ width: 390, height: 844 });
    for (const name of ["Accounts", "Access tokens", "Who saw whom", "Changes", "Own password"]) {
      await page.getByRole("tab", { name }).click();
      await settled(page);
      expect(await overflows(page), name).toBe(false);
    }
    await page.close();
  });
});
