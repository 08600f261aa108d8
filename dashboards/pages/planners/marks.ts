/** What the marks of the planners' page stand for: quarters of an hour, and days or weeks. */

import { openMinutes } from "../../charts/volume-heat-map.ts";
import { contactsMark, type Mark } from "../../frame/mark.ts";
import { addDays, type Period } from "../../frame/periods.ts";
import type { OpenedVolume } from "./compared-volume.ts";

/** A cell of the heat map; rows without days or outside of the opening hours have none. */
export function cellMark(volume: OpenedVolume, index: number): Mark | null {
  const { rows, opening, intervalMinutes } = volume;
  const open = new Set(openMinutes(opening ?? rows, intervalMinutes));
  const row = rows.filter(({ days, minute }) => days > 0 && open.has(minute))[index];
  if (row === undefined) return null;
  return contactsMark("offered", { weekday: String(row.weekday), minute: String(row.minute) });
}

/** A quarter of an hour of the day's course, of one weekday or of all. */
export function courseMark(
  { rows, opening, intervalMinutes }: OpenedVolume,
  weekday: number | null,
  index: number,
): Mark | null {
  const minute = openMinutes(opening ?? rows, intervalMinutes)[index];
  if (minute === undefined) return null;
  return contactsMark("offered", {
    ...(weekday === null ? {} : { weekday: String(weekday) }),
    minute: String(minute),
  });
}

/** The days of a bar, as far as they lie in the period. */
export function daysMark(figure: string, start: string, length: number, period: Period): Mark {
  const end = addDays(start, length);
  return contactsMark(figure, {
    from: start > period.from ? start : period.from,
    to: end < period.to ? end : period.to,
  });
}
