/**
 * From the header and sample rows of a table to a suggested mapping with its reasons. Pure.
 *
 * Every kind of record is tried; of those whose required fields all have a column, the best wins. A file
 * that fits none gets an answer as well: what was looked for and not found.
 */

import { TABLE_RECORDS } from "../table-fields.ts";
import { type TableMapping, tableMapping } from "../table-mapping.ts";
import { type Column, columnsOfSample, columnTitle, shownText } from "./columns.ts";
import { withComposedId } from "./composed-id.ts";
import { KIND_SIGNS } from "./field-names.ts";
import { headerNames } from "./header-names.ts";
import { type KindMatch, type Match, matchKind } from "./matching.ts";
import { note, type SuggestionNote } from "./notes.ts";
import { scoreWithoutAnswer } from "./score-zero.ts";
import { type SuggestedZone, zoneOfTimes } from "./suggested-zone.ts";

export interface SuggestedField {
  readonly field: string;
  readonly column: string;
  readonly reason: string;
  readonly warnings: readonly SuggestionNote[];
}

export interface UnusedColumn {
  readonly column: string;
  readonly samples: readonly string[];
}

export interface Suggestion {
  readonly found: true;
  readonly mapping: TableMapping;
  readonly fields: readonly SuggestedField[];
  readonly unused: readonly UnusedColumn[];
  readonly notes: readonly SuggestionNote[];
}

export interface NoSuggestion {
  readonly found: false;
  /** Of each kind of record, the required fields that no column fits. */
  readonly lookedFor: readonly { readonly record: string; readonly missing: readonly string[] }[];
  readonly unused: readonly UnusedColumn[];
}

export interface Sample {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly layout: "delimited" | "json_lines";
  /** The sheets of a workbook, and the one the rows are of. */
  readonly sheets?: readonly string[];
  readonly sheet?: string | null;
  /** As `--zone` gives it. */
  readonly zone?: string | undefined;
}

export function suggestMapping(sample: Sample): Suggestion | NoSuggestion {
  const { names, note: aboutHeader } = headerNames(sample.header, sample.rows);
  const columns = columnsOfSample(sample.header, sample.rows, names);
  const decimal = decimalOf(columns);
  const kinds = TABLE_RECORDS.map((record) => matchKind(record, columns, decimal)).map((kind) =>
    withComposedId(kind, columns),
  );
  const fitting = kinds.filter((kind) => kind.missing.length === 0 && isTelling(kind, columns));
  const winner = fitting.sort((a, b) => b.score - a.score)[0];
  if (winner === undefined) {
    const lookedFor = kinds.map(({ record, missing }) => ({ record, missing }));
    return { found: false, lookedFor, unused: unusedOf(columns, []) };
  }
  const matches = withCurrency(scoreWithoutAnswer(winner.matches));
  const zone = zoneOfTimes(matches, sample.zone);
  const notes = [
    ...(aboutHeader === null ? [] : [aboutHeader]),
    ...zone.notes,
    ...equalKinds(fitting),
  ];
  return {
    found: true,
    mapping: mappingOf({ kind: winner, matches, zone, decimal, sample }),
    fields: matches.map(({ field, column, fit, equal }) => ({
      field,
      column: columnTitle(column),
      reason: fit.reason,
      warnings:
        equal === null ? fit.warnings : [...fit.warnings, note("equal_column", { column: equal })],
    })),
    unused: unusedOf(columns, matches),
    notes,
  };
}

/** An id and a time alone are in every table; some word must speak for the kind. */
function isTelling(kind: KindMatch, columns: readonly Column[]): boolean {
  const signs = KIND_SIGNS[kind.record];
  return (
    kind.matches.length > 3 || columns.some(({ words }) => signs.some((sign) => words.has(sign)))
  );
}

function equalKinds(fitting: readonly KindMatch[]): SuggestionNote[] {
  const [first, second] = fitting;
  if (first === undefined || second === undefined || first.score - second.score > 0.1) return [];
  return [note("equal_record", { record: second.record, taken: first.record })];
}

/** An amount without its currency cannot be taken. */
function withCurrency(matches: readonly Match[]): Match[] {
  const hasCurrency = matches.some(({ field }) => field === "currency");
  return matches.filter(({ field }) => field !== "amount" || hasCurrency);
}

interface MappingParts {
  readonly kind: KindMatch;
  readonly matches: readonly Match[];
  readonly zone: SuggestedZone;
  readonly decimal: "." | ",";
  readonly sample: Sample;
}

function mappingOf({ kind, matches, zone, decimal, sample }: MappingParts): TableMapping {
  const { layout, sheets = [], sheet = null } = sample;
  const isBeside = (field: string) => field === "survey" || field === "resolvedOutcome";
  const own = matches.filter(({ field }) => !isBeside(field));
  const fields = Object.fromEntries(own.map(({ field, fit }) => [field, fit.rule]));
  if (kind.record === "contact" && fields.channel === undefined)
    fields.channel = { constant: "call" };
  const survey = matches.find(({ field }) => field === "survey");
  const resolved = matches.find(({ field }) => field === "resolvedOutcome");
  return tableMapping({
    record: kind.record,
    ...(layout === "json_lines" ? { layout } : {}),
    ...(sheets.length > 1 && sheet !== null ? { sheet } : {}),
    ...(zone.zone === null ? {} : { zone: zone.zone }),
    ...(decimal === "," ? { decimal } : {}),
    fields,
    ...(survey === undefined ? {} : { survey: { score: survey.fit.rule } }),
    ...(resolved === undefined ? {} : { resolvedOutcome: { flag: resolved.fit.rule } }),
  });
}

function decimalOf(columns: readonly Column[]): "." | "," {
  const count = (pattern: RegExp) =>
    columns.reduce(
      (sum, { counts }) => sum + [...counts.keys()].filter((text) => pattern.test(text)).length,
      0,
    );
  return count(/^\d+,\d+$/) > count(/^\d+\.\d+$/) ? "," : ".";
}

function unusedOf(columns: readonly Column[], matches: readonly Match[]): UnusedColumn[] {
  const used = new Set(matches.flatMap(({ column }) => column.names));
  return columns
    .filter(({ names }) => names.length === 1 && !used.has(names[0] ?? ""))
    .map((column) => ({
      column: columnTitle(column),
      samples: [...column.counts.keys()].slice(0, 3).map(shownText),
    }));
}
