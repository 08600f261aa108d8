/**
 * Which slots of a cron expression lie in a stretch of time: the instants it is to run at. Pure.
 *
 * Where the local clock jumps:
 * - an expression that names its hours means the wall clock once: a wall time in spring's missing
 *   hour runs right after the gap (several in one gap are one slot), one in autumn's double hour at
 *   the first of the two;
 * - an expression for every hour is an interval: it runs at every instant whose wall clock fits, in
 *   both of autumn's hours and not in the missing one.
 *
 * node-cron does neither (it skips the missing hour, and is silent through one of the double
 * hours), so this decides and node-cron only wakes. Rules of Debian's cron(8), except that there
 * only a change of less than three hours counts; here Samoa's missing 30 December 2011 ran as its
 * 31st began.
 *
 * @example
 * // 31 March 2024, Berlin, 02:30 is missing: the slot is 03:00 summer time.
 * slotsIn(parseCron("30 2 * * *"), "Europe/Berlin", {
 *   after: Date.UTC(2024, 2, 30, 12),
 *   upTo: Date.UTC(2024, 2, 31, 12),
 *   limit: 10,
 * }) // [Date.UTC(2024, 2, 31, 1)]
 */

import { DAY_MS } from "../domain/shared/days.ts";
import { type ZoneClock, zoneClock } from "../domain/shared/zone.ts";
import type { CronFields } from "./cron.ts";

/** Half-open at its start: a slot at `after` is out, one at `upTo` is in. Milliseconds. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
}

/** How far ahead a next slot is looked for: 29 February comes after at most eight years. */
const LONGEST_WAIT_DAYS = 8 * 366;

/** The latest `limit` slots of the stretch, ascending. */
export function slotsIn(
  cron: CronFields,
  zone: string,
  { after, upTo, limit }: Stretch & { readonly limit: number },
): readonly number[] {
  if (upTo <= after) return [];
  const clock = zoneClock(zone);
  // A day more on each side: a slot of a missing day falls into the next one.
  const firstDay = Math.floor(clock.wall(after) / DAY_MS) - 1;
  const found = new Set<number>();
  for (let day = Math.floor(clock.wall(upTo) / DAY_MS) + 1; day >= firstDay; day -= 1) {
    for (const slot of slotsOfDay(cron, clock, day)) {
      if (slot > after && slot <= upTo) found.add(slot);
    }
    // Slots of an earlier day can lie among those of the day after, never beyond.
    if (found.size > limit + 2 * slotsPerDay(cron)) break;
  }
  return [...found].sort((a, b) => a - b).slice(-limit);
}

/**
 * The next `count` slots after an instant, ascending; fewer where none comes within eight years.
 */
export function nextSlots(
  cron: CronFields,
  zone: string,
  { after, count }: { readonly after: number; readonly count: number },
): readonly number[] {
  const clock = zoneClock(zone);
  const firstDay = Math.floor(clock.wall(after) / DAY_MS) - 1;
  const found = new Set<number>();
  // One day more than needed, for the same reason as above.
  let spareDays = 2;
  for (let day = firstDay; day <= firstDay + LONGEST_WAIT_DAYS && spareDays > 0; day += 1) {
    for (const slot of slotsOfDay(cron, clock, day)) {
      if (slot > after) found.add(slot);
    }
    if (found.size >= count) spareDays -= 1;
  }
  return [...found].sort((a, b) => a - b).slice(0, count);
}

/** `day` is a day number; the slots are in no order and may repeat. */
function slotsOfDay(cron: CronFields, clock: ZoneClock, day: number): readonly number[] {
  const date = new Date(day * DAY_MS);
  const fits =
    cron.months.includes(date.getUTCMonth() + 1) &&
    cron.daysOfMonth.includes(date.getUTCDate()) &&
    cron.weekdays.includes(date.getUTCDay());
  if (!fits) return [];
  const everyHour = cron.hours.length === 24;
  const slots: number[] = [];
  for (const hour of cron.hours) {
    for (const minute of cron.minutes) {
      for (const second of cron.seconds) {
        const wall = day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
        slots.push(...instantsOf(clock, wall, everyHour));
      }
    }
  }
  return slots;
}

/**
 * The instants of a wall time: one, in autumn two where `interval`, in spring none where
 * `interval`.
 */
function instantsOf(clock: ZoneClock, wall: number, interval: boolean): readonly number[] {
  const first = clock.instant(wall);
  if (clock.wall(first) !== wall) return interval ? [] : [endOfGap(clock, first)];
  if (!interval) return [first];
  const second = wall - clock.offset(wall + DAY_MS);
  return second !== first && clock.wall(second) === wall ? [first, second] : [first];
}

/**
 * `shifted` is what zoneClock makes of a missing wall time: as far after the gap as that was in it.
 */
function endOfGap(clock: ZoneClock, shifted: number): number {
  const offset = clock.offset(shifted);
  let high = shifted;
  let low = shifted - DAY_MS - 1000;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (clock.offset(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

function slotsPerDay(cron: CronFields): number {
  return cron.hours.length * cron.minutes.length * cron.seconds.length;
}
