/** Report: sums of the agent-day tally by group. */

import { type SQL, sql } from "drizzle-orm";
import {
  type ContactSums,
  REPEAT_WINDOWS,
  type RepeatSums,
  type RepeatWindow,
} from "../../domain/shared/tally.ts";
import type { Day, Grouping } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import { type GroupKey, groupColumns } from "./grouping.ts";
import {
  agentCondition,
  MEMBERSHIP_OF_THE_DAY,
  PERSON,
  queueCondition,
  type ReportScope,
} from "./scope.ts";

export interface ContactSumsRow {
  readonly key: GroupKey;
  readonly contact: ContactSums;
  readonly repeats: Readonly<Record<RepeatWindow, RepeatSums>>;
  readonly agents: number;
}

/** Field of ContactSums to column of tally_agent_day. */
const COLUMNS: Readonly<Record<keyof ContactSums, string>> = {
  contacts: "contacts",
  handled: "handled",
  abandoned: "abandoned",
  redirected: "redirected",
  leftBeforeQueue: "left_before_queue",
  phantom: "phantom",
  unfinished: "unfinished",
  transferred: "transferred",
  talkSeconds: "talk_seconds",
  holdSeconds: "hold_seconds",
  wrapSeconds: "wrap_seconds",
  handleSeconds: "handle_seconds",
  handleSecondsSquared: "handle_seconds_squared",
  answeredWaitSeconds: "answered_wait_seconds",
  abandonedWaitSeconds: "abandoned_wait_seconds",
  surveys: "surveys",
  surveyMilliPoints: "survey_milli_points",
  surveyMilliPointsSquared: "survey_milli_points_squared",
  complaints: "complaints",
  complaintsUpheld: "complaints_upheld",
  actions: "actions",
  actionsVerified: "actions_verified",
  handOffs: "hand_offs",
  ticketsResolved: "tickets_resolved",
};

const FIELDS = Object.keys(COLUMNS) as (keyof ContactSums)[];

const sumOf = (column: string, name: string): SQL =>
  sql`coalesce(sum(${sql.identifier(column)}), 0)::int8 as ${sql.identifier(name)}`;

/** A day whose repeats could be seen in full by the day `asOf`: the whole window lies before it. */
function repeatSum(days: RepeatWindow, asOf: Day): SQL {
  const seen = sql`filter (where t.local_day + ${days}::int < ${asOf}::date)`;
  return sql`
    coalesce(sum(customer_known) ${seen}, 0)::int8 as ${sql.identifier(`known_${days}`)},
    coalesce(sum(${sql.identifier(`repeated_${days}d`)}) ${seen}, 0)::int8
      as ${sql.identifier(`repeated_${days}`)}`;
}

const HAS_HANDLED: SQL = sql`(t.agent_id <> 0 and handled > 0)`;
/** To tell agents apart their rows are sorted; within a group of one agent there is nothing to tell. */
const MANY: SQL = sql`(count(distinct ${PERSON}) filter (where ${HAS_HANDLED}))::int`;

/**
 * Sums by group. `asOf` is the local day until which contacts have been seen, exclusive: repeats count
 * only on days whose whole window lies before it.
 */
export async function contactSums(
  db: Queryable,
  scope: ReportScope,
  by: readonly Exclude<Grouping, "hour">[],
  asOf: Day,
): Promise<ContactSumsRow[]> {
  const { select, groupBy } = groupColumns(by);
  const sums = sql.join(
    FIELDS.map((field) => sumOf(COLUMNS[field], field)),
    sql`, `,
  );
  const repeats = sql.join(
    REPEAT_WINDOWS.map((days) => repeatSum(days, asOf)),
    sql`, `,
  );
  const { rows } = await db.execute<Record<string, number | string | null>>(sql`
    select ${select} ${sums}, ${repeats},
      ${by.includes("agent") ? sql`bool_or(${HAS_HANDLED})::int` : MANY} as agents
    from tally_agent_day as t ${MEMBERSHIP_OF_THE_DAY}
    where ${agentCondition(scope)} and ${queueCondition(scope)}
    ${groupBy}`);
  return rows.map((row) => ({
    key: Object.fromEntries(by.map((grouping) => [grouping, row[grouping] ?? null])),
    contact: Object.fromEntries(FIELDS.map((field) => [field, row[field]])) as never,
    repeats: Object.fromEntries(
      REPEAT_WINDOWS.map((days) => [
        days,
        { customerKnown: row[`known_${days}`], repeated: row[`repeated_${days}`] },
      ]),
    ) as never,
    agents: row.agents as number,
  }));
}
