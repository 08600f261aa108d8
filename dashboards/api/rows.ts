/** Reading one cell of a metrics row: the row's columns are known by name only. */

import type { MetricsRow } from "./types.ts";

/** The figure, or null where it cannot be computed or the row is too small to say. */
export function figureOf(row: MetricsRow, column: string): number | null {
  const cell = row[column];
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : null;
  // Money travels as a decimal string.
  if (typeof cell === "string" && cell !== "") {
    const value = Number(cell);
    return Number.isFinite(value) ? value : null;
  }
  return null;
}

export function textOf(row: MetricsRow, column: string): string | null {
  const cell = row[column];
  return typeof cell === "string" && cell !== "" ? cell : null;
}

export const isSuppressed = (row: MetricsRow): boolean => row.suppressed === true;
