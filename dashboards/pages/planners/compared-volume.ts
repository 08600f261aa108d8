/**
 * The volume of both sides over the same cells. The API gives cells in which something was offered: a
 * cell that one side lacks is a computed zero there, over the days that were such weekdays.
 */

import type { Volume, VolumeRow } from "../../api/types.ts";
import { addDays, type Period } from "../../frame/periods.ts";

/** A volume, and whose contacts say which hours are open where it is not its own alone. */
export type OpenedVolume = Volume & { readonly opening?: readonly VolumeRow[] };

/** Of this side's volume and the other's: both hold the same cells, in the same order. */
export interface ComparedVolume {
  readonly now: OpenedVolume;
  readonly against: readonly VolumeRow[];
}

/** Days of each weekday, 1 Monday to 7 Sunday. */
function weekdaysOf({ from, to }: Period): readonly number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
    counts[weekday] = (counts[weekday] ?? 0) + 1;
  }
  return counts;
}

const cellOf = ({ weekday, minute }: VolumeRow) => `${weekday} ${minute}`;

function filled(cells: readonly VolumeRow[], own: readonly VolumeRow[], period: Period) {
  const known = new Map(own.map((row) => [cellOf(row), row]));
  const days = weekdaysOf(period);
  return cells.map((cell): VolumeRow => {
    const row = known.get(cellOf(cell));
    if (row !== undefined) return row;
    const nothing = { offered: 0, handled: 0, loadErlangs: null, serviceLevel: null };
    const { weekday, minute } = cell;
    const count = days[weekday] ?? 0;
    return { weekday, minute, days: count, ...nothing, averageSpeedOfAnswerSeconds: null };
  });
}

export function comparedVolume(
  sides: { readonly now: Volume; readonly against: Volume },
  periods: { readonly now: Period; readonly against: Period },
): ComparedVolume {
  const { now, against } = sides;
  const cells = [
    ...new Map([...now.rows, ...against.rows].map((row) => [cellOf(row), row])).values(),
  ];
  cells.sort((one, other) => one.weekday - other.weekday || one.minute - other.minute);
  return {
    now: { ...now, rows: filled(cells, now.rows, periods.now), opening: cells },
    against: filled(cells, against.rows, periods.against),
  };
}

/** Contacts offered a day of the period; null where nothing tells. */
export function offeredPerDay(volume: Volume | undefined, period: Period): number | null {
  if (volume === undefined || volume.rows.length === 0) return null;
  const days = weekdaysOf(period).reduce((sum, count) => sum + count, 0);
  const offered = volume.rows.reduce((sum, row) => sum + row.offered * row.days, 0);
  return days > 0 ? offered / days : null;
}
