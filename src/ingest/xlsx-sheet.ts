/**
 * The rows of one sheet, in pieces: cells to text, at the columns their addresses name.
 */

import { inputError } from "../domain/shared/errors.ts";
import { isUnsafe } from "./cell-text.ts";
import { LONGEST_ROW_CHARACTERS, lineTooLong, MOST_COLUMNS, tooManyColumns } from "./limits.ts";
import { type CellFault, type TableRow, UNSAFE_NUMBER } from "./row-blocks.ts";
import { serialText } from "./xlsx-dates.ts";
import { richText, unescaped, type Workbook } from "./xlsx-workbook.ts";
import { type XmlHandlers, xmlPieces } from "./xml.ts";

/** A cell as it stands between its tags. */
interface OpenCell {
  column: number;
  type: string;
  style: number;
  value: string;
  hasValue: boolean;
  hasFormula: boolean;
}

interface OpenRow {
  line: number;
  cells: string[];
  faults: CellFault[];
  characters: number;
}

/** Rows with at least one cell that is not empty; none where the sheet is empty. */
export async function* sheetRows(
  pieces: AsyncIterable<Uint8Array>,
  workbook: Workbook,
): AsyncGenerator<readonly TableRow[]> {
  const texts = await workbook.sharedTexts();
  const taker = rowTaker(workbook, texts);
  try {
    for await (const _ of xmlPieces(pieces, taker.handlers)) {
      const rows = taker.taken();
      if (rows.length > 0) yield rows;
    }
  } catch (error) {
    // Rows before a damaged place are good.
    const rows = taker.taken();
    if (rows.length > 0) yield rows;
    throw error;
  }
  const rest = taker.taken();
  if (rest.length > 0) yield rest;
}

function rowTaker(workbook: Workbook, texts: readonly string[]) {
  let rows: TableRow[] = [];
  let line = 0;
  let row: OpenRow | null = null;
  let cell: OpenCell | null = null;
  let isInValue = false;
  let lastColumn = -1;
  const rich = richText();
  const handlers: XmlHandlers = {
    open(name, attributes) {
      if (name === "row") {
        line = rowNumber(attributes.r, line);
        row = { line, cells: [], faults: [], characters: 0 };
        lastColumn = -1;
      } else if (name === "c" && row !== null) {
        lastColumn = attributes.r === undefined ? lastColumn + 1 : columnOf(attributes.r);
        cell = openCell(attributes, lastColumn);
        rich.begin();
      } else if (cell !== null) {
        if (name === "v") {
          isInValue = true;
          cell.hasValue = true;
        } else if (name === "f") cell.hasFormula = true;
        else rich.open(name);
      }
    },
    close(name) {
      if (name === "v") isInValue = false;
      else if (name === "c" && cell !== null && row !== null) {
        place(row, cell, cell.type === "inlineStr" ? rich.text() : "", { workbook, texts });
        cell = null;
      } else if (name === "row" && row !== null) {
        if (row.cells.length > 0 || row.faults.length > 0) rows.push(row);
        row = null;
      } else if (cell !== null) rich.close(name);
    },
    text(text) {
      if (cell === null) return;
      if (isInValue) cell.value += text;
      else rich.add(text);
    },
  };
  return {
    handlers,
    taken() {
      const given = rows;
      rows = [];
      return given;
    },
  };
}

function openCell(attributes: Readonly<Record<string, string>>, column: number): OpenCell {
  const { t: type = "n", s: style = "0" } = attributes;
  const begun = { value: "", hasValue: false, hasFormula: false };
  return { column, type, style: Number(style), ...begun };
}

/** Puts the cell's text at its column; empty cells take no place. */
function place(
  row: OpenRow,
  cell: OpenCell,
  inline: string,
  { workbook, texts }: { workbook: Workbook; texts: readonly string[] },
): void {
  const { column } = cell;
  const isUnsolved = cell.hasFormula && !cell.hasValue && cell.type !== "str";
  const text = inline === "" ? cellText(cell, workbook, texts) : inline;
  if (text === "" && !isUnsolved) return;
  if (column >= MOST_COLUMNS) throw tooManyColumns(row.line, column + 1);
  row.characters += text.length;
  if (row.characters > LONGEST_ROW_CHARACTERS) throw lineTooLong(row.line, text);
  while (row.cells.length < column) row.cells.push("");
  row.cells[column] = text;
  if (isUnsolved) row.faults.push({ column, ...UNSOLVED_FORMULA });
  // Digits behind the 15th are lost already when a spreadsheet keeps an id as a number.
  const isNumber = cell.type === "n" && workbook.kinds[cell.style] !== "date";
  if (isNumber && isUnsafe(Number(cell.value))) row.faults.push({ column, ...UNSAFE_NUMBER });
}

const UNSOLVED_FORMULA = {
  code: "formula_without_result",
  expected: "a formula with its result; open and save the workbook in a spreadsheet",
};

function cellText(cell: OpenCell, workbook: Workbook, texts: readonly string[]): string {
  const { value, type } = cell;
  if (type === "s") return sharedText(value, texts);
  if (type === "str") return unescaped(value);
  const text = value.trim();
  if (type === "b") return text === "" ? "" : text === "1" || text === "true" ? "true" : "false";
  if (type !== "n" || text === "") return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return serialText(number, workbook.kinds[cell.style] ?? "number", workbook.is1904);
}

function sharedText(value: string, texts: readonly string[]): string {
  const text = texts[Number(value)];
  if (value.trim() === "" || text === undefined) throw new Error(`no shared text ${value}`);
  return text;
}

/** Rows without a number follow the one before. */
function rowNumber(given: string | undefined, before: number): number {
  if (given === undefined) return before + 1;
  const line = Number(given);
  if (Number.isInteger(line) && line > before) return line;
  const expected = `a row number above ${before}`;
  throw inputError({ code: "malformed_sheet", path: "row", value: given, expected, line: before });
}

/** Column from 0 of an address such as `AB12`. */
function columnOf(address: string): number {
  let column = 0;
  for (let at = 0; at < address.length && at < 4; at++) {
    const letter = address.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (column === 0) throw new Error(`a cell at ${address.slice(0, 20)}`);
  return column - 1;
}
