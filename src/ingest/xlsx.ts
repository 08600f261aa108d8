/**
 * Excel workbooks (.xlsx) to rows: one sheet, read in pieces; only its shared texts are held.
 *
 * Times are told by the number format of their cells and given as wall times; numbers, formulas' results
 * and plain texts as a CSV would hold them. Cells that are merged have their value in the first one.
 */

import { inputError } from "../domain/shared/errors.ts";
import { type ByteSource, damageTold } from "./byte-source.ts";
import { columnNames, type RowBlock } from "./delimited.ts";
import { type RowsWish, rowBlocks, type TableRow } from "./row-blocks.ts";
import { ARCHIVE_LIMITS, type ArchiveLimits, openArchive } from "./xlsx-archive.ts";
import { sheetRows } from "./xlsx-sheet.ts";
import { openWorkbook, type Sheet, type Workbook } from "./xlsx-workbook.ts";

/**
 * @throws InputError `not_a_workbook`, `password_protected`, `damaged_file`, `zip_bomb`, `part_too_large`,
 * `unknown_sheet`, `sheet_not_named`, `empty_file`.
 */
export function xlsxRows(
  source: ByteSource,
  wish: RowsWish,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): AsyncGenerator<RowBlock> {
  const told = damageTold(batches(source, wish, limits), source, ".xlsx");
  return rowBlocks(told, wish.columns);
}

export interface WorkbookSheets {
  /** In the order of the workbook. */
  readonly names: readonly string[];
  /** Null where all are empty. */
  readonly firstWithRows: string | null;
}

/** @throws InputError as `xlsxRows` does, `empty_file` left out. */
export async function workbookSheets(
  source: ByteSource,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<WorkbookSheets> {
  const looking = async function* () {
    const archive = await openArchive(source);
    const workbook = await openWorkbook(archive, limits);
    const names = workbook.sheets.map(({ name }) => name);
    for (const { name, part } of workbook.sheets) {
      for await (const _ of sheetRows(archive.unpack(part, limits.sheetBytes), workbook)) {
        yield { names, firstWithRows: name };
      }
    }
    yield { names, firstWithRows: null };
  };
  for await (const sheets of damageTold(looking(), source, ".xlsx")) return sheets;
  return { names: [], firstWithRows: null };
}

async function* batches(
  source: ByteSource,
  { sheet: name, columns }: RowsWish,
  limits: ArchiveLimits,
): AsyncGenerator<readonly TableRow[]> {
  const archive = await openArchive(source);
  const workbook = await openWorkbook(archive, limits);
  const rowsOf = (sheet: Sheet) =>
    sheetRows(archive.unpack(sheet.part, limits.sheetBytes), workbook);
  const sheet =
    name === null ? await sheetThatFits(workbook, columns, rowsOf) : sheetNamed(workbook, name);
  if (sheet !== null) yield* rowsOf(sheet);
}

type RowsOf = (sheet: Sheet) => AsyncIterable<readonly TableRow[]>;

/**
 * The only sheet whose header has all columns that are wanted; where none has, the first with rows, whose
 * header will tell what is missing. Null where all are empty.
 *
 * @throws InputError `sheet_not_named` where several fit: a year of months, of which one would be taken.
 */
async function sheetThatFits(
  { sheets }: Workbook,
  columns: readonly string[],
  rowsOf: RowsOf,
): Promise<Sheet | null> {
  let first: Sheet | null = null;
  const fitting: Sheet[] = [];
  for (const sheet of sheets) {
    const header = await headerOf(rowsOf(sheet));
    if (header === null) continue;
    first ??= sheet;
    // Whoever wants no column yet is still looking at what there is.
    if (columns.length === 0) return first;
    if (columns.every((column) => header.includes(column))) fitting.push(sheet);
  }
  if (fitting.length < 2) return fitting[0] ?? first;
  const fault = { code: "sheet_not_named", path: "mapping.sheet" };
  throw inputError({ ...fault, expected: `one of the sheets that fit: ${namesOf(fitting)}` });
}

/** The names of the columns of a sheet; null where it has no row. */
async function headerOf(rows: AsyncIterable<readonly TableRow[]>): Promise<string[] | null> {
  for await (const [row] of rows) return row === undefined ? null : columnNames(row.cells);
  return null;
}

function namesOf(sheets: readonly Sheet[]): string {
  return sheets
    .map((sheet) => sheet.name)
    .join(", ")
    .slice(0, 1000);
}

function sheetNamed({ sheets }: Workbook, name: string): Sheet {
  const found = sheets.find((sheet) => sheet.name === name);
  if (found !== undefined) return found;
  const expected = `a sheet of the workbook: ${namesOf(sheets)}`;
  throw inputError({ code: "unknown_sheet", path: "mapping.sheet", value: name, expected });
}
