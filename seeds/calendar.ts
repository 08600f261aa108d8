/** The 60 days of the demo, which of them are special, and demo time as text. */

import { addDays, weekdayOfDay } from "../src/domain/shared/days.ts";
import type { Day } from "../src/domain/shared/vocabulary.ts";
import { DAY_SECONDS, DAYS } from "./centre.ts";

export interface Calendar {
  readonly firstDay: Day;
  /** 0 is Monday. */
  weekday(day: number): number;
  day(number: number): Day;
  /** `YYYY-MM-DD HH:mm:ss` on the wall. */
  text(second: number): string;
  /** The card system is down, and card calls surge. */
  readonly surgeDay: number;
  /** The AI agents are out for two hours. */
  readonly outageDay: number;
  /** The chats of this day were never exported. */
  readonly missingDay: number;
}

const TUESDAY = 1;
const WEDNESDAY = 2;
const THURSDAY = 3;

/** `lastDay` is the day after the last: the demo ends with the day before it. */
export function calendarOf(lastDay: Day): Calendar {
  const firstDay = addDays(lastDay, -DAYS);
  const first = weekdayOfDay(firstDay) - 1;
  const weekday = (day: number) => (first + day) % 7;
  const texts = new Map<number, Day>();
  const dayOf = (number: number): Day => {
    const known = texts.get(number) ?? addDays(firstDay, number);
    texts.set(number, known);
    return known;
  };
  const onOrAfter = (day: number, wanted: number) => day + ((wanted - weekday(day) + 7) % 7);
  return {
    firstDay,
    weekday,
    day: dayOf,
    text: (second) => {
      const day = Math.floor(second / DAY_SECONDS);
      return `${dayOf(day)} ${durationText(second - day * DAY_SECONDS)}`;
    },
    surgeDay: onOrAfter(36, WEDNESDAY),
    outageDay: onOrAfter(43, TUESDAY),
    missingDay: onOrAfter(15, THURSDAY),
  };
}

const durations: (string | undefined)[] = new Array(DAY_SECONDS);

/** hh:mm:ss of a duration, or of a second of the day; kept, as each comes again and again. */
export function durationText(seconds: number): string {
  const known = durations[seconds];
  if (known !== undefined) return known;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, "0")).join(":");
  durations[seconds] = text;
  return text;
}
