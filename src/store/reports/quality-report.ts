/** Report: what looks wrong in the data, why rows were rejected, and the latest imports. */

import { sql } from "drizzle-orm";
import type { Queryable } from "../connection.ts";

export interface QualityRow {
  readonly source: string;
  readonly code: string;
  readonly day: string | null;
  readonly agent: string | null;
  readonly queue: string | null;
  readonly count: number;
  readonly detail: Record<string, unknown>;
}

const FACTS = [
  { table: "contact", day: "local_day" },
  { table: "ticket_event", day: "local_day" },
] as const;

/** What was found over whole sources, then what single rows carry, counted by source and code. */
export async function qualityRows(db: Queryable, source: string | null): Promise<QualityRow[]> {
  const ofSource = source === null ? sql`true` : sql`source.name = ${source}`;
  const rowFindings = FACTS.map(
    ({ table, day }) => sql`
      select source.name as source, code, null::text as day, null::text as agent,
        null::text as queue, count(*)::int8 as count,
        jsonb_build_object('firstDay', min(f.${sql.identifier(day)}),
          'lastDay', max(f.${sql.identifier(day)}),
          'agents', count(distinct f.agent_id)) as detail
      from ${sql.identifier(table)} as f
      join source on source.id = f.source_id
      cross join lateral unnest(f.findings) as code
      where f.findings is not null and ${ofSource}
      group by source.name, code`,
  );
  const { rows } = await db.execute<Record<string, unknown> & QualityRow>(sql`
    select source.name as source, f.code, f.day::text as day, agent.name as agent,
      queue.name as queue, f.count, f.detail
    from quality_finding as f
    join source on source.id = f.source_id
    left join agent on agent.id = f.agent_id
    left join queue on queue.id = f.queue_id
    where ${ofSource}
    union all ${sql.join(rowFindings, sql` union all `)}
    order by source, code, day, agent, queue`);
  return rows;
}

/** Whom findings name: ids of the API. */
export async function agentsInFindings(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ uuid: string }>(sql`
    select agent.uuid from quality_finding as f join agent on agent.id = f.agent_id
    union
    select other.uuid from quality_finding as f join agent on agent.id = f.agent_id
    join agent as other on other.site_id = agent.site_id and other.name = f.detail->>'alias'`);
  return rows.map(({ uuid }) => uuid);
}

export interface RejectCount {
  readonly source: string;
  readonly code: string;
  readonly field: string;
  readonly count: number;
}

export async function rejectCounts(db: Queryable): Promise<RejectCount[]> {
  const { rows } = await db.execute<Record<string, unknown> & RejectCount>(sql`
    select source.name as source, code, field, count(*)::int8 as count
    from reject join source on source.id = source_id
    where taken_at is null
    group by 1, 2, 3 order by 4 desc, 1, 2, 3`);
  return rows;
}

/** Rejects kept since an instant and not taken after all. */
export async function rejectsSince(db: Queryable, since: Date): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(*)::int8 as count from reject
      where rejected_at >= ${since} and taken_at is null`,
  );
  return rows[0]?.count ?? 0;
}

export interface BatchRow {
  readonly id: string;
  readonly source: string;
  readonly file: string;
  readonly state: "running" | "done" | "failed" | "interrupted";
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
}

export async function latestBatches(db: Queryable, limit: number): Promise<BatchRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & BatchRow>(sql`
    select batch.uuid as id, source.name as source, file_name as file, state,
      started_at as "startedAt", finished_at as "finishedAt",
      rows, accepted, duplicates, replaced, rejected
    from batch join source on source.id = source_id
    order by batch.id desc limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    startedAt: new Date(row.startedAt),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt),
  }));
}
