/** Volume, load and service by weekday and quarter of an hour, as means over the days of the period. */

import { metricsOf } from "../../domain/metrics/metrics-of.ts";
import { addDays, weekdayOfDay } from "../../domain/shared/days.ts";
import type { DayRange } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../../store/connection.ts";
import { choosesAgents } from "../../store/reports/scope.ts";
import { volumeByWeekday } from "../../store/reports/volume.ts";
import { sumsOfQueue } from "./queue-group.ts";
import type { Asking } from "./scope.ts";

export const INTERVAL_MINUTES = 15;
const INTERVAL_SECONDS = INTERVAL_MINUTES * 60;

export interface VolumeReportRow {
  readonly weekday: number;
  readonly minute: number;
  readonly days: number;
  readonly offered: number;
  readonly handled: number;
  readonly loadErlangs: number | null;
  readonly serviceLevel: number | null;
  readonly averageSpeedOfAnswerSeconds: number | null;
}

export async function volumeReport(
  store: Store,
  asking: Asking,
  threshold: number,
): Promise<VolumeReportRow[]> {
  // What was offered to a queue belongs to no party and to no agent.
  if (choosesAgents(asking.scope)) return [];
  const days = daysOfWeekdays(asking.scope);
  const rows = await volumeByWeekday(store.db, asking.scope);
  return rows.map(({ weekday, minute, queue }) => {
    const figures = metricsOf(sumsOfQueue(queue), { threshold });
    const count = days[weekday] ?? 0;
    const offered = queue.offered / count;
    const handle = figures.meanHandleSeconds;
    return {
      weekday,
      minute,
      days: count,
      offered,
      handled: queue.handled / count,
      // Work that arrived per unit of time: what was offered, had all of it been handled.
      loadErlangs: handle === null ? null : (offered * handle) / INTERVAL_SECONDS,
      serviceLevel: figures.serviceLevel,
      averageSpeedOfAnswerSeconds: figures.averageSpeedOfAnswerSeconds,
    };
  });
}

/** How many days of the range are each weekday; index 1 is Monday. */
function daysOfWeekdays({ from, to }: DayRange): readonly number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const weekday = weekdayOfDay(day);
    counts[weekday] = (counts[weekday] ?? 0) + 1;
  }
  return counts;
}
