/**
 * Tasks made from what happened, one statement each. A statement may run again over the same days:
 * a task is made once by its origin. The skill asked for is the one named like the queue, where
 * there is one; else anybody may take the task.
 */

import type { DayRange } from "../../domain/shared/vocabulary.ts";
import type { Sql } from "./sql.ts";

export interface MakeTasks {
  readonly days: DayRange;
  readonly now: Date;
  /** The promise: how long after the contact or ticket it is to be done. */
  readonly dueWithinSeconds: number;
  readonly expectedSeconds: number;
}

/** One lock for all that make tasks, so that two runs at once cannot both call a customer back. */
export async function lockTaskMaking(sql: Sql): Promise<void> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended('muster:make_tasks', 0))");
}

/**
 * A call-back to every known customer who hung up in the queue and has not been served since: one a
 * customer, for the latest time they hung up, unless one is open or was done after that.
 */
export async function insertCallBacks(sql: Sql, make: MakeTasks): Promise<number> {
  const { rowCount } = await sql.query(
    `insert into task (origin, kind, channel, site_id, queue_id, skill_id, due_at, expected_seconds,
       customer_key, contact_source_id, contact_external_id, not_before, created_at, detail)
     select 'contact:' || c.source_id || ':' || c.external_id, 'call_back', 'call', source.site_id,
       c.queue_id, skill.id, c.arrived_at + make_interval(secs => $4), $5, c.customer_key,
       c.source_id, c.external_id, $3, $3,
       jsonb_build_object('hungUpAt', c.arrived_at, 'waitedSeconds', c.wait_seconds)
     from (
       select distinct on (customer_key) * from contact
       where local_day >= $1 and local_day < $2
         and outcome = 'abandoned' and customer_key is not null
       order by customer_key, arrived_at desc, source_id, external_id
     ) c
     join source on source.id = c.source_id
     left join queue on queue.id = c.queue_id
     left join skill on skill.name = queue.name
     where not exists (
         select from contact later
         where later.customer_key = c.customer_key and later.arrived_at > c.arrived_at
           and later.outcome = 'handled')
       and not exists (
         select from task k
         where k.customer_key = c.customer_key and k.kind = 'call_back'
           and (k.state in ('waiting', 'offered', 'accepted') or k.done_at >= c.arrived_at))
     on conflict (origin) do nothing`,
    values(make),
  );
  return rowCount ?? 0;
}

/** One for each contact whose agent said that somebody still has to do something. */
export async function insertFollowUps(sql: Sql, make: MakeTasks): Promise<number> {
  const { rowCount } = await sql.query(
    `insert into task (origin, kind, channel, site_id, queue_id, skill_id, due_at, expected_seconds,
       customer_key, contact_source_id, contact_external_id, not_before, created_at, detail)
     select 'contact:' || c.source_id || ':' || c.external_id, 'follow_up', c.channel,
       source.site_id, c.queue_id, skill.id,
       coalesce(c.ended_at, c.arrived_at) + make_interval(secs => $4), $5,
       c.customer_key, c.source_id, c.external_id, $3, $3,
       jsonb_strip_nulls(jsonb_build_object('contactAt', c.arrived_at, 'reason', c.reason))
     from contact c
     join source on source.id = c.source_id
     left join queue on queue.id = c.queue_id
     left join skill on skill.name = queue.name
     where c.local_day >= $1 and c.local_day < $2 and c.follow_up
     on conflict (origin) do nothing`,
    values(make),
  );
  return rowCount ?? 0;
}

/** One for each ticket opened on these days (of its site) and still open. */
export async function insertTicketTasks(sql: Sql, make: MakeTasks): Promise<number> {
  const { rowCount } = await sql.query(
    `insert into task (origin, kind, channel, site_id, queue_id, skill_id, priority, due_at,
       expected_seconds, customer_key, not_before, created_at, detail)
     select 'ticket:' || t.source_id || ':' || t.external_id, 'ticket', 'ticket', source.site_id,
       t.queue_id, skill.id,
       case when lower(t.priority) in ('urgent', 'critical', 'highest', 'p1', '1') then 2
            when lower(t.priority) in ('high', 'p2', '2') then 1 else 0 end,
       t.opened_at + make_interval(secs => $4), $5, t.customer_key, $3, $3,
       jsonb_strip_nulls(jsonb_build_object(
         'ticket', t.external_id, 'openedAt', t.opened_at, 'reason', t.reason))
     from ticket t
     join source on source.id = t.source_id
     join site on site.id = source.site_id
     left join queue on queue.id = t.queue_id
     left join skill on skill.name = queue.name
     where t.closed_at is null
       and t.opened_at >= $1::date::timestamp at time zone site.zone
       and t.opened_at < $2::date::timestamp at time zone site.zone
     on conflict (origin) do nothing`,
    values(make),
  );
  return rowCount ?? 0;
}

/** Tickets closed by other hands: what still waits for them is not to be done any more. */
export async function cancelTasksOfClosedTickets(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(
    `update task set state = 'cancelled' from ticket t
     where task.kind = 'ticket' and task.state = 'waiting' and t.closed_at is not null
       and task.origin = 'ticket:' || t.source_id || ':' || t.external_id`,
  );
  return rowCount ?? 0;
}

function values(make: MakeTasks): unknown[] {
  return [make.days.from, make.days.to, make.now, make.dueWithinSeconds, make.expectedSeconds];
}
