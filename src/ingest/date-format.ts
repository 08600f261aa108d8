/**
 * Texts to instants, by format. A format is compiled once to a row of steps; no regular expression and
 * no Date parsing runs per row.
 *
 * Formats are `iso` (2024-03-05T14:30:00.250+08:00; date or time may be cut short, `T` may be a space,
 * the date may have slashes, the offset may be missing), `epoch_seconds`, `epoch_ms`, or a pattern of
 * luxon's tokens: yyyy yy, MMM LLL (English names), MM M LL L, dd d, HH H, hh h with a (AM, PM), mm m,
 * ss s, SSS (a fraction of any length), ZZ (an offset or Z); text within single quotes and everything
 * else stands for itself. Two-digit years from 70 on are of the last century. Names of months and AM
 * in any case. A text without an offset is a wall time of the source's zone.
 */

import type { ZoneClock } from "../domain/shared/zone.ts";
import { type Reading, type Step, stepOf } from "./date-steps.ts";

/** The instant of a text; NaN when the text is not of the format. */
export type DateReader = (text: string, clock: ZoneClock) => number;

const TOKEN = /'[^']*'|yyyy|yy|MMMM?|LLLL?|MM?|LL?|dd?|HH?|hh?|mm?|ss?|S+|a|Z+|./gs;

/** The reader of a format. Any text is a format; whether it makes sense, its rows show. */
export function dateReader(format: string): DateReader {
  if (format === "iso") return readIso;
  if (format === "epoch_seconds") return (text, clock) => epoch(text, 1000, clock);
  if (format === "epoch_ms") return (text, clock) => epoch(text, 1, clock);
  return patternReader((format.match(TOKEN) ?? []).map(stepOf));
}

/** ISO 8601 as in the head of the file. */
export const readIso: DateReader = (() => {
  const step = (token: string) => stepOf(token);
  const [year, month, day] = [step("yyyy"), step("MM"), step("dd")];
  const [hour, minute, second] = [step("HH"), step("mm"), step("ss")];
  const [fraction, offset] = [step("SSS"), step("ZZ")];
  const time: Step = (text, reading) => {
    if (!hour(text, reading)) return false;
    if (text[reading.at] !== ":") return false;
    reading.at++;
    if (!minute(text, reading)) return false;
    if (text[reading.at] !== ":") return true;
    reading.at++;
    if (!second(text, reading)) return false;
    if (text[reading.at] !== "." && text[reading.at] !== ",") return true;
    reading.at++;
    return fraction(text, reading);
  };
  const whole: Step = (text, reading) => {
    if (!year(text, reading)) return false;
    const separator = text[reading.at++];
    if (separator !== "-" && separator !== "/") return false;
    if (!month(text, reading) || text[reading.at++] !== separator) return false;
    if (!day(text, reading)) return false;
    if (reading.at === text.length) return true;
    const joint = text[reading.at++];
    if ((joint !== "T" && joint !== " ") || !time(text, reading)) return false;
    if (reading.at === text.length) return true;
    if (text[reading.at] === " ") reading.at++;
    return offset(text, reading);
  };
  return patternReader([whole]);
})();

function patternReader(steps: readonly Step[]): DateReader {
  const reading: Reading = {
    at: 0,
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    milliseconds: 0,
    afternoon: null,
    offset: null,
  };
  return (text, clock) => {
    reading.at = 0;
    reading.month = 1;
    reading.day = 1;
    reading.hour = 0;
    reading.minute = 0;
    reading.second = 0;
    reading.milliseconds = 0;
    reading.afternoon = null;
    reading.offset = null;
    for (const step of steps) if (!step(text, reading)) return Number.NaN;
    if (reading.at !== text.length) return Number.NaN;
    const wall = wallOf(reading);
    if (reading.offset === null) return clock.instant(wall);
    const at = wall - reading.offset;
    return Number.isNaN(clock.offset(at)) ? Number.NaN : at;
  };
}

let knownDate = 0;
let knownDateMs = Number.NaN;

/** NaN for a date or clock that does not exist. */
function wallOf(reading: Reading): number {
  let { hour } = reading;
  if (reading.afternoon !== null) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (reading.afternoon ? 12 : 0);
  }
  if (hour > 23 || reading.minute > 59 || reading.second > 59) return Number.NaN;
  const clock = ((hour * 60 + reading.minute) * 60 + reading.second) * 1000 + reading.milliseconds;
  const date = (reading.year * 100 + reading.month) * 100 + reading.day;
  if (date !== knownDate) {
    knownDate = date;
    knownDateMs = dateMs(reading.year, reading.month, reading.day);
  }
  return knownDateMs + clock;
}

function dateMs(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0;
  return isReal ? date.getTime() : Number.NaN;
}

/** NaN also for an instant so far away that it has no local time. */
function epoch(text: string, factor: number, clock: ZoneClock): number {
  if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(text)) return Number.NaN;
  const at = Math.round(Number(text) * factor);
  return Number.isNaN(clock.offset(at)) ? Number.NaN : at;
}
