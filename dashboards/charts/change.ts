/** Writing how far a figure moved: always with its sign, and with the unit that a difference has. */

import type { FigureKind } from "../i18n/formats.ts";
import { difference, type Words } from "./difference.ts";

const MINUS = "−";
const PLUS = "+";

const sign = (value: number): string => (value > 0 ? PLUS : value < 0 ? MINUS : "");

/** With its unit, for sentences and tooltips. */
export function signedDifference(kind: FigureKind, value: number, words: Words): string {
  return `${sign(value)}${difference(kind, Math.abs(value), words)}`;
}

/** Short, for a cell of a table: percentage points as such, all else in the figure's own unit. */
export function shortChange(
  kind: FigureKind,
  value: number,
  { t, formats }: Words,
  currency?: string,
): string {
  const size = Math.abs(value);
  const written =
    kind === "share"
      ? t("change.points", { value: formats.number(size * 100, 1) })
      : formats.figure(kind, size, currency);
  return `${sign(value)}${written}`;
}

/** A change as a share of what it was, for counts and costs; a dash where it was nothing. */
export function relativeChange(now: number, before: number, { t, formats }: Words): string {
  if (before === 0) return t("figure.none");
  const share = now / before - 1;
  return `${sign(share)}${formats.share(Math.abs(share))}`;
}

/** Now less before; null where either is not known. */
export function differenceOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before;
}
