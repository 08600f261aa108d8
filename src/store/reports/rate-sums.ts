/**
 * Report: what was done, and for how long it was paid, by group and cost rate.
 *
 * The rate is the one of the agent's day: an agent's own goes before its party's for its kind, and
 * that before its party's. Paid time is what is logged as paid, or signed-on time where nothing is.
 */

import { type SQL, sql } from "drizzle-orm";
import type { RateSums } from "../../domain/shared/tally.ts";
import type { Queryable } from "../connection.ts";
import { type GroupKey, groupColumns } from "./grouping.ts";
import {
  ALONE,
  agentCondition,
  MEMBERSHIP_OF_THE_DAY,
  type NamesRead,
  namesAsked,
  type ReportScope,
  TOGETHER,
} from "./scope.ts";
import type { TimeGrouping } from "./time-sums.ts";

export interface RateSumsRow {
  readonly key: GroupKey;
  readonly rate: RateSums;
}

export async function rateSums(
  db: Queryable,
  scope: ReportScope,
  by: readonly TimeGrouping[],
): Promise<RateSumsRow[]> {
  const { select } = groupColumns(by);
  const positions = [...by, "rate"].map((_, index) => String(index + 1)).join(", ");
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    with agent_day as (${doneAndPaid(scope, ALONE)} union all ${doneAndPaid(scope, TOGETHER)})
    select ${select} rate.id as rate, rate.per_hour::text as "perHour",
      rate.per_contact::text as "perContact", rate.per_action::text as "perAction", rate.currency,
      sum(t.paid_seconds)::int8 as "paidSeconds", sum(t.handled)::int8 as handled,
      sum(t.actions_verified)::int8 as "actionsVerified"
    from agent_day as t ${MEMBERSHIP_OF_THE_DAY}
    join agent on agent.id = t.agent_id
    join lateral (
      select * from cost_rate as r
      where r.from_day <= t.local_day and (r.to_day is null or t.local_day < r.to_day)
        and (r.agent_id = t.agent_id
          or (r.agent_id is null and r.party_id = team.party_id
            and (r.agent_kind is null or r.agent_kind = agent.kind)))
      order by (r.agent_id is not null) desc, (r.agent_kind is not null) desc, r.from_day desc
      limit 1) as rate on true
    -- a centre without rates need not add up what they would apply to
    where exists (select from cost_rate) and ${agentCondition(scope)}
    group by ${sql.raw(positions)}, rate.id, rate.per_hour, rate.per_contact, rate.per_action,
      rate.currency`);
  return rows.map((row) => ({
    key: Object.fromEntries(by.map((grouping) => [grouping, (row[grouping] ?? null) as never])),
    rate: {
      perHour: row.perHour,
      perContact: row.perContact,
      perAction: row.perAction,
      currency: row.currency,
      paidSeconds: row.paidSeconds,
      handled: row.handled,
      actionsVerified: row.actionsVerified,
    } as RateSums,
  }));
}

/** What each person did on each day, and beside it the time paid. */
function doneAndPaid(scope: ReportScope, { which, person }: NamesRead): SQL {
  const { from, to } = scope;
  return sql`
      select ${person} as agent_id, local_day, sum(handled) as handled,
        sum(actions_verified) as actions_verified, 0::int8 as paid_seconds
      from tally_agent_day as t
      where local_day >= ${from}::date and local_day < ${to}::date and agent_id <> 0 and ${which}
        and ${namesAsked(scope)}
      group by 1, 2
      union all
      select ${person}, local_day, 0, 0,
        coalesce(nullif(sum(paid_seconds), 0), sum(signed_on_seconds))
      from tally_agent_time as t
      where local_day >= ${from}::date and local_day < ${to}::date and ${which}
        and ${namesAsked(scope)}
      group by 1, 2`;
}
