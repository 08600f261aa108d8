/** Report: every source with what came of it: its latest import, how far its contacts go, open rejects. */

import { type SQL, sql } from "drizzle-orm";
import { addDays } from "../../domain/shared/days.ts";
import type { Day } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";

export interface SourceBatch {
  readonly id: string;
  readonly file: string;
  readonly state: "running" | "done" | "failed" | "interrupted";
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: "file" | "folder";
  readonly place: string | null;
  /** Empty before its first own import. */
  readonly format: string;
  readonly zone: string;
  readonly mapping: unknown;
  readonly paused: boolean;
  /** Another text whenever what one can change about it has changed. */
  readonly etag: string;
  readonly lastBatch: SourceBatch | null;
  /** Rows that were new when they came. */
  readonly rows: number;
  /** Rejected rows that were not taken since. */
  readonly rejects: number;
  /** The arrival of its latest contact; null where it has none. */
  readonly latestArrival: Date | null;
}

/** The version of a row of `source`, as a strong ETag. */
export const SOURCE_ETAG: SQL = sql`'"' || md5(row(source.kind, source.place, source.format,
  source.mapping, source.paused, source.site_id)::text) || '"'`;

/** All of them by name, or the one of a uuid. */
export async function sourceRows(db: Queryable, id: string | null): Promise<SourceRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & SourceRow & { key: number }>(sql`
    select source.id as key, source.uuid as id, source.name, source.kind, source.place,
      source.format, site.zone, source.mapping, source.paused, ${SOURCE_ETAG} as etag,
      (select jsonb_build_object('id', uuid, 'file', file_name, 'state', state,
          'startedAt', started_at, 'finishedAt', finished_at)
        from batch where source_id = source.id order by batch.id desc limit 1) as "lastBatch",
      coalesce((select sum(accepted) from batch where source_id = source.id), 0)::int8 as rows,
      (select count(*) from reject
        where source_id = source.id and taken_at is null)::int8 as rejects
    from source join site on site.id = source.site_id
    where ${id}::uuid is null or source.uuid = ${id}::uuid
    order by source.name`);
  const latest = await latestArrivals(
    db,
    rows.map((row) => row.key),
  );
  return rows.map(({ key, ...row }) => ({
    ...row,
    lastBatch: row.lastBatch === null ? null : instantsOf(row.lastBatch),
    latestArrival: latest.get(key) ?? null,
  }));
}

/** JSON holds instants as text. */
function instantsOf(batch: SourceBatch): SourceBatch {
  const { startedAt, finishedAt } = batch;
  return {
    ...batch,
    startedAt: new Date(startedAt),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
  };
}

/** Days before the last there is data for in which a latest contact is looked for, step by step. */
const LOOKED_BACK = [2, 60, 800, null] as const;

/**
 * Contacts are found by their day, not by their source: most sources have some in the last days, and only
 * for those that fell silent is more of the table read.
 */
async function latestArrivals(
  db: Queryable,
  sources: readonly number[],
): Promise<ReadonlyMap<number, Date>> {
  const latest = new Map<number, Date>();
  const { rows } = await db.execute<{ id: number; last: Day | null }>(sql`
    select id, (select max(local_day)::text from tally_agent_day where contacts > 0) as last
    from unnest(${sql.param(sources)}::int[]) as id
    where exists (select from contact where source_id = id)`);
  const last = rows[0]?.last ?? null;
  for (const days of last === null ? [] : LOOKED_BACK) {
    const left = rows.map(({ id }) => id).filter((id) => !latest.has(id));
    if (left.length === 0) break;
    const since = days === null ? null : addDays(last as Day, -days);
    const found = await db.execute<{ id: number; at: Date | string }>(sql`
      select source_id as id, max(arrived_at) as at from contact
      where source_id = any(${sql.param(left)}::int[])
        and (${since}::date is null or local_day >= ${since}::date)
      group by 1`);
    for (const { id, at } of found.rows) latest.set(id, new Date(at));
  }
  return latest;
}
