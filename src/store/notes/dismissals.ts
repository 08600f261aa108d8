/** Alerts that accounts have put away, each its own. */

import { sql } from "drizzle-orm";
import type { Day } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";

/** One group of a threshold. */
export interface AlertOf {
  readonly threshold: string;
  /** As the API gives it; null for all together. */
  readonly groupId: string | null;
}

export interface Dismissal extends AlertOf {
  /** The last day there was data for when it was put away. */
  readonly day: Day;
}

/** Those of a threshold that was changed since count no more. */
export async function dismissalsOf(db: Queryable, userId: string): Promise<Dismissal[]> {
  const { rows } = await db.execute<Record<string, unknown> & Dismissal>(sql`
    select threshold_id as threshold, nullif(group_id, '') as "groupId", day::text as day
    from alert_dismissal join threshold on threshold.id = threshold_id
    where user_id = ${userId}::uuid and threshold.changed_at <= dismissed_at`);
  return rows;
}

export async function saveDismissals(
  db: Queryable,
  alerts: readonly AlertOf[],
  by: { readonly userId: string; readonly day: Day; readonly now: Date },
): Promise<void> {
  const thresholds = alerts.map(({ threshold }) => threshold);
  const groups = alerts.map(({ groupId }) => groupId ?? "");
  await db.execute(sql`
    insert into alert_dismissal (user_id, threshold_id, group_id, day, dismissed_at)
    select distinct ${by.userId}::uuid, threshold, group_id, ${by.day}::date, ${by.now}::timestamptz
    from unnest(${sql.param(thresholds)}::uuid[], ${sql.param(groups)}::text[])
      as alert (threshold, group_id)
    on conflict (user_id, threshold_id, group_id) do update
      set day = excluded.day, dismissed_at = excluded.dismissed_at`);
}
