/**
 * Rows that were rejected, read again from how they were kept: under a mapping put right, most of them can
 * be taken. Only formats whose rows say everything themselves can do so: a call of a queue log is many
 * lines, and the lines beside a rejected one are not kept. A format without a mapping reads the same row
 * with the same answer, until a later version of Muster reads it better.
 *
 * Rows are read many at once, and told apart by the lines on which they begin. Where that does not come
 * out even (a quote that opens and never closes), halves are read, down to single rows.
 */

import { InputError, inputError } from "../domain/shared/errors.ts";
import type { Reject, RowFinding } from "../domain/shared/records.ts";
import { eventLogMapping } from "./event-log-mapping.ts";
import type { Format, FormatOptions, TakenRow } from "./format.ts";
import { tableMapping } from "./table-mapping.ts";

export interface KeptRow {
  /** In the file it came from. */
  readonly line: number;
  readonly raw: string;
}

export interface RowsAgain<Row extends KeptRow> {
  readonly taken: readonly { readonly row: Row; readonly taken: TakenRow }[];
  readonly rejects: readonly { readonly row: Row; readonly reject: Reject }[];
  readonly findings: readonly RowFinding[];
}

/**
 * How rejected rows of a format can be tried again: under another mapping; only as they are; not at all,
 * because they are parts of something longer; not at all, because a row says what it says beside the others
 * of its file.
 */
export type RowsAgainWay = "by_mapping" | "as_they_are" | "not_alone" | "whole_file";

const WAYS: Readonly<Record<string, RowsAgainWay>> = {
  table: "by_mapping",
  "event-log": "by_mapping",
  "anonymous-bank": "as_they_are",
  "asterisk-queue-log": "not_alone",
  organisation: "whole_file",
};

/** Null for a source that nothing was imported from. */
export function rowsAgainWay(format: string): RowsAgainWay | null {
  return WAYS[format] ?? null;
}

const NOT_AGAIN = {
  not_alone: {
    code: "rows_not_alone",
    expected:
      "a format whose rows say everything themselves: the file corrected and imported again",
  },
  whole_file: {
    code: "rows_of_whole_file",
    expected: "no organisation: its rows are read beside one another; the corrected file again",
  },
};

/**
 * Does a format read single rows, and is the mapping a mapping? Null: there is none.
 *
 * @throws InputError `rows_not_alone`, `rows_of_whole_file`, `mapping_not_wanted`, and what the format says
 *   of its mapping.
 */
export function checkReadsRows(format: string, mapping: unknown): void {
  const way = rowsAgainWay(format);
  if (way === "not_alone" || way === "whole_file") {
    throw inputError({ ...NOT_AGAIN[way], path: "format", value: format });
  }
  if (way === "as_they_are" && mapping !== null) {
    const expected = `no mapping: ${format} is read without one`;
    throw inputError({ code: "mapping_not_wanted", path: "mapping", expected });
  }
  if (format === "table") tableMapping(mapping);
  if (format === "event-log") eventLogMapping(mapping);
}

/** JSON lines name their fields in each row; all else needs the header of its file. */
export function needsHeader(format: Format, mapping: unknown, raw: string): boolean {
  if (format.name !== "table") return true;
  const { layout } = tableMapping(mapping);
  return layout === undefined ? !raw.trimStart().startsWith("{") : layout === "delimited";
}

/** @throws InputError `missing_column`: a column of the mapping that is not in the header. */
export async function checkHeader(
  format: Format,
  header: string,
  options: FormatOptions,
): Promise<void> {
  await parsed(format, [header], options);
}

/** Each row is either taken or a reject. `header` as it stood in the file; null for JSON lines. */
export async function readRowsAgain<Row extends KeptRow>(
  format: Format,
  { header, rows }: { readonly header: string | null; readonly rows: readonly Row[] },
  options: FormatOptions,
): Promise<RowsAgain<Row>> {
  const [only] = rows;
  if (only === undefined) return { taken: [], rejects: [], findings: [] };
  const read = await readTogether(format, { header, rows }, options);
  if ("taken" in read) return read;
  if (rows.length === 1) {
    return { taken: [], rejects: [{ row: only, reject: read.fault }], findings: [] };
  }
  const middle = Math.ceil(rows.length / 2);
  const first = { header, rows: rows.slice(0, middle) };
  const second = { header, rows: rows.slice(middle) };
  const halves = [
    await readRowsAgain(format, first, options),
    await readRowsAgain(format, second, options),
  ];
  return {
    taken: halves.flatMap(({ taken }) => taken),
    rejects: halves.flatMap(({ rejects }) => rejects),
    findings: halves.flatMap(({ findings }) => findings),
  };
}

const lineCount = (text: string) => text.split("\n").length;

/** All rows as one text; a fault where they do not come out one by one. */
async function readTogether<Row extends KeptRow>(
  format: Format,
  { header, rows }: { readonly header: string | null; readonly rows: readonly Row[] },
  options: FormatOptions,
): Promise<RowsAgain<Row> | { readonly fault: Reject }> {
  const begins = new Map<number, Row>();
  let line = header === null ? 1 : 1 + lineCount(header);
  for (const row of rows) {
    begins.set(line, row);
    line += lineCount(row.raw);
  }
  const texts = rows.map(({ raw }) => raw);
  let blocks: Awaited<ReturnType<typeof parsed>>;
  try {
    blocks = await parsed(format, header === null ? texts : [header, ...texts], options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, expected = "" } = error.faults[0] ?? { code: "malformed_row" };
    return { fault: malformed(rows[0] as Row, code, expected) };
  }
  const taken = blocks.taken.map((one) => ({ row: begins.get(one.line), taken: one }));
  const rejects = blocks.rejects.map((one) => ({ row: begins.get(one.line), reject: one }));
  const found = [...taken, ...rejects].map(({ row }) => row);
  if (
    new Set(found).size !== rows.length ||
    found.length !== rows.length ||
    !found.every(Boolean)
  ) {
    return { fault: malformed(rows[0] as Row, "malformed_row", "one row") };
  }
  const atHome = (row: Row | undefined) => (row as Row).line;
  return {
    taken: taken.map(({ row, taken: one }) => ({
      row: row as Row,
      taken: { ...one, line: atHome(row) },
    })),
    rejects: rejects.map(({ row, reject }) => ({
      row: row as Row,
      reject: { ...reject, line: atHome(row), raw: (row as Row).raw },
    })),
    findings: blocks.findings.map((one) => ({ ...one, line: atHome(begins.get(one.line)) })),
  };
}

function malformed({ line, raw }: KeptRow, code: string, expected: string): Reject {
  return { line, code, field: "row", value: raw.slice(0, 200), expected, raw };
}

async function parsed(format: Format, lines: readonly string[], options: FormatOptions) {
  const taken: TakenRow[] = [];
  const rejects: Reject[] = [];
  const findings: RowFinding[] = [];
  async function* text() {
    yield `${lines.join("\n")}\n`;
  }
  for await (const block of format.parse(text(), options)) {
    taken.push(...block.taken);
    rejects.push(...block.rejects);
    findings.push(...block.findings);
  }
  return { taken, rejects, findings };
}
