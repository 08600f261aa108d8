/**
 * What looks wrong in data that was taken: a finding is a suspicion with its evidence, never a repair.
 *
 * Row by row, the importers count their own codes (a negative duration, a midnight wrap, ...). Here are
 * the codes that only many rows together can show. Everything is about one source.
 *
 * @example
 * sortedFindings([finding({ code: "surge", day: "1999-02-01", count: 900 }), finding({ code: "surge", day: "1999-01-01", count: 800 })])[0].day // => "1999-01-01"
 */

import type { Day } from "../shared/vocabulary.ts";

export const FINDING_CODES = [
  "day_without_rows",
  "surge",
  "likely_alias",
  "unknown_agent",
  "unknown_queue",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  readonly day: Day | null;
  readonly agent: string | null;
  readonly queue: string | null;
  /** Rows it is about; 0 for a day without any. */
  readonly count: number;
  /** The evidence, as plain data. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Rows of one source on one local day. Days without rows need not be given. */
export interface DayCount {
  readonly day: Day;
  readonly rows: number;
}

/** A finding of which only what matters is given. */
export function finding(
  of: Pick<Finding, "code" | "count"> & Partial<Omit<Finding, "code" | "count">>,
): Finding {
  return { day: null, agent: null, queue: null, detail: {}, ...of };
}

/** In the order of a report: by code as listed, then day, agent, queue. */
export function sortedFindings(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ code, day, agent, queue }: Finding) =>
    [FINDING_CODES.indexOf(code), day ?? "", agent ?? "", queue ?? ""].join("\u0000");
  const keyed = findings.map((found) => ({ found, key: key(found) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ found }) => found);
}
