/** What is doubtful about a suggestion, and units of figures, are worded in both languages. */

import { expect, test } from "vitest";
import { en } from "../../dashboards/i18n/en.ts";
import { createFormats } from "../../dashboards/i18n/formats.ts";
import { LOCALES, translator } from "../../dashboards/i18n/texts.ts";
import { zhCN } from "../../dashboards/i18n/zh-CN.ts";
import { doubtWords } from "../../dashboards/pages/sources/drop/drop-words.ts";
import { METRIC_DEFINITIONS } from "../../src/flows/read/definitions.ts";
import { NOTE_WORDS } from "../../src/ingest/suggest/notes.ts";
import { suggestMapping } from "../../src/ingest/suggest/suggestion.ts";

const ENGLISH: Readonly<Record<string, string>> = en;
const CHINESE: Readonly<Record<string, string>> = zhCN;
const variables = (text = "") =>
  [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? "").sort();
const site = (language: "en" | "zh") => ({
  t: translator(language),
  formats: createFormats(LOCALES[language], "UTC"),
});

test.each(Object.entries(NOTE_WORDS))(
  "%s has words, with the parameters it is told with",
  (code, words) => {
    const key = `drop.doubt.${code}`;
    expect(variables(ENGLISH[key])).toEqual(variables(words));
    expect(CHINESE[key]).toMatch(/\p{Script=Han}/u);
    expect(variables(CHINESE[key])).toEqual(variables(words));
  },
);

test("no words are for a code that nobody says", () => {
  const worded = Object.keys(en).filter((key) => key.startsWith("drop.doubt."));
  const said = [...Object.keys(NOTE_WORDS), "ofField"].map((code) => `drop.doubt.${code}`);
  expect(worded.sort()).toEqual(said.sort());
});

test("of a real file, with names of ours in the reader's language and the file's as they are", () => {
  const rows = [
    ["1", "03/04/2024 09:00", "answered", "1200"],
    ["2", "05/04/2024 10:00", "answered", "900"],
    ["3", "06/04/2024 11:00", "mystery", "7"],
  ];
  const header = ["call id", "call start", "status", "talk"];
  const suggestion = suggestMapping({ header, rows, layout: "delimited" });
  if (!suggestion.found) throw new Error("nothing fits");
  const said = [...suggestion.notes, ...suggestion.fields.flatMap(({ warnings }) => warnings)];
  const words = (language: "en" | "zh") => said.map((each) => doubtWords(each, site(language)));
  expect(words("en")).toEqual([
    "The times have no offset: check the zone of the file below",
    'Not known, and taken as unfinished: "mystery"',
    "Day and month may be swapped: MM/dd/yyyy HH:mm reads all rows as well. Check it",
  ]);
  expect(words("zh")).toEqual([
    "时间没有时区偏移：请核对下方的文件时区",
    '含义未知，按未完成处理："mystery"',
    "日与月可能颠倒：按 MM/dd/yyyy HH:mm 也能读出全部行，请核对",
  ]);
});

test("numbers, fields, kinds, units and reasons are worded", () => {
  const leftOut = {
    code: "field_left_out",
    parameters: {
      ...{ field: "currency", column: "cur", rows: 1200, example: '"yuan"' },
      reason: "invalid_currency",
    },
  };
  const equal = { code: "equal_record", parameters: { record: "survey", taken: "contact" } };
  const unit = { code: "unit_by_size", parameters: { unit: "ms" } };
  expect(doubtWords(leftOut, site("en"))).toContain("Currency from cur was left out: 1,200 rows");
  expect(doubtWords(leftOut, site("en"))).not.toContain("invalid_currency");
  expect(doubtWords(equal, site("zh"))).toBe("这些行也可能是一份满意度调查，已按一次联络处理");
  expect(doubtWords(unit, site("zh"))).toBe("单位“毫秒”由数值大小推断，请核对");
  expect(doubtWords({ code: "of_tomorrow", parameters: {} }, site("zh"))).toBe("of_tomorrow");
});

test("every unit of a definition has words in both languages", () => {
  for (const { unit } of METRIC_DEFINITIONS) {
    expect(ENGLISH[`definition.unitOf.${unit}`], unit).toBe(unit);
    expect(CHINESE[`definition.unitOf.${unit}`], unit).toMatch(/\p{Script=Han}/u);
  }
});
