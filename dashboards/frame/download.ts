/** What a card shows as a file: all rows of an API route, or the rows the page has made. */

import { ARROW, getArrow, getCsv, getPages } from "../api/client.ts";
import { joinArrow, joinCsv } from "./pages-of-rows.ts";
import { addDays, type Period } from "./periods.ts";
import { csvOf, type Sheet } from "./sheet.ts";

export type FileFormat = "csv" | "arrow";

/** The route that the rows come from, asked as the page asks. */
export interface RowsSource {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** The route gives a page of rows at a time. */
  readonly paged?: boolean;
}

/** Rows whose pages have different types of columns have no Arrow file. */
export class DifferentTypes extends Error {}

const MOST_ROWS_A_PAGE = 1000;

async function pagedFile({ path, query }: RowsSource, format: FileFormat): Promise<Blob> {
  const whole = { ...query, limit: MOST_ROWS_A_PAGE };
  if (format === "csv") {
    return new Blob(joinCsv(await getPages(path, whole, "text/csv")), { type: "text/csv" });
  }
  const joined = joinArrow(await getPages(path, whole, ARROW));
  if (joined === null) throw new DifferentTypes();
  return new Blob(joined, { type: ARROW });
}

export async function fileOfSource(source: RowsSource, format: FileFormat): Promise<Blob> {
  if (source.paged === true) return pagedFile(source, format);
  return format === "csv" ? getCsv(source.path, source.query) : getArrow(source.path, source.query);
}

export async function fileOfSheet(sheet: Sheet, format: FileFormat): Promise<Blob> {
  if (format === "csv") return csvFile(sheet);
  const { arrowOf } = await import("./sheet-arrow.ts");
  return new Blob([arrowOf(sheet)], { type: ARROW });
}

/** The mark at the front tells Excel that the letters are UTF-8. */
const csvFile = (sheet: Sheet): Blob =>
  new Blob(["\ufeff", csvOf(sheet)], { type: "text/csv;charset=utf-8" });

interface FileNameParts {
  readonly page: string;
  readonly what: string;
  readonly period: Period | null;
  /** Today, for what has no period. */
  readonly today: string;
  readonly format: FileFormat;
}

/** Such as managers-agents-2026-09-01-2026-10-31.csv: the last day is in the file. */
export function fileName({ page, what, period, today, format }: FileNameParts): string {
  const days = period === null ? today : `${period.from}-${addDays(period.to, -1)}`;
  return `${page}-${what}-${days}.${format}`;
}

export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
