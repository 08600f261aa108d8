/** Sources with keys alone: pulled, paused, rejected rows put right, names joined, a file brought in. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
import { findChromium, type OpenBrowser, openBrowser } from "./pages.ts";
import { type Served, served, signIn } from "./served.ts";
import { addFolder, takeCalls } from "./sources-centre.ts";

const executablePath = findChromium();
const store = await testDatabase({ maxConnections: 10 });
const root = mkdtempSync(join(tmpdir(), "muster-keyboard-"));

describe.skipIf(executablePath === null)("Sources, by keyboard alone", () => {
  let serving: Served;
  let browser: OpenBrowser;
  let page: Page;
  let errors: readonly string[];

  beforeAll(async () => {
    await ensureDashboards();
    await takeCalls(store, root);
    serving = await served(store);
    await addFolder(store, root);
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    await signIn(browser, serving);
    ({ page, errors } = await openForKeys(browser.context, `${serving.address}/sources`));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const one = async (sql: string) => (await store.pool.query(sql)).rows[0];

  test("a folder is pulled, paused and resumed, and the button keeps the focus", async () => {
    await pressOn(page, button("Pull now: dropped"));
    await page.getByText("New files: 1, rows taken: 1.").waitFor(SLOW);
    await expect.poll(() => hasFocus(button("Pull now: dropped")), SLOW).toBe(true);
    await pressOn(page, button("Pause dropped"));
    await button("Resume dropped").waitFor(SLOW);
    expect(await hasFocus(button("Resume dropped"))).toBe(true);
    expect(await one("select paused from source where name = 'dropped'")).toEqual({ paused: true });
    await page.keyboard.press("Enter");
    await button("Pause dropped").waitFor(SLOW);
    expect(await one("select paused from source where name = 'dropped'")).toEqual({
      paused: false,
    });
    await noPointer(page);
  });

  test("rejected rows are opened by their reason, tried under another mapping and taken", async () => {
    const table = page.getByRole("region", { name: "Rows not taken" });
    await pressOn(page, table.locator("tr[data-index='0']"));
    const drawer = page.getByRole("dialog");
    const entry = drawer.getByRole("textbox", { name: "How the mapping reads fields.arrivedAt" });
    await reach(page, entry);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(
      '{ "column": "at", "formats": ["yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm"] }',
    );
    await pressOn(page, drawer.getByRole("button", { name: "Try it" }));
    await expect.poll(() => drawer.innerText(), SLOW).toContain("Of 2 rows 2 would be taken");
    await expect
      .poll(() => hasFocus(drawer.getByRole("button", { name: "Try it" })), SLOW)
      .toBe(true);
    await pressOn(page, drawer.getByRole("button", { name: "Take the rows" }));
    await expect.poll(() => drawer.innerText(), SLOW).toContain("Of 2 rows 2 were taken");
    expect(await one("select count(*)::int as n from reject where taken_at is null")).toEqual({
      n: 0,
    });
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await isSomewhere(page);
    await noPointer(page);
  });

  test("two names are joined and taken apart, and the focus goes to what turns it back", async () => {
    const join = button("Count as one: obrien ana as O'Brien, Ana");
    const undo = button("Undo: obrien ana counted as O'Brien, Ana");
    const persons = "select count(distinct person_id)::int as n from person";
    const before = (await one(persons)).n;
    await pressOn(page, join);
    await undo.waitFor(SLOW);
    await expect.poll(() => hasFocus(undo), SLOW).toBe(true);
    expect(await one(persons)).toEqual({ n: before - 1 });
    await page.keyboard.press("Enter");
    await join.waitFor(SLOW);
    await expect.poll(() => hasFocus(join), SLOW).toBe(true);
    expect(await one(persons)).toEqual({ n: before });
    await noPointer(page);
  });

  test("a file is chosen, mapped, tried, imported, and the next one asked for", async () => {
    const lines = ["call id;start;agent", "k1;05.03.2026 09:00;Ann", "k2;06.03.2026 09:00;Ann"];
    const chooser = page.waitForEvent("filechooser");
    await pressOn(page, button("Choose a file"));
    const buffer = Buffer.from(lines.join("\n"));
    await (await chooser).setFiles({ name: "keys.csv", mimeType: "text/csv", buffer });
    await page.getByText("What each column is").waitFor(SLOW);
    await isSomewhere(page);
    const field = (column: string) => page.getByLabel(`Field of ${column}`, { exact: true });
    await choose(page, field("agent"), "not taken");
    await choose(page, field("agent"), /^Agent/);
    const written = page
      .locator(".drop-fields li", { hasText: "Arrived at" })
      .getByLabel("written as");
    await writeIn(page, written, "yyyy");
    const sum = page.locator(".drop-sum");
    await expect.poll(() => sum.innerText(), SLOW).toContain("0 would be taken");
    await writeIn(page, written, "dd.MM.yyyy HH:mm");
    await expect.poll(() => sum.innerText(), SLOW).toContain("2 would be taken");
    // Letters choose from a closed list without passing over others.
    await pressOn(page, page.getByLabel("The same for all rows"), "q");
    const fixed = page.locator(".drop-fields li", { hasText: "Queue" });
    await writeIn(page, fixed.getByRole("textbox"), "Night");
    await writeIn(page, page.getByLabel("Source", { exact: true }), "typed");
    await writeIn(page, page.getByLabel("Time zone of the file"), "UTC");
    const download = page.waitForEvent("download");
    await pressOn(page, button("Mapping as a file"));
    const saved = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    expect(saved).toMatchObject({
      record: "contact",
      fields: { externalId: { column: "call id" } },
    });
    const importing = button(/^Import$/);
    await expect.poll(() => importing.isEnabled(), SLOW).toBe(true);
    await pressOn(page, importing);
    await page.getByText("Imported.").waitFor(SLOW);
    const taken = `select count(*)::int as n from contact join queue on queue.id = queue_id
      where queue.name = 'Night'`;
    expect(await one(taken)).toEqual({ n: 2 });
    await isSomewhere(page);
    await pressOn(page, button("Another file"));
    await page.getByText("Drop a log here").waitFor(SLOW);
    await isSomewhere(page);
    expect(errors).toEqual([]);
    await noPointer(page);
  });
});
