/**
 * The values of binary tables (XLSX, Parquet, Arrow) as the text that a CSV of the same rows would hold:
 * numbers without exponent, decimals exactly, times as ISO 8601, bytes that are no text as hex.
 */

import { DAY_MS } from "../domain/shared/days.ts";

/** Furthest instant that a Date holds. */
const FURTHEST_MS = 8.64e15;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The shortest digits that give the number again, without exponent. */
export function numberText(value: number): string {
  const text = String(value);
  return text.includes("e") ? withoutExponent(text) : text;
}

/** As `numberText` for a number of 32 bits: 0.1 and not 0.10000000149011612. */
export function singleText(value: number): string {
  for (let digits = 6; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return numberText(short);
  }
  return numberText(value);
}

/** A whole number that may stand for others beside it: an id read from it could be another's. */
export function isUnsafe(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function withoutExponent(text: string): string {
  const [mantissa = "", exponent = "0"] = text.replace("-", "").split("e");
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.split(".");
  // The first minus may have been that of the exponent.
  const shift = text.includes("e-") ? -Math.abs(Number(exponent)) : Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + "0".repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** `units` of 10 to the power of minus `scale`, with all digits of the scale: 1250n at 2 is 12.50. */
export function decimalText(units: bigint, scale: number): string {
  if (scale <= 0) return (units * 10n ** BigInt(-scale)).toString();
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** yyyy-MM-ddTHH:mm:ss.SSS, with `Z` behind it for an instant. A time no calendar holds: its number. */
export function isoText(ms: number, isInstant: boolean): string {
  if (!(Math.abs(ms) <= FURTHEST_MS)) return numberText(ms);
  const text = new Date(ms).toISOString();
  return isInstant ? text : text.slice(0, -1);
}

/** A time of day or a duration: HH:mm:ss, with .SSS only where there are milliseconds. */
export function clockText(ms: number): string {
  const rest = Math.abs(ms);
  const seconds = Math.floor(rest / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const fraction = rest % 1000 === 0 ? "" : `.${String(rest % 1000).padStart(3, "0")}`;
  return `${ms < 0 ? "-" : ""}${clock.map(two).join(":")}${fraction}`;
}

/** Milliseconds of a count of finer units, towards the past; `perMs` is 1000 for microseconds. */
export function wholeMs(value: bigint, perMs: bigint): number {
  const quotient = value / perMs;
  return Number(value < 0n && quotient * perMs !== value ? quotient - 1n : quotient);
}

export function dayText(days: number): string {
  return isoText(days * DAY_MS, false);
}

/** UTF-8 text, and hex for bytes that are none. */
export function bytesText(bytes: Uint8Array): string {
  return utf8Text(bytes) ?? Buffer.from(bytes).toString("hex");
}

/** Null where the bytes are no UTF-8. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}
