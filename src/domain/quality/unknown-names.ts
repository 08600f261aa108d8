/**
 * Names that the log uses and nobody has heard of, and rows that name nobody where somebody acted.
 *
 * `unknown_agent`, `unknown_queue`: one finding a name, at the first day it was seen. Needs a list of
 * known names; without one (null) every name would be unknown, which tells nothing, so only the rows
 * without a name are found. Names are compared exactly: one written a little differently is unknown here
 * and a likely alias there, and both are true.
 *
 * @example
 * unknownNames({ field: "agent", known: new Set(["Ana"]), counts: [{ name: "Bo", day: "1999-01-04", rows: 3 }] })[0].agent // => "Bo"
 */

import type { Day } from "../shared/vocabulary.ts";
import { type Finding, finding } from "./finding.ts";

/** Rows of one name on one day. `name` null: handled rows that name nobody. */
export interface NameCount {
  readonly name: string | null;
  readonly day: Day;
  readonly rows: number;
}

interface Seen {
  rows: number;
  days: Set<Day>;
  firstDay: Day;
  lastDay: Day;
}

export function unknownNames(of: {
  readonly field: "agent" | "queue";
  readonly known: ReadonlySet<string> | null;
  readonly counts: readonly NameCount[];
}): readonly Finding[] {
  const seen = new Map<string | null, Seen>();
  for (const { name, day, rows } of of.counts) {
    const known = name !== null && (of.known === null || of.known.has(name));
    if (known || rows <= 0) continue;
    const entry = seen.get(name) ?? { rows: 0, days: new Set(), firstDay: day, lastDay: day };
    entry.rows += rows;
    entry.days.add(day);
    if (day < entry.firstDay) entry.firstDay = day;
    if (day > entry.lastDay) entry.lastDay = day;
    seen.set(name, entry);
  }
  return [...seen].map(([name, { rows, days, firstDay, lastDay }]) =>
    finding({
      code: of.field === "agent" ? "unknown_agent" : "unknown_queue",
      day: firstDay,
      [of.field]: name,
      count: rows,
      detail: { named: name !== null, days: days.size, firstDay, lastDay },
    }),
  );
}
