/** The rows of both questions as one file: a row a key, the figures of the other side as `…_before`. */

import type { Sheet, SheetCell } from "./sheet.ts";

type Row = Readonly<Record<string, unknown>>;

export interface ComparedRows {
  readonly rows: readonly Row[];
  readonly against: readonly Row[];
  /** What makes a row the same on both sides; the first ones are enough to tell rows apart. */
  readonly keys: readonly string[];
  /** What a row of the other side stands against; the row itself where it is not said. */
  readonly align?: (row: Row) => Row;
  /** What the other side is, in a column of its own. */
  readonly name: string;
}

const cellOf = (value: unknown): SheetCell => {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : (value as SheetCell);
};

export function comparedSheet({ rows, against, keys, align, name }: ComparedRows): Sheet {
  const keyText = (row: Row) => JSON.stringify(keys.map((key) => row[key] ?? null));
  const others = new Map(against.map((row) => [keyText(align?.(row) ?? row), row]));
  const columns = [...new Set([...rows, ...against].flatMap((row) => Object.keys(row)))];
  const given = keys.filter((key) => columns.includes(key));
  const figures = columns.filter((column) => !keys.includes(column));
  const line = (key: Row, now: Row | undefined, other: Row | undefined): SheetCell[] => [
    ...given.map((column) => cellOf(key[column])),
    ...figures.flatMap((column) => [cellOf(now?.[column]), cellOf(other?.[column])]),
    name,
  ];
  const seen = new Set(rows.map(keyText));
  // Who is on the other side only stands below.
  const alone = [...others].filter(([text]) => !seen.has(text));
  return {
    header: [
      ...given,
      ...figures.flatMap((column) => [column, `${column}_before`]),
      "compared_with",
    ],
    rows: [
      ...rows.map((row) => line(row, row, others.get(keyText(row)))),
      ...alone.map(([, row]) => line(align?.(row) ?? row, undefined, row)),
    ],
  };
}
