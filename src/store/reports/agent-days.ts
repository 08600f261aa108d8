/**
 * Report: each person's worked days as one measure sums them, for estimates of spread. People only; names
 * that were joined are one person. `adopted` is the day an assistant first came to the person's side.
 */

import { type SQL, sql } from "drizzle-orm";
import type { Day } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import type { AgentFigureScope } from "./agent-figures.ts";
import { agentCondition, MEMBERSHIP_OF_THE_DAY, PERSON, queueCondition } from "./scope.ts";

/** What is summed by day: the parts, what they are divided by, and the squares of single values. */
export type AgentDayMeasure = "handling" | "satisfaction" | "resolution" | "on_task" | "active";

export interface PersonDay {
  /** Of the API. */
  readonly agent: string;
  readonly day: Day;
  readonly adopted: Day | null;
  readonly part: number;
  readonly whole: number;
  readonly squares: number;
}

interface Columns {
  readonly part: SQL;
  readonly whole: SQL;
  readonly squares: SQL;
}

const NOTHING = sql`0::float8`;

/** Repeats are known once their window has passed. */
const columnsOf = (measure: AgentDayMeasure, asOf: Day): Columns => {
  const watched = sql`filter (where t.local_day + 7 < ${asOf}::date)`;
  const known = sql`coalesce(sum(customer_known) ${watched}, 0)`;
  const resolved = sql`${known} - coalesce(sum(repeated_7d) ${watched}, 0)`;
  const handled = sql`sum(handled)`;
  const measures: Readonly<Record<AgentDayMeasure, Columns>> = {
    handling: {
      part: sql`sum(handle_seconds)`,
      whole: handled,
      squares: sql`sum(handle_seconds_squared)`,
    },
    satisfaction: {
      part: sql`sum(survey_milli_points) / 1000.0`,
      whole: sql`sum(surveys)`,
      squares: sql`sum(survey_milli_points_squared) / 1e6`,
    },
    resolution: { part: resolved, whole: known, squares: resolved },
    on_task: { part: handled, whole: sql`sum(handle_seconds) / 3600.0`, squares: NOTHING },
    // Hours of agents' time know no queue: they are joined to the day, not summed with it.
    active: { part: handled, whole: NOTHING, squares: NOTHING },
  };
  return measures[measure];
};

const ACTIVE_TIME = sql`
  select ${PERSON} as agent_id, t.local_day,
    sum(t.signed_on_seconds - t.available_seconds) / 3600.0 as hours
  from tally_agent_time as t where t.signed_on_seconds > 0 group by 1, 2`;

/** In the order of person and day. Days with nothing to divide by are left out. */
export async function agentDays(
  db: Queryable,
  scope: AgentFigureScope,
  measure: AgentDayMeasure,
): Promise<PersonDay[]> {
  const { part, whole, squares } = columnsOf(measure, scope.asOf);
  const hours = measure === "active" ? sql`time.hours` : sql`d.whole`;
  const join =
    measure === "active"
      ? sql`join (${ACTIVE_TIME}) as time
          on time.agent_id = d.agent_id and time.local_day = d.local_day`
      : sql``;
  const { rows } = await db.execute<PersonDay & Record<string, unknown>>(sql`
    select agent.uuid as agent, d.local_day::text as day, adopted.day::text as adopted,
      d.part, ${hours}::float8 as whole, d.squares
    from (
      select ${PERSON} as agent_id, t.local_day, (${part})::float8 as part,
        (${whole})::float8 as whole, (${squares})::float8 as squares
      from tally_agent_day as t ${MEMBERSHIP_OF_THE_DAY}
      where ${agentCondition(scope)} and ${queueCondition(scope)} and t.agent_id <> 0
      group by 1, 2) as d
    ${join}
    join agent on agent.id = d.agent_id and agent.kind = 'human'
    left join (
      select person.person_id, min(adoption.from_day) as day
      from adoption join person on person.agent_id = adoption.agent_id
      group by 1) as adopted on adopted.person_id = d.agent_id
    where ${hours} > 0
    order by agent.uuid, d.local_day`);
  return rows;
}
