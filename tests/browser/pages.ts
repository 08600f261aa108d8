/** A real browser on the dashboards: opens a page, waits for its first chart, looks for errors. */

import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Where Chromium is: CHROMIUM_PATH, or one of its names on the PATH. Null where there is none, which
 * is said loudly and in CI is a failure.
 */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH;
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const path = [...(given ? [given] : []), ...places].find((place) => existsSync(place)) ?? null;
  if (path === null) {
    const problem = "no Chromium for the browser tests: install chromium or set CHROMIUM_PATH";
    if (process.env.CI) throw new Error(problem);
    console.warn(`SKIPPED: ${problem}`);
  }
  return path;
}

export interface BrowserWish {
  /** Where Chromium is, such as /usr/bin/chromium. */
  readonly executablePath: string;
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
}

export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

const ARGUMENTS = [
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser with a profile of its own, which goes with it. */
export async function openBrowser(wish: BrowserWish): Promise<OpenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), "muster-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: wish.executablePath,
    headless: true,
    args: ARGUMENTS,
    viewport: { width: wish.width ?? 1440, height: wish.height ?? 900 },
    colorScheme: wish.colorScheme ?? "light",
    locale: "en-GB",
  });
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, close };
}

export interface OpenPage {
  readonly page: Page;
  /** All that the browser complained of since the page was opened. */
  readonly errors: readonly string[];
}

export async function openPage(context: BrowserContext, address: string): Promise<OpenPage> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(address);
  return { page, errors };
}

/** Milliseconds from the start of the navigation until the first chart stood on the screen. */
export async function firstChartMilliseconds(page: Page, timeout = 10_000): Promise<number> {
  const mark = () => performance.getEntriesByName("first-chart")[0]?.startTime ?? 0;
  await page.waitForFunction(mark, undefined, { timeout });
  return page.evaluate(mark);
}

/** Waits until nothing on the page is loading. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator(".skeleton, .stale").first().waitFor({ state: "detached" });
};

/** The picture of a page that is not loading. */
export async function screenshot(page: Page, path: string, fullPage = false): Promise<void> {
  await settled(page);
  await page.screenshot({ path, fullPage });
}

/** True where the page is wider than the window: something runs out at the right. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
