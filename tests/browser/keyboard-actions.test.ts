/**
 * Every action of the dashboards, and the test that does it with keys alone. What is added to a page is added
 * here. A test that is named and is not there fails, and so does one that uses the mouse.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const FOLDER = dirname(fileURLToPath(import.meta.url));

const FRAME = {
  pages: "every page is reached, and the link keeps the focus",
  language: "the language is changed, and changed back",
  days: "the period is chosen, and both days are typed",
  filters: "each filter is opened, chosen from, closed and cleared",
  comparison: "a period before, own days and another group are compared with, and no longer",
  tabs: "tabs are gone along with the arrows and chosen with Enter",
  meaning: "what a figure means is read on a tab, on a title and on a column, and closed",
  signing: "who signs out signs in again",
  again: "what failed to load is asked for again",
} as const;
const ROWS = {
  table: "a table is searched, sorted and walked, its rows picked and opened",
  menu: "the menu of a card gives CSV, Arrow and paper",
  mark: "%s: a mark of the chart “%s” is walked to and opened",
  several: "several marks are held with Shift, as the brush does it, and opened together",
  drawer: "a drawer keeps Tab inside, has its tabs, its pages of rows and its menu",
  live: "Live: a queue, an assignment and a task are opened",
} as const;
const NOTES = {
  note: "a note is added, changed and deleted",
  view: "a view is saved, renamed, shared, opened from another page and deleted",
  threshold: "a threshold is set, changed and deleted; its alert is opened and dismissed",
} as const;
const SOURCES = {
  pull: "a folder is pulled, paused and resumed, and the button keeps the focus",
  rejects: "rejected rows are opened by their reason, tried under another mapping and taken",
  joins: "two names are joined and taken apart, and the focus goes to what turns it back",
  file: "a file is chosen, mapped, tried, imported, and the next one asked for",
} as const;
const SETTINGS = {
  account: "an account is made, given another role, shut out and let in again",
  token: "a token is made, copied and revoked",
  own: "who saw whom is narrowed, the changes are read, the own password is changed",
} as const;

/** The theme is the system's, and no action of a page. */
const ACTIONS: readonly (readonly [action: string, file: string, title: string])[] = [
  ["go to another page", "frame", FRAME.pages],
  ["open the data quality report", "frame", FRAME.pages],
  ["change the language", "frame", FRAME.language],
  ["choose a period", "frame", FRAME.days],
  ["type the first and the last day", "frame", FRAME.days],
  ["filter by party, team, queue, channel", "frame", FRAME.filters],
  ["clear the filters", "frame", FRAME.filters],
  ["compare with a period before", "frame", FRAME.comparison],
  ["compare with own days", "frame", FRAME.comparison],
  ["compare with another group", "frame", FRAME.comparison],
  ["stop comparing", "frame", FRAME.comparison],
  ["choose a tab", "frame", FRAME.tabs],
  ["read what a figure means", "frame", FRAME.meaning],
  ["ask again for what failed", "frame", FRAME.again],
  ["sign out", "frame", FRAME.signing],
  ["sign in", "frame", FRAME.signing],
  ["search a table", "rows", ROWS.table],
  ["sort a table", "rows", ROWS.table],
  ["walk the rows of a table", "rows", ROWS.table],
  ["pick rows, open and unpick them", "rows", ROWS.table],
  ["take a card along as CSV or Arrow", "rows", ROWS.menu],
  ["print a card", "rows", ROWS.menu],
  ["walk the marks of a chart and open one", "rows", ROWS.mark],
  ["open several marks of a chart", "rows", ROWS.several],
  ["open a row", "rows", ROWS.drawer],
  ["choose which of the contacts", "rows", ROWS.drawer],
  ["load more rows", "rows", ROWS.drawer],
  ["take the rows behind a figure along", "rows", ROWS.drawer],
  ["close a drawer", "rows", ROWS.drawer],
  ["open a queue, a task, an assignment", "rows", ROWS.live],
  ["add, change and delete a note", "notes", NOTES.note],
  ["save, rename, share, open and delete a view", "notes", NOTES.view],
  ["set, change and delete a threshold", "notes", NOTES.threshold],
  ["hold a threshold to the filters of the page", "notes", NOTES.threshold],
  ["open and dismiss an alert", "notes", NOTES.threshold],
  ["pull a source", "sources", SOURCES.pull],
  ["pause and resume a source", "sources", SOURCES.pull],
  ["open rejected rows by reason", "sources", SOURCES.rejects],
  ["change a mapping, try it and take the rows", "sources", SOURCES.rejects],
  ["join two names and undo it", "sources", SOURCES.joins],
  ["choose a file", "sources", SOURCES.file],
  ["say what a column is and how it is read", "sources", SOURCES.file],
  ["set a field for all rows", "sources", SOURCES.file],
  ["take a mapping along as a file", "sources", SOURCES.file],
  ["import a file", "sources", SOURCES.file],
  ["make, change, disable and enable an account", "settings", SETTINGS.account],
  ["make, copy and revoke a token", "settings", SETTINGS.token],
  ["narrow who saw whom", "settings", SETTINGS.own],
  ["change the own password", "settings", SETTINGS.own],
];

const fileOf = (name: string) => `keyboard-${name}.test.ts`;
const textOf = (file: string) => readFileSync(join(FOLDER, file), "utf8");

test.each(ACTIONS)("%s", (_, file, title) => {
  expect(textOf(fileOf(file))).toContain(`"${title}"`);
});

/** What Playwright does for a hand on the mouse, or in place of the keys. */
const BY_HAND =
  /\.(click|dblclick|tap|hover|fill|check|uncheck|selectOption|focus|press|dragTo|mouse|dispatchEvent)\b/g;

const KEYBOARD = readdirSync(FOLDER).filter((file) => /^keyboard(-\w+)?(\.test)?\.ts$/.test(file));

test.each(KEYBOARD)("%s uses no mouse and skips no way to what it uses", (file) => {
  const text = textOf(file).replaceAll(".keyboard.press", "");
  const found = text.match(BY_HAND) ?? [];
  // The list above names them.
  expect(file === fileOf("actions") ? [] : found).toEqual([]);
});

test("every test that goes by keys is named by an action", () => {
  const named = new Set(ACTIONS.map(([, , title]) => title));
  const titles = KEYBOARD.filter((file) => file !== fileOf("actions")).flatMap((file) =>
    [...textOf(file).matchAll(/^ {2}(?:test\(|\]\)\()"([^"]+)"/gm)].map(([, title]) => title ?? ""),
  );
  expect(titles.length).toBeGreaterThan(15);
  expect(titles.filter((title) => !named.has(title))).toEqual([]);
});
