/** Metrics rows by party and time, as one series a party over the same times. */

import { figureOf, isSuppressed, textOf } from "../api/rows.ts";
import type { MetricsRow } from "../api/types.ts";
import { type ChartSetting, partyColour, partyIndex } from "./setting.ts";
import { type TooltipLine, tooltipTable } from "./tooltip.ts";

export type TimeGrain = "day" | "week" | "month";

export interface PartySeries {
  readonly party: string;
  readonly colour: string;
  /** One row a time, in order; undefined where the party had nothing then. */
  readonly rows: readonly (MetricsRow | undefined)[];
}

export interface PartyTimes {
  readonly times: readonly string[];
  readonly series: readonly PartySeries[];
}

/** `2026-03` and `2026-03-02` both are the first day of what they name. */
const firstDay = (time: string) => (time.length === 7 ? `${time}-01` : time);

export function byParty(
  rows: readonly MetricsRow[],
  grain: TimeGrain,
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

/** Every party's figures at one time. */
export function timeTooltip(
  { times, series }: PartyTimes,
  index: number,
  setting: ChartSetting,
): string {
  const { t, formats } = setting;
  const time = times[index];
  if (time === undefined) return "";
  const lines: TooltipLine[] = [];
  for (const { party, rows } of series) {
    const row = rows[index];
    if (row === undefined) continue;
    const cost = figureOf(row, "costPerAction");
    const actions = figureOf(row, "actionsVerified");
    const handled = figureOf(row, "handled");
    const currency = textOf(row, "currency") ?? "EUR";
    const written = isSuppressed(row)
      ? t("state.tooFew")
      : t("chart.costOfActions", {
          cost: cost === null ? t("figure.none") : formats.money(cost, currency),
          actions: actions === null ? t("figure.none") : formats.number(actions),
          handled: handled === null ? t("figure.none") : formats.number(handled),
        });
    lines.push({ name: party, value: written, party: partyIndex(setting, party) });
  }
  return tooltipTable(t("chart.from", { day: formats.dayLong(time) }), lines);
}
