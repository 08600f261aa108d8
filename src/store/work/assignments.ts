/**
 * Assignments: the ledger of who was offered what, and how it went. Rows are never deleted, and keep the
 * name they were offered to; they are read as the person's, whose name that is.
 */

import type { Offer } from "../../domain/dispatch/offer.ts";
import type { Channel } from "../../domain/shared/vocabulary.ts";
import type { Sql } from "./sql.ts";

export type AssignmentState = "offered" | "accepted" | "done" | "returned" | "expired";

export interface Assignment {
  readonly id: string;
  readonly taskId: string;
  readonly agentId: number;
  readonly agent: string;
  readonly state: AssignmentState;
  readonly expectedCost: number;
  readonly why: Readonly<Record<string, unknown>>;
  readonly offeredAt: Date;
  readonly acceptedAt: Date | null;
  readonly endedAt: Date | null;
  readonly leaseUntil: Date;
  readonly kind: string;
  readonly channel: Channel;
  readonly queue: string | null;
  readonly skill: string | null;
  readonly priority: number;
  readonly dueAt: Date | null;
  readonly expectedSeconds: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Processes' clocks differ a little; the ledger's instants still follow one another, here and
 * below: nothing is offered before the last owner's time ended, nor ended before it began.
 */
export async function insertOffers(
  sql: Sql,
  offers: readonly Offer[],
  { now, leaseUntil }: { readonly now: Date; readonly leaseUntil: Date },
): Promise<void> {
  await sql.query(
    `insert into assignment (task_id, agent_id, expected_cost, why, offered_at, lease_until)
     select "taskId", "agentId", "expectedCost", why, greatest($2::timestamptz,
       (select max(ended_at) from assignment earlier where earlier.task_id = "taskId")), $3
     from jsonb_to_recordset($1) as o("taskId" uuid, "agentId" integer, "expectedCost" float8,
       why jsonb)`,
    [JSON.stringify(offers), now, leaseUntil],
  );
}

const SELECT = `select a.id, a.task_id as "taskId", agent.id as "agentId", agent.uuid as agent,
    a.state, a.expected_cost as "expectedCost", a.why, a.offered_at as "offeredAt",
    a.accepted_at as "acceptedAt", a.ended_at as "endedAt", a.lease_until as "leaseUntil",
    task.kind, task.channel, queue.name as queue, skill.name as skill, task.priority,
    task.due_at as "dueAt", task.expected_seconds as "expectedSeconds", task.detail
  from assignment a join person on person.agent_id = a.agent_id
  join agent on agent.id = person.person_id join task on task.id = a.task_id
  left join queue on queue.id = task.queue_id left join skill on skill.id = task.skill_id`;

/** The assignment, and nobody else changes it until the transaction ends. */
export async function lockAssignment(sql: Sql, id: string): Promise<Assignment | null> {
  const { rows } = await sql.query<Assignment>(`${SELECT} where a.id = $1 for update of a`, [id]);
  return rows[0] ?? null;
}

export async function findAssignment(sql: Sql, id: string): Promise<Assignment | null> {
  const { rows } = await sql.query<Assignment>(`${SELECT} where a.id = $1`, [id]);
  return rows[0] ?? null;
}

/** All names of the person who is the agent of a parameter. */
const NAMES_OF = (parameter: string) =>
  `(select agent_id from person where person_id = ${parameter})`;

/** Offered and accepted ones of a person, oldest first. */
export async function openAssignments(sql: Sql, agentId: number): Promise<Assignment[]> {
  const { rows } = await sql.query<Assignment>(
    `${SELECT} where a.agent_id in ${NAMES_OF("$1")} and a.state in ('offered', 'accepted')
     order by a.offered_at, a.id`,
    [agentId],
  );
  return rows;
}

/** All there ever were of a task, oldest first. */
export async function assignmentsOfTask(sql: Sql, taskId: string): Promise<Assignment[]> {
  const { rows } = await sql.query<Assignment>(
    `${SELECT} where a.task_id = $1 order by a.offered_at, a.id`,
    [taskId],
  );
  return rows;
}

export async function markAccepted(
  sql: Sql,
  id: string,
  { now, leaseUntil }: { readonly now: Date; readonly leaseUntil: Date },
): Promise<void> {
  await sql.query(
    `update assignment set state = 'accepted', accepted_at = greatest($2, offered_at),
       lease_until = $3 where id = $1`,
    [id, now, leaseUntil],
  );
}

/** `note` is kept beside the reasons in `why`. */
export async function markEnded(
  sql: Sql,
  id: string,
  end: {
    readonly state: "done" | "returned";
    readonly now: Date;
    readonly note: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await sql.query(
    `update assignment set state = $2, ended_at = greatest($3, accepted_at, offered_at),
       why = why || $4 where id = $1`,
    [id, end.state, end.now, JSON.stringify(end.note)],
  );
}

/** Work in hand keeps its owner for as long as the owner is heard of. */
export async function extendLeases(sql: Sql, agentId: number, leaseUntil: Date): Promise<void> {
  await sql.query(
    `update assignment set lease_until = $2
     where agent_id in ${NAMES_OF("$1")} and state = 'accepted' and lease_until < $2`,
    [agentId, leaseUntil],
  );
}

export interface Ended {
  readonly taskId: string;
  /** The person who had it. */
  readonly agentId: number;
}

const ENDED = `task_id as "taskId",
  (select person_id from person where person.agent_id = assignment.agent_id) as "agentId"`;

/** Open ones whose lease is over. Those being changed at this moment are left to the next sweep. */
export async function expireLeases(sql: Sql, now: Date): Promise<Ended[]> {
  const { rows } = await sql.query<Ended>(
    `update assignment set state = 'expired',
       ended_at = greatest($1, accepted_at, offered_at) where id in (
       select id from assignment where state in ('offered', 'accepted') and lease_until <= $1
       order by id for update skip locked)
     returning ${ENDED}`,
    [now],
  );
  return rows;
}

/** Offers to agents who signed off. What they had accepted keeps its lease. */
export async function returnOffers(
  sql: Sql,
  agentIds: readonly number[],
  now: Date,
): Promise<Ended[]> {
  const { rows } = await sql.query<Ended>(
    `update assignment set state = 'returned', ended_at = greatest($2, offered_at),
       why = why || '{"signedOff": true}'
     where id in (
       select id from assignment join person using (agent_id)
       where person_id = any($1) and state = 'offered'
       order by id for update of assignment)
     returning ${ENDED}`,
    [agentIds, now],
  );
  return rows;
}
