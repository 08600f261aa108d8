import { readFile } from "node:fs/promises";
import { tableFromIPC } from "apache-arrow";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { answered, MANY, typed, withManyAgents } from "./large-table.ts";
import { findChromium, type OpenBrowser, openPage, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser, type Served } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();

const MOST_MILLISECONDS = 100;
const ROWS = ".table tbody tr[data-index]";

describe.skipIf(executablePath === null)("tables and what can be taken from them", () => {
  let centre: DemoInBrowser;
  let demo: Served;
  let browser: OpenBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
    ({ demo, browser } = centre);
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  async function opened(path: string): Promise<{ page: Page; errors: readonly string[] }> {
    const { page, errors } = await openPage(browser.context, `${demo.address}${path}`);
    await page.locator(".headline h1").waitFor();
    await page.locator(ROWS).first().waitFor();
    await settled(page);
    return { page, errors };
  }

  async function openedMany(): Promise<Page> {
    const page = await browser.context.newPage();
    await withManyAgents(page);
    await page.goto(`${demo.address}/managers`);
    await page.locator(ROWS).first().waitFor({ timeout: 30_000 });
    // The words of all rows are gathered once a search is answered.
    await page.locator(".table-search input").fill("agent 000007");
    const count = page.locator(".table-search output");
    await expect.poll(() => count.innerText(), { timeout: 30_000 }).toBe("1 of 100,000");
    await page.locator(".table-search input").press("Escape");
    await expect.poll(() => count.innerText()).toBe("100,000 rows");
    return page;
  }

  test("100,000 rows: sort, search and scroll answer within 100 ms", async () => {
    const page = await openedMany();
    const drawn = await page.locator(ROWS).count();
    expect(drawn).toBeLessThan(60);
    const times: Record<string, number[]> = { sort: [], search: [], scroll: [] };
    const columns = await page.locator(".table th").allInnerTexts();
    const handled = columns.findIndex((name) => name.startsWith("Handled"));
    const first = (column: number) =>
      `document.querySelector("${ROWS} td:nth-child(${column + 1})").textContent.trim()`;
    const click = (column: number) =>
      `document.querySelectorAll(".table th button")[${column}].click()`;
    for (let round = 0; round < 3; round++) {
      times.sort?.push(await answered(page, click(0), `${first(0)}.startsWith("Agent 000000")`));
      times.sort?.push(await answered(page, click(0), `${first(0)}.startsWith("Agent 099999")`));
      times.sort?.push(await answered(page, click(handled), `${first(handled)} === "4,999"`));
      times.sort?.push(await answered(page, click(handled), `${first(handled)} === "0"`));
      const count = 'document.querySelector(".table-search output").textContent';
      const found = `${count}.endsWith(" of 100,000") && ${count} !== window.counted`;
      for (const needle of ["agent 0000", "agent 00004", "agent 000042"]) {
        const act = `window.counted = ${count}; ${typed(needle)}`;
        times.search?.push(await answered(page, act, found));
      }
      await answered(page, typed(""), `${count} === "100,000 rows"`);
      for (const place of [100, 40_000, 99_000]) {
        const to = `document.querySelector(".table").scrollTop = ${place * 28}`;
        const there = `document.querySelector('tr[data-index="${place}"]') !== null`;
        times.scroll?.push(await answered(page, to, there));
      }
    }
    for (const [what, each] of Object.entries(times)) {
      const sorted = [...each].sort((one, other) => one - other);
      const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
      const all = each.map((time) => time.toFixed(0)).join(", ");
      console.info(`${MANY} rows, ${what}: median ${median.toFixed(0)} ms (${all})`);
      expect(median, what).toBeLessThan(MOST_MILLISECONDS);
    }
    const heights = await page
      .locator(ROWS)
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(new Set(heights)).toEqual(new Set([28]));
    await page.close();
  }, 120_000);

  test("the keyboard walks 100,000 rows, and says where it is", async () => {
    const page = await openedMany();
    await page.locator("h2").first().click();
    await page.keyboard.press("/");
    const inSearch = () => page.evaluate("document.activeElement.matches('.table-search input')");
    await expect.poll(() => inSearch()).toBe(true);
    await page.keyboard.press("ArrowDown");
    const at = () => page.evaluate("document.activeElement.getAttribute('aria-rowindex')");
    await expect.poll(() => at()).toBe("2");
    const walk: [key: string, row: number][] = [
      ["ArrowDown", 3],
      ["ArrowDown", 4],
      ["ArrowUp", 3],
      ["End", MANY + 1],
      ["ArrowDown", MANY + 1],
      ["Home", 2],
    ];
    for (const [key, row] of walk) {
      await page.keyboard.press(key);
      expect(await at(), key).toBe(String(row));
    }
    await page.keyboard.press("PageDown");
    const page1 = Number(await at());
    expect(page1).toBeGreaterThan(8);
    await page.keyboard.press("PageUp");
    await expect.poll(() => at()).toBe("2");
    await expect
      .poll(() => page.locator(".table table").getAttribute("aria-rowcount"))
      .toBe(String(MANY + 1));
    await expect.poll(() => page.locator(`${ROWS}[tabindex="0"]`).count()).toBe(1);
    await page.keyboard.press("End");
    const seen =
      "(() => { const row = document.activeElement.getBoundingClientRect();" +
      "const box = document.querySelector('.table').getBoundingClientRect();" +
      "return row.top >= box.top && row.bottom <= box.bottom + 1; })()";
    await expect.poll(() => page.evaluate(seen)).toBe(true);
    // The focus stays with its row when one scrolls away from it.
    await page.evaluate("document.querySelector('.table').scrollTop = 0");
    await page.locator(`${ROWS}[data-index="0"]`).waitFor();
    await expect.poll(() => at()).toBe(String(MANY + 1));
    await page.keyboard.press("Enter");
    await page.locator(".drawer").waitFor();
    await page.close();
  }, 120_000);

  test("a short table is searched, emptied and cleared by keys", async () => {
    const { page, errors } = await opened("/managers");
    const rows = page.locator(ROWS);
    const all = await rows.count();
    const name = await page.locator(`${ROWS} td`).first().innerText();
    await page.keyboard.press("/");
    await page.keyboard.type(name);
    const count = page.locator(".table-search output");
    await expect.poll(() => count.innerText()).toMatch(new RegExp(`^\\d+ of ${all}$`));
    await expect.poll(() => rows.first().innerText()).toContain(name);
    await page.keyboard.type(" no such words");
    await page.locator(".table .nothing").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => rows.count()).toBe(all);
    expect(errors).toEqual([]);
    await page.close();
  });

  const menuOf = (page: Page, title: string) =>
    page
      .locator(".card", { has: page.getByRole("heading", { name: title, exact: true }) })
      .locator(".download");

  /** The file that a card's menu gives. */
  async function taken(page: Page, title: string, item: string) {
    const menu = menuOf(page, title);
    await menu.getByRole("button", { name: "Download" }).click();
    const waiting = page.waitForEvent("download");
    await menu.getByRole("menuitem", { name: item }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  test("the agents' files hold what the table shows", async () => {
    const { page, errors } = await opened("/managers?from=2026-09-01&to=2026-10-01");
    const shown = await page.locator(ROWS).evaluateAll((rows) =>
      rows.map((row) => {
        const cells = [...row.querySelectorAll("td")].map((cell) => cell.innerText.trim());
        return [cells[0]?.replace(/\s*AI$/, ""), cells[5]];
      }),
    );
    const csv = await taken(page, "Agents", "CSV");
    const arrow = await taken(page, "Agents", "Arrow");
    expect(csv.name).toBe("managers-agents-2026-09-01-2026-09-30.csv");
    expect(arrow.name).toBe("managers-agents-2026-09-01-2026-09-30.arrow");
    const written = Papa.parse<Record<string, string>>(csv.bytes.toString("utf8"), {
      header: true,
      skipEmptyLines: true,
    }).data;
    const typedRows = tableFromIPC(arrow.bytes).toArray() as { toJSON(): object }[];
    const pair = ({ agent, handled }: { agent?: unknown; handled?: unknown }) =>
      `${agent}: ${handled === null || handled === "" ? "–" : Number(handled)}`;
    const named = (row: { agentId?: unknown }) => row.agentId !== null && row.agentId !== "";
    const pairs = shown.map(([agent, handled]) => `${agent}: ${handled?.replaceAll(",", "")}`);
    expect(pairs.length).toBeGreaterThan(10);
    expect(written.filter(named).map(pair).sort()).toEqual(pairs.sort());
    const fromArrow = typedRows.map((row) => row.toJSON() as Record<string, unknown>);
    expect(fromArrow.filter(named).map(pair).sort()).toEqual(pairs);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("rows made in the page, and contacts page by page, are files too", async () => {
    const { page } = await opened("/managers");
    const weeks = await taken(page, "Spread between agents by week", "CSV");
    expect(weeks.name).toMatch(/^managers-weeks-cases-per-hour-\d{4}-.*\.csv$/);
    expect(weeks.bytes.toString("utf8")).toMatch(/^\ufeffweek,agents,/);
    await page.locator(ROWS).first().click();
    const drawer = page.locator(".drawer");
    await drawer.locator(ROWS).first().waitFor();
    for (const item of ["CSV", "Arrow"]) {
      await drawer.getByRole("button", { name: "Download" }).click();
      const waiting = page.waitForEvent("download");
      await drawer.getByRole("menuitem", { name: item }).click();
      const bytes = await readFile(await (await waiting).path());
      const count =
        item === "CSV"
          ? bytes.toString("utf8").trim().split("\n").length - 1
          : tableFromIPC(bytes).numRows;
      expect(count).toBeGreaterThan(0);
      console.info(`contacts of an agent as ${item}: ${count} rows`);
    }
    await page.close();
  });
});
