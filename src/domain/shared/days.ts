/**
 * Calendar days as plain text, `YYYY-MM-DD`, with no zone in them: counting, adding, weekdays, weeks.
 *
 * A day number counts days since 1970-01-01 in the proleptic Gregorian calendar, so 1970-01-01 is 0
 * (a Thursday). Weekdays and weeks are ISO 8601: Monday is 1, Sunday 7, a week starts on Monday.
 *
 * @example
 * addDays("1999-02-28", 1) // "1999-03-01"
 */

import { inputError } from "./errors.ts";
import type { Day } from "./vocabulary.ts";

export const DAY_MS = 86_400_000;

const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;
/** Day numbers come again and again (one a row), so their texts are kept. Bounded by the range. */
const texts = new Map<number, Day>();

/** Days since 1970-01-01. @throws InputError `invalid_day` when the text is no day of the calendar. */
export function dayNumber(day: Day): number {
  const time = DAY_TEXT.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 31 February for 3 March; such a day does not come out as it went in.
  if (Number.isNaN(time) || dayText(time / DAY_MS) !== day) {
    throw inputError({ code: "invalid_day", path: "day", value: day, expected: "YYYY-MM-DD" });
  }
  return time / DAY_MS;
}

/** The day of a day number, years 0000 to 9999. */
export function dayText(number: number): Day {
  const known = texts.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (texts.size > 100_000) texts.clear();
  texts.set(number, text);
  return text;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return dayText(dayNumber(day) + count);
}

/** How many days from `from` to `to`: 1 from one day to the next, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 = Monday to 7 = Sunday. */
export function weekdayOfDay(day: Day): number {
  return weekdayOfNumber(dayNumber(day));
}

/** The Monday of the day's week. */
export function weekStart(day: Day): Day {
  const number = dayNumber(day);
  return dayText(number - weekdayOfNumber(number) + 1);
}

/** The first day of the day's month. */
export function monthStart(day: Day): Day {
  return `${dayText(dayNumber(day)).slice(0, 8)}01`;
}

/** 1 = Monday to 7 = Sunday, from a day number. */
export function weekdayOfNumber(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}
