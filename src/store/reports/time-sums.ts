/** Report: sums of agents' time by group. Agents' time knows no queue and no channel. */

import { sql } from "drizzle-orm";
import type { TimeSums } from "../../domain/shared/tally.ts";
import type { Grouping } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import { type GroupKey, groupColumns } from "./grouping.ts";
import { agentCondition, MEMBERSHIP_OF_THE_DAY, type ReportScope } from "./scope.ts";

export type TimeGrouping = Exclude<Grouping, "queue" | "channel" | "hour">;

export interface TimeSumsRow {
  readonly key: GroupKey;
  readonly time: TimeSums;
}

export async function timeSums(
  db: Queryable,
  scope: ReportScope,
  by: readonly TimeGrouping[],
): Promise<TimeSumsRow[]> {
  const { select, groupBy } = groupColumns(by);
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${select}
      coalesce(sum(signed_on_seconds), 0)::int8 as "signedOnSeconds",
      coalesce(sum(available_seconds), 0)::int8 as "availableSeconds",
      coalesce(sum(aux_seconds), 0)::int8 as "auxSeconds",
      coalesce(sum(scheduled_seconds), 0)::int8 as "scheduledSeconds",
      coalesce(sum(paid_seconds), 0)::int8 as "paidSeconds"
    from tally_agent_time as t ${MEMBERSHIP_OF_THE_DAY}
    where ${agentCondition(scope)}
    ${groupBy}`);
  return rows.map(({ signedOnSeconds, availableSeconds, auxSeconds, ...rest }) => {
    const { scheduledSeconds, paidSeconds, ...key } = rest;
    const time = { signedOnSeconds, availableSeconds, auxSeconds, scheduledSeconds, paidSeconds };
    return { key: key as GroupKey, time: time as TimeSums };
  });
}
