/** Agents: who they are, and who is signed on with which room: a person once, whatever its names. */

import type { AgentKind, Channel, Pool } from "../../domain/shared/vocabulary.ts";
import type { Sql } from "./sql.ts";

export type Capacity = Readonly<Partial<Record<Channel, number>>>;
export type PresenceState = "available" | "aux";

export interface AgentName {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly kind: AgentKind;
}

export interface Presence {
  readonly pool: Pool;
  readonly state: PresenceState;
  readonly capacity: Capacity;
  readonly capacityTotal: number;
  readonly signedOnAt: Date;
  readonly lastSeenAt: Date;
}

const PRESENCE = `pool, state, capacity, capacity_total as "capacityTotal",
  signed_on_at as "signedOnAt", last_seen_at as "lastSeenAt"`;

/** Who the agent of a uuid is: a name that was joined into another is that other. */
export async function findAgent(sql: Sql, uuid: string): Promise<AgentName | null> {
  const { rows } = await sql.query<AgentName>(
    `select agent.id, agent.uuid, agent.name, agent.kind
     from agent as named join person on person.agent_id = named.id
     join agent on agent.id = person.person_id where named.uuid = $1`,
    [uuid],
  );
  return rows[0] ?? null;
}

/** The agent as which a name counts: mostly itself. */
export async function personOf(sql: Sql, agentId: number): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    "select person_id as id from person where agent_id = $1",
    [agentId],
  );
  return rows[0]?.id ?? agentId;
}

/**
 * Who is signed on under a name that was joined is signed on as the person, unless the person is already.
 * One that signs on at this very moment is left: it is offered nothing, and is gone when unheard of.
 */
export async function movePresence(
  sql: Sql,
  { agentId, intoAgentId }: { readonly agentId: number; readonly intoAgentId: number },
): Promise<void> {
  await sql.query(
    `update agent_presence set agent_id = $2
     where agent_id = $1 and not exists (select from agent_presence where agent_id = $2)`,
    [agentId, intoAgentId],
  );
  await deletePresence(sql, agentId);
}

/** Signing on again keeps the time of the first sign-on and any work the agent still has. */
export async function upsertPresence(
  sql: Sql,
  agentId: number,
  given: { pool: Pool; capacity: Capacity; capacityTotal: number; now: Date },
): Promise<Presence> {
  const { rows } = await sql.query<Presence>(
    `insert into agent_presence
       (agent_id, pool, capacity, capacity_total, state, signed_on_at, last_seen_at, free_since)
     values ($1, $2, $3, $4, 'available', $5, $5, $5)
     on conflict (agent_id) do update set pool = excluded.pool, capacity = excluded.capacity,
       capacity_total = excluded.capacity_total, state = 'available',
       last_seen_at = greatest(agent_presence.last_seen_at, excluded.last_seen_at)
     returning ${PRESENCE}`,
    [agentId, given.pool, JSON.stringify(given.capacity), given.capacityTotal, given.now],
  );
  return rows[0] as Presence;
}

/** Seen now, and in the given state where one is given. null: the agent is not signed on. */
export async function touchPresence(
  sql: Sql,
  agentId: number,
  { now, state = null }: { readonly now: Date; readonly state?: PresenceState | null },
): Promise<Presence | null> {
  const { rows } = await sql.query<Presence>(
    `update agent_presence set last_seen_at = greatest(last_seen_at, $2),
       state = coalesce($3, state),
       free_since = case when state = 'aux' and $3 = 'available' then $2 else free_since end
     where agent_id = $1 returning ${PRESENCE}`,
    [agentId, now, state],
  );
  return rows[0] ?? null;
}

/** The agent has finished something: free since now, and seen. */
export async function freePresence(sql: Sql, agentId: number, now: Date): Promise<void> {
  await sql.query(
    `update agent_presence set free_since = $2, last_seen_at = greatest(last_seen_at, $2)
     where agent_id = $1`,
    [agentId, now],
  );
}

export async function deletePresence(sql: Sql, agentId: number): Promise<boolean> {
  const { rowCount } = await sql.query("delete from agent_presence where agent_id = $1", [agentId]);
  return (rowCount ?? 0) > 0;
}

/** Signs off everybody not seen since. Returns who. */
export async function deleteUnseenPresence(sql: Sql, lastSeen: Date): Promise<number[]> {
  const { rows } = await sql.query<{ agent_id: number }>(
    `delete from agent_presence where agent_id in (
       select agent_id from agent_presence where last_seen_at <= $1
       order by agent_id for update skip locked)
     returning agent_id`,
    [lastSeen],
  );
  return rows.map((row) => row.agent_id);
}
