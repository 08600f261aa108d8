/**
 * Which numbers of a workbook are times, told by their number format, and what they are as text.
 *
 * A serial number counts days from 30 December 1899 (or from 1 January 1904, as the workbook says). The
 * 29 February 1900 that Excel knows was no day, so serials below 60 are one day later.
 */

import { DAY_MS } from "../domain/shared/days.ts";
import { clockText, isoText, numberText } from "./cell-text.ts";

/** `clock` shows no date; `elapsed` counts hours beyond 24. */
export type NumberKind = "number" | "date" | "clock" | "elapsed";

const EPOCH_MS = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1462;
/** 31 December 9999, the last day of a spreadsheet. */
const LAST_SERIAL = 2_958_466;

/** Built-in formats by number (ECMA-376 18.8.30); the others show no times. */
export function builtInKind(id: number): NumberKind {
  if (id === 46) return "elapsed";
  if ([18, 19, 20, 21, 32, 33, 45, 47].includes(id)) return "clock";
  const isDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return isDate ? "date" : "number";
}

/** A format in its own words, such as `dd/mm/yyyy hh:mm` or `[h]:mm:ss`. */
export function formatKind(code: string): NumberKind {
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./gs, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .replace(/general/gi, "");
  const first = (bare.split(";")[0] ?? "").toLowerCase();
  if (/\[[hms]+\]/.test(first)) return "elapsed";
  const words = first.replace(/am\/pm|a\/p/g, "h").replace(/e[+-]/g, "");
  if (/[ydg]/.test(words)) return "date";
  if (/[hs]/.test(words)) return "clock";
  return /m/.test(words) ? "date" : "number";
}

/** The text of a number in a cell of this kind. Beyond the calendar of spreadsheets: the number. */
export function serialText(serial: number, kind: NumberKind, is1904: boolean): string {
  if (kind === "number") return numberText(serial);
  if (kind === "elapsed" && Math.abs(serial) <= LAST_SERIAL) {
    return clockText(Math.round(serial * DAY_MS));
  }
  const isWithinDay = serial >= 0 && Math.round(serial * DAY_MS) < DAY_MS;
  if (kind === "clock" && isWithinDay) return clockText(Math.round(serial * DAY_MS));
  const days = is1904 ? serial + DAYS_TO_1904 : serial;
  if (!(days >= 0 && days < LAST_SERIAL)) return numberText(serial);
  const shift = days >= 1 && days < 60 ? DAY_MS : 0;
  return isoText(EPOCH_MS + shift + Math.round(days * DAY_MS), false);
}
