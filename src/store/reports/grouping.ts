/**
 * What a report can be grouped by, and the expression of each over a tally `t`. Groups of agents want
 * `MEMBERSHIP_OF_THE_DAY` joined.
 */

import { type SQL, sql } from "drizzle-orm";
import type { Grouping } from "../../domain/shared/vocabulary.ts";
import { PERSON } from "./scope.ts";

const EXPRESSIONS: Readonly<Record<Exclude<Grouping, "hour">, SQL>> = {
  agent: PERSON,
  team: sql`team.id`,
  party: sql`team.party_id`,
  queue: sql`t.queue_id`,
  channel: sql`t.channel::text`,
  day: sql`t.local_day::text`,
  week: sql`date_trunc('week', t.local_day)::date::text`,
  month: sql`date_trunc('month', t.local_day)::date::text`,
};

/** The hour of the local day, from 0, for tallies that know instants. Needs `site` joined. */
const LOCAL_HOUR = sql`extract(hour from t.starts_at at time zone site.zone)::int`;

/** The grouping columns as a select list with names, and as a list of positions to group by. */
export function groupColumns(by: readonly Grouping[]): { select: SQL; groupBy: SQL } {
  if (by.length === 0) return { select: sql``, groupBy: sql`` };
  const columns = by.map((grouping) => {
    const expression = grouping === "hour" ? LOCAL_HOUR : EXPRESSIONS[grouping];
    return sql`${expression} as ${sql.identifier(grouping)}, `;
  });
  const positions = by.map((_, index) => String(index + 1)).join(", ");
  return { select: sql.join(columns, sql``), groupBy: sql.raw(`group by ${positions}`) };
}

/** One group: its value of each grouping, null where it is not known. */
export type GroupKey = Readonly<Partial<Record<Grouping, string | number | null>>>;

/** A text that is the same for the same group. */
export function groupKeyText(by: readonly Grouping[], key: GroupKey): string {
  return JSON.stringify(by.map((grouping) => key[grouping] ?? null));
}
