/**
 * Which column becomes which field of one kind of record: every column is scored for every field by its
 * name and its cells, and the best pairs are taken first, each column and each field once.
 */

import { type FieldDefinition, fieldsOf, type TableRecord } from "../table-fields.ts";
import { type CellFit, cellFit } from "./cell-fits.ts";
import { type Column, columnTitle } from "./columns.ts";
import { FIELD_NAMES, KIND_SIGNS, nameFit } from "./field-names.ts";

export interface Match {
  readonly field: string;
  readonly column: Column;
  readonly fit: CellFit;
  readonly score: number;
  /** Another column that fits as well, by its title. */
  readonly equal: string | null;
}

export interface KindMatch {
  readonly record: TableRecord;
  readonly matches: readonly Match[];
  readonly missing: readonly string[];
  readonly score: number;
}

/** Below this a name is chance. */
const LEAST_SCORE = 0.4;
/** A required time that only its cells speak for. */
const BY_CELLS = 0.3;
const BESIDE: Readonly<Record<string, FieldDefinition>> = {
  survey: { kind: { is: "score" }, required: false },
  resolvedOutcome: { kind: { is: "flag" }, required: false },
};

export function matchKind(
  record: TableRecord,
  columns: readonly Column[],
  decimal: "." | ",",
): KindMatch {
  const known = { ...fieldsOf(record), ...(record === "contact" ? BESIDE : {}) };
  const all = Object.entries(known).flatMap(([field, definition]) =>
    columns.flatMap((column) => {
      const score = nameScore(record, field, definition, column);
      if (score === 0) return [];
      const fit = cellFit(field, definition, column, decimal);
      return fit === null
        ? []
        : [{ field, column, fit, score: score * fit.share ** 2, equal: null }];
    }),
  );
  const order = Object.keys(known);
  const matches = withEffect(record, best(all), decimal).sort(
    (a, b) => order.indexOf(a.field) - order.indexOf(b.field),
  );
  const has = new Set(matches.map(({ field }) => field));
  const required = Object.entries(known).filter(([, definition]) => definition.required);
  const missing = required.flatMap(([field]) => (has.has(field) ? [] : [field]));
  return { record, matches, missing, score: kindScore(record, columns, matches, required.length) };
}

function nameScore(
  record: TableRecord,
  field: string,
  definition: FieldDefinition,
  column: Column,
) {
  const phrases = FIELD_NAMES[record][field] ?? [];
  const named = nameFit(phrases, column.words);
  const isTime = definition.kind.is === "instant";
  // A day without a clock is a poor time where there is a better one.
  const whole = isTime && column.time !== null && !column.time.hasClock ? 0.6 : 1;
  if (named * whole >= LEAST_SCORE) return named * whole;
  const mayBeUnnamed = isTime && definition.required && !column.words.has("end");
  return mayBeUnnamed ? BY_CELLS * whole : 0;
}

function best(all: readonly Match[]): Match[] {
  const sorted = [...all].sort((a, b) => b.score - a.score);
  const fields = new Set<string>();
  const taken = new Set<string>();
  const matches: Match[] = [];
  for (const one of sorted) {
    const { names } = one.column;
    const isFree = names.length > 1 || !taken.has(names[0] ?? "");
    if (fields.has(one.field) || !isFree || isPairTaken(matches, one.column)) continue;
    fields.add(one.field);
    for (const name of names) taken.add(name);
    matches.push(one);
  }
  return matches.map((one) => ({ ...one, equal: equalTo(one, sorted, taken) }));
}

/** A date may serve several clocks, a clock one field. */
function isPairTaken(matches: readonly Match[], { names }: Column): boolean {
  const clock = names.at(-1);
  return matches.some(({ column }) => column.names.at(-1) === clock);
}

/** A column that fits the field as well and got no field of its own. */
function equalTo(one: Match, sorted: readonly Match[], taken: ReadonlySet<string>): string | null {
  const other = sorted.find(
    ({ field, column, score }) =>
      field === one.field &&
      column !== one.column &&
      Math.abs(score - one.score) < 0.02 &&
      !column.names.every((name) => taken.has(name)),
  );
  return other === undefined ? null : columnTitle(other.column);
}

/** The effect of a ticket's event is read from the column that names the activity. */
function withEffect(record: TableRecord, matches: readonly Match[], decimal: "." | ","): Match[] {
  const activity = matches.find(({ field }) => field === "activity");
  if (record !== "ticket_event" || activity === undefined) return [...matches];
  if (matches.some(({ field }) => field === "effect")) return [...matches];
  const definition = fieldsOf(record).effect;
  const fit = definition && cellFit("effect", definition, activity.column, decimal);
  return fit ? [...matches, { ...activity, field: "effect", fit, equal: null }] : [...matches];
}

function kindScore(
  record: TableRecord,
  columns: readonly Column[],
  matches: readonly Match[],
  required: number,
): number {
  const known = fieldsOf(record);
  const isRequired = (field: string) => known[field]?.required === true;
  const sum = (list: readonly Match[]) => list.reduce((total, { score }) => total + score, 0);
  const must = sum(matches.filter(({ field }) => isRequired(field))) / Math.max(required, 1);
  const may = sum(matches.filter(({ field }) => !isRequired(field)));
  const words = new Set(columns.flatMap((column) => [...column.words]));
  const signs = KIND_SIGNS[record];
  const signed = signs.filter((word) => words.has(word)).length / signs.length;
  return 2 * must + 0.25 * may + signed;
}
