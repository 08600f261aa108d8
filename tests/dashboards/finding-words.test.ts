import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Quality } from "../../dashboards/api/types.ts";
import { en } from "../../dashboards/i18n/en.ts";
import { createFormats } from "../../dashboards/i18n/formats.ts";
import { LOCALES, translator } from "../../dashboards/i18n/texts.ts";
import { countsByCode } from "../../dashboards/pages/managers/quality-card.tsx";
import { detailWords } from "../../dashboards/pages/sources/detail-words.ts";
import { FINDING_CODES } from "../../src/domain/quality/finding.ts";

const SOURCE = fileURLToPath(new URL("../../src", import.meta.url));

function textOf(folder: string): string {
  const files = readdirSync(join(SOURCE, folder)).filter((name) => name.endsWith(".ts"));
  return files.map((name) => readFileSync(join(SOURCE, folder, name), "utf8")).join("\n");
}

const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, code]) => code ?? ""))].sort();

/** Codes of a whole file that is not of its format: the import ends with them, no row is kept. */
const OF_FILES = new Set([
  "binary_file",
  "duplicate_name",
  "empty_file",
  "file_not_found",
  "file_unreadable",
  "invalid_mapping",
  "invalid_organisation",
  "invalid_period",
  "mapping_not_wanted",
  "missing_mapping",
  "rows_not_alone",
  "rows_of_whole_file",
  "not_a_file",
  "truncated_gzip",
  "unknown_encoding",
  ...["damaged_file", "malformed_sheet", "nested_column", "not_a_workbook", "part_too_large"],
  ...["password_protected", "record_batch_too_large", "row_group_too_large", "unknown_sheet"],
  ...["unsupported_codec", "unsupported_column", "zip_bomb", "document_too_large"],
  ...["sheet_not_named", "too_many_rows", "unknown_table"],
  "unknown_format",
  "wrong_format",
]);

test("every code that a row is refused with has words", () => {
  const codes = found(
    textOf("ingest"),
    /(?:code: |rejected\(|[fF]ault\(|reject\()\s*"([a-z]+(?:_[a-z]+)+)"/g,
  );
  expect(codes).toContain("formula_in_cell");
  expect(codes).toContain("call_without_start");
  const isFinding = (code: string) => `finding.${code}` in en;
  const missing = codes.filter(
    (code) => !OF_FILES.has(code) && !(`reject.${code}` in en) && !isFinding(code),
  );
  expect(missing).toEqual([]);
});

test("every code of something that looks wrong has words", () => {
  const rules = `${textOf("domain/quality")}\n${textOf("ingest")}`;
  const ofRows = found(rules, /\["([a-z]+(?:_[a-z]+)+)", \(|^\s+"([a-z]+(?:_[a-z]+)+)",\s*\(/gm);
  const inMultiline = found(rules, /\[\s*"([a-z]+(?:_[a-z]+)+)",\s*\(/g);
  const asObjects = found(rules, /findings\.push\(\{[^}]*code: "([a-z_]+)"/g);
  const codes = [...FINDING_CODES, ...ofRows, ...inMultiline, ...asObjects].filter(Boolean);
  expect(codes).toContain("answered_before_arrival");
  expect(codes.filter((code) => !(`finding.${code}` in en))).toEqual([]);
});

type Finding = Quality["findings"][number];

const finding = (code: string, count: number, detail: Record<string, unknown>): Finding => ({
  source: "calls",
  code,
  day: null,
  agent: null,
  queue: null,
  count,
  detail,
});

const words = (language: "en" | "zh") => ({
  t: translator(language),
  formats: createFormats(LOCALES[language], "Asia/Shanghai"),
});

const SURGE = finding("surge", 2541, { weekday: 3, usualRows: 1350, ratio: 1.8822222222222222 });
const ALIAS = finding("likely_alias", 182, {
  alias: "Wang Wei",
  ground: "same_letters",
  overlappingContacts: 0,
  firstDay: "2026-09-23",
  lastDay: "2026-11-20",
});

test("the evidence in words, in both languages", () => {
  expect(detailWords(SURGE, words("en"))).toBe("2,541 rows; usual for a Wednesday: 1,350");
  expect(detailWords(SURGE, words("zh"))).toBe("2,541 行；星期三通常为 1,350 行");
  expect(detailWords(ALIAS, words("en"))).toBe(
    "same letters as Wang Wei; never at work at the same moment; 23 Sept 2026 to 20 Nov 2026",
  );
  const empty = finding("day_without_rows", 0, { weekday: 1, usualRows: 1510, sameWeekdays: 9 });
  expect(detailWords(empty, words("en"))).toBe("usual for a Monday: 1,510 rows");
  const nobody = finding("unknown_agent", 9, { named: false, days: 1 });
  expect(detailWords(nobody, words("en"))).toBe("no name given; on 1 day");
  const row = finding("zero_handle_time", 7, {
    agents: 6,
    firstDay: "2026-09-28",
    lastDay: "2026-09-28",
  });
  expect(detailWords(row, words("en"))).toBe("6 agents; 28 Sept 2026");
  expect(detailWords(finding("new_code", 1, { strange: { any: 1 } }), words("en"))).toBe("");
});

test("of days without rows the days are counted, of all else the rows", () => {
  const empty = finding("day_without_rows", 0, {});
  expect(countsByCode([empty, SURGE, empty])).toEqual([
    { code: "surge", count: 2541 },
    { code: "day_without_rows", count: 2 },
  ]);
});
