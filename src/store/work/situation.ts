/** What one dispatch decides from: who is free, and which waiting tasks those could take. */

import type { FreeAgent, WaitingTask } from "../../domain/dispatch/offer.ts";
import type { Channel, Pool } from "../../domain/shared/vocabulary.ts";
import type { Capacity } from "./presence.ts";
import { SITE_DAY, type Sql } from "./sql.ts";

/** True for the one dispatcher that may work until its transaction ends. */
export async function takeDispatchLock(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ taken: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('muster:dispatch', 0)) as taken",
  );
  return rows[0]?.taken === true;
}

/**
 * Available agents with room, in the order of their ids, with skills and rate as of today: a rate
 * of the agent before one of its party and kind, before one of its party. The rows are locked
 * against signing off until the transaction ends, so that nobody is offered work while leaving.
 * A person has one place, and the work in hand of all its names fills it.
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
             where o.agent_id in (select agent_id from person where person_id = p.agent_id)
               and o.state in ('offered', 'accepted')
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
     where p.state = 'available' and agent.joined_into is null
       and open.total < p.capacity_total
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

/**
 * Waiting tasks that some free agent may take, locked, most urgent first.
 *
 * Of every need (skill, channel, proficiency) the first `limit` are taken, not the first of all:
 * else work that nobody can do now would stand before work that somebody could. For the same reason
 * those that were declined a short while ago come on top of the limit.
 */
export async function waitingTasks(
  sql: Sql,
  given: {
    readonly agents: readonly FreeAgent[];
    readonly now: Date;
    readonly limit: number;
    readonly declinedSince: Date;
  },
): Promise<WaitingTask[]> {
  const offers = ableTo(given.agents);
  const { rows } = await sql.query<WaitingRow>(
    `with able as materialized (
       select coalesce(skill.id, 0) as skill_id, a.channel, a.best
       from unnest($1::text[], $2::channel[], $3::float8[]) as a(skill, channel, best)
       left join skill on skill.name = a.skill
       where a.skill is null or skill.id is not null),
     declined as materialized (
       select task_id, person_id as agent_id from assignment join person using (agent_id)
       where state = 'returned' and ended_at >= $6 and why ? 'declined'),
     need as materialized (
       select distinct coalesce(skill_id, 0) as skill_id, channel, min_proficiency
       from task where state = 'waiting' and not_before <= $4),
     picked as materialized (
       select first.id from need
       join able on able.skill_id = need.skill_id and able.channel = need.channel
         and able.best >= need.min_proficiency
       cross join lateral (
         select t.id from task t
         where t.state = 'waiting' and t.not_before <= $4
           and coalesce(t.skill_id, 0) = need.skill_id and t.channel = need.channel
           and t.min_proficiency = need.min_proficiency
         order by t.priority desc, t.due_at, t.id
         limit $5::int + (select count(*) from declined)) first)
     select t.id, t.channel, skill.name as skill, t.min_proficiency as "minProficiency", t.priority,
       t.due_at as "dueAt", t.expected_seconds as "expectedSeconds", t.created_at as "createdAt",
       array(select agent_id from declined where task_id = t.id) as "declinedBy"
     from task t join picked using (id) left join skill on skill.id = t.skill_id
     order by t.priority desc, t.due_at, t.id
     for no key update of t skip locked`,
    [
      offers.map((offer) => offer.skill),
      offers.map((offer) => offer.channel),
      offers.map((offer) => offer.best),
      given.now,
      given.limit,
      given.declinedSince,
    ],
  );
  return rows.map(({ createdAt, dueAt, ...row }) => ({
    ...row,
    dueAt: dueAt === null ? null : dueAt.getTime(),
    waitingSince: createdAt.getTime(),
  }));
}

type WaitingRow = Omit<WaitingTask, "dueAt" | "waitingSince"> & {
  readonly createdAt: Date;
  readonly dueAt: Date | null;
};

/**
 * The best proficiency free in each skill and channel; a null skill stands for "none asked for".
 */
function ableTo(agents: readonly FreeAgent[]) {
  const able = new Map<string, { skill: string | null; channel: string; best: number }>();
  for (const agent of agents) {
    const skills: [string | null, number][] = [[null, 1], ...Object.entries(agent.skills)];
    for (const [channel, room] of Object.entries(agent.room)) {
      if (room < 1) continue;
      for (const [skill, proficiency] of skills) {
        const key = JSON.stringify([skill, channel]);
        const best = Math.max(able.get(key)?.best ?? 0, proficiency);
        able.set(key, { skill, channel, best });
      }
    }
  }
  return [...able.values()];
}
