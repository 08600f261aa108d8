/**
 * Local time in one IANA zone: wall clock to instant and back, and the local day, hour, weekday and
 * interval an instant belongs to.
 *
 * An instant is milliseconds since 1970-01-01T00:00Z. A wall time is the local date and clock, as the
 * milliseconds it would be if it stood in UTC (`Date.UTC(1999, 3, 2, 14, 30)` is "2 April, 14:30").
 *
 * Wall clock to instant, where the clock jumps:
 * - in spring's gap the wall time does not exist; it is shifted forward by the length of the gap
 *   (02:30 becomes 03:30), as java.time and Temporal's "compatible" do;
 * - in autumn's fold it exists twice; the first of the two (still summer time) is taken.
 *
 * Offsets come from the platform's own tz data through Intl, exact to the second. Asking Intl costs
 * microseconds, so the offsets are kept per stretch of four days, and in a stretch with a change the
 * moment of the change is found by bisection. Assumes at most one change within four days, which
 * holds for the tz database since 1900. Years 2 to 9998: outside of them, and for NaN, every number
 * asked for is NaN, and a day cannot be named (`RangeError`).
 *
 * @example
 * const clock = zoneClock("Asia/Jerusalem");
 * clock.day(Date.UTC(1999, 0, 1, 22, 30)) // "1999-01-02"
 */

import { DAY_MS, dayNumber, dayText, weekdayOfNumber } from "./days.ts";
import { inputError } from "./errors.ts";
import type { Day } from "./vocabulary.ts";

const HOUR_MS = 3_600_000;
const STRETCH_MS = 4 * DAY_MS;
/** Year 2 to 9998: one year inside of the four digits, for the offsets at both ends. */
const FIRST_INSTANT = -62_104_060_800_000;
const END_INSTANT = 253_370_764_800_000;

export interface ZoneClock {
  readonly zone: string;
  /** Local time minus UTC, in milliseconds: +2 h is 7200000. */
  offset(instant: number): number;
  /** Wall time of an instant. */
  wall(instant: number): number;
  /** Instant of a wall time; gap and fold as in the file's head. */
  instant(wall: number): number;
  day(instant: number): Day;
  /** 0 to 23, as the clock on the wall shows. */
  hour(instant: number): number;
  /** 1 = Monday to 7 = Sunday. */
  weekday(instant: number): number;
  /**
   * Start of the clock interval the instant lies in, counted from local midnight: 14:37 in quarters
   * is 14:30. Reckoned with the offset at the instant, so the hour repeated in autumn has its own.
   */
  intervalStart(instant: number, minutes: number): number;
  /** First instant of a local day (00:00, or later where midnight is in a gap). */
  dayStart(day: Day): number;
  /** First instant after a local day: the start of the next one. */
  dayEnd(day: Day): number;
}

interface Stretch {
  readonly before: number;
  readonly after: number;
  /** First instant with the offset `after`; Infinity where nothing changes. */
  readonly change: number;
}

const clocks = new Map<string, ZoneClock>();

/** The clock of a zone, kept for the next caller. @throws InputError `invalid_zone`. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = makeClock(zone, cachedOffset(askIntl(zone)));
  clocks.set(zone, clock);
  return clock;
}

function makeClock(zone: string, offset: (instant: number) => number): ZoneClock {
  const instant = wallToInstant(offset);
  const wall = (at: number) => at + offset(at);
  const dayStart = (number: number) => instant(number * DAY_MS);
  return {
    zone,
    offset,
    wall,
    instant,
    day: (at) => dayText(Math.floor(wall(at) / DAY_MS)),
    hour: (at) => Math.floor(modulo(wall(at), DAY_MS) / HOUR_MS),
    weekday: (at) => weekdayOfNumber(Math.floor(wall(at) / DAY_MS)),
    intervalStart: (at, minutes) => at - modulo(modulo(wall(at), DAY_MS), minutes * 60_000),
    dayStart: (day) => dayStart(dayNumber(day)),
    dayEnd: (day) => dayStart(dayNumber(day) + 1),
  };
}

/**
 * A wall time differs from its instant by less than a day, so when the offset is the same a day
 * before and a day after, it is the offset. That answer is kept per day; days near a change have none.
 */
function wallToInstant(offset: (instant: number) => number): (wall: number) => number {
  const plainDays = new Map<number, number>();
  let lastDay = Number.NaN;
  let lastOffset = Number.NaN;
  const plainOffset = (day: number): number => {
    const from = offset((day - 1) * DAY_MS);
    const same =
      from === offset((day + 2) * DAY_MS) &&
      from === offset(day * DAY_MS) &&
      from === offset((day + 1) * DAY_MS);
    return same ? from : Number.NaN;
  };
  return (wall) => {
    const day = Math.floor(wall / DAY_MS);
    if (day !== lastDay) {
      lastOffset = plainDays.get(day) ?? plainOffset(day);
      plainDays.set(day, lastOffset);
      lastDay = day;
    }
    if (!Number.isNaN(lastOffset)) return wall - lastOffset;
    const before = offset(wall - DAY_MS);
    if (offset(wall - before) === before) return wall - before;
    const after = offset(wall + DAY_MS);
    // Neither offset fits: the gap. With the offset before it, the clock runs on through the gap.
    return offset(wall - after) === after ? wall - after : wall - before;
  };
}

function cachedOffset(ask: (instant: number) => number): (instant: number) => number {
  const stretches = new Map<number, Stretch>();
  let lastNumber = Number.NaN;
  let last: Stretch = { before: 0, after: 0, change: 0 };
  return (instant) => {
    // Not a number is out of the range as well.
    if (!(instant >= FIRST_INSTANT && instant < END_INSTANT)) return Number.NaN;
    const number = Math.floor(instant / STRETCH_MS);
    if (number !== lastNumber) {
      last = stretches.get(number) ?? findStretch(ask, number * STRETCH_MS);
      stretches.set(number, last);
      lastNumber = number;
    }
    return instant < last.change ? last.before : last.after;
  };
}

function findStretch(ask: (instant: number) => number, start: number): Stretch {
  const before = ask(start);
  const after = ask(start + STRETCH_MS);
  if (before === after) return { before, after, change: Number.POSITIVE_INFINITY };
  let low = start;
  let high = start + STRETCH_MS;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (ask(middle) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high };
}

function askIntl(zone: string): (instant: number) => number {
  const format = dateFormat(zone);
  return (instant) => {
    const parts: Record<string, number> = {};
    for (const part of format.formatToParts(instant)) parts[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const wall = new Date(0);
    wall.setUTCFullYear(year, month - 1, day);
    wall.setUTCHours(hour, minute, second);
    return wall.getTime() - Math.floor(instant / 1000) * 1000;
  };
}

function dateFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch (cause) {
    const expected = "an IANA zone such as Asia/Shanghai";
    throw inputError({ code: "invalid_zone", path: "zone", value: zone, expected }, { cause });
  }
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
