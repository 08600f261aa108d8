/**
 * Which cells of the tallies a report looks at. Ids are the store's own integers; null means "any".
 * Party and team are those of the day of the contact, never today's.
 */

import { type SQL, sql } from "drizzle-orm";
import type { Channel, DayRange } from "../../domain/shared/vocabulary.ts";

export interface ReportScope extends DayRange {
  readonly parties: readonly number[] | null;
  readonly teams: readonly number[] | null;
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

/** The team and party of `t`'s agent on `t`'s day, as `membership` and `team`. */
export const MEMBERSHIP_OF_THE_DAY: SQL = sql`
  left join membership on membership.agent_id = t.agent_id
    and membership.from_day <= t.local_day
    and (membership.to_day is null or t.local_day < membership.to_day)
  left join team on team.id = membership.team_id`;

/** The condition on `t` (a tally with agent and day), `membership` and `team`. */
export function agentCondition(scope: ReportScope): SQL {
  return sql`t.local_day >= ${scope.from}::date and t.local_day < ${scope.to}::date
    and ${anyOf(sql`t.agent_id`, scope.agents)}
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
