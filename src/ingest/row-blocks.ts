/**
 * Rows of a binary table to the same blocks that CSV gives: names of the columns, as many cells as the
 * header, line numbers with the header as the first row, rejects for rows that cannot be taken.
 */

import { type Fault, InputError, inputError } from "../domain/shared/errors.ts";
import type { Reject } from "../domain/shared/records.ts";
import { isUnsafe } from "./cell-text.ts";
import { columnNames, type RowBlock } from "./delimited.ts";
import { LONGEST_ROW_CHARACTERS, lineTooLong, MOST_COLUMNS, tooManyColumns } from "./limits.ts";

const BLOCK_ROWS = 4096;
const BLOCK_CHARACTERS = 8 * 1024 * 1024;

/** What is read of a binary table. */
export interface RowsWish {
  /** The name of a workbook's sheet; null: the one with the columns, or the first that has rows. */
  readonly sheet: string | null;
  /** Names of the columns that are used: a cell that cannot be read matters only there. */
  readonly columns: readonly string[];
}

/** A cell whose text would not be what the table holds. */
export interface CellFault {
  readonly column: number;
  readonly code: string;
  readonly expected: string;
}

/** The same fault as that of JSON lines. */
export const UNSAFE_NUMBER = {
  code: "unsafe_number",
  expected: "a number that is held exactly, or the number as text",
};

export interface TableRow {
  readonly line: number;
  /** Empty cells at the end may be left out. */
  readonly cells: readonly string[];
  readonly faults: readonly CellFault[];
}

export type CellText = (value: unknown) => string;

/** A column of Parquet or Arrow, whose values have one type. */
export interface TypedColumn {
  readonly name: string;
  readonly text: CellText;
  /** A number of this column may stand for others. */
  readonly isDouble: boolean;
}

/** What a column is when it is none that has one text a row. */
export type Unfit = keyof typeof UNFIT;

const UNFIT = {
  nested_column: "columns of single values, no lists, maps or records",
  unsupported_column: "a column of numbers, texts, flags or times",
} as const;

/**
 * The columns of a table, where all of them have one text a row.
 *
 * @throws InputError `nested_column`, `unsupported_column`, one fault a column; `too_many_columns`.
 */
export function typedColumns(
  given: readonly { readonly name: string; readonly column: TypedColumn | Unfit }[],
): TypedColumn[] {
  if (given.length > MOST_COLUMNS) throw tooManyColumns(1, given.length);
  if (given.length === 0) throw new Error("no columns");
  const faults: Fault[] = [];
  const columns = given.flatMap(({ name, column }): TypedColumn[] => {
    if (typeof column !== "string") return [column];
    const expected = UNFIT[column];
    faults.push({ code: column, path: "columns", value: name, expected, line: 1 });
    return [];
  });
  if (faults.length > 0) throw new InputError(faults);
  return columns;
}

const NO_FAULTS: readonly CellFault[] = [];

/** The row at a line, of the values that its columns have there. */
export function typedRow(
  columns: readonly TypedColumn[],
  valueAt: (column: number) => unknown,
  line: number,
): TableRow {
  const cells: string[] = [];
  let faults = NO_FAULTS;
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at] as TypedColumn;
    const value = valueAt(at);
    cells.push(column.text(value));
    if (column.isDouble && isUnsafe(value as number)) {
      faults = [...faults, { column: at, ...UNSAFE_NUMBER }];
    }
  }
  return { line, cells, faults };
}

interface Header {
  readonly names: readonly string[];
  /** As a line of CSV. */
  readonly text: string;
  /** Places of the columns that are used. */
  readonly wanted: ReadonlySet<number>;
}

/**
 * The first row is the header. Rows before a fault of the file are given before it is thrown.
 *
 * @throws InputError `empty_file`, `too_many_columns`, `line_too_long`.
 */
export async function* rowBlocks(
  batches: AsyncIterable<readonly TableRow[]>,
  columns: readonly string[],
): AsyncGenerator<RowBlock> {
  let header: Header | null = null;
  let rows: TableRow[] = [];
  let characters = 0;
  let isFirst = true;
  try {
    for await (const batch of batches) {
      for (const row of batch) {
        characters += checkedLength(row);
        if (header === null) header = headerOf(row, columns);
        else rows.push(row);
        if (rows.length < BLOCK_ROWS && characters < BLOCK_CHARACTERS) continue;
        const block = blockOf(header, rows);
        rows = [];
        characters = 0;
        isFirst = false;
        yield block;
      }
    }
  } catch (error) {
    if (header !== null && rows.length > 0) yield blockOf(header, rows);
    throw error;
  }
  if (header === null) {
    throw inputError({ code: "empty_file", path: "file", expected: "a header and rows" });
  }
  // Without any row the header still has to be seen.
  if (isFirst || rows.length > 0) yield blockOf(header, rows);
}

function headerOf({ cells }: TableRow, columns: readonly string[]): Header {
  const names = columnNames(cells);
  const wanted = new Set(columns.map((name) => names.lastIndexOf(name)));
  return { names, text: csvRow(cells), wanted };
}

function checkedLength({ line, cells }: TableRow): number {
  if (cells.length > MOST_COLUMNS) throw tooManyColumns(line, cells.length);
  let characters = cells.length;
  for (const cell of cells) characters += cell.length;
  if (characters > LONGEST_ROW_CHARACTERS) throw lineTooLong(line, cells.join(",").slice(0, 80));
  return characters;
}

function blockOf(header: Header, given: readonly TableRow[]): RowBlock {
  const width = header.names.length;
  const rows: string[][] = [];
  const lines: number[] = [];
  const rejects: Reject[] = [];
  for (const row of given) {
    const reject = rejectOf(header, row);
    if (reject === null) {
      const cells = [...row.cells];
      while (cells.length < width) cells.push("");
      rows.push(cells);
      lines.push(row.line);
    } else {
      rejects.push(reject);
    }
  }
  const raw = (index: number) => csvRow(rows[index] ?? []);
  return { header: header.names, headerText: header.text, rows, lines, rejects, raw };
}

function rejectOf({ names, wanted }: Header, { line, cells, faults }: TableRow): Reject | null {
  const raw = () => csvRow(cells);
  if (cells.length > names.length) {
    const value = `${cells.length} columns`;
    const expected = `${names.length} columns`;
    return { line, code: "wrong_columns", field: "row", value, expected, raw: raw() };
  }
  const zero = cells.findIndex((cell, at) => cell.includes("\0") && wanted.has(at));
  const fault =
    faults.find(({ column }) => wanted.has(column)) ??
    (zero === -1 ? undefined : { column: zero, ...ZERO_CHARACTER });
  if (fault === undefined) return null;
  const { column, code, expected } = fault;
  const value = withoutZeros((cells[column] ?? "").slice(0, 200));
  return { line, code, field: names[column] ?? "row", value, expected, raw: raw() };
}

const ZERO_CHARACTER = {
  code: "zero_character",
  expected: "a text without zero characters",
};

/** The row as a line of CSV. No database text holds a zero character, so it is shown as U+FFFD. */
function csvRow(cells: readonly string[]): string {
  const quoted = (cell: string) =>
    /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return withoutZeros(cells.map(quoted).join(","));
}

function withoutZeros(text: string): string {
  return text.replaceAll("\0", "\uFFFD");
}
