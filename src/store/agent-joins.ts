/** Two names of one agent: who was joined into whom, and which names the quality report suspects. */

import { sql } from "drizzle-orm";
import type { ClientBase } from "pg";
import type { AgentKind, Day } from "../domain/shared/vocabulary.ts";
import type { Queryable } from "./connection.ts";

/** A number that nothing else locks (see `import/locks.ts`). */
const JOINS_LOCK = 7_305_413;

/** One join at a time: two at once could make a chain. Held until the transaction ends. */
export async function lockJoins(client: ClientBase): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [JOINS_LOCK]);
}

export interface JoinedName {
  readonly id: number;
  readonly name: string;
  readonly kind: AgentKind;
  readonly joinedInto: number | null;
  /** Is some other name joined into it? */
  readonly hasNames: boolean;
}

/** The agent of a uuid; null where there is none. */
export async function nameToJoin(client: ClientBase, uuid: string): Promise<JoinedName | null> {
  const { rows } = await client.query<JoinedName>(
    `select id, name, kind, joined_into as "joinedInto",
       exists (select from agent as other where other.joined_into = agent.id) as "hasNames"
     from agent where uuid = $1`,
    [uuid],
  );
  return rows[0] ?? null;
}

interface Writing {
  readonly userId: string;
  readonly now: Date;
}

/** Joins one name into another. The uuid of the join. */
export async function insertJoin(
  client: ClientBase,
  { agentId, intoAgentId }: { readonly agentId: number; readonly intoAgentId: number },
  { userId, now }: Writing,
): Promise<string> {
  await client.query("update agent set joined_into = $2 where id = $1", [agentId, intoAgentId]);
  const { rows } = await client.query<{ id: string }>(
    `insert into agent_join (agent_id, into_agent_id, joined_by, joined_at)
     values ($1, $2, $3, $4) returning id`,
    [agentId, intoAgentId, userId, now],
  );
  return (rows[0] as { id: string }).id;
}

export interface KnownJoin {
  readonly agentId: number;
  readonly intoAgentId: number;
  readonly undone: boolean;
}

/** The join of a uuid; null where there is none. */
export async function joinToUndo(client: ClientBase, id: string): Promise<KnownJoin | null> {
  const { rows } = await client.query<KnownJoin>(
    `select agent_id as "agentId", into_agent_id as "intoAgentId", undone_at is not null as undone
     from agent_join where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Takes a join back. */
export async function undoJoin(
  client: ClientBase,
  { id, agentId }: { readonly id: string; readonly agentId: number },
  { userId, now }: Writing,
): Promise<void> {
  await client.query("update agent set joined_into = null where id = $1", [agentId]);
  await client.query("update agent_join set undone_by = $2, undone_at = $3 where id = $1", [
    id,
    userId,
    now,
  ]);
}

export interface AgentJoinRow {
  readonly id: string;
  readonly agent: { readonly id: string; readonly name: string };
  readonly into: { readonly id: string; readonly name: string };
  /** Null: an account that is gone. */
  readonly joinedBy: string | null;
  readonly joinedAt: Date;
  readonly undoneBy: string | null;
  readonly undoneAt: Date | null;
}

/** Those that stand and those that were undone, the latest first. Of one id only where it is given. */
export async function agentJoins(db: Queryable, id: string | null): Promise<AgentJoinRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & AgentJoinRow>(sql`
    select j.id, jsonb_build_object('id', agent.uuid, 'name', agent.name) as agent,
      jsonb_build_object('id', other.uuid, 'name', other.name) as into,
      joiner.name as "joinedBy", j.joined_at as "joinedAt",
      undoer.name as "undoneBy", j.undone_at as "undoneAt"
    from agent_join as j
    join agent on agent.id = j.agent_id
    join agent as other on other.id = j.into_agent_id
    left join app_user as joiner on joiner.id = j.joined_by
    left join app_user as undoer on undoer.id = j.undone_by
    where ${id}::uuid is null or j.id = ${id}::uuid
    order by j.joined_at desc, j.id desc`);
  return rows.map((row) => ({
    ...row,
    joinedAt: new Date(row.joinedAt),
    undoneAt: row.undoneAt === null ? null : new Date(row.undoneAt),
  }));
}

/** One of two names, and what stands under it. */
export interface SuspectedName {
  readonly id: string;
  readonly name: string;
  readonly contacts: number;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

export interface SuspectedPair {
  readonly source: string;
  /** The one with fewer rows. */
  readonly agent: SuspectedName;
  readonly other: SuspectedName;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Pairs of names that the quality report takes for one person and that do not count as one yet. */
export async function suspectedPairs(db: Queryable): Promise<SuspectedPair[]> {
  const named = (agent: string) => sql`jsonb_build_object(
    'id', ${sql.identifier(agent)}.uuid, 'name', ${sql.identifier(agent)}.name,
    'contacts', coalesce((select sum(contacts) from tally_agent_day
      where agent_id = ${sql.identifier(agent)}.id), 0)::int8,
    'firstDay', (select min(local_day)::text from tally_agent_day
      where agent_id = ${sql.identifier(agent)}.id),
    'lastDay', (select max(local_day)::text from tally_agent_day
      where agent_id = ${sql.identifier(agent)}.id))`;
  const { rows } = await db.execute<Record<string, unknown> & SuspectedPair>(sql`
    select source.name as source, f.detail, ${named("agent")} as agent, ${named("other")} as other
    from (
      select distinct on (least(agent.id, other.id), greatest(agent.id, other.id))
        f.source_id, f.detail, agent.id as agent_id, other.id as other_id
      from quality_finding as f
      join agent on agent.id = f.agent_id
      join agent as other on other.site_id = agent.site_id and other.name = f.detail->>'alias'
      where f.code = 'likely_alias'
        and coalesce(agent.joined_into, agent.id) <> coalesce(other.joined_into, other.id)
      order by least(agent.id, other.id), greatest(agent.id, other.id), f.count desc) as f
    join source on source.id = f.source_id
    join agent on agent.id = f.agent_id
    join agent as other on other.id = f.other_id
    order by source.name, agent.name, other.name`);
  return rows;
}
