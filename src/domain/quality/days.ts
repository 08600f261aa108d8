/**
 * Days that look wrong: none of the rows that its weekday usually has, or far too many.
 *
 * A day is held against its neighbours: the same weekday up to eight weeks before and after, within
 * the first and last day of the source, itself left out.
 *
 * - `day_without_rows`: no row, though more than half of its neighbours, and at least two, have some. A
 *   closed Sunday is no finding; a bank holiday is, and rightly: somebody has to know which it was.
 * - `surge`: rows above 1.5 times the median m of its neighbours with rows (four at least), and above it
 *   by more than 3.5 robust standard deviations of log(rows): 1.4826 × median |log(rows / m)|, taken as no
 *   less than 0.1 (ordinary days differ by that much) nor than 1/√m (what chance does to a count).
 *   On the 118 days of the Anonymous Bank's January to April 1999 it flags none; the nearest is the
 *   Saturday that reopened after Passover, 1.6 times its median.
 *
 * Source: Iglewicz & Hoaglin 1993 (modified z-score, 3.5); Hampel 1974 (median absolute deviation).
 *
 * @example
 * emptyDays([{ day: "1999-01-04", rows: 9 }, { day: "1999-01-18", rows: 8 }, { day: "1999-01-25", rows: 9 }])[0].day // => "1999-01-11"
 */

import { median } from "simple-statistics";
import { dayNumber, dayText, weekdayOfNumber } from "../shared/days.ts";
import { type DayCount, type Finding, finding } from "./finding.ts";

const WEEKS_ASIDE = 8;
const FEWEST_NEIGHBOURS_WITH_ROWS = 2;
const FEWEST_NEIGHBOURS_OF_A_SURGE = 4;
const SURGE_RATIO = 1.5;
const SURGE_DEVIATIONS = 3.5;
const LEAST_DEVIATION = 0.1;
/** A normal distribution's standard deviation is this many times its median absolute deviation. */
const DEVIATIONS_PER_MEDIAN = 1.4826;

/** Days between the first and the last day with rows that have none, though their weekday usually has. */
export function emptyDays(counts: readonly DayCount[]): readonly Finding[] {
  const span = spanOf(counts);
  const found: Finding[] = [];
  for (let day = span.first; day <= span.last; day++) {
    if (rowsOf(span, day) > 0) continue;
    const neighbours = neighboursOf(span, day);
    const withRows = neighbours.filter((rows) => rows > 0);
    const usual = withRows.length >= FEWEST_NEIGHBOURS_WITH_ROWS;
    if (!usual || withRows.length * 2 <= neighbours.length) continue;
    const detail = {
      weekday: weekdayOfNumber(day),
      sameWeekdays: neighbours.length,
      sameWeekdaysWithRows: withRows.length,
      usualRows: median(withRows),
    };
    found.push(finding({ code: "day_without_rows", day: dayText(day), count: 0, detail }));
  }
  return found;
}

/** Days with far more rows than their weekday usually has. */
export function surges(counts: readonly DayCount[]): readonly Finding[] {
  const span = spanOf(counts);
  const found: Finding[] = [];
  for (let day = span.first; day <= span.last; day++) {
    const rows = rowsOf(span, day);
    const neighbours = neighboursOf(span, day).filter((count) => count > 0);
    if (rows === 0 || neighbours.length < FEWEST_NEIGHBOURS_OF_A_SURGE) continue;
    const usualRows = median(neighbours);
    const distances = neighbours.map((count) => Math.abs(Math.log(count / usualRows)));
    const deviation = Math.max(
      DEVIATIONS_PER_MEDIAN * median(distances),
      LEAST_DEVIATION,
      1 / Math.sqrt(usualRows),
    );
    const ratio = rows / usualRows;
    const deviations = Math.log(ratio) / deviation;
    if (ratio <= SURGE_RATIO || deviations <= SURGE_DEVIATIONS) continue;
    const detail = { weekday: weekdayOfNumber(day), usualRows, ratio, deviations };
    found.push(finding({ code: "surge", day: dayText(day), count: rows, detail }));
  }
  return found;
}

interface Span {
  readonly first: number;
  readonly last: number;
  readonly rows: ReadonlyMap<number, number>;
}

/** From the first to the last day with rows; empty (first above last) where no day has any. */
function spanOf(counts: readonly DayCount[]): Span {
  const rows = new Map<number, number>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const count of counts) {
    if (count.rows <= 0) continue;
    const day = dayNumber(count.day);
    rows.set(day, (rows.get(day) ?? 0) + count.rows);
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return { first, last, rows };
}

function rowsOf(span: Span, day: number): number {
  return span.rows.get(day) ?? 0;
}

/** Rows of the same weekday in the weeks before and after, as far as the span goes. */
function neighboursOf(span: Span, day: number): number[] {
  const found: number[] = [];
  for (let week = -WEEKS_ASIDE; week <= WEEKS_ASIDE; week++) {
    const other = day + 7 * week;
    if (week !== 0 && other >= span.first && other <= span.last) found.push(rowsOf(span, other));
  }
  return found;
}
