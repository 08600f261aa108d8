/**
 * One day's course from the volume by weekday: of one weekday as it is, of several as the mean over
 * their days. A share or a waiting time is weighted by the contacts it was counted from.
 */

import type { VolumeRow } from "../../api/types.ts";
import type { DayCoursePoint } from "../../charts/day-course.ts";

/** Σ value × weight ÷ Σ weight over the rows that have the value; null where none has. */
function weighted(
  rows: readonly VolumeRow[],
  value: (row: VolumeRow) => number | null,
  weight: (row: VolumeRow) => number,
): number | null {
  let sum = 0;
  let weights = 0;
  for (const row of rows) {
    const known = value(row);
    if (known === null) continue;
    sum += known * weight(row);
    weights += weight(row);
  }
  return weights > 0 ? sum / weights : null;
}

/** No contacts are no load; contacts whose handling time nobody knows are a load that nobody knows. */
const loadOf = (row: VolumeRow) => (row.offered === 0 ? 0 : row.loadErlangs);

const withoutContacts = (row: VolumeRow): VolumeRow => ({
  ...row,
  offered: 0,
  handled: 0,
  loadErlangs: null,
  serviceLevel: null,
  averageSpeedOfAnswerSeconds: null,
});

export function courseOf(
  rows: readonly VolumeRow[],
  weekdays: readonly number[],
  minutes: readonly number[],
): DayCoursePoint[] {
  const chosen = rows.filter((row) => row.days > 0 && weekdays.includes(row.weekday));
  // A weekday without contacts at some time has no row there, and yet its days count.
  const quiet = [...new Map(chosen.map((row) => [row.weekday, row])).values()].map(withoutContacts);
  return minutes.map((minute) => {
    const known = chosen.filter((row) => row.minute === minute);
    const others = quiet.filter(({ weekday }) => known.every((row) => row.weekday !== weekday));
    const these = [...known, ...others];
    const days = (row: VolumeRow) => row.days;
    return {
      minute,
      days: these.reduce((sum, row) => sum + row.days, 0),
      offered: weighted(these, (row) => row.offered, days) ?? 0,
      loadErlangs: weighted(these, loadOf, days),
      serviceLevel: weighted(
        these,
        (row) => row.serviceLevel,
        (row) => row.offered * row.days,
      ),
      averageSpeedOfAnswerSeconds: weighted(
        these,
        (row) => row.averageSpeedOfAnswerSeconds,
        (row) => row.handled * row.days,
      ),
    };
  });
}

/** The interval with the most contacts. */
export function busiest(rows: readonly VolumeRow[]): VolumeRow | null {
  let most: VolumeRow | null = null;
  for (const row of rows) {
    if (row.days > 0 && row.offered > (most?.offered ?? 0)) most = row;
  }
  return most;
}
