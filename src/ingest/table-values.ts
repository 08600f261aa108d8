/**
 * What a cell's text means, by kind of field. Each reader is compiled once from its rule; it returns
 * the value, null for an empty cell, or reports a fault. An empty cell of a required field is a
 * fault. Durations are rounded to whole seconds, halves up.
 */

import { DAY_MS } from "../domain/shared/days.ts";
import type { ZoneClock } from "../domain/shared/zone.ts";
import { dateReader } from "./date-format.ts";
import type { CellRule, FieldRule } from "./table-mapping.ts";
import { decimalNumber, durationForm } from "./table-numbers.ts";
import { type Cells, type FaultSink, report, type TextSource } from "./table-source.ts";
import { textFault } from "./text-faults.ts";

/** The value of a field in a row; null where the row has none. */
export type Reader<Value> = (cells: Cells, sink: FaultSink) => Value | null;

export interface FieldContext {
  /** Our name of the field; with it a fault is told. */
  readonly field: string;
  readonly rule: FieldRule;
  readonly source: TextSource;
  readonly required: boolean;
  readonly clock: ZoneClock;
  readonly decimal: "." | ",";
}

const EXCEL_EPOCH_DAYS = 25_569;
const FLAGS = new Map<string, boolean>([
  ...["y", "yes", "true", "t", "1", "是"].map((word) => [word, true] as const),
  ...["n", "no", "false", "f", "0", "否"].map((word) => [word, false] as const),
]);

export function textReader(context: FieldContext): Reader<string> {
  const { field } = context;
  return readerOf(context, (text, sink) => {
    const fault = textFault(text);
    if (fault !== null) report(sink, fault.code, field, text, fault.expected);
    return text;
  });
}

export function choiceReader<Choice extends string>(
  context: FieldContext,
  choices: readonly Choice[],
): Reader<Choice> {
  const known = new Map<string, Choice>(choices.map((choice) => [choice, choice]));
  return readerOf(context, (text, sink) => {
    const choice = known.get(text);
    if (choice !== undefined) return choice;
    report(sink, "unknown_value", context.field, text, `one of ${choices.join(", ")}`);
    return null;
  });
}

export function flagReader(context: FieldContext): Reader<boolean> {
  return readerOf(context, (text, sink) => {
    const flag = FLAGS.get(text) ?? FLAGS.get(text.toLowerCase());
    if (flag === undefined) report(sink, "unknown_value", context.field, text, "yes or no");
    return flag ?? null;
  });
}

export function integerReader(context: FieldContext): Reader<number> {
  return readerOf(context, (text, sink) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) report(sink, "invalid_number", context.field, text, "a whole number");
    return value;
  });
}

/** Milliseconds since 1970. */
export function instantReader(context: FieldContext): Reader<number> {
  const { field, clock } = context;
  const rule: CellRule = "constant" in context.rule ? {} : context.rule;
  const formats = rule.formats ?? [rule.format ?? "iso"];
  const [read, expected] = instantForm(rule, formats, context.decimal);
  return readerOf(context, (text, sink) => {
    const at = read(text, clock);
    if (!Number.isNaN(at)) return at;
    report(sink, "invalid_date", field, text, expected);
    return null;
  });
}

type InstantForm = readonly [(text: string, clock: ZoneClock) => number, string];

function instantForm(rule: CellRule, formats: readonly string[], decimal: "." | ","): InstantForm {
  if (rule.unit === "excel_serial") {
    const read = (text: string, clock: ZoneClock) =>
      clock.instant(Math.round((decimalNumber(text, decimal) - EXCEL_EPOCH_DAYS) * DAY_MS));
    return [read, "days since 1899-12-30 (excel_serial)"];
  }
  const readers = formats.map(dateReader);
  const readAny = (text: string, clock: ZoneClock) => {
    for (const reader of readers) {
      const at = reader(text, clock);
      if (!Number.isNaN(at)) return at;
    }
    return Number.NaN;
  };
  const named = `a time as ${formats.join(" or ")}`;
  if (rule.unit !== "day_fraction") return [readAny, named];
  const readFraction = (text: string, clock: ZoneClock) => {
    const space = text.lastIndexOf(" ");
    const fraction = decimalNumber(text.slice(space + 1), decimal);
    if (space === -1 || !(fraction >= 0 && fraction < 1)) return Number.NaN;
    // The day first, then its clock: the day's own offset may change in between.
    const midnight = readAny(text.slice(0, space), clock);
    return clock.instant(clock.wall(midnight) + Math.round(fraction * DAY_MS));
  };
  return [readFraction, `${named} and a fraction of the day`];
}

/** Whole seconds. */
export function secondsReader(context: FieldContext): Reader<number> {
  const { field } = context;
  const unit = "constant" in context.rule ? "seconds" : (context.rule.unit ?? "seconds");
  const read = durationForm(unit, context.decimal);
  const expected = `a duration in ${unit}`;
  return readerOf(context, (text, sink) => {
    const value = read(text);
    if (Number.isNaN(value)) report(sink, "invalid_number", field, text, expected);
    else if (value < 0) report(sink, "negative_duration", field, text, "0 seconds or more");
    return Math.round(value);
  });
}

/** Milli-points on the scale 1 to 5, from a score on the rule's own scale. */
export function scoreReader(context: FieldContext): Reader<number> {
  const [low, high] = ("constant" in context.rule ? undefined : context.rule.scale) ?? [1, 5];
  return readerOf(context, (text, sink) => {
    const score = decimalNumber(text, context.decimal);
    if (!(score >= low && score <= high)) {
      report(sink, "invalid_number", context.field, text, `a score from ${low} to ${high}`);
    }
    return 1000 + Math.round((4000 * (score - low)) / (high - low));
  });
}

/** A decimal amount as text with a point, to be made minor units of its currency. */
export function amountReader(context: FieldContext): Reader<string> {
  return readerOf(context, (text, sink) => {
    if (Number.isNaN(decimalNumber(text, context.decimal))) {
      report(sink, "invalid_number", context.field, text, "an amount of money");
    }
    return text.replace(",", ".");
  });
}

function readerOf<Value>(
  { field, source, required, rule }: FieldContext,
  read: (text: string, sink: FaultSink) => Value | null,
): Reader<Value> {
  const column = "constant" in rule ? "" : (rule.columns?.join(" ") ?? rule.column ?? "");
  const expected = `a value in ${column}`;
  return (cells, sink) => {
    const text = source(cells, sink);
    if (text !== "") return read(text, sink);
    if (required) report(sink, "missing_field", field, "", expected);
    return null;
  };
}
