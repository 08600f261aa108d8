/** Rows as a CSV file, made in the browser with the rules of the server's. */

export type SheetCell = string | number | boolean | null;

export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/**
 * Characters that make a spreadsheet take a text for a formula, also in their wide form. The server
 * puts an apostrophe before such texts (csv-stringify's escape_formulas); numbers are none.
 */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function csvCell(cell: SheetCell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOf({ header, rows }: Sheet): string {
  return [header, ...rows].map((row) => `${row.map(csvCell).join(",")}\n`).join("");
}

/** Rows of one shape as a sheet: their keys are the header, what is no single value its JSON. */
export function sheetOfRows(rows: readonly Readonly<Record<string, unknown>>[]): Sheet {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cellOf = (value: unknown): SheetCell => {
    if (value === null || value === undefined) return null;
    return typeof value === "object" ? JSON.stringify(value) : (value as SheetCell);
  };
  return { header, rows: rows.map((row) => header.map((name) => cellOf(row[name]))) };
}
