/**
 * Was the customer back? A handled contact is repeated within W days when the same customer began
 * another conversation, on any channel, later and at most W × 24 hours after it arrived. Of two that
 * began at the same moment neither repeats the other: which came first nobody can tell.
 *
 * A new contact changes the past: it can make an earlier contact of its customer repeated. So the
 * change is made per customer: with all contacts of each customer touched, as it was and as it becomes.
 * Contacts of unknown customers and phantoms take no part; further legs of one conversation repeat nothing.
 */

import type { ClientBase } from "pg";
import { REPEAT_WINDOWS } from "../../domain/shared/tally.ts";
import { addToAgentDay } from "./agent-day.ts";

const MEASURES = ["customer_known", ...REPEAT_WINDOWS.map((days) => `repeated_${days}d`)];

/** The time of the next conversation's first leg, seen from each contact; `state` is `was` or `becomes`. */
function nextConversation(state: string): string {
  return `min(arrived_at) filter (where ${state} and leg = 1) over later as next_${state}`;
}

function repeated(days: number): string {
  const within = (state: string) =>
    `(${state} and coalesce(next_${state} <= arrived_at + interval '${days * 24} hours', false))::int`;
  return `sum(${within("becomes")} - ${within("was")}) as repeated_${days}d`;
}

/** In a `case`: what the planner can look into it takes to be rare, and sorts where it should hash. */
const CHANGED = `case when outcome = 'handled'
  then was <> becomes or next_was is distinct from next_becomes else false end`;

/**
 * Adds the change in repeats. `contacts` yields the columns of contact of every contact of each
 * customer concerned, and the flags `was` (counted until now) and `becomes` (counted from now on).
 */
export async function addRepeats(client: ClientBase, contacts: string): Promise<void> {
  await addToAgentDay(
    client,
    MEASURES,
    `select coalesce(agent_id, 0) as agent_id, local_day, coalesce(queue_id, 0) as queue_id,
       channel, assisted, sum(becomes::int - was::int) as customer_known,
       ${REPEAT_WINDOWS.map(repeated).join(",\n")}
     from (
       select *, ${nextConversation("was")}, ${nextConversation("becomes")}
       from (${contacts}) as c
       window later as (partition by customer_key order by arrived_at desc
         groups between unbounded preceding and 1 preceding)) as journeys
     where ${CHANGED}
     group by 1, 2, 3, 4, 5`,
  );
}

/** Contacts that take part in repeats. */
export const IN_JOURNEY = "customer_key is not null and outcome <> 'phantom'";

const JOURNEY_COLUMNS = `customer_key, arrived_at, agent_id, local_day, queue_id, channel, assisted,
  leg, outcome`;

const LONGEST_WINDOW = `interval '${Math.max(...REPEAT_WINDOWS) * 24} hours'`;

/**
 * The journeys that changed contacts have to do with: what was there before, less what is replaced,
 * and what comes. A query; it holds until the transaction ends.
 *
 * Of a customer's earlier contacts only those within the longest window of a change can matter: of one
 * before that, the next conversation is too far away to be a repeat, before and after alike. Who is
 * concerned goes to a table of its own, so that the planner knows how many they are: a few are looked
 * up by index, many in a small store hashed.
 */
export async function changedJourneys(
  client: ClientBase,
  { newRows, oldRows, before }: { newRows: string; oldRows: string | null; before: string },
): Promise<string> {
  const changed = (rows: string) => `select customer_key, arrived_at from ${rows} as t
    where ${IN_JOURNEY}`;
  const all =
    oldRows === null ? changed(newRows) : `${changed(newRows)} union all ${changed(oldRows)}`;
  await client.query(
    `create temporary table if not exists touched_customer
       (customer bigint, from_at timestamptz, to_at timestamptz) on commit delete rows`,
  );
  await client.query(
    `insert into touched_customer
     select customer_key, min(arrived_at) - ${LONGEST_WINDOW}, max(arrived_at) + ${LONGEST_WINDOW}
     from (${all}) as changed group by customer_key`,
  );
  const stays =
    oldRows === null
      ? "true"
      : `not exists (select from ${oldRows} as o
           where o.source_id = c.source_id and o.external_id = c.external_id)`;
  return `select ${JOURNEY_COLUMNS}, true as was, ${stays} as becomes
    from touched_customer join ${before} as c on customer_key = customer and outcome <> 'phantom'
      and arrived_at >= from_at and arrived_at <= to_at
    union all
    select ${JOURNEY_COLUMNS}, false, true from ${newRows} as n where ${IN_JOURNEY}`;
}

/** Every journey there is, as in a full recount. */
export const ALL_JOURNEYS = `select ${JOURNEY_COLUMNS}, false as was, true as becomes
  from contact where ${IN_JOURNEY}`;
