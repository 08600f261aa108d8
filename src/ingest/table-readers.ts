/**
 * The fields of a `table` mapping as readers: one for each field a builder asks for, giving null for all
 * rows where the mapping does not name it.
 */

import type { FactRecord } from "../domain/shared/records.ts";
import type { ZoneClock } from "../domain/shared/zone.ts";
import { fieldsOf } from "./table-fields.ts";
import type { FieldRule, TableMapping } from "./table-mapping.ts";
import { type Cells, type FaultSink, report, textSource } from "./table-source.ts";
import { type FieldContext, instantReader, type Reader, textReader } from "./table-values.ts";

/** The record of a row. When the sink found a fault, the record is worth nothing. */
export type RecordBuilder<Made extends FactRecord = FactRecord> = (
  cells: Cells,
  sink: FaultSink,
) => Made;

export interface BuilderContext {
  readonly mapping: TableMapping;
  readonly places: ReadonlyMap<string, number>;
  readonly clock: ZoneClock;
}

/** Stands for a required time that is missing; the fault has been reported. */
export const NOWHEN = 0;

/** The reader of any rule of the mapping, such as that of the survey's score. */
export function ruleReader<Value>(
  { mapping, places, clock }: BuilderContext,
  field: string,
  rule: FieldRule,
  make: (context: FieldContext) => Reader<Value>,
  required = false,
): Reader<Value> {
  const source = textSource(rule, field, places);
  return make({ field, rule, source, required, clock, decimal: mapping.decimal });
}

export type FieldReaders = ReturnType<typeof readers>;

export function readers(context: BuilderContext) {
  const { mapping } = context;
  const known = fieldsOf(mapping.record);
  const field = <Value>(name: string, make: (one: FieldContext) => Reader<Value>) => {
    const rule = mapping.fields[name];
    const required = known[name]?.required ?? false;
    return rule === undefined ? () => null : ruleReader(context, name, rule, make, required);
  };
  const all = <Value>(make: (one: FieldContext) => Reader<Value>, names: readonly string[]) =>
    names.map((name) => field(name, make));
  return {
    has: (name: string) => mapping.fields[name] !== undefined,
    field,
    texts: <Names extends readonly string[]>(...names: Names) =>
      all(textReader, names) as { [Name in keyof Names]: Reader<string> },
    instants: <Names extends readonly string[]>(...names: Names) =>
      all(instantReader, names) as { [Name in keyof Names]: Reader<number> },
  };
}

export function contactReference(read: FieldReaders) {
  const [contact, contactSource] = read.texts("contact", "contactSource");
  return (cells: Cells, sink: FaultSink) => {
    const externalId = contact(cells, sink);
    return externalId === null ? null : { source: contactSource(cells, sink), externalId };
  };
}

/** Reports a stretch that ends before it starts, unless the row has a fault already. */
export function endsTooEarly(sink: FaultSink, field: string, at: number, start: string): void {
  if (sink.found) return;
  const value = new Date(at).toISOString();
  report(sink, "negative_duration", field, value, `a time after ${start}`);
}
