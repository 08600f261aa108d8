/** Verified outcomes over time, a bar a time, stacked by party. */

import type { EChartsOption } from "echarts";
import type { MetricsRow } from "../api/types.ts";
import { categoryAxis, chartBase, tooltipStyle, valueAxis } from "./axes.ts";
import { type PartiesAgainst, partiesAgainst, totalsAgainst } from "./party-against.ts";
import {
  barsOf,
  byParty,
  type CountedDays,
  type TimeGrain,
  timeLabels,
  timeTooltip,
} from "./party-series.ts";
import type { ChartSetting } from "./setting.ts";

export interface OutcomesInput {
  readonly rows: readonly MetricsRow[];
  readonly grain: TimeGrain;
  readonly counted: CountedDays;
  readonly description: string;
  readonly against?: PartiesAgainst | null;
}

export function outcomes(input: OutcomesInput, setting: ChartSetting): EChartsOption {
  const { t, formats, tokens } = setting;
  const times = byParty(input.rows, input.grain, input.counted, setting);
  const others = partiesAgainst(times, input, setting);
  return {
    ...chartBase(setting, input.description),
    grid: { left: 56, right: 16, top: 36, bottom: 44 },
    tooltip: {
      ...tooltipStyle(setting),
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: tokens.muted, opacity: 0.1 } },
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        return timeTooltip(times, first?.dataIndex ?? -1, setting, others);
      },
    },
    xAxis: categoryAxis(setting, timeLabels(times, setting)),
    yAxis: {
      ...valueAxis(setting, t("axis.actionsVerified"), (value) => formats.number(value)),
      min: 0,
    },
    series: [
      ...times.series.map((party) => ({
        type: "bar" as const,
        id: party.party,
        name: party.party,
        stack: "outcomes",
        barCategoryGap: "40%",
        data: barsOf(party, "actionsVerified", times),
        itemStyle: { color: party.colour, borderColor: tokens.surface, borderWidth: 1 },
      })),
      ...totalsAgainst(others, "actionsVerified", setting),
    ],
  };
}
