/**
 * Report: rows of one source by day, by agent and by queue: what its quality is judged from. Contacts
 * and ticket events are what a source is full of; the rest belongs to them.
 */

import { sql } from "drizzle-orm";
import type { Day } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";

const ROWS = (source: string) => sql`(
  select local_day, agent_id, queue_id, outcome = 'handled' as handled
  from contact join source on source.id = source_id where source.name = ${source}
  union all
  select local_day, agent_id, queue_id, agent_id is not null
  from ticket_event join source on source.id = source_id where source.name = ${source}) as r`;

export async function rowsByDay(
  db: Queryable,
  source: string,
): Promise<{ day: Day; rows: number }[]> {
  const { rows } = await db.execute<{ day: Day; rows: number }>(sql`
    select local_day::text as day, count(*)::int8 as rows from ${ROWS(source)}
    group by 1 order by 1`);
  return rows;
}

export interface NamedRows {
  readonly id: number | null;
  readonly name: string | null;
  readonly registered: boolean;
  readonly day: Day;
  readonly rows: number;
}

/**
 * Handled rows by agent and day. A null name: contacts that name nobody though somebody handled them;
 * an event of a ticket may well be nobody's.
 */
export async function rowsByAgent(db: Queryable, source: string): Promise<NamedRows[]> {
  const { rows } = await db.execute<Record<string, unknown> & NamedRows>(sql`
    select agent.id, agent.name, coalesce(agent.registered, false) as registered,
      local_day::text as day, count(*)::int8 as rows
    from ${ROWS(source)} left join agent on agent.id = r.agent_id
    where handled group by 1, 2, 3, 4 order by 2, 4`);
  return rows;
}

export async function rowsByQueue(db: Queryable, source: string): Promise<NamedRows[]> {
  const { rows } = await db.execute<Record<string, unknown> & NamedRows>(sql`
    select queue.id, queue.name, queue.registered, local_day::text as day, count(*)::int8 as rows
    from ${ROWS(source)} join queue on queue.id = r.queue_id
    group by 1, 2, 3, 4 order by 2, 4`);
  return rows;
}

/** Pairs of contacts, one of each agent, that were being handled at the same moment. */
export async function overlappingContacts(
  db: Queryable,
  pair: { readonly first: number; readonly second: number },
): Promise<number> {
  const { rows } = await db.execute<{ overlapping: number }>(sql`
    select count(*)::int8 as overlapping
    from contact as a join contact as b
      on a.agent_id = ${pair.first} and b.agent_id = ${pair.second}
      and a.local_day = b.local_day
      and a.answered_at < b.ended_at and b.answered_at < a.ended_at`);
  return rows[0]?.overlapping ?? 0;
}
