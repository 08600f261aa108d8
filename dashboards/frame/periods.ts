/** Periods of days, and those that have a name. `to` is the day after the last. */

export interface Period {
  readonly from: string;
  /** The day after the last. */
  readonly to: string;
}

export const DEFAULT_DAYS = 28;

const MILLISECONDS = 86_400_000;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * MILLISECONDS).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MILLISECONDS,
  );
}

const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`;

export const PRESETS = ["last7", "last28", "last90", "thisMonth", "lastMonth", "all"] as const;
export type Preset = (typeof PRESETS)[number];

/** A named period, counted back from the last day there is data for. */
export function presetPeriod(preset: Preset, firstDay: string, lastDay: string): Period {
  const to = addDays(lastDay, 1);
  const monthStart = firstOfMonth(lastDay);
  const periods: Record<Preset, Period> = {
    last7: { from: addDays(to, -7), to },
    last28: { from: addDays(to, -28), to },
    last90: { from: addDays(to, -90), to },
    thisMonth: { from: monthStart, to },
    lastMonth: { from: firstOfMonth(addDays(monthStart, -1)), to: monthStart },
    all: { from: firstDay, to },
  };
  return periods[preset];
}

/** The name of a period, where it has one. */
export function presetOf(period: Period, firstDay: string, lastDay: string): Preset | null {
  const same = (preset: Preset) => {
    const named = presetPeriod(preset, firstDay, lastDay);
    return named.from === period.from && named.to === period.to;
  };
  // 28 days first: it is what the page opens with.
  return same("last28") ? "last28" : (PRESETS.find(same) ?? null);
}

/** What there is data for of a period. */
export function periodWithData(
  period: Period,
  known: { readonly firstDay: string | null; readonly lastDay: string | null },
): Period {
  const { firstDay, lastDay } = known;
  const from = firstDay !== null && firstDay > period.from ? firstDay : period.from;
  const end = lastDay === null ? period.to : addDays(lastDay, 1);
  return { from, to: end < period.to ? end : period.to };
}

export const GRAINS = ["day", "week", "month"] as const;
export type Grain = (typeof GRAINS)[number];

/** The day after the last of the day, week or month that begins on a day. */
export function endOf(start: string, grain: Grain): string {
  if (grain === "day") return addDays(start, 1);
  return grain === "week" ? addDays(start, 7) : firstOfMonth(addDays(firstOfMonth(start), 31));
}

/** How many of its days lie in the period, and how many it has. */
export function daysWithin(start: string, grain: Grain, period: Period) {
  const end = endOf(start, grain);
  const from = start > period.from ? start : period.from;
  const to = end < period.to ? end : period.to;
  return { days: Math.max(0, daysBetween(from, to)), of: daysBetween(start, end) };
}

export function isPartial(start: string, grain: Grain, period: Period): boolean {
  const { days, of } = daysWithin(start, grain, period);
  return days < of;
}

/** The grain that gives a time axis between about 5 and 40 points. */
export function grainOf(period: Period): Grain {
  const days = daysBetween(period.from, period.to);
  if (days <= 21) return "day";
  return days <= 200 ? "week" : "month";
}
