/** Report: what came in by weekday and quarter of an hour of the local day. */

import { sql } from "drizzle-orm";
import type { QueueSums } from "../../domain/shared/tally.ts";
import type { Queryable } from "../connection.ts";
import { queueSumColumns, queueSumsOf } from "./queue-sums.ts";
import { dayCondition, queueCondition, type ReportScope } from "./scope.ts";

export interface VolumeRow {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Minutes since local midnight at which the quarter begins. */
  readonly minute: number;
  readonly queue: QueueSums;
}

export async function volumeByWeekday(db: Queryable, scope: ReportScope): Promise<VolumeRow[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select extract(isodow from t.local_day)::int as weekday,
      (extract(hour from local.at) * 60 + extract(minute from local.at))::int as minute,
      ${queueSumColumns()}
    from tally_interval as t
    left join queue on queue.id = t.queue_id
    left join site on site.id = queue.site_id
    cross join lateral (select t.starts_at at time zone coalesce(site.zone, 'UTC') as at) as local
    where ${dayCondition(scope)} and ${queueCondition(scope)}
    group by 1, 2 order by 1, 2`);
  return rows.map((row) => ({
    weekday: row.weekday as number,
    minute: row.minute as number,
    queue: queueSumsOf(row),
  }));
}
