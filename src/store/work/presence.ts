/** Agents: who they are, who is signed on, and how much room each has left. */

import type { FreeAgent } from "../../domain/dispatch/offer.ts";
import type { AgentKind, Channel, Pool } from "../../domain/shared/vocabulary.ts";
import { SITE_DAY, type Sql } from "./sql.ts";

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

export async function findAgent(sql: Sql, uuid: string): Promise<AgentName | null> {
  const { rows } = await sql.query<AgentName>(
    "select id, uuid, name, kind from agent where uuid = $1",
    [uuid],
  );
  return rows[0] ?? null;
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

/** Skills hold from the day it is at the agent's site; what held before ends on that day. */
export async function writeSkills(
  sql: Sql,
  agentId: number,
  given: { readonly skills: Readonly<Record<string, number>>; readonly now: Date },
): Promise<void> {
  const names = Object.keys(given.skills);
  const values = [given.now, agentId, names, Object.values(given.skills)];
  await sql.query("insert into skill (name) select unnest($1::text[]) on conflict do nothing", [
    names,
  ]);
  // A skill that began today is changed in place; one that is no longer named and began today goes.
  await sql.query(
    `with given as (
       select skill.id, g.proficiency from unnest($3::text[], $4::float8[]) as g(name, proficiency)
       join skill using (name)),
     today as (select ${SITE_DAY} as day from agent join site on site.id = agent.site_id
       where agent.id = $2),
     other as (
       select a.skill_id, a.from_day from agent_skill a cross join today
       left join given on given.id = a.skill_id
       where a.agent_id = $2 and (a.to_day is null or a.to_day > today.day)
         and a.from_day <= today.day and given.proficiency is distinct from a.proficiency),
     gone as (
       delete from agent_skill a using other, today
       where a.agent_id = $2 and (a.skill_id, a.from_day) = (other.skill_id, other.from_day)
         and a.from_day = today.day)
     update agent_skill a set to_day = today.day from other, today
     where a.agent_id = $2 and (a.skill_id, a.from_day) = (other.skill_id, other.from_day)
       and a.from_day < today.day`,
    values,
  );
  await sql.query(
    `insert into agent_skill (agent_id, skill_id, proficiency, from_day, to_day)
     select $2, skill.id, g.proficiency, ${SITE_DAY},
       (select min(next.from_day) from agent_skill next
        where next.agent_id = $2 and next.skill_id = skill.id and next.from_day > ${SITE_DAY})
     from unnest($3::text[], $4::float8[]) as g(name, proficiency)
     join skill using (name) join agent on agent.id = $2 join site on site.id = agent.site_id
     where not exists (
       select from agent_skill a where a.agent_id = $2 and a.skill_id = skill.id
         and a.from_day <= ${SITE_DAY} and (a.to_day is null or a.to_day > ${SITE_DAY}))`,
    values,
  );
}

/** Skills as of the day it is at the agent's site, by name. */
export async function readSkills(
  sql: Sql,
  agentId: number,
  now: Date,
): Promise<Record<string, number>> {
  const { rows } = await sql.query<{ name: string; proficiency: number }>(
    `select skill.name, a.proficiency from agent_skill a
     join skill on skill.id = a.skill_id
     join agent on agent.id = a.agent_id join site on site.id = agent.site_id
     where a.agent_id = $2 and a.from_day <= ${SITE_DAY}
       and (a.to_day is null or a.to_day > ${SITE_DAY}) order by skill.name`,
    [now, agentId],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.proficiency]));
}

/**
 * Available agents with room, in the order of their ids, with skills and rate as of today: a rate of
 * the agent before one of its party and kind, before one of its party. The rows are locked against
 * signing off until the transaction ends, so that nobody is offered work while leaving.
 */
export async function freeAgents(sql: Sql, now: Date): Promise<FreeAgent[]> {
  const { rows } = await sql.query<FreeRow>(
    `select p.agent_id as id, p.pool, p.capacity, p.capacity_total as "capacityTotal",
       p.free_since as "freeSince", open.total, open.by_channel as "openByChannel",
       coalesce(skills.list, '{}') as skills, coalesce(rate.per_hour, 0)::float8 as "costPerHour",
       coalesce(rate.per_contact, 0)::float8 as "costPerTask"
     from agent_presence p
     join agent on agent.id = p.agent_id
     join site on site.id = agent.site_id
     cross join lateral (select ${SITE_DAY} as day) today
     cross join lateral (
       select coalesce(sum(n), 0)::int as total, jsonb_object_agg(channel, n)
           filter (where n > 0) as by_channel
       from (select task.channel, count(*)::int as n from assignment o
             join task on task.id = o.task_id
             where o.agent_id = p.agent_id and o.state in ('offered', 'accepted')
             group by task.channel) of_channel
     ) open
     left join lateral (
       select jsonb_object_agg(skill.name, s.proficiency) as list
       from agent_skill s join skill on skill.id = s.skill_id
       where s.agent_id = p.agent_id and s.from_day <= today.day
         and (s.to_day is null or s.to_day > today.day)
     ) skills on true
     left join lateral (
       select r.per_hour, r.per_contact from cost_rate r
       left join membership m on m.agent_id = p.agent_id and m.from_day <= today.day
         and (m.to_day is null or m.to_day > today.day)
       left join team on team.id = m.team_id
       where r.from_day <= today.day and (r.to_day is null or r.to_day > today.day)
         and (r.agent_id = p.agent_id or (r.agent_id is null and r.party_id = team.party_id
           and (r.agent_kind is null or r.agent_kind = agent.kind)))
       order by r.agent_id nulls last, r.agent_kind nulls last, r.from_day desc, r.id limit 1
     ) rate on true
     where p.state = 'available' and open.total < p.capacity_total
     order by p.agent_id
     for key share of p`,
    [now],
  );
  return rows.map(freeAgent);
}

interface FreeRow {
  id: number;
  pool: Pool;
  capacity: Capacity;
  capacityTotal: number;
  freeSince: Date;
  total: number;
  openByChannel: Capacity | null;
  skills: Record<string, number>;
  costPerHour: number;
  costPerTask: number;
}

function freeAgent(row: FreeRow): FreeAgent {
  const room = Object.entries(row.capacity).map(([channel, most]) => {
    const open = row.openByChannel?.[channel as Channel] ?? 0;
    return [channel, Math.max(0, most - open)];
  });
  return {
    id: row.id,
    pool: row.pool,
    skills: row.skills,
    room: Object.fromEntries(room),
    roomInAll: row.capacityTotal - row.total,
    costPerHour: row.costPerHour,
    costPerTask: row.costPerTask,
    freeSince: row.freeSince.getTime(),
  };
}
