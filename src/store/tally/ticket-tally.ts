/**
 * Tickets are made from their events, and counted: a hand-off where an event is by another person than
 * the one before it, to the name under which it was handed over; a resolution to the agent of the last
 * event that resolved or closed the ticket, if nothing reopened it since.
 */

import type { ClientBase } from "pg";
import { lockFacts } from "../import/locks.ts";
import { addToAgentDay, notOnlyZeros } from "./agent-day.ts";

const IN_ORDER = "partition by source_id, ticket_external_id order by at, external_id";

/** `tickets` selects (source_id, ticket id) of the tickets meant; null means every ticket. */
function eventsOf(tickets: string | null): string {
  return tickets === null ? "true" : `(source_id, ticket_external_id) in (${tickets})`;
}

/**
 * The events of some tickets with what each adds. `lag` sees only events that have an agent, so an
 * event of nobody in between does not hide a hand-off. Two names of one person hand nothing over.
 */
function countedEvents(tickets: string | null, events = "ticket_event"): string {
  return `
    select source_id, ticket_external_id, local_day, queue_id, effect, person_id as to_person,
      lag(agent_id) over (${IN_ORDER}) as from_agent,
      lag(person_id) over (${IN_ORDER}) as from_person
    from ${events} as e join person using (agent_id) where ${eventsOf(tickets)}`;
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
     where to_person <> from_person
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
       where to_person <> from_person
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

/**
 * Makes a change to who is whose name, and counts the tickets of that name again: taken away as they
 * were, added as they are. Waits for whoever counts.
 */
export async function whileRenaming<T>(
  client: ClientBase,
  agentId: number,
  change: () => Promise<T>,
): Promise<T> {
  await lockFacts(client);
  await client.query(
    `create temporary table renamed_ticket (source_id integer, ticket_external_id text)
     on commit drop`,
  );
  await client.query(
    `insert into renamed_ticket
     select distinct source_id, ticket_external_id from ticket_event where agent_id = $1`,
    [agentId],
  );
  const tickets = "table renamed_ticket";
  await addTickets(client, -1, tickets);
  const changed = await change();
  await addTickets(client, 1, tickets);
  await writeTickets(client, tickets);
  // A cell that held only a hand-off between the two would stay as a day without anything.
  await client.query(
    `delete from tally_agent_day where not (${await notOnlyZeros(client, "tally_agent_day")})
       and agent_id in (select agent_id from ticket_event where ${eventsOf(tickets)})`,
  );
  return changed;
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
