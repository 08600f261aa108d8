/** Report: the contacts behind a figure, by arrival, a page at a time. */

import { sql } from "drizzle-orm";
import type { Queryable } from "../connection.ts";
import {
  agentCondition,
  MEMBERSHIP_OF_THE_DAY,
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
  readonly outcome: string;
  readonly waitSeconds: number;
  readonly handleSeconds: number;
  readonly transferred: boolean;
  readonly file: string;
  readonly line: number | null;
}

/** Where the page before ended: arrival and, where two arrived at once, source and id. */
export interface ContactCursor {
  readonly arrivedAt: string;
  readonly sourceId: number;
  readonly externalId: string;
}

export async function contactRows(
  db: Queryable,
  scope: ReportScope,
  page: { readonly after: ContactCursor | null; readonly limit: number },
): Promise<{ rows: ContactRow[]; next: ContactCursor | null }> {
  const { after } = page;
  const beyond =
    after === null
      ? sql`true`
      : sql`(t.arrived_at, t.source_id, t.external_id)
          > (${after.arrivedAt}::timestamptz, ${after.sourceId}::int, ${after.externalId})`;
  const { rows } = await db.execute<
    Record<string, unknown> & ContactRow & { sourceId: number }
  >(sql`
    select source.name as source, t.source_id as "sourceId", t.external_id as "externalId",
      t.arrived_at as "arrivedAt", t.local_day::text as "localDay", t.channel,
      queue.name as queue, agent.name as agent, t.outcome, t.wait_seconds as "waitSeconds",
      t.talk_seconds + t.hold_seconds + t.wrap_seconds as "handleSeconds", t.transferred,
      batch.file_name as file, t.line
    from contact as t ${MEMBERSHIP_OF_THE_DAY}
    join source on source.id = t.source_id
    join batch on batch.id = t.batch_id
    left join queue on queue.id = t.queue_id
    left join agent on agent.id = t.agent_id
    where ${agentCondition(scope)} and ${queueCondition(scope)} and ${beyond}
    order by t.arrived_at, t.source_id, t.external_id
    limit ${page.limit + 1}`);
  const shown = rows.slice(0, page.limit).map((row) => ({
    ...row,
    arrivedAt: new Date(row.arrivedAt),
  }));
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  if (last === undefined) return { rows: shown, next: null };
  const { arrivedAt, sourceId, externalId } = last;
  return { rows: shown, next: { arrivedAt: arrivedAt.toISOString(), sourceId, externalId } };
}
