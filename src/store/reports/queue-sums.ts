/** Report: sums of the interval tally by group. */

import { type SQL, sql } from "drizzle-orm";
import { type QueueSums, SERVICE_THRESHOLDS } from "../../domain/shared/tally.ts";
import type { Grouping } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import { type GroupKey, groupColumns } from "./grouping.ts";
import { dayCondition, queueCondition, type ReportScope } from "./scope.ts";

export type QueueGrouping = Exclude<Grouping, "agent" | "team" | "party">;

export interface QueueSumsRow {
  readonly key: GroupKey;
  readonly queue: QueueSums;
}

const COLUMNS = {
  offered: "offered",
  handled: "handled",
  abandoned: "abandoned",
  redirected: "redirected",
  handleSeconds: "handle_seconds",
  answeredWaitSeconds: "answered_wait_seconds",
  abandonedWaitSeconds: "abandoned_wait_seconds",
} as const;

const FIELDS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

const sumOf = (column: string): SQL => sql`coalesce(sum(t.${sql.identifier(column)}), 0)::int8`;

/** The sums as a select list; read back by `queueSumsOf`. */
export function queueSumColumns(): SQL {
  const plain = FIELDS.map((field) => sql`${sumOf(COLUMNS[field])} as ${sql.identifier(field)}`);
  const within = (outcome: string) =>
    sql`array[${sql.join(
      SERVICE_THRESHOLDS.map((seconds) => sumOf(`${outcome}_within_${seconds}s`)),
      sql`, `,
    )}]::float8[] as ${sql.identifier(`${outcome}Within`)}`;
  return sql.join([...plain, within("answered"), within("abandoned")], sql`, `);
}

export function queueSumsOf(row: Readonly<Record<string, unknown>>): QueueSums {
  return {
    ...(Object.fromEntries(FIELDS.map((field) => [field, row[field]])) as Pick<
      QueueSums,
      keyof typeof COLUMNS
    >),
    answeredWithin: row.answeredWithin as number[],
    abandonedWithin: row.abandonedWithin as number[],
  };
}

/** Sums by group of what was offered to queues. */
export async function queueSums(
  db: Queryable,
  scope: ReportScope,
  by: readonly QueueGrouping[],
): Promise<QueueSumsRow[]> {
  const { select, groupBy } = groupColumns(by);
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${select} ${queueSumColumns()}
    from tally_interval as t
    left join queue on queue.id = t.queue_id
    left join site on site.id = queue.site_id
    where ${dayCondition(scope)} and ${queueCondition(scope)}
    ${groupBy}`);
  return rows.map((row) => ({
    key: Object.fromEntries(by.map((grouping) => [grouping, (row[grouping] ?? null) as never])),
    queue: queueSumsOf(row),
  }));
}
