/**
 * Whether a column's cells can be what a field needs, and the rule that reads them: a time must parse, an
 * id be unique, a flag have two values, a duration be a number or a clock.
 */

import type { FieldDefinition } from "../table-fields.ts";
import type { CellRule, FieldRule } from "../table-mapping.ts";
import { decimalNumber, durationForm } from "../table-numbers.ts";
import { textFault } from "../text-faults.ts";
import { type Column, isUnique } from "./columns.ts";
import { note, type SuggestionNote } from "./notes.ts";
import {
  CHANNELS_SEEN,
  EFFECTS_SEEN,
  flagOf,
  isPlainFlag,
  meaningOf,
  OUTCOMES,
  STATES_SEEN,
  type ValueWords,
} from "./value-words.ts";

export interface CellFit {
  readonly rule: FieldRule;
  /** What the explanation says in brackets. */
  readonly reason: string;
  /** Cells that are read, of the filled ones. */
  readonly share: number;
  readonly warnings: readonly SuggestionNote[];
}

const MOST_VALUES = 40;
const LEAST_SHARE = 0.97;

/** The fit of a column's cells for a field; null where they cannot be it. */
export function cellFit(
  field: string,
  definition: FieldDefinition,
  column: Column,
  decimal: "." | ",",
): CellFit | null {
  if (column.filled.length === 0) return null;
  if (definition.required && column.filled.length < 0.9 * column.cells.length) return null;
  const { kind } = definition;
  if (kind.is === "instant") return instantFit(column);
  if (column.names.length > 1) return null;
  switch (kind.is) {
    case "seconds":
      return secondsFit(column, decimal);
    case "flag":
      return flagFit(column);
    case "score":
      return scoreFit(column, decimal);
    case "integer":
      return patternFit(column, /^\d{1,9}$/, "whole numbers");
    case "amount":
      return patternFit(column, /^[+-]?\d+([.,]\d+)?$/, "amounts");
    case "choice":
      return choiceFit(field, column);
    default:
      return textFit(field, column);
  }
}

function fitOf(column: Column, more: CellRule, reason: string, read: number): CellFit {
  const names = [...column.names];
  const place: CellRule = names.length > 1 ? { columns: names } : { column: names[0] ?? "" };
  const rule = { ...place, ...more };
  const share = read / column.filled.length;
  const count = `${read} of ${column.cells.length} rows`;
  return { rule, reason: reason === "" ? count : `${reason}, ${count}`, share, warnings: [] };
}

function instantFit(column: Column): CellFit | null {
  const { time } = column;
  if (time === null || !time.hasDate) return null;
  const { formats } = time;
  const form: CellRule =
    formats.length > 1 ? { formats: [...formats] } : { format: formats[0] ?? "iso" };
  const unit: CellRule = column.dayFraction ? { unit: "day_fraction" } : {};
  const shown = formats.join(" or ") + (column.dayFraction ? " and a fraction of the day" : "");
  const fit = fitOf(column, { ...form, ...unit }, shown, time.read);
  if (time.ambiguousWith === null) return fit;
  return { ...fit, warnings: [note("ambiguous_date", { format: time.ambiguousWith })] };
}

function secondsFit(column: Column, decimal: "." | ","): CellFit | null {
  const name = column.names.join(" ");
  const known: ["hh:mm:ss" | "12h_clock", string][] = [
    ["hh:mm:ss", "hh:mm:ss"],
    ["12h_clock", "a clock of twelve hours, 12:02:23 AM is 2 min 23 s"],
  ];
  for (const [unit, shown] of known) {
    const read = column.filled.filter((text) => durationForm(unit, decimal)(text) >= 0).length;
    if (read >= LEAST_SHARE * column.filled.length) return fitOf(column, { unit }, shown, read);
  }
  const numbers = column.filled.map((text) => decimalNumber(text, decimal));
  const read = numbers.filter((value) => value >= 0);
  if (read.length < LEAST_SHARE * column.filled.length) return null;
  const unit = unitOf(name, read, column);
  const fit = fitOf(column, { unit: unit.unit }, unit.shown, read.length);
  return { ...fit, warnings: unit.sure ? [] : [note("unit_by_size", { unit: unit.unit })] };
}

function unitOf(name: string, values: readonly number[], column: Column) {
  const words = ` ${name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .join(" ")} `;
  const told = (unit: "ms" | "seconds" | "minutes") => ({ unit, shown: unit, sure: true });
  if (/ (?:ms|msec|millis|milliseconds) |毫秒/.test(words)) return told("ms");
  if (/ (?:min|mins|minutes) |分钟/.test(words)) return told("minutes");
  if (/ (?:s|sec|secs|seconds|billsec) |秒/.test(words)) return told("seconds");
  const sorted = [...values].filter((value) => value > 0).sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  if (middle > 0 && middle < 1 && (sorted.at(-1) ?? 0) < 1) {
    return { unit: "day_fraction" as const, shown: "fractions of a day", sure: false };
  }
  if (middle >= 5000) return { unit: "ms" as const, shown: "ms", sure: false };
  return { ...told("seconds"), sure: column.words.size > 0 };
}

function flagFit(column: Column): CellFit | null {
  const texts = [...column.counts.keys()];
  if (texts.length > 2 || !texts.every((text) => flagOf(text) !== null)) return null;
  const plain = texts.every(isPlainFlag);
  const values = Object.fromEntries(texts.map((text) => [text, String(flagOf(text))]));
  return fitOf(column, plain ? {} : { values }, texts.join(" or "), column.filled.length);
}

function scoreFit(column: Column, decimal: "." | ","): CellFit | null {
  const values = column.filled.map((text) => decimalNumber(text, decimal));
  const read = values.filter((value) => value >= 0 && value <= 100);
  if (read.length < LEAST_SHARE * values.length || column.counts.size > 101) return null;
  const [low, high] = [Math.min(...read), Math.max(...read)];
  const scale = scaleOf(low, high);
  const fit = fitOf(column, { scale }, `scale ${scale[0]} to ${scale[1]}`, read.length);
  return { ...fit, warnings: [note("scale_by_scores", { low, high })] };
}

function scaleOf(low: number, high: number): [number, number] {
  const top = [5, 7, 10, 100].find((one) => high <= one) ?? 100;
  return [low < 1 || top === 100 ? 0 : 1, top];
}

function patternFit(column: Column, pattern: RegExp, shown: string): CellFit | null {
  const read = column.filled.filter((text) => pattern.test(text)).length;
  return read < LEAST_SHARE * column.filled.length ? null : fitOf(column, {}, shown, read);
}

function textFit(field: string, column: Column): CellFit | null {
  if (isNoText(field, column) || [...column.counts.keys()].some((text) => /^[[{]/.test(text)))
    return null;
  const read = column.filled.filter((text) => textFault(text) === null).length;
  if (read < LEAST_SHARE * column.filled.length) return null;
  const rows = column.filled.length;
  const isId = field === "externalId";
  const repeats = rows - column.counts.size;
  if (isId && repeats > 0.01 * rows) return null;
  const names = ["queue", "agent", "activity", "priority", "reason", "action"];
  if (names.includes(field) && rows >= 30 && column.counts.size > 0.9 * rows) return null;
  const fit = fitOf(
    column,
    {},
    isId && isUnique(column) ? "unique" : `${column.counts.size} texts`,
    read,
  );
  const twice = note("repeated_id", { repeats, rows });
  return isId && repeats > 0 ? { ...fit, share: fit.share * 0.9, warnings: [twice] } : fit;
}

/** Times are no names; an id may look like a count of seconds. */
function isNoText(field: string, { time }: Column): boolean {
  return time !== null && !(time.offset === "epoch" && /id|contact|ticket/i.test(field));
}

const CHOICES: Readonly<Record<string, ValueWords>> = {
  outcome: OUTCOMES,
  channel: CHANNELS_SEEN,
  effect: EFFECTS_SEEN,
  state: STATES_SEEN,
};

function choiceFit(field: string, column: Column): CellFit | null {
  const words = CHOICES[field];
  if (words === undefined || column.counts.size > MOST_VALUES) return null;
  const values: Record<string, string> = Object.create(null);
  const unknown: string[] = [];
  let read = 0;
  for (const [text, count] of column.counts) {
    const flag = field === "outcome" ? outcomeOfFlag(text, column) : null;
    const meaning = flag ?? meaningOf(words, text);
    if (meaning === null) unknown.push(text);
    else read += count;
    // An activity that opens and closes nothing has no effect.
    if (meaning !== null || field === "effect") values[text] = meaning ?? "";
  }
  const meant = Object.values(values).filter((value) => value !== "");
  if (meant.length === 0 || (field !== "effect" && read < 0.6 * column.filled.length)) return null;
  if (field === "outcome") for (const text of unknown) values[text] = "unfinished";
  const pairs = Object.entries(values).filter(([, value]) => value !== "");
  const shown = pairs.slice(0, 6).map(([from, to]) => `${from} = ${to}`);
  const fit = fitOf(column, { values: { ...values } }, shown.join(", "), read);
  if (unknown.length === 0 || field === "effect") return { ...fit, warnings: effectNote(field) };
  const listed = unknown
    .slice(0, 5)
    .map((text) => JSON.stringify(text))
    .join(", ");
  const code = field === "outcome" ? "unfinished_values" : "unknown_values";
  return { ...fit, warnings: [note(code, { values: listed })] };
}

function effectNote(field: string): SuggestionNote[] {
  return field === "effect" ? [note("values_of_effects", {})] : [];
}

/** Yes in `answered` is handled, yes in `missed` abandoned. */
function outcomeOfFlag(text: string, { words, counts }: Column): string | null {
  const flag = flagOf(text);
  if (flag === null || counts.size > 2) return null;
  if (words.has("missed")) return flag ? "abandoned" : "handled";
  return words.has("answer") || (words.has("outcome") && !/\d/.test(text))
    ? flag
      ? "handled"
      : "abandoned"
    : null;
}
