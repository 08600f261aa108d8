/**
 * A mapping while it is put right: by field, which columns and how they are read. Pure; what comes out is
 * the file that `muster import --map` takes.
 */

import type { MappingField, Preview } from "../../../api/uploads.ts";

type Column = Preview["columns"][number];

export interface Rule {
  readonly column?: string;
  /** Joined by a space. */
  readonly columns?: readonly string[];
  readonly constant?: string | number | boolean;
  readonly format?: string;
  readonly formats?: readonly string[];
  readonly unit?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly others?: "reject" | "keep";
  readonly default?: string;
  readonly scale?: readonly [number, number];
}

export interface Draft {
  readonly record: string;
  /** By field; `survey` and `resolvedOutcome` stand among them. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** What a flag is the result of. */
  readonly action: string;
  readonly verified: boolean;
  /** Layout, delimiter, sheet, decimal sign, and what we do not know. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export const BESIDE = { survey: "score", resolvedOutcome: "flag" } as const;

type Json = Readonly<Record<string, unknown>>;

export const emptyDraft = (record: string, rest: Json = {}): Draft => ({
  record,
  rules: {},
  action: "resolved",
  verified: false,
  rest,
});

/** A mapping as the API or a file gives it. */
export function draftOf(mapping: Json): Draft {
  const { record, fields, survey, resolvedOutcome, zone: _, ...rest } = mapping;
  const rules: Record<string, Rule> = {};
  for (const [field, rule] of Object.entries((fields ?? {}) as Json)) rules[field] = ruleOf(rule);
  const score = (survey as Json | undefined)?.score;
  if (score !== undefined) rules.survey = ruleOf(score);
  const resolved = resolvedOutcome as Json | undefined;
  if (resolved?.flag !== undefined) rules.resolvedOutcome = ruleOf(resolved.flag);
  return {
    record: String(record),
    rules,
    action: typeof resolved?.action === "string" ? resolved.action : "resolved",
    verified: resolved?.verified === true,
    rest,
  };
}

const ruleOf = (given: unknown): Rule =>
  typeof given === "string" ? { column: given } : (given as Rule);

/** The mapping file of a draft. */
export function mappingOf(draft: Draft, zone: string | null): Json {
  const { survey, resolvedOutcome, ...fields } = draft.rules;
  const { action, verified } = draft;
  return {
    record: draft.record,
    ...(zone === null || zone === "" ? {} : { zone }),
    ...draft.rest,
    fields,
    ...(survey === undefined ? {} : { survey: { score: survey } }),
    ...(resolvedOutcome === undefined
      ? {}
      : { resolvedOutcome: { flag: resolvedOutcome, action, verified } }),
  };
}

export const columnsOf = ({ column, columns }: Rule): readonly string[] =>
  columns ?? (column === undefined ? [] : [column]);

/** The fields that a column is read for. */
export const fieldsOf = ({ rules }: Draft, column: string): string[] =>
  Object.entries(rules).flatMap(([field, rule]) =>
    columnsOf(rule).includes(column) ? [field] : [],
  );

export interface Assignment {
  readonly column: string;
  /** The field it was read for until now; null: none. */
  readonly from: string | null;
  readonly to: MappingField | null;
  /** All columns of the file, in order. */
  readonly columns: readonly Column[];
}

/** A column that goes to a field which has one already is joined to it: a date and its time of day. */
export function assign(draft: Draft, { column, from, to, columns }: Assignment): Draft {
  const rules = { ...draft.rules };
  if (from !== null) {
    const left = columnsOf(rules[from] ?? {}).filter((name) => name !== column);
    if (left.length === 0) delete rules[from];
    else rules[from] = withColumns(rules[from] ?? {}, left, columns);
  }
  if (to !== null) {
    const before = columnsOf(rules[to.name] ?? {}).filter((name) => name !== column);
    const order = columns.map(({ name }) => name);
    const all = [...before, column].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    rules[to.name] =
      before.length === 0
        ? ruleFor(to, columns.find(({ name }) => name === column) ?? null, column)
        : withColumns(rules[to.name] ?? {}, all, columns);
  }
  return { ...draft, rules };
}

/** The rule of one column, read as its texts look. */
function ruleFor({ is }: MappingField, column: Column | null, name: string): Rule {
  if (is === "instant") return { column: name, ...timeOf(column === null ? [] : [column]) };
  if (is === "score") return { column: name, scale: [1, 5] };
  if (is !== "seconds") return { column: name };
  const texts = (column?.values ?? []).map(({ text }) => text);
  if (!texts.some((text) => text.includes(":"))) return { column: name };
  const isTwelve = texts.some((text) => /[ap]m$/i.test(text));
  return { column: name, unit: isTwelve ? "12h_clock" : "hh:mm:ss" };
}

/** The same rule over other columns; a time is read as those look together. */
function withColumns(rule: Rule, names: readonly string[], columns: readonly Column[]): Rule {
  const { column: _, columns: __, format, formats, unit, ...rest } = rule;
  const place = names.length === 1 ? { column: names[0] ?? "" } : { columns: names };
  const isTime = format !== undefined || formats !== undefined;
  if (!isTime) return { ...rest, ...place, ...(unit === undefined ? {} : { unit }) };
  const found = names.flatMap((name) => columns.find((one) => one.name === name) ?? []);
  return { ...rest, ...place, ...timeOf(found) };
}

function timeOf(columns: readonly Column[]): Pick<Rule, "format" | "formats" | "unit"> {
  const last = columns.at(-1);
  if (columns.length > 1 && last?.isDayFraction) {
    return { ...timeOf(columns.slice(0, -1)), unit: "day_fraction" };
  }
  const [only] = columns;
  if (columns.length === 1 && only !== undefined && only.formats.length > 1) {
    return { formats: only.formats };
  }
  const formats = columns.flatMap(({ formats: each }) => each[0] ?? []);
  return { format: formats.length === columns.length ? formats.join(" ") : "iso" };
}

export function withRule(draft: Draft, field: string, rule: Rule | null): Draft {
  const { [field]: _, ...others } = draft.rules;
  return { ...draft, rules: rule === null ? others : { ...draft.rules, [field]: rule } };
}

/** Keys that are undefined are left out, as a mapping wants it. */
export function changed(rule: Rule, change: { readonly [K in keyof Rule]?: Rule[K] | undefined }) {
  const all = Object.entries({ ...rule, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as Rule;
}

/** The field that a fault of a mapping is about, by its path; null where it is about none. */
export function fieldOfPath(path: string): string | null {
  const [, , field] = /^mapping\.(fields\.([^.]+)|survey|resolvedOutcome)/.exec(path) ?? [];
  if (field !== undefined) return field;
  return /^mapping\.(survey|resolvedOutcome)/.exec(path)?.[1] ?? null;
}

/** Rejected rows name a survey's score and a result's flag by other words. */
export const fieldOfReject = (field: string, { rules }: Draft): string => {
  if (field === "score" && rules.survey !== undefined) return "survey";
  return field === "resolved" ? "resolvedOutcome" : field;
};
