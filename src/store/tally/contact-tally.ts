/**
 * What a contact adds to the tallies by itself: to its agent's day, and to the quarter of an hour in
 * which it arrived at its queue. The rule stands here once; a late row and a full recount both use it.
 */

import type { ClientBase } from "pg";
import { SERVICE_THRESHOLDS } from "../../domain/shared/tally.ts";
import { addToAgentDay } from "./agent-day.ts";

const HANDLE = "(talk_seconds + hold_seconds + wrap_seconds)";

/** Sums of contacts of one outcome, which are dear; picking them by outcome afterwards is cheap. */
const OUTCOME_SUMS: Readonly<Record<string, string>> = {
  contacts: "sum(sign)",
  transferred: "sum(sign) filter (where transferred)",
  talk_seconds: "sum(sign * talk_seconds)",
  hold_seconds: "sum(sign * hold_seconds)",
  wrap_seconds: "sum(sign * wrap_seconds)",
  handle_seconds: `sum(sign * ${HANDLE})`,
  handle_seconds_squared: `sum(sign * ${HANDLE}::bigint * ${HANDLE})`,
  wait_seconds: "sum(sign * wait_seconds)",
};

const of = (outcome: string, sum: string): string =>
  `sum(${sum}) filter (where outcome = '${outcome}')`;

/** Measure of the agent-day tally to the sums it is made of. */
const AGENT_DAY_MEASURES: Readonly<Record<string, string>> = {
  contacts: "sum(contacts)",
  handled: of("handled", "contacts"),
  abandoned: of("abandoned", "contacts"),
  redirected: of("redirected", "contacts"),
  left_before_queue: of("left_before_queue", "contacts"),
  phantom: of("phantom", "contacts"),
  unfinished: of("unfinished", "contacts"),
  transferred: of("handled", "transferred"),
  talk_seconds: of("handled", "talk_seconds"),
  hold_seconds: of("handled", "hold_seconds"),
  wrap_seconds: of("handled", "wrap_seconds"),
  handle_seconds: of("handled", "handle_seconds"),
  handle_seconds_squared: of("handled", "handle_seconds_squared"),
  answered_wait_seconds: of("handled", "wait_seconds"),
  abandoned_wait_seconds: of("abandoned", "wait_seconds"),
};

const namedSums = (sums: Readonly<Record<string, string>>): string =>
  Object.entries(sums)
    .map(([name, expression]) => `coalesce(${expression}, 0) as ${name}`)
    .join(",\n");

/** Adds contacts to the agent-day tally. `contacts` yields `sign` and the columns of contact. */
export async function addContactsToAgentDay(client: ClientBase, contacts: string): Promise<void> {
  await addToAgentDay(
    client,
    Object.keys(AGENT_DAY_MEASURES),
    `select agent_id, local_day, queue_id, channel, assisted, ${namedSums(AGENT_DAY_MEASURES)}
     from (
       select coalesce(agent_id, 0) as agent_id, local_day, coalesce(queue_id, 0) as queue_id,
         channel, assisted, outcome, ${namedSums(OUTCOME_SUMS)}
       from (${contacts}) as c group by 1, 2, 3, 4, 5, 6) as outcomes
     group by 1, 2, 3, 4, 5`,
  );
}

function within(outcome: string): [string, string][] {
  const state = outcome === "answered" ? "handled" : "abandoned";
  return SERVICE_THRESHOLDS.map((seconds) => [
    `${outcome}_within_${seconds}s`,
    `sum(contacts) filter (where outcome = '${state}' and longest_wait <= ${seconds})`,
  ]);
}

const INTERVAL_MEASURES: Readonly<Record<string, string>> = {
  offered: "sum(contacts)",
  handled: "sum(contacts) filter (where outcome = 'handled')",
  abandoned: "sum(contacts) filter (where outcome = 'abandoned')",
  redirected: "sum(contacts) filter (where outcome = 'redirected')",
  handle_seconds: "sum(handle_seconds) filter (where outcome = 'handled')",
  answered_wait_seconds: "sum(wait_seconds) filter (where outcome = 'handled')",
  abandoned_wait_seconds: "sum(wait_seconds) filter (where outcome = 'abandoned')",
  ...Object.fromEntries(within("answered")),
  ...Object.fromEntries(within("abandoned")),
};

/** The upper bound of the class of waiting times a contact is in. */
const WAIT_CLASS = `case ${SERVICE_THRESHOLDS.map(
  (seconds) => `when wait_seconds <= ${seconds} then ${seconds}`,
).join(" ")} else 2147483647 end`;

/** Adds contacts to the interval tally. Only what was offered to a queue and has ended counts there. */
export async function addContactsToIntervals(client: ClientBase, contacts: string): Promise<void> {
  const names = Object.keys(INTERVAL_MEASURES);
  // Two steps, because twelve classes of waiting are dearer to test on each contact than on a count.
  await client.query(
    `insert into tally_interval as t (queue_id, channel, starts_at, local_day, ${names.join(", ")})
     select * from (
       select queue_id, channel, starts_at, local_day, ${namedSums(INTERVAL_MEASURES)}
       from (
         select coalesce(queue_id, 0) as queue_id, channel, local_day, outcome,
           date_bin('15 minutes', arrived_at, '2000-01-01T00:00Z') as starts_at,
           ${WAIT_CLASS} as longest_wait,
           sum(sign) as contacts, sum(sign * wait_seconds) as wait_seconds,
           sum(sign * ${HANDLE}) as handle_seconds
         from (${contacts}) as c
         where outcome in ('handled', 'abandoned', 'redirected')
         group by 1, 2, 3, 4, 5, 6) as classes
       group by 1, 2, 3, 4) as added
     where ${names.map((name) => `${name} <> 0`).join(" or ")}
     order by queue_id, channel, starts_at, local_day
     on conflict (queue_id, channel, starts_at, local_day) do update set
       ${names.map((name) => `${name} = t.${name} + excluded.${name}`).join(", ")}`,
  );
}
