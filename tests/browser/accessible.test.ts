/** Every page by axe, in both languages and themes: nothing serious, and nothing critical. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { LOOKS, type Look, lookedAt, seriousFaults } from "./axe.ts";
import { findChromium, openPage } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();
const PAGES = ["managers", "vendors", "planners", "live", "sources", "settings"] as const;

describe.skipIf(executablePath === null)("axe", () => {
  let centre: DemoInBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  async function opened(path: string, look: Look): Promise<Page> {
    const { page } = await openPage(centre.browser.context, "about:blank");
    await lookedAt(page, `${centre.demo.address}${path}`, look);
    return page;
  }

  test("finds what is wrong, where something is", async () => {
    const page = await opened("/managers", "en light");
    await page.evaluate(`document.querySelector("main").append(document.createElement("img"))`);
    expect((await seriousFaults(page)).join()).toContain("image-alt");
    await page.close();
  });

  describe.each(LOOKS)("%s", (look) => {
    test.each(PAGES)("%s", async (name) => {
      const page = await opened(`/${name}`, look);
      expect(await seriousFaults(page)).toEqual([]);
      await page.close();
    });

    test("who is not signed in", async () => {
      const page = await opened("/managers", look);
      await page.route("**/api/v1/session", (route) => route.fulfill({ status: 401, json: {} }));
      await page.reload();
      await page.locator("form").waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.close();
    });
  });
});
