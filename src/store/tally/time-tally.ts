/**
 * Agents' time, cut at the local midnights of the agent's site and added to each day it lies in.
 *
 * Where clocks go back over midnight (Havana, from 01:00 to 00:00) there are two: PostgreSQL gives
 * the second, the day begins with the first.
 */

import type { ClientBase } from "pg";
import { AGENT_STATES } from "../../domain/shared/vocabulary.ts";

/** The instant at which a local day begins. */
function midnight(localDay: string): string {
  const later = `((${localDay}) at time zone site.zone)`;
  const earlier = `(${later} - interval '1 hour')`;
  return `(case when ${earlier} at time zone site.zone = ${localDay} then ${earlier} else ${later} end)`;
}

/** Adds stretches of time. `states` yields `sign` and the columns of agent_state. */
export async function addAgentTime(client: ClientBase, states: string): Promise<void> {
  const names = AGENT_STATES.map((state) => `${state}_seconds`);
  const sums = AGENT_STATES.map(
    (state) => `coalesce(sum(sign * seconds) filter (where state = '${state}'), 0)
      as ${state}_seconds`,
  );
  await client.query(
    `insert into tally_agent_time as t (agent_id, local_day, ${names.join(", ")})
     select * from (
       select agent_id, local_day, ${sums.join(", ")}
       from (
         select s.sign, s.agent_id, s.state, d.local_day::date as local_day,
           (round(extract(epoch from
              least(s.ends_at, ${midnight("d.local_day + interval '1 day'")})))
            - round(extract(epoch from
              greatest(s.starts_at, ${midnight("d.local_day")}))))::bigint as seconds
         from (${states}) as s
         join agent on agent.id = s.agent_id
         join site on site.id = agent.site_id
         cross join lateral generate_series(
           date_trunc('day', s.starts_at at time zone site.zone),
           date_trunc('day', (s.ends_at - interval '1 microsecond') at time zone site.zone),
           interval '1 day') as d (local_day)) as pieces
       group by 1, 2) as added
     where ${names.map((name) => `${name} <> 0`).join(" or ")}
     order by agent_id, local_day
     on conflict (agent_id, local_day) do update set
       ${names.map((name) => `${name} = t.${name} + excluded.${name}`).join(", ")}`,
  );
}
