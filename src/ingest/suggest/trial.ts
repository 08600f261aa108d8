/**
 * A suggestion tried on the rows it was made from: how many the `table` format would take. An optional
 * field that costs more than one row in a hundred is left out, and that is said.
 */

import type { Reject } from "../../domain/shared/records.ts";
import { fieldsOf } from "../table-fields.ts";
import { note } from "./notes.ts";
import type { FileSample } from "./sample.ts";
import type { Suggestion } from "./suggestion.ts";

export interface Trial {
  readonly sampled: number;
  readonly taken: number;
  /** `invalid_date in arrivedAt` and how often, most frequent first. */
  readonly rejects: readonly (readonly [what: string, count: number])[];
}

const MOST_SHARE = 0.01;

export async function tried(
  suggestion: Suggestion,
  read: FileSample["read"],
): Promise<{ readonly suggestion: Suggestion; readonly trial: Trial }> {
  let current = suggestion;
  for (;;) {
    const rejects: Reject[] = [];
    let sampled = 0;
    const zone = current.mapping.zone ?? "UTC";
    for await (const block of read({ zone, mapping: current.mapping })) {
      sampled += block.rows;
      rejects.push(...block.rejects);
    }
    const costly = costlyField(current, rejects, sampled);
    if (costly === null) return { suggestion: current, trial: trialOf(sampled, rejects) };
    current = without(
      current,
      costly,
      rejects.filter((one) => keyOf(one.field) === costly),
    );
  }
}

function trialOf(sampled: number, rejects: readonly Reject[]): Trial {
  const counts = new Map<string, number>();
  for (const { code, field } of rejects) {
    const what = `${code} in ${field}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return { sampled, taken: sampled - rejects.length, rejects: sorted };
}

/** A survey's score and a result's flag are named by their place in the mapping. */
function keyOf(field: string): string {
  return field === "score" ? "survey" : field === "resolved" ? "resolvedOutcome" : field;
}

function costlyField({ mapping, fields }: Suggestion, rejects: readonly Reject[], rows: number) {
  const known = fieldsOf(mapping.record);
  const counts = new Map<string, number>();
  for (const { field } of rejects) counts.set(field, (counts.get(field) ?? 0) + 1);
  for (const [field, count] of counts) {
    const key = field in known ? field : keyOf(field);
    const isOptional = known[key]?.required !== true && fields.some((one) => one.field === key);
    if (isOptional && count > MOST_SHARE * rows) return key;
  }
  return null;
}

function without(from: Suggestion, field: string, rejects: readonly Reject[]): Suggestion {
  // An amount cannot be without its currency.
  const gone = field === "currency" ? ["currency", "amount"] : [field];
  const fields = Object.fromEntries(
    Object.entries(from.mapping.fields).filter(([name]) => !gone.includes(name)),
  );
  const { survey, resolvedOutcome, ...rest } = from.mapping;
  const left = from.fields.find((one) => one.field === field);
  const example = JSON.stringify(rejects[0]?.value ?? "");
  const why = {
    column: left?.column ?? "",
    rows: rejects.length,
    ...{ example, reason: rejects[0]?.code ?? "" },
  };
  const said =
    field === "currency" ? note("amount_left_out", why) : note("field_left_out", { field, ...why });
  return {
    ...from,
    mapping: {
      ...rest,
      fields,
      ...(survey === undefined || field === "survey" ? {} : { survey }),
      ...(resolvedOutcome === undefined || field === "resolvedOutcome" ? {} : { resolvedOutcome }),
    },
    fields: from.fields.filter((one) => !gone.includes(one.field)),
    notes: [...from.notes, said],
  };
}
