/** What a morning is made of: signing in, brushing agents, taking the calls behind them along, keeping the view. */

import { readFile } from "node:fs/promises";
import { type Table, tableFromIPC } from "apache-arrow";
import type { Locator, Page } from "playwright-core";
import { firstChartMilliseconds, type OpenBrowser, openPage, settled } from "./pages.ts";
import type { Served } from "./served.ts";

export const PASSWORD = "correct horse battery staple";

export interface Account {
  readonly name: string;
  readonly role: "manager" | "vendor";
  readonly party: string | null;
}

export async function addAccount(site: Served, { name, ...rights }: Account): Promise<void> {
  await site.call("POST", "/accounts", {
    ...{ name, rights: { ...rights, agent: null }, password: PASSWORD },
  });
}

/** By name and password, in a browser where nobody is signed in. */
export async function signedIn(browser: OpenBrowser, site: Served, name: string): Promise<Page> {
  const { page } = await openPage(browser.context, site.address);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator(".headline h1").waitFor();
  return page;
}

export async function ready(page: Page): Promise<void> {
  await page.locator(".headline h1").waitFor();
  await firstChartMilliseconds(page);
  await settled(page);
}

export const drawerOf = (page: Page): Locator => page.getByRole("dialog");

/** How many rows the drawer says there are. */
export async function countOf(drawer: Locator): Promise<number> {
  const words = drawer.locator("p[role='status']").first();
  await words.waitFor();
  return Number(/of ([\d,]+) contacts?/.exec(await words.innerText())?.[1]?.replaceAll(",", ""));
}

/** The sorted agents on the page of managers. */
export const agentsChart = (page: Page): Locator =>
  page.getByRole("application", { name: /^Agents sorted/ });

/** Brushes from one share of the chart's width to another, and waits for the drawer. */
export async function brushAgents(page: Page, from: number, to: number): Promise<Locator> {
  // What is compared with comes later, and pushes the chart down.
  await page.waitForLoadState("networkidle");
  await settled(page);
  const chart = agentsChart(page);
  const box = await chart.locator("canvas").boundingBox();
  if (box === null) throw new Error("the chart has no box");
  await chart.getByRole("button", { name: "Select several" }).click();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 5 });
  await page.mouse.up();
  const drawer = drawerOf(page);
  await drawer.waitFor();
  return drawer;
}

/** All rows of the drawer as their Arrow file has them. */
export async function downloadedArrow(page: Page, drawer: Locator): Promise<Table> {
  await drawer.locator("tbody tr").first().waitFor();
  await drawer.locator(".download > button").click();
  const saved = page.waitForEvent("download");
  await drawer.getByRole("menuitem", { name: /Arrow/ }).click();
  return tableFromIPC(await readFile(await (await saved).path()));
}

/** The agents of a table of contacts, each once. */
export const agentsIn = (table: Table): string[] => [
  ...new Set(table.getChild("agent")?.toArray() as Iterable<string>),
];

/** Keeps what is shown under a name, and opens it again from another page. */
export async function keepView(page: Page, name: string): Promise<void> {
  const kept = new URL(page.url());
  const drawer = drawerOf(page);
  await page.getByRole("button", { name: "Views" }).click();
  await drawer.getByLabel("Name for what is shown now").fill(name);
  await page.keyboard.press("Enter");
  await drawer.getByRole("link", { name }).waitFor();
  await page.keyboard.press("Escape");
  await page.goto(`${kept.origin}/planners`);
  await ready(page);
  await page.getByRole("button", { name: "Views" }).click();
  await drawer.getByRole("link", { name }).click();
  await page.waitForURL(`**${kept.pathname}*`);
}
