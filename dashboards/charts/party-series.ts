/** Metrics rows by party and time, as one series a party over the same times. */

import { figureOf, isSuppressed, textOf } from "../api/rows.ts";
import type { MetricsRow } from "../api/types.ts";
import { addDays, daysWithin, type Grain, type Period } from "../frame/periods.ts";
import { type ChartSetting, partyColour, partyIndex } from "./setting.ts";
import { type TooltipLine, tooltipTable } from "./tooltip.ts";

export type TimeGrain = Grain;

/** The days that were counted, and the last day there is data for. */
export interface CountedDays {
  readonly period: Period;
  readonly lastDay: string;
}

/** An outcome is verified some days after its contact: so long a day's outcomes may still arrive. */
export const ARRIVING_DAYS = 7;

/** What of a day, week or month was counted, and whether most of it is too fresh to judge. */
export interface TimePart {
  readonly days: number;
  readonly of: number;
  readonly arriving: boolean;
}

export function timePart(start: string, grain: TimeGrain, counted: CountedDays): TimePart {
  const part = daysWithin(start, grain, counted.period);
  const { to } = counted.period;
  const fresh = addDays(counted.lastDay, 1 - ARRIVING_DAYS);
  const { days } = daysWithin(start, grain, { from: fresh, to: to > fresh ? to : fresh });
  return { ...part, arriving: days > 0 && 2 * days >= part.days };
}

/** Not to be read like the others: a part of a week, or outcomes that still arrive. */
export const isProvisional = ({ days, of, arriving }: TimePart): boolean => days < of || arriving;

export interface PartySeries {
  readonly party: string;
  readonly colour: string;
  /** One row a time, in order; undefined where the party had nothing then. */
  readonly rows: readonly (MetricsRow | undefined)[];
}

export interface PartyTimes {
  readonly times: readonly string[];
  readonly parts: readonly TimePart[];
  readonly series: readonly PartySeries[];
}

/** `2026-03` and `2026-03-02` both are the first day of what they name. */
const firstDay = (time: string) => (time.length === 7 ? `${time}-01` : time);

export function byParty(
  rows: readonly MetricsRow[],
  grain: TimeGrain,
  counted: CountedDays,
  setting: ChartSetting,
): PartyTimes {
  const cells = new Map<string, MetricsRow>();
  const times = new Set<string>();
  const parties = new Set<string>();
  for (const row of rows) {
    const time = textOf(row, grain);
    const party = textOf(row, "party");
    if (time === null || party === null) continue;
    times.add(firstDay(time));
    parties.add(party);
    cells.set(`${party}\n${firstDay(time)}`, row);
  }
  const ordered = [...times].sort();
  const place = (party: string) => setting.parties.indexOf(party);
  return {
    times: ordered,
    parts: ordered.map((time) => timePart(time, grain, counted)),
    series: [...parties]
      .sort((one, other) => place(one) - place(other))
      .map((party) => ({
        party,
        colour: partyColour(setting, party),
        rows: ordered.map((time) => cells.get(`${party}\n${time}`)),
      })),
  };
}

/** One figure at each time; a figure that is too small to say leaves a gap. */
export function pointsOf({ rows }: PartySeries, column: string): (number | null)[] {
  return rows.map((row) => (row === undefined || isSuppressed(row) ? null : figureOf(row, column)));
}

/** The days along the axis; below one that is only part of its week or month how much it is. */
export function timeLabels({ times, parts }: PartyTimes, { t, formats }: ChartSetting): string[] {
  return times.map((time, index) => {
    const { days, of } = parts[index] ?? { days: 1, of: 1 };
    if (days === of) return formats.day(time);
    return `${formats.day(time)}\n${t("chart.partOf", { count: of, days: formats.number(days) })}`;
  });
}

/** Bars paler where they cannot be read like the others. */
export function barsOf(party: PartySeries, column: string, { parts }: PartyTimes) {
  return pointsOf(party, column).map((value, index) => {
    const part = parts[index];
    if (part === undefined || !isProvisional(part)) return value;
    return { value, itemStyle: { opacity: 0.45 } };
  });
}

/** What one party's row says: its cost, of how many actions and contacts. */
function rowWords(row: MetricsRow, { t, formats }: ChartSetting): string {
  const cost = figureOf(row, "costPerAction");
  const actions = figureOf(row, "actionsVerified");
  const handled = figureOf(row, "handled");
  const currency = textOf(row, "currency") ?? "EUR";
  return isSuppressed(row)
    ? t("state.tooFew")
    : t("chart.costOfActions", {
        cost: cost === null ? t("figure.none") : formats.money(cost, currency),
        actions: actions === null ? t("figure.none") : formats.number(actions),
        handled: handled === null ? t("figure.none") : formats.number(handled),
      });
}

/** Every party's figures at one time, and those of the other side where there is one. */
export function timeTooltip(
  { times, parts, series }: PartyTimes,
  index: number,
  setting: ChartSetting,
  others: readonly PartySeries[] = [],
): string {
  const { t, formats } = setting;
  const time = times[index];
  if (time === undefined) return "";
  const linesOf = (of: readonly PartySeries[], name: (party: string) => string): TooltipLine[] =>
    of.flatMap(({ party, rows }) => {
      const row = rows[index];
      if (row === undefined) return [];
      const value = rowWords(row, setting);
      return [{ name: name(party), value, party: partyIndex(setting, party) }];
    });
  const lines = [
    ...linesOf(series, (party) => party),
    ...linesOf(others, (party) => t("compare.beforeOf", { metric: party })),
  ];
  const part = parts[index];
  const notes: string[] = [];
  if (part !== undefined && part.days < part.of) {
    notes.push(t("chart.partOf", { count: part.of, days: formats.number(part.days) }));
  }
  if (part?.arriving) notes.push(t("chart.arriving"));
  return tooltipTable(t("chart.from", { day: formats.dayLong(time) }), lines, notes.join(" · "));
}
