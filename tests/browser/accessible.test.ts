/** Every page by axe, in both languages and themes: nothing serious, and nothing critical. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { findChromium, openPage, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PAGES = ["managers", "vendors", "planners", "live", "sources", "settings"] as const;
const LOOKS = ["en light", "en dark", "zh light", "zh dark"] as const;

/** What is serious, in words that lead to it. The rules are those of WCAG 2.2 A and AA. */
async function seriousFaults(page: Page): Promise<string[]> {
  await settled(page);
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })`,
  )) as AxeResults;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => {
      const places = nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.html}`);
      return `${id} (${nodes.length}): ${places.join(" | ")}`;
    });
}

describe.skipIf(executablePath === null)("axe", () => {
  let centre: DemoInBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  async function opened(path: string, look: (typeof LOOKS)[number]): Promise<Page> {
    const [language, colorScheme] = look.split(" ") as ["en" | "zh", "light" | "dark"];
    const { page } = await openPage(centre.browser.context, "about:blank");
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`${centre.demo.address}${path}?lang=${language}`);
    await page.locator("main h1, .top h1").first().waitFor();
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
