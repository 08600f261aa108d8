/**
 * `table`: CSV with any delimiter, JSON lines, XLSX, Parquet or Arrow, with a mapping file that says which
 * column is what.
 *
 * The mapping is compiled to closures once the header is known; a row then costs its cells, the fields
 * that are mapped, and one record. JSON lines are told by a first character `{` unless the mapping says.
 */

import type { ContactRecord, FactRecord, Reject } from "../domain/shared/records.ts";
import { zoneClock } from "../domain/shared/zone.ts";
import { delimitedRows, type RowBlock } from "./delimited.ts";
import type { Format, FormatOptions, ParsedBlock, TakenRow } from "./format.ts";
import { jsonRows } from "./json-lines.ts";
import { LONGEST_ROW_CHARACTERS } from "./limits.ts";
import { contactBuilder } from "./table-contact.ts";
import { type FieldRule, type TableMapping, tableMapping } from "./table-mapping.ts";
import { type BuilderContext, ruleReader } from "./table-readers.ts";
import { recordBuilder } from "./table-records.ts";
import { type Cells, columnsOf, type FaultSink, faultSink, placesIn } from "./table-source.ts";
import { flagReader, scoreReader } from "./table-values.ts";

interface Made {
  readonly record: FactRecord;
  readonly also: readonly FactRecord[];
}

type RowBuilder = (cells: Cells, sink: FaultSink) => Made;

export const table: Format = {
  name: "table",
  summary: "CSV, JSON lines, XLSX, Parquet or Arrow, with a mapping file (--map)",
  zone: null,
  async *parse(text, options) {
    const mapping = tableMapping(options.mapping);
    yield* parsedBlocks(rowsOf(text, mapping), mapping, options);
  },
  async *parseRows(open, options) {
    const mapping = tableMapping(options.mapping);
    const wish = { sheet: mapping.sheet ?? null, columns: mappedColumns(mapping) };
    yield* parsedBlocks(open(wish), mapping, options);
  },
};

async function* parsedBlocks(
  blocks: AsyncIterable<RowBlock>,
  mapping: TableMapping,
  options: FormatOptions,
): AsyncGenerator<ParsedBlock> {
  const clock = zoneClock(mapping.zone ?? options.zone);
  let build: RowBuilder | null = null;
  for await (const block of blocks) {
    build ??= rowBuilder({ mapping, clock, places: placesIn(rulesOf(mapping), block.header) });
    yield parsedBlock(block, build);
  }
}

function parsedBlock(block: RowBlock, build: RowBuilder) {
  const taken: TakenRow[] = [];
  const rejects: Reject[] = [...block.rejects];
  let sink = faultSink();
  for (let index = 0; index < block.rows.length; index++) {
    const line = block.lines[index] as number;
    const { record, also } = build(block.rows[index] as Cells, sink);
    if (sink.found) {
      const { code, field, value, expected } = sink;
      rejects.push({ line, code, field, value, expected, raw: block.raw(index) });
      sink = faultSink();
    } else {
      taken.push({ line, rows: 1, record, also });
    }
  }
  const rows = taken.length + rejects.length;
  return { header: block.headerText, rows, taken, rejects, findings: [] };
}

const NOTHING: readonly FactRecord[] = [];

function rowBuilder(context: BuilderContext): RowBuilder {
  const { survey, resolvedOutcome } = context.mapping;
  if (survey === undefined && resolvedOutcome === undefined) {
    const build = recordBuilder(context);
    return (cells, sink) => ({ record: build(cells, sink), also: NOTHING });
  }
  const build = contactBuilder(context);
  const beside = [surveyBeside(context), resolvedBeside(context)];
  return (cells, sink) => {
    const record = build(cells, sink);
    const also: FactRecord[] = [];
    for (const one of beside) {
      const made = one(cells, sink, record);
      if (made !== null) also.push(made);
    }
    return { record, also };
  };
}

type Beside = (cells: Cells, sink: FaultSink, contact: ContactRecord) => FactRecord | null;

/** The satisfaction score that stands in the contact's own row. */
function surveyBeside(context: BuilderContext): Beside {
  const { survey } = context.mapping;
  if (survey === undefined) return () => null;
  const score = ruleReader(context, "score", survey.score, scoreReader);
  return (cells, sink, contact) => {
    const milliPoints = score(cells, sink);
    if (milliPoints === null) return null;
    return {
      kind: "survey",
      externalId: contact.externalId,
      contact: { source: null, externalId: contact.externalId },
      milliPoints,
      answeredAt: contact.endedAt ?? contact.answeredAt ?? contact.arrivedAt,
    };
  };
}

/** The result that a flag in the contact's row tells of. */
function resolvedBeside(context: BuilderContext): Beside {
  const { resolvedOutcome: resolved } = context.mapping;
  if (resolved === undefined) return () => null;
  const flag = ruleReader(context, "resolved", resolved.flag, flagReader);
  return (cells, sink, contact) => {
    if (flag(cells, sink) !== true) return null;
    const { externalId, agent, queue, channel } = contact;
    const occurredAt = contact.endedAt ?? contact.answeredAt ?? contact.arrivedAt;
    return {
      kind: "outcome",
      externalId: `${externalId}|${resolved.action}`,
      action: resolved.action,
      contact: { source: null, externalId },
      agent,
      queue,
      channel,
      occurredAt,
      localDay: context.clock.day(occurredAt),
      verified: resolved.verified,
      amountMinor: null,
      currency: null,
    };
  };
}

async function* rowsOf(
  text: AsyncIterable<string>,
  mapping: TableMapping,
): AsyncGenerator<RowBlock> {
  const pieces = text[Symbol.asyncIterator]();
  let start = "";
  let ended = false;
  while (start.trim() === "" && start.length < LONGEST_ROW_CHARACTERS && !ended) {
    const next = await pieces.next();
    ended = next.done === true;
    start += next.done ? "" : next.value;
  }
  async function* whole() {
    try {
      yield start;
      if (!ended) yield* { [Symbol.asyncIterator]: () => pieces };
    } finally {
      await pieces.return?.();
    }
  }
  const layout = mapping.layout ?? (start.trimStart().startsWith("{") ? "json_lines" : "delimited");
  if (layout === "json_lines") yield* jsonRows(whole(), mappedColumns(mapping));
  else yield* delimitedRows(whole(), { delimiter: mapping.delimiter ?? null });
}

/** Every column that the mapping reads, each once. */
export function mappedColumns(mapping: TableMapping): string[] {
  const rules = Object.values(rulesOf(mapping));
  return [...new Set(rules.flatMap((rule) => columnsOf(rule)))];
}

/** The rules of a mapping by their place in it. */
function rulesOf({ fields, survey, resolvedOutcome }: TableMapping): Record<string, FieldRule> {
  const own = Object.entries(fields).map(([name, rule]) => [`fields.${name}`, rule] as const);
  return {
    ...Object.fromEntries(own),
    ...(survey ? { "survey.score": survey.score } : {}),
    ...(resolvedOutcome ? { "resolvedOutcome.flag": resolvedOutcome.flag } : {}),
  };
}
