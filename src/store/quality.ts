/** Keeps the quality findings of whole sources: each assessment replaces the one before. */

import { sql } from "drizzle-orm";
import type { Queryable, Store } from "./connection.ts";

export interface FindingToKeep {
  readonly code: string;
  readonly day: string | null;
  readonly agent: string | null;
  readonly queue: string | null;
  readonly count: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function keepFindings(
  store: Store,
  source: string,
  findings: readonly FindingToKeep[],
): Promise<void> {
  await store.db.transaction(async (db: Queryable) => {
    await db.execute(sql`
      delete from quality_finding using source
      where source.id = source_id and source.name = ${source}`);
    if (findings.length === 0) return;
    await db.execute(sql`
      insert into quality_finding (source_id, code, day, agent_id, queue_id, count, detail)
      select source.id, f.code, f.day, agent.id, queue.id, f.count, f.detail
      from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb)
        as f (code text, day date, agent text, queue text, count int8, detail jsonb)
      join source on source.name = ${source}
      left join agent on agent.site_id = source.site_id and agent.name = f.agent
      left join queue on queue.site_id = source.site_id and queue.name = f.queue
      on conflict do nothing`);
  });
}

/** Every source that has taken rows. */
export async function sourceNames(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select name from source
    where exists (select from batch where batch.source_id = source.id) order by name`);
  return rows.map((row) => row.name);
}
