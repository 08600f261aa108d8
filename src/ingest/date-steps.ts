/**
 * The tokens of date formats, each as a step that reads its part of a text: digits, names of months,
 * AM and PM, fractions, offsets, and text that stands for itself. See `date-format.ts`.
 */

export interface Reading {
  at: number;
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  milliseconds: number;
  afternoon: boolean | null;
  /** Milliseconds; null where the text has none. */
  offset: number | null;
}

/** Reads one token from `reading.at` on and moves it; false when it is not there. */
export type Step = (text: string, reading: Reading) => boolean;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_ENDS = "uary ruary ch il  e y ust tember ober ember ember".split(" ");

/** The step of one token; a text that is no token stands for itself. */
export function stepOf(token: string): Step {
  const exact = token.length === 2 ? 2 : 1;
  switch (token[0]) {
    case "y":
      return token === "yyyy"
        ? digits(4, 4, (reading, value) => {
            reading.year = value;
          })
        : digits(2, 2, (reading, value) => {
            reading.year = value >= 70 ? 1900 + value : 2000 + value;
          });
    case "M":
    case "L":
      if (token.length > 2) return monthName;
      return digits(exact, 2, (reading, value) => {
        reading.month = value;
      });
    case "d":
      return digits(exact, 2, (reading, value) => {
        reading.day = value;
      });
    case "H":
    case "h":
      return digits(exact, 2, (reading, value) => {
        reading.hour = value;
      });
    case "m":
      return digits(exact, 2, (reading, value) => {
        reading.minute = value;
      });
    case "s":
      return digits(exact, 2, (reading, value) => {
        reading.second = value;
      });
    case "S":
      return fractionStep;
    case "a":
      return halfDay;
    case "Z":
      return offsetStep;
    default:
      return literal(token.length > 1 && token.startsWith("'") ? token.slice(1, -1) : token);
  }
}

function digits(least: number, most: number, set: (reading: Reading, value: number) => void): Step {
  return (text, reading) => {
    let value = 0;
    let count = 0;
    while (count < most) {
      const digit = text.charCodeAt(reading.at + count) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      count++;
    }
    if (count < least) return false;
    reading.at += count;
    set(reading, value);
    return true;
  };
}

function literal(expected: string): Step {
  return (text, reading) => {
    if (!text.startsWith(expected, reading.at)) return false;
    reading.at += expected.length;
    return true;
  };
}

function monthName(text: string, reading: Reading): boolean {
  const index = MONTHS.indexOf(text.slice(reading.at, reading.at + 3).toLowerCase());
  if (index === -1) return false;
  reading.month = index + 1;
  reading.at += 3;
  const end = LONG_ENDS[index] ?? "";
  const rest = text.slice(reading.at, reading.at + end.length).toLowerCase();
  if (end !== "" && rest === end) reading.at += end.length;
  return true;
}

function halfDay(text: string, reading: Reading): boolean {
  const word = text.slice(reading.at, reading.at + 2).toUpperCase();
  if (word !== "AM" && word !== "PM") return false;
  reading.afternoon = word === "PM";
  reading.at += 2;
  return true;
}

/** Digits after the point, as many as there are; beyond milliseconds they are cut. */
function fractionStep(text: string, reading: Reading): boolean {
  let scale = 100;
  let value = 0;
  const start = reading.at;
  for (; ; reading.at++) {
    const digit = text.charCodeAt(reading.at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value += digit * scale;
    scale = Math.floor(scale / 10);
  }
  reading.milliseconds = value;
  return reading.at > start;
}

/** Z, +08, +0800 or +08:00. */
function offsetStep(text: string, reading: Reading): boolean {
  const sign = text[reading.at++];
  if (sign === "Z" || sign === "z") {
    reading.offset = 0;
    return true;
  }
  if (sign !== "+" && sign !== "-") return false;
  const hours = twoDigits(text, reading.at);
  reading.at += 2;
  if (text[reading.at] === ":") reading.at++;
  const hasMinutes = reading.at < text.length;
  const minutes = hasMinutes ? twoDigits(text, reading.at) : 0;
  if (hasMinutes) reading.at += 2;
  if (!(hours <= 18 && minutes <= 59)) return false;
  reading.offset = (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return true;
}

function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
