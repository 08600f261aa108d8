/**
 * Numbers and durations in the forms that exports and spreadsheets give them. NaN for what is none.
 */

import type { CellRule } from "./table-mapping.ts";

/** Reads a duration of the given unit as seconds, with decimals. */
export function durationForm(unit: NonNullable<CellRule["unit"]>, decimal: "." | ",") {
  const times = (factor: number) => (text: string) => decimalNumber(text, decimal) * factor;
  switch (unit) {
    case "seconds":
      return times(1);
    case "minutes":
      return times(60);
    case "ms":
      return times(0.001);
    case "day_fraction":
    case "excel_serial":
      return times(86_400);
    case "hh:mm:ss":
      return (text: string) => clockDuration(text);
    case "12h_clock":
      return halfDayDuration;
  }
}

/** h:mm:ss with any number of hours, a sign before it and decimals behind it. */
function clockDuration(text: string): number {
  const match = /^(-?)(\d{1,5}):(\d\d):(\d\d(?:[.,]\d+)?)$/.exec(text);
  if (match === null || Number(match[3]) > 59) return Number.NaN;
  const seconds = Number((match[4] ?? "").replace(",", "."));
  const total = Number(match[2]) * 3600 + Number(match[3]) * 60 + seconds;
  return seconds >= 60 ? Number.NaN : match[1] === "-" ? -total : total;
}

/** A duration that a spreadsheet took for a time of day: 12:02:23 AM is 2 min 23 s. */
function halfDayDuration(text: string): number {
  const match = /^(\d{1,2}:\d\d:\d\d) ?([AaPp])[Mm]$/.exec(text);
  const hour = match === null ? 0 : Number.parseInt(text, 10);
  if (match === null || hour < 1 || hour > 12) return Number.NaN;
  const shift = (hour === 12 ? -12 : 0) + ((match[2] ?? "").toLowerCase() === "p" ? 12 : 0);
  return clockDuration(match[1] ?? "") + shift * 3600;
}

/** A number, digits with at most one decimal sign; NaN for everything else. */
export function decimalNumber(text: string, decimal: "." | ","): number {
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9) || at > 14) return signedDecimal(text, decimal);
    value = value * 10 + digit;
  }
  return text === "" ? Number.NaN : value;
}

function signedDecimal(text: string, decimal: "." | ","): number {
  const pattern = decimal === "." ? /^[+-]?\d+(\.\d+)?$/ : /^[+-]?\d+(,\d+)?$/;
  return pattern.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}
