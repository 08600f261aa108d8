/**
 * Report: each agent's sums, in all or by week, for figures with an interval.
 *
 * Days are summed inside the database: the ratio estimator of a rate needs only sums over days of the
 * counts, the seconds, their squares and their product, so an agent is one row however long the period.
 */

import { type SQL, sql } from "drizzle-orm";
import type { DayRatioSums } from "../../domain/shared/tally.ts";
import type { AgentKind, Day } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../connection.ts";
import { eachRow } from "../row-stream.ts";
import {
  ALONE,
  agentCondition,
  membershipOf,
  type NamesRead,
  namesAsked,
  queueCondition,
  type ReportScope,
  TOGETHER,
} from "./scope.ts";

export interface AgentFigureSums {
  readonly agentId: number;
  readonly uuid: string;
  readonly name: string;
  readonly kind: AgentKind;
  /** The party of the agent's last day in the period. */
  readonly party: string | null;
  /** Monday of the week; null when the report is not by week. */
  readonly week: Day | null;
  readonly handled: number;
  readonly handleSeconds: number;
  readonly handleSecondsSquared: number;
  readonly surveys: number;
  readonly surveyMilliPoints: number;
  readonly surveyMilliPointsSquared: number;
  readonly customerKnown: number;
  readonly repeated: number;
  /** Handled by hours signed on less available. Null when the scope names queues or channels. */
  readonly active: DayRatioSums;
  /** Handled by hours of talk, hold and wrap-up. */
  readonly onTask: DayRatioSums;
}

export type AgentFigureScope = ReportScope & { readonly asOf: Day };

/**
 * Hands on the sums of each agent and keeps none: there may be very many. `withWeeks`, those of each week
 * come beside those of all, whose week is null: days are looked up and summed once for both.
 */
export async function eachAgentFigure(
  store: Store,
  scope: AgentFigureScope,
  withWeeks: boolean,
  take: (sums: AgentFigureSums) => void,
): Promise<void> {
  const statement = sql`
    select figures.*, agent.uuid, agent.name, agent.kind, party.name as party
    from (${sumsOf(scope, withWeeks, ALONE, timeAlone(scope))}
      union all ${sumsOf(scope, withWeeks, TOGETHER, timeTogether(scope))}) as figures
    join agent on agent.id = figures.agent_id
    left join party on party.id = figures.party_id
    where figures.handled > 0
    order by figures.agent_id, figures.week`;
  await eachRow<Readonly<Record<string, unknown>>>(store, statement, (row) => take(figureOf(row)));
}

/** Time of persons with one name; of the few that are asked for not all of the table is read. */
function timeAlone(scope: AgentFigureScope): SQL {
  if (scope.agents === null) return sql`tally_agent_time`;
  return sql`(select * from tally_agent_time as t where ${namesAsked(scope)})`;
}

/** Time of persons with several names. */
function timeTogether(scope: AgentFigureScope): SQL {
  return sql`(
    select ${TOGETHER.person} as agent_id, t.local_day, sum(t.signed_on_seconds) as signed_on_seconds,
      sum(t.available_seconds) as available_seconds
    from tally_agent_time as t
    where ${TOGETHER.which}
      and t.local_day >= ${scope.from}::date and t.local_day < ${scope.to}::date
    group by 1, 2)`;
}

const WEEK = sql`date_trunc('week', local_day)::date::text`;

function sumsOf(
  scope: AgentFigureScope,
  withWeeks: boolean,
  { which, person }: NamesRead,
  time: SQL,
): SQL {
  const groupBy = withWeeks ? sql`grouping sets ((1), (1, 2))` : sql`1, 2`;
  return sql`
    select agent_id, ${withWeeks ? WEEK : sql`null::text`} as week,
      (array_agg(party_id order by local_day desc))[1] as party_id,
      sum(handled)::int8 as handled, sum(handle_seconds)::int8 as handle_seconds,
      sum(handle_seconds_squared)::int8 as handle_seconds_squared,
      sum(surveys)::int8 as surveys, sum(survey_milli_points)::int8 as survey_milli_points,
      sum(survey_milli_points_squared)::int8 as survey_milli_points_squared,
      sum(known)::int8 as customer_known, sum(repeated)::int8 as repeated,
      (count(*) filter (where active_seconds > 0))::int as active_days,
      coalesce(sum(handled) filter (where active_seconds > 0), 0) as active_handled,
      coalesce(sum(active_seconds), 0) as active_seconds,
      coalesce(sum(handled * handled) filter (where active_seconds > 0), 0) as active_handled_2,
      coalesce(sum(active_seconds * active_seconds), 0) as active_seconds_2,
      coalesce(sum(handled * active_seconds), 0) as active_cross,
      (count(*) filter (where handle_seconds > 0))::int as task_days,
      coalesce(sum(handled) filter (where handle_seconds > 0), 0) as task_handled,
      coalesce(sum(handle_seconds), 0) as task_seconds,
      coalesce(sum(handled * handled) filter (where handle_seconds > 0), 0) as task_handled_2,
      coalesce(sum(handle_seconds * handle_seconds), 0) as task_seconds_2,
      coalesce(sum(handled * handle_seconds), 0) as task_cross
    from (
      select d.*, (time.signed_on_seconds - time.available_seconds)::float8 as active_seconds
      from (
        select ${person} as agent_id, t.local_day, (array_agg(team.party_id))[1] as party_id,
          sum(handled)::float8 as handled, sum(handle_seconds)::float8 as handle_seconds,
          sum(handle_seconds_squared)::float8 as handle_seconds_squared,
          sum(surveys) as surveys, sum(survey_milli_points) as survey_milli_points,
          sum(survey_milli_points_squared) as survey_milli_points_squared,
          coalesce(sum(customer_known)
            filter (where t.local_day + 7 < ${scope.asOf}::date), 0) as known,
          coalesce(sum(repeated_7d)
            filter (where t.local_day + 7 < ${scope.asOf}::date), 0) as repeated
        from tally_agent_day as t ${membershipOf(person)}
        where ${agentCondition(scope)} and ${queueCondition(scope)} and t.agent_id <> 0
          and ${which}
        group by 1, 2) as d
      left join ${time} as time
        on time.agent_id = d.agent_id and time.local_day = d.local_day
        and time.signed_on_seconds > 0) as timed
    group by ${groupBy}`;
}

function figureOf(row: Readonly<Record<string, unknown>>): AgentFigureSums {
  const number = (column: string) => row[column] as number;
  const ratio = (prefix: string): DayRatioSums => ({
    days: number(`${prefix}_days`),
    handled: number(`${prefix}_handled`),
    denominatorSeconds: number(`${prefix}_seconds`),
    handledSquared: number(`${prefix}_handled_2`),
    denominatorSecondsSquared: number(`${prefix}_seconds_2`),
    handledTimesDenominator: number(`${prefix}_cross`),
  });
  return {
    agentId: number("agent_id"),
    uuid: row.uuid as string,
    name: row.name as string,
    kind: row.kind as AgentKind,
    party: row.party as string | null,
    week: row.week as string | null,
    handled: number("handled"),
    handleSeconds: number("handle_seconds"),
    handleSecondsSquared: number("handle_seconds_squared"),
    surveys: number("surveys"),
    surveyMilliPoints: number("survey_milli_points"),
    surveyMilliPointsSquared: number("survey_milli_points_squared"),
    customerKnown: number("customer_known"),
    repeated: number("repeated"),
    active: ratio("active"),
    onTask: ratio("task"),
  };
}
