/**
 * Tickets are made from their events, and counted: a hand-off where an event is by another agent than
 * the agent before it, to the one who handed over; a resolution to the agent of the last event that
 * resolved or closed the ticket, if nothing reopened it since.
 */

import type { ClientBase } from "pg";
import { addToAgentDay } from "./agent-day.ts";

const IN_ORDER = "partition by source_id, ticket_external_id order by at, external_id";

/** `tickets` selects (source_id, ticket id) of the tickets meant; null means every ticket. */
function eventsOf(tickets: string | null): string {
  return tickets === null ? "true" : `(source_id, ticket_external_id) in (${tickets})`;
}

/**
 * The events of some tickets with what each adds. `lag` sees only events that have an agent, so an
 * event of nobody in between does not hide a hand-off.
 */
function countedEvents(tickets: string | null, events = "ticket_event"): string {
  return `
    select source_id, ticket_external_id, local_day, queue_id, agent_id as to_agent, effect,
      lag(agent_id) over (${IN_ORDER}) as from_agent
    from ${events} as e where agent_id is not null and ${eventsOf(tickets)}`;
}

function settlingEvents(tickets: string | null, events = "ticket_event"): string {
  return `
    select distinct on (source_id, ticket_external_id) *
    from ${events} as e
    where effect is not null and effect <> 'opened' and ${eventsOf(tickets)}
    order by source_id, ticket_external_id, at desc, external_id desc`;
}

/** Adds the hand-offs and resolutions of some tickets, or of all, times `sign`. `events`: read as what. */
export async function addTickets(
  client: ClientBase,
  sign: 1 | -1,
  tickets: string | null,
  events = "ticket_event",
): Promise<void> {
  await addToAgentDay(
    client,
    ["hand_offs"],
    `select from_agent as agent_id, local_day, coalesce(queue_id, 0) as queue_id,
       'ticket'::channel as channel, false as assisted, ${sign} * count(*) as hand_offs
     from (${countedEvents(tickets, events)}) as e
     where from_agent is not null and to_agent <> from_agent
     group by 1, 2, 3`,
  );
  await addToAgentDay(
    client,
    ["tickets_resolved"],
    `select coalesce(agent_id, 0) as agent_id, local_day, coalesce(queue_id, 0) as queue_id,
       'ticket'::channel as channel, false as assisted, ${sign} * count(*) as tickets_resolved
     from (${settlingEvents(tickets, events)}) as e
     where effect <> 'reopened' group by 1, 2, 3`,
  );
}

/** Writes some tickets, or all, from their events. */
export async function writeTickets(client: ClientBase, tickets: string | null): Promise<void> {
  await client.query(
    `insert into ticket as t (source_id, external_id, opened_at, closed_at, agent_id, queue_id,
       customer_key, reason, priority, events, hand_offs)
     select e.source_id, e.ticket_external_id, min(e.at), max(settled.at),
       (array_agg(e.agent_id order by e.at desc, e.external_id desc)
          filter (where e.agent_id is not null))[1],
       (array_agg(e.queue_id order by e.at desc, e.external_id desc)
          filter (where e.queue_id is not null))[1],
       (array_agg(e.customer_key order by e.at, e.external_id)
          filter (where e.customer_key is not null))[1],
       (array_agg(e.reason order by e.at, e.external_id) filter (where e.reason is not null))[1],
       (array_agg(e.priority order by e.at desc, e.external_id desc)
          filter (where e.priority is not null))[1],
       count(*), coalesce(max(handed.hand_offs), 0)
     from (select * from ticket_event where ${eventsOf(tickets)}) as e
     left join (
       select source_id, ticket_external_id, count(*) as hand_offs
       from (${countedEvents(tickets)}) as counted
       where from_agent is not null and to_agent <> from_agent
       group by 1, 2) as handed using (source_id, ticket_external_id)
     left join (
       select * from (${settlingEvents(tickets)}) as last_word where effect <> 'reopened'
     ) as settled using (source_id, ticket_external_id)
     group by 1, 2
     order by 1, 2
     on conflict (source_id, external_id) do update set
       opened_at = excluded.opened_at, closed_at = excluded.closed_at,
       agent_id = excluded.agent_id, queue_id = excluded.queue_id,
       customer_key = excluded.customer_key, reason = excluded.reason,
       priority = excluded.priority, events = excluded.events, hand_offs = excluded.hand_offs`,
  );
}

/** A replaced event may have moved to another ticket and left its old one without any. */
export async function removeEmptyTickets(client: ClientBase, tickets: string): Promise<void> {
  await client.query(
    `delete from ticket as t
     where (t.source_id, t.external_id) in (${tickets})
       and not exists (select from ticket_event as e
         where e.source_id = t.source_id and e.ticket_external_id = t.external_id)`,
  );
}
