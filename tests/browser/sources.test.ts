/** Sources at work in Chromium: pulled and paused, rejected rows put right, two names of one agent joined. */

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { assessQuality } from "../../src/flows/quality.ts";
import { addFolderSource } from "../../src/flows/sources.ts";
import { testDatabase } from "../support/database.ts";
import { ensureDashboards } from "./built.ts";
import { findChromium, type OpenBrowser, openBrowser, openPage, settled } from "./pages.ts";
import { type Served, served, signIn } from "./served.ts";

const executablePath = findChromium();
const store = await testDatabase({ maxConnections: 10 });
const root = mkdtempSync(join(tmpdir(), "muster-sources-"));
const folder = join(root, "dropped");
const HEAD = "id,agent,at";
const MAPPING = {
  record: "contact",
  fields: {
    externalId: "id",
    agent: "agent",
    arrivedAt: { column: "at", format: "yyyy-MM-dd HH:mm" },
  },
};

/** Two rows have dates of another form; "obrien ana" and "O'Brien, Ana" have the same letters. */
async function takeCalls(): Promise<void> {
  const file = join(root, "calls.csv");
  const lines = [
    ...[HEAD, 'a1,"O\'Brien, Ana",2026-03-10 09:00', 'a2,"O\'Brien, Ana",2026-03-11 09:00'],
    ...["a3,obrien ana,2026-03-12 09:00", "a4,Ben,12.03.2026 10:00", "a5,Ben,12.03.2026 11:00"],
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  await importFile(store, {
    ...{ file, format: "table", source: "calls", mapping: MAPPING, zone: "UTC" },
    ...{ installationKey: Buffer.alloc(32, 7), owner: "test", now: () => new Date() },
  });
  await assessQuality(store, "calls");
}

async function addFolder(): Promise<void> {
  mkdirSync(folder);
  const wish = { place: folder, format: "table", mapping: MAPPING, zone: "UTC" };
  await addFolderSource(store, { name: "dropped", ...wish });
  const path = join(folder, "one.csv");
  writeFileSync(path, `${HEAD}\nd1,Cai,2026-03-12 12:00\n`);
  const minuteAgo = Date.now() / 1000 - 60;
  utimesSync(path, minuteAgo, minuteAgo);
}

describe.skipIf(executablePath === null)("the Sources page", () => {
  let serving: Served;
  let browser: OpenBrowser;
  let page: Page;
  let errors: readonly string[];

  beforeAll(async () => {
    await ensureDashboards();
    await takeCalls();
    serving = await served(store);
    await addFolder();
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    await signIn(browser, serving);
    ({ page, errors } = await openPage(browser.context, `${serving.address}/sources`));
    await settled(page);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const rowOf = (table: string, text: string) =>
    page.getByRole("region", { name: table }).getByRole("row").filter({ hasText: text });

  test("a folder is pulled at once and shows what it brought", async () => {
    const row = rowOf("Sources", "dropped");
    await page.getByRole("button", { name: "Pull now: dropped" }).click();
    await expect.poll(() => row.innerText(), { timeout: 20_000 }).toContain("one.csv");
    await page.getByText("New files: 1, rows taken: 1.").waitFor();
    await page.getByRole("row").filter({ hasText: "one.csv" }).nth(1).waitFor();
  });

  test("a source is paused and resumed", async () => {
    await page.getByRole("button", { name: "Pause dropped" }).click();
    await page.getByRole("button", { name: "Resume dropped" }).waitFor();
    await expect.poll(() => rowOf("Sources", "dropped").innerText()).toContain("paused");
    await page.getByRole("button", { name: "Resume dropped" }).click();
    await page.getByRole("button", { name: "Pause dropped" }).waitFor();
    const { rows } = await store.pool.query("select paused from source where name = 'dropped'");
    expect(rows).toEqual([{ paused: false }]);
  });

  test("rejected rows are opened by keyboard, tried under another mapping and taken", async () => {
    const reason = rowOf("Rows not taken", "Not a date of the format");
    await reason.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await expect.poll(() => drawer.innerText()).toContain("12.03.2026 10:00");
    const note =
      "Names stand here as in the files, so that the data can be put right. Who looks is logged.";
    expect(await drawer.innerText()).toContain(note);
    const take = drawer.getByRole("button", { name: "Take the rows" });
    await expect.poll(() => take.isDisabled()).toBe(true);
    const entry = drawer.getByRole("textbox", { name: "How the mapping reads fields.arrivedAt" });
    await entry.fill('{ "column": "at", "formats": [');
    await expect.poll(() => drawer.getByRole("alert").innerText()).toBe("This is not JSON.");
    await entry.fill('{ "column": "at", "formats": ["yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm"] }');
    await drawer.getByRole("button", { name: "Try it" }).click();
    await expect.poll(() => drawer.innerText()).toContain("Of 2 rows 2 would be taken");
    const open = "select count(*)::int as n from reject where taken_at is null";
    expect((await store.pool.query(open)).rows).toEqual([{ n: 2 }]);
    await take.click();
    await expect.poll(() => drawer.innerText()).toContain("Of 2 rows 2 were taken");
    await expect.poll(() => drawer.innerText()).toContain("The mapping is kept.");
    expect((await store.pool.query(open)).rows).toEqual([{ n: 0 }]);
    await page.keyboard.press("Escape");
    await expect.poll(() => drawer.count()).toBe(0);
    await page.getByText("Every row was taken.").waitFor();
    const { rows } = await store.pool.query(
      "select external_id as id, line from contact where external_id in ('a4', 'a5') order by 1",
    );
    expect(rows).toEqual([
      { id: "a4", line: 5 },
      { id: "a5", line: 6 },
    ]);
  });

  test("many rejected rows are read a portion at a time, with progress, and stopped", async () => {
    const MANY = 30_000;
    const file = join(root, "many.csv");
    const many = Array.from({ length: MANY }, (_, at) => `m${at},Ben,12.03.2026 10:00`);
    writeFileSync(file, `${[HEAD, ...many].join("\n")}\n`);
    await importFile(store, {
      ...{ file, format: "table", source: "many", mapping: MAPPING, zone: "UTC" },
      ...{ installationKey: Buffer.alloc(32, 7), owner: "test", now: () => new Date() },
    });
    await page.reload();
    const reason = rowOf("Rows not taken", "many");
    await reason.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    const entry = drawer.getByRole("textbox", { name: "How the mapping reads fields.arrivedAt" });
    await entry.fill('{ "column": "at", "format": "dd.MM.yyyy HH:mm" }');
    await drawer.getByRole("button", { name: "Try it" }).click();
    const slow = { timeout: 60_000 };
    await expect
      .poll(() => drawer.innerText(), slow)
      .toContain("Of 30,000 rows 30,000 would be taken");
    await drawer.getByRole("button", { name: "Take the rows" }).click();
    await drawer.getByRole("progressbar", { name: "Rows being read again" }).waitFor();
    await expect.poll(() => drawer.innerText()).toContain("of 30,000 rows read");
    await drawer.getByRole("button", { name: "Stop", exact: true }).click();
    // Whole portions, as many as were read when it was pressed.
    const said = /Of ([\d,]+) rows \1 were taken/;
    await expect.poll(() => drawer.innerText(), slow).toMatch(said);
    const text = await drawer.innerText();
    const taken = Number(said.exec(text)?.[1]?.replace(",", ""));
    expect(taken % 5000).toBe(0);
    expect(taken).toBeLessThan(MANY);
    expect(text).toContain(`Not all were read: ${taken.toLocaleString("en-GB")} of 30,000.`);
    const left = `select count(*)::int as n from reject join source on source.id = source_id
      where taken_at is null and source.name = 'many'`;
    expect((await store.pool.query(left)).rows).toEqual([{ n: MANY - taken }]);
    // What is left is taken when it is asked for again.
    await drawer.getByRole("button", { name: "Try it" }).click();
    const rest = (MANY - taken).toLocaleString("en-GB");
    await expect.poll(() => drawer.innerText(), slow).toContain(`Of ${rest} rows ${rest} would`);
    await drawer.getByRole("button", { name: "Take the rows" }).click();
    await expect.poll(() => drawer.innerText(), slow).toContain("The mapping is kept.");
    expect((await store.pool.query(left)).rows).toEqual([{ n: 0 }]);
    await page.keyboard.press("Escape");
    await expect.poll(() => drawer.count()).toBe(0);
  }, 240_000);

  test("two names are counted as one, and taken apart again", async () => {
    const pair = rowOf("Names that may be one agent", "obrien ana");
    await expect.poll(() => pair.innerText()).toContain("same letters");
    await page.getByRole("button", { name: "Count as one: obrien ana as O'Brien, Ana" }).click();
    const undo = page.getByRole("button", { name: "Undo: obrien ana counted as O'Brien, Ana" });
    await undo.waitFor();
    await expect.poll(() => pair.count()).toBe(0);
    const names = "select count(distinct person_id)::int as n from person";
    expect((await store.pool.query(names)).rows).toEqual([{ n: 3 }]);
    await undo.click();
    await pair.waitFor();
    expect((await store.pool.query(names)).rows).toEqual([{ n: 4 }]);
  });

  test("nothing was complained of, in Chinese and on a phone neither", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${serving.address}/sources?lang=zh`);
    await page.getByRole("button", { name: "暂停dropped" }).waitFor();
    const wider = "document.documentElement.scrollWidth > window.innerWidth";
    await expect.poll(() => page.evaluate(wider)).toBe(false);
    expect(errors).toEqual([]);
  });
});
