/** Report: the contacts behind a figure, by arrival, a page at a time, and how many they are. */

import { type SQL, sql } from "drizzle-orm";
import { addDays, daysBetween } from "../../domain/shared/days.ts";
import type { Day, DayRange } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import { type ContactMark, markConditions, markJoins, tallyOfMark } from "./contact-marks.ts";
import {
  agentCondition,
  MEMBERSHIP_OF_THE_DAY,
  PERSON,
  queueCondition,
  type ReportScope,
} from "./scope.ts";

export interface ContactRow {
  readonly source: string;
  readonly externalId: string;
  readonly arrivedAt: Date;
  readonly localDay: string;
  readonly channel: string;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly agentUuid: string | null;
  readonly outcome: string;
  readonly waitSeconds: number;
  readonly handleSeconds: number;
  readonly transferred: boolean;
  readonly assisted: boolean;
  readonly file: string;
  readonly line: number | null;
}

/** Where the page before ended: arrival to the microsecond and, where two arrived at once, source and id. */
export interface ContactCursor {
  readonly arrivedAt: string;
  readonly sourceId: number;
  readonly externalId: string;
}

interface PageWish {
  readonly after: ContactCursor | null;
  readonly limit: number;
}

type FoundRow = ContactRow & { readonly sourceId: number; readonly at: string };

/**
 * Contacts are found by their days, and a page is some hundred rows: they are looked for in the first
 * days of the period, and in ever more of them while the page is not full.
 */
const FIRST_DAYS = 2;
const GROWTH = 4;

/** An instant lies in a local day at most so many days before or after its day in UTC. */
const ZONE_DAYS = 1;

/** Days that can be counted from in both directions. */
const within = (day: Day): Day =>
  day < "0001-01-04" ? "0001-01-04" : day > "9999-12-28" ? "9999-12-28" : day;

export async function contactRows(
  db: Queryable,
  scope: ReportScope,
  mark: ContactMark,
  { after, limit }: PageWish,
): Promise<{ rows: ContactRow[]; next: ContactCursor | null }> {
  const found: FoundRow[] = [];
  const end = addDays(within(scope.to), ZONE_DAYS);
  let from = addDays(within(scope.from), -ZONE_DAYS);
  if (after !== null && after.arrivedAt.slice(0, 10) > from) from = after.arrivedAt.slice(0, 10);
  for (let days = FIRST_DAYS; from < end && found.length <= limit; days *= GROWTH) {
    const left = daysBetween(from, end);
    const to = addDays(from, Math.min(days, left));
    const wish = { after, limit: limit + 1 - found.length };
    found.push(...(await arrivedWithin(db, scope, mark, { from, to }, wish)));
    from = to;
  }
  const shown = found.slice(0, limit);
  const rows = shown.map((row) => ({ ...row, arrivedAt: new Date(row.arrivedAt) }));
  const last = found.length > limit ? shown.at(-1) : undefined;
  if (last === undefined) return { rows, next: null };
  const { at, sourceId, externalId } = last;
  return { rows, next: { arrivedAt: at, sourceId, externalId } };
}

/** The first contacts of the scope, by arrival, that arrived on these days of UTC. */
async function arrivedWithin(
  db: Queryable,
  scope: ReportScope,
  mark: ContactMark,
  { from, to }: DayRange,
  { after, limit }: PageWish,
): Promise<FoundRow[]> {
  const beyond =
    after === null
      ? sql`true`
      : sql`(t.arrived_at, t.source_id, t.external_id)
          > (${after.arrivedAt}::timestamptz, ${after.sourceId}::int, ${after.externalId})`;
  const { rows } = await db.execute<Record<string, unknown> & FoundRow>(sql`
    select source.name as source, t.source_id as "sourceId", t.external_id as "externalId",
      t.arrived_at as "arrivedAt", t.local_day::text as "localDay", t.channel,
      to_char(t.arrived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      queue.name as queue, agent.name as agent,
      agent.uuid as "agentUuid", t.outcome, t.wait_seconds as "waitSeconds",
      t.talk_seconds + t.hold_seconds + t.wrap_seconds as "handleSeconds", t.transferred,
      t.assisted, t.line,
      (select file_name from contact_file as f
       where f.source_id = t.source_id and f.external_id = t.external_id) as file
    from (
      select t.* from contact as t ${MEMBERSHIP_OF_THE_DAY} ${markJoins(mark)}
      where ${contactCondition(scope, mark)} and ${beyond}
        and t.local_day >= ${addDays(from, -ZONE_DAYS)}::date
        and t.local_day < ${addDays(to, ZONE_DAYS)}::date
        and t.arrived_at >= ${`${from}T00:00:00Z`}::timestamptz
        and t.arrived_at < ${`${to}T00:00:00Z`}::timestamptz
      order by t.arrived_at, t.source_id, t.external_id
      limit ${limit}) as t
    join source on source.id = t.source_id
    left join queue on queue.id = t.queue_id
    left join agent on agent.id = ${PERSON}
    order by t.arrived_at, t.source_id, t.external_id`);
  return rows;
}

function contactCondition(scope: ReportScope, mark: ContactMark): SQL {
  return sql.join(
    [agentCondition(scope), queueCondition(scope), ...markConditions(mark)],
    sql` and `,
  );
}

/** Contacts that have to be counted one by one are counted up to here. */
export const MOST_COUNTED = 10_000;

export interface ContactCount {
  readonly count: number;
  /** There are more: counting stopped here. */
  readonly more: boolean;
}

/** How many contacts a mark stands for: from the tallies where they know, else counted up to a limit. */
export async function contactCount(
  db: Queryable,
  scope: ReportScope,
  mark: ContactMark,
): Promise<ContactCount> {
  const tally = tallyOfMark(mark);
  const counted =
    tally === null
      ? sql`select count(*)::int8 as count from (
          select from contact as t ${MEMBERSHIP_OF_THE_DAY} ${markJoins(mark)}
          where ${contactCondition(scope, mark)} limit ${MOST_COUNTED + 1}) as found`
      : sql`select coalesce(sum(${tally.sum}), 0)::int8 as count
          from tally_agent_day as t ${MEMBERSHIP_OF_THE_DAY}
          where ${agentCondition(scope)} and ${queueCondition(scope)} and ${tally.where}`;
  const { rows } = await db.execute<{ count: number }>(counted);
  const count = rows[0]?.count ?? 0;
  const more = tally === null && count > MOST_COUNTED;
  return { count: more ? MOST_COUNTED : count, more };
}
