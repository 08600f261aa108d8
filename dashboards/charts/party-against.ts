/** The other side of charts by party and time: each row at the time it stands against. */

import type { LineSeriesOption } from "echarts";
import { textOf } from "../api/rows.ts";
import type { MetricsRow } from "../api/types.ts";
import { standsAgainst } from "../frame/comparison.ts";
import {
  byParty,
  type CountedDays,
  type PartySeries,
  type PartyTimes,
  pointsOf,
  type TimeGrain,
} from "./party-series.ts";
import type { ChartSetting } from "./setting.ts";

export interface PartiesAgainst {
  readonly rows: readonly MetricsRow[];
  readonly shiftDays: number;
}

export interface AgainstInput {
  readonly grain: TimeGrain;
  readonly counted: CountedDays;
  readonly against?: PartiesAgainst | null;
}

/** One series a party of the other side, over the times of this one. */
export function partiesAgainst(
  { times }: PartyTimes,
  { against, grain, counted }: AgainstInput,
  setting: ChartSetting,
): PartySeries[] {
  if (!against) return [];
  const moved = against.rows.map((row) => {
    const time = textOf(row, grain);
    return time === null ? row : { ...row, [grain]: standsAgainst(time, grain, against.shiftDays) };
  });
  const other = byParty(moved, grain, counted, setting);
  return other.series.map((party) => ({
    ...party,
    rows: times.map((time) => party.rows[other.times.indexOf(time)]),
  }));
}

/** The total of all parties there at each time, as a hollow mark over the stack. */
export function totalsAgainst(
  others: readonly PartySeries[],
  column: string,
  { tokens, t }: ChartSetting,
): LineSeriesOption[] {
  if (others.length === 0) return [];
  const points = others.map((party) => pointsOf(party, column));
  const data = (points[0] ?? []).map((_, index) => {
    const known = points.map((party) => party[index] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
  return [
    {
      type: "line",
      id: "against",
      name: t("legend.against"),
      data,
      symbol: "rect",
      symbolSize: [32, 6],
      lineStyle: { opacity: 0 },
      itemStyle: { color: tokens.surface, borderColor: tokens.muted, borderWidth: 1 },
    },
  ];
}

/** Each party's line there, thin and dotted in its own colour. */
export function linesAgainst(
  others: readonly PartySeries[],
  column: string,
  { tokens }: ChartSetting,
): LineSeriesOption[] {
  return others.map((party) => ({
    type: "line",
    id: `against ${party.party}`,
    name: party.party,
    data: pointsOf(party, column),
    symbol: "rect",
    symbolSize: 5,
    z: 1,
    lineStyle: { width: 1.5, type: "dotted", color: party.colour, opacity: 0.8 },
    itemStyle: { color: tokens.surface, borderColor: party.colour, borderWidth: 1.5 },
  }));
}
