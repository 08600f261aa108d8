/**
 * The live picture: queues with their tasks, who is signed on, and the latest assignments. Joined names
 * are one person, here as in every report.
 */

import type { AgentKind, Pool } from "../../domain/shared/vocabulary.ts";
import type { AssignmentState } from "./assignments.ts";
import { SITE_DAY, type Sql } from "./sql.ts";

/** Whose agents and assignments are seen. Both null: everybody's. */
export interface LiveScope {
  readonly partyId: number | null;
  readonly agentId: number | null;
}

export interface LiveQueue {
  readonly id: string | null;
  readonly name: string;
  readonly waiting: number;
  readonly oldestWaitingSeconds: number | null;
  readonly overdue: number;
  readonly inWork: number;
  readonly doneLastHour: number;
  /** The last 60 minutes, oldest first. */
  readonly doneByMinute: readonly number[];
}

export interface LiveAgent {
  readonly id: string;
  readonly name: string;
  readonly kind: AgentKind;
  readonly pool: Pool;
  readonly state: "free" | "offered" | "working" | "aux";
  readonly inWork: number;
  readonly capacity: number;
}

export interface LiveAssignment {
  readonly id: string;
  readonly task: string;
  readonly kind: string;
  readonly queue: string | null;
  readonly agent: string;
  readonly agentUuid: string;
  readonly pool: Pool | null;
  readonly state: AssignmentState;
  readonly at: Date;
  readonly why: Readonly<Record<string, unknown>>;
}

const MINUTES = 60;
const LATEST = 50;

/** Queues of the organisation, and any other with work or with something done in the last hour. */
export async function liveQueues(sql: Sql, now: Date): Promise<LiveQueue[]> {
  const { rows } = await sql.query<QueueRow>(
    `with waiting as (
       select queue_id, count(*)::int as n, min(created_at) as oldest,
         (count(*) filter (where due_at < $1))::int as overdue
       from task where state = 'waiting' and not_before <= $1 group by queue_id),
     working as (
       select task.queue_id, count(*)::int as n
       from assignment a join task on task.id = a.task_id
       where a.state in ('offered', 'accepted') group by task.queue_id),
     minutes as (
       select queue_id, floor(extract(epoch from $1 - done_at) / 60)::int as ago, count(*)::int as n
       from task where state = 'done' and done_at > $1 - interval '1 hour' and done_at <= $1
       group by queue_id, ago),
     done as (
       select queue_id, sum(n)::int as n, jsonb_object_agg(ago, n) as by_minute
       from minutes group by queue_id),
     seen as (
       select queue_id from waiting union select queue_id from working
       union select queue_id from done union select id from queue where registered)
     select queue.uuid as id, queue.name, coalesce(waiting.n, 0) as waiting,
       extract(epoch from $1 - waiting.oldest)::float8 as oldest,
       coalesce(waiting.overdue, 0) as overdue, coalesce(working.n, 0) as working,
       coalesce(done.n, 0) as done, done.by_minute as "byMinute"
     from seen
     left join queue on queue.id = seen.queue_id
     left join waiting on waiting.queue_id is not distinct from seen.queue_id
     left join working on working.queue_id is not distinct from seen.queue_id
     left join done on done.queue_id is not distinct from seen.queue_id
     order by queue.name nulls last, queue.id`,
    [now],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? "",
    waiting: row.waiting,
    oldestWaitingSeconds: row.oldest === null ? null : Math.max(0, Math.round(row.oldest)),
    overdue: row.overdue,
    inWork: row.working,
    doneLastHour: row.done,
    doneByMinute: Array.from(
      { length: MINUTES },
      (_, minute) => row.byMinute?.[String(MINUTES - 1 - minute)] ?? 0,
    ),
  }));
}

interface QueueRow {
  id: string | null;
  name: string | null;
  waiting: number;
  oldest: number | null;
  overdue: number;
  working: number;
  done: number;
  byMinute: Record<string, number> | null;
}

/** SQL that holds for the persons of a scope: $1 now, $2 the party, $3 the agent. */
const IN_SCOPE = `($3::int is null
  or agent.id = (select person_id from person where person.agent_id = $3)) and ($2::int is null or exists (
  select from membership m join team on team.id = m.team_id join site on site.id = agent.site_id
  where m.agent_id = agent.id and team.party_id = $2
    and m.from_day <= ${SITE_DAY} and (m.to_day is null or m.to_day > ${SITE_DAY})))`;

const OPEN = `with open as (
  select person_id, (count(*) filter (where state = 'accepted'))::int as accepted,
    (count(*) filter (where state = 'offered'))::int as offered
  from assignment join person using (agent_id)
  where state in ('offered', 'accepted') group by person_id)`;
const STATE = `case when p.state = 'aux' then 'aux' when open.accepted > 0 then 'working'
  when open.offered > 0 then 'offered' else 'free' end`;
const SIGNED_ON = `from agent_presence p join agent on agent.id = p.agent_id
  left join open on open.person_id = p.agent_id
  where $1::timestamptz is not null and agent.joined_into is null and ${IN_SCOPE}`;

/** The first so many by name; null: all. */
export async function liveAgents(
  sql: Sql,
  now: Date,
  scope: LiveScope,
  most: number | null = null,
): Promise<LiveAgent[]> {
  const { rows } = await sql.query<LiveAgent>(
    `${OPEN}
     select agent.uuid as id, agent.name, agent.kind, p.pool, ${STATE} as state,
       coalesce(open.accepted + open.offered, 0) as "inWork", p.capacity_total as capacity
     ${SIGNED_ON}
     order by agent.name, agent.id limit $4`,
    [now, scope.partyId, scope.agentId, most],
  );
  return rows;
}

export interface PoolState {
  readonly pool: Pool;
  readonly state: LiveAgent["state"];
  readonly agents: number;
}

/** How many of each pool are in each state, listed or not. */
export async function poolStates(sql: Sql, now: Date, scope: LiveScope): Promise<PoolState[]> {
  const { rows } = await sql.query<PoolState>(
    `${OPEN} select p.pool, ${STATE} as state, count(*)::int as agents ${SIGNED_ON} group by 1, 2`,
    [now, scope.partyId, scope.agentId],
  );
  return rows;
}

/** The latest, newest first. `at` is when it came into the state it is in. */
export async function liveAssignments(
  sql: Sql,
  now: Date,
  scope: LiveScope,
): Promise<LiveAssignment[]> {
  const { rows } = await sql.query<LiveAssignment>(
    `select a.id, a.task_id as task, task.kind, queue.name as queue, agent.name as agent,
       agent.uuid as "agentUuid", p.pool, a.state,
       coalesce(a.ended_at, a.accepted_at, a.offered_at) as at, a.why
     from assignment a join person on person.agent_id = a.agent_id
     join agent on agent.id = person.person_id join task on task.id = a.task_id
     left join queue on queue.id = task.queue_id
     left join agent_presence p on p.agent_id = agent.id
     where $1::timestamptz is not null and ${IN_SCOPE}
     order by a.offered_at desc, a.id desc limit ${LATEST}`,
    [now, scope.partyId, scope.agentId],
  );
  return rows;
}
