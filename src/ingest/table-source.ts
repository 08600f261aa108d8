/**
 * From the cells of a row to the text one field is read from: which column (or several, joined by a
 * space), trimmed, replaced by the mapping's `values`, or the default of an empty cell. Compiled once.
 */

import { InputError } from "../domain/shared/errors.ts";
import type { CellRule, FieldRule } from "./table-mapping.ts";

export type Cells = readonly string[];

/** Takes the first fault of a row. A reader that finds one says so and returns anything. */
export interface FaultSink {
  found: boolean;
  code: string;
  field: string;
  value: string;
  expected: string;
}

export function faultSink(): FaultSink {
  return { found: false, code: "", field: "", value: "", expected: "" };
}

export function report(
  sink: FaultSink,
  code: string,
  field: string,
  value: string,
  expected: string,
): void {
  if (sink.found) return;
  sink.found = true;
  sink.code = code;
  sink.field = field;
  sink.value = value;
  sink.expected = expected;
}

/** The text of a field in a row; empty when the row has none. */
export type TextSource = (cells: Cells, sink: FaultSink) => string;

/** The columns a rule reads; none for a constant. */
export function columnsOf(rule: FieldRule): readonly string[] {
  if ("constant" in rule) return [];
  return rule.columns ?? (rule.column === undefined ? [] : [rule.column]);
}

/**
 * Where each mapped column stands; the rules by their place in the mapping, such as `fields.agent`.
 *
 * @throws InputError `missing_column`, one fault a rule and column, with the columns there are.
 */
export function placesIn(
  rules: Readonly<Record<string, FieldRule>>,
  header: readonly string[],
): ReadonlyMap<string, number> {
  const places = new Map(header.map((name, index) => [name, index]));
  const expected = `a column of the file: ${header.slice(0, 50).join(", ").slice(0, 500)}`;
  const faults = Object.entries(rules).flatMap(([place, rule]) =>
    columnsOf(rule)
      .filter((column) => !places.has(column))
      .map((value) => ({ code: "missing_column", path: `mapping.${place}`, value, expected })),
  );
  if (faults.length > 0) throw new InputError(faults);
  return places;
}

export function textSource(
  rule: FieldRule,
  field: string,
  places: ReadonlyMap<string, number>,
): TextSource {
  if ("constant" in rule) {
    const constant = String(rule.constant);
    return () => constant;
  }
  const indexes = columnsOf(rule).map((column) => places.get(column) ?? -1);
  const joined = indexes.length === 1 ? one(indexes[0] ?? -1) : several(indexes);
  const mapped = rule.values === undefined ? joined : valueMap(rule, rule.values, field, joined);
  const fallback = rule.default;
  if (fallback === undefined) return mapped;
  return (cells, sink) => {
    const text = mapped(cells, sink);
    return text === "" ? fallback : text;
  };
}

/** `values` without an entry for the empty text leaves an empty cell empty. */
function valueMap(
  rule: CellRule,
  values: Readonly<Record<string, string>>,
  field: string,
  joined: (cells: Cells) => string,
): TextSource {
  const known = new Map(Object.entries(values));
  const expected = `one of ${[...known.keys()].join(", ")}`;
  return (cells, sink) => {
    const text = joined(cells);
    const mapped = known.get(text);
    if (mapped !== undefined) return mapped;
    if (text !== "" && rule.others !== "keep") report(sink, "unknown_value", field, text, expected);
    return text;
  };
}

function one(index: number): (cells: Cells) => string {
  return (cells) => trimmed(cells[index] ?? "");
}

/** All empty is empty: the spaces between are not there then. */
function several(indexes: readonly number[]): (cells: Cells) => string {
  return (cells) => {
    let text = "";
    for (const index of indexes) text += ` ${trimmed(cells[index] ?? "")}`;
    return trimmed(text);
  };
}

/** Most cells have nothing to trim, and `trim` costs more than looking at both ends. */
function trimmed(text: string): string {
  const last = text.length - 1;
  if (last < 0 || (isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(last)))) return text;
  return text.trim();
}

function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x80;
}
