/** What axe finds on a page as it stands, and the looks that a page is judged in. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { settled } from "./pages.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const LOOKS = ["en light", "en dark", "zh light", "zh dark"] as const;
export type Look = (typeof LOOKS)[number];

/** What is serious, in words that lead to it. The rules are those of WCAG 2.2 A and AA. */
export async function seriousFaults(page: Page): Promise<string[]> {
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

/** Goes to an address in a language and a theme, with nothing that moves. */
export async function lookedAt(page: Page, address: string, look: Look): Promise<void> {
  const [language, colorScheme] = look.split(" ") as ["en" | "zh", "light" | "dark"];
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const url = new URL(address);
  url.searchParams.set("lang", language);
  await page.goto(url.href);
  await page.locator("main h1, .top h1, main .state").first().waitFor();
}
