/**
 * Excel workbooks (.xlsx) to rows: one sheet, read in pieces; only its shared texts are held.
 *
 * Times are told by the number format of their cells and given as wall times; numbers, formulas' results
 * and plain texts as a CSV would hold them. Cells that are merged have their value in the first one.
 */

import { inputError } from "../domain/shared/errors.ts";
import { type ByteSource, damageTold } from "./byte-source.ts";
import type { RowBlock } from "./delimited.ts";
import { type RowsWish, rowBlocks, type TableRow } from "./row-blocks.ts";
import { ARCHIVE_LIMITS, type ArchiveLimits, openArchive } from "./xlsx-archive.ts";
import { sheetRows } from "./xlsx-sheet.ts";
import { openWorkbook, type Sheet, type Workbook } from "./xlsx-workbook.ts";

/**
 * @throws InputError `not_a_workbook`, `password_protected`, `damaged_file`, `zip_bomb`, `part_too_large`,
 * `unknown_sheet`, `empty_file`.
 */
export function xlsxRows(
  source: ByteSource,
  wish: RowsWish,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): AsyncGenerator<RowBlock> {
  const told = damageTold(batches(source, wish, limits), source, ".xlsx");
  return rowBlocks(told, wish.columns);
}

async function* batches(
  source: ByteSource,
  { sheet: name }: RowsWish,
  limits: ArchiveLimits,
): AsyncGenerator<readonly TableRow[]> {
  const archive = await openArchive(source);
  const workbook = await openWorkbook(archive, limits);
  const rowsOf = (sheet: Sheet) =>
    sheetRows(archive.unpack(sheet.part, limits.sheetBytes), workbook);
  if (name !== null) {
    yield* rowsOf(sheetNamed(workbook, name));
    return;
  }
  for (const sheet of workbook.sheets) {
    let hasRows = false;
    for await (const rows of rowsOf(sheet)) {
      hasRows = true;
      yield rows;
    }
    if (hasRows) return;
  }
}

function sheetNamed({ sheets }: Workbook, name: string): Sheet {
  const found = sheets.find((sheet) => sheet.name === name);
  if (found !== undefined) return found;
  const names = sheets.map((sheet) => sheet.name).join(", ");
  const expected = `a sheet of the workbook: ${names.slice(0, 1000)}`;
  throw inputError({ code: "unknown_sheet", path: "mapping.sheet", value: name, expected });
}
