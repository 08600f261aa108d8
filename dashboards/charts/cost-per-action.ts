/** What one verified action costs at each party over time, with the volume it rests on below. */

import type { EChartsOption } from "echarts";
import type { MetricsRow } from "../api/types.ts";
import { categoryAxis, chartBase, tooltipStyle, valueAxis } from "./axes.ts";
import { byParty, pointsOf, type TimeGrain, timeTooltip } from "./party-series.ts";
import type { ChartSetting } from "./setting.ts";

export interface CostPerActionInput {
  readonly rows: readonly MetricsRow[];
  readonly grain: TimeGrain;
  readonly currency: string;
  readonly description: string;
}

export function costPerAction(input: CostPerActionInput, setting: ChartSetting): EChartsOption {
  const { t, formats, tokens } = setting;
  const times = byParty(input.rows, input.grain, setting);
  return {
    ...chartBase(setting, input.description),
    grid: [
      { left: 56, right: 16, top: 36, height: "48%" },
      { left: 56, right: 16, bottom: 28, height: "18%" },
    ],
    axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: tokens.muted } },
    tooltip: {
      ...tooltipStyle(setting),
      trigger: "axis",
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        return timeTooltip(times, first?.dataIndex ?? -1, setting);
      },
    },
    xAxis: [0, 1].map((strip) => {
      const axis = categoryAxis(setting, times.times.map(formats.day));
      return { ...axis, gridIndex: strip, axisLabel: { ...axis.axisLabel, show: strip === 1 } };
    }),
    yAxis: [
      {
        ...valueAxis(setting, t("axis.costPerAction", { currency: input.currency }), (value) =>
          formats.money(value, input.currency),
        ),
        min: 0,
      },
      {
        ...valueAxis(setting, t("axis.handled"), (value) => formats.number(value)),
        gridIndex: 1,
        min: 0,
        splitNumber: 2,
      },
    ],
    series: times.series.flatMap((party) => [
      {
        type: "line" as const,
        id: `cost ${party.party}`,
        name: party.party,
        data: pointsOf(party, "costPerAction"),
        symbol: "circle",
        symbolSize: 6,
        connectNulls: false,
        lineStyle: { width: 2, color: party.colour },
        itemStyle: { color: party.colour },
      },
      {
        type: "bar" as const,
        id: `volume ${party.party}`,
        name: party.party,
        stack: "volume",
        xAxisIndex: 1,
        yAxisIndex: 1,
        barMaxWidth: 24,
        data: pointsOf(party, "handled"),
        itemStyle: { color: party.colour },
      },
    ]),
  };
}
