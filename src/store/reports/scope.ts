/**
 * Which cells of the tallies a report looks at. Ids are the store's own integers; null means "any".
 * Party and team are those of the day of the contact, never today's.
 */

import { type SQL, sql } from "drizzle-orm";
import type { Channel, DayRange } from "../../domain/shared/vocabulary.ts";

export interface ReportScope extends DayRange {
  readonly parties: readonly number[] | null;
  readonly teams: readonly number[] | null;
  /** All names of each person that is meant. */
  readonly agents: readonly number[] | null;
  readonly queues: readonly number[] | null;
  readonly channels: readonly Channel[] | null;
}

/** Does the scope choose among agents? Then what belongs to queues alone cannot be told. */
export function choosesAgents(scope: ReportScope): boolean {
  return scope.parties !== null || scope.teams !== null || scope.agents !== null;
}

/** Does the scope choose among queues or channels? Then agents' time cannot be told: it has neither. */
export function choosesQueues(scope: ReportScope): boolean {
  return scope.queues !== null || scope.channels !== null;
}

const anyOf = (column: SQL, ids: readonly number[] | null): SQL =>
  ids === null ? sql`true` : sql`${column} = any(${sql.param(ids)}::int[])`;

const JOINED = sql`from agent where joined_into is not null`;
/** Sorted, so that a name is found by halving; null where none was joined. */
const JOINED_NAMES: SQL = sql`(select array_agg(id order by id) ${JOINED})`;
const JOINED_INTO: SQL = sql`(select array_agg(joined_into order by id) ${JOINED})`;
const PLACE: SQL = sql`width_bucket(t.agent_id, ${JOINED_NAMES})`;

/**
 * The agent that the name of `t` counts as: the one it was joined into, itself, or 0 for nobody. It says
 * the same as the view `person`, but by two lists that are made once a query: a join with the view makes
 * the planner expect far too many groups.
 */
export const PERSON: SQL = sql`(case when ${JOINED_NAMES}[${PLACE}] = t.agent_id
    then ${JOINED_INTO}[${PLACE}] else t.agent_id end)`;

/** How some names of tallies are read: which they are, and the person that each counts as. */
export interface NamesRead {
  readonly which: SQL;
  readonly person: SQL;
}

const IN_JOINS: SQL = sql`(select unnest(array[id, joined_into]) ${JOINED})`;

/**
 * Names with and without a join, for reports that group by agent and day: nearly all names have none, and
 * are read in the order of the tally's key. With one expression for all of them that order is lost, and
 * the Managers' queries took half as long again (240,000 cells).
 */
export const ALONE: NamesRead = {
  which: sql`t.agent_id not in ${IN_JOINS}`,
  person: sql`t.agent_id`,
};
export const TOGETHER: NamesRead = { which: sql`t.agent_id in ${IN_JOINS}`, person: PERSON };

/**
 * The team and party of `t`'s agent on `t`'s day, as `membership` and `team`. A name that was joined to
 * another is in the other's team.
 */
export function membershipOf(person: SQL): SQL {
  return sql`
  left join membership on membership.agent_id = ${person}
    and membership.from_day <= t.local_day
    and (membership.to_day is null or t.local_day < membership.to_day)
  left join team on team.id = membership.team_id`;
}

export const MEMBERSHIP_OF_THE_DAY: SQL = membershipOf(PERSON);

/** The names that the scope is about, for sums that are made before `agentCondition` can be asked. */
export const namesAsked = (scope: ReportScope): SQL => anyOf(sql`t.agent_id`, scope.agents);

/** The condition on `t` (a tally with agent and day), `membership` and `team`. */
export function agentCondition(scope: ReportScope): SQL {
  return sql`t.local_day >= ${scope.from}::date and t.local_day < ${scope.to}::date
    and ${namesAsked(scope)}
    and ${anyOf(sql`team.id`, scope.teams)}
    and ${anyOf(sql`team.party_id`, scope.parties)}`;
}

/** The condition on queue and channel of `t`. */
export function queueCondition(scope: ReportScope): SQL {
  const channels =
    scope.channels === null
      ? sql`true`
      : sql`t.channel = any(${sql.param(scope.channels)}::channel[])`;
  return sql`${anyOf(sql`t.queue_id`, scope.queues)} and ${channels}`;
}

/** Whoever asks for parts of the day asks only for this of the interval tally. */
export function dayCondition(scope: ReportScope): SQL {
  return sql`t.local_day >= ${scope.from}::date and t.local_day < ${scope.to}::date`;
}
