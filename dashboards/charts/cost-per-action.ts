/** What one verified action costs at each party over time, with the volume it rests on below. */

import type { EChartsOption } from "echarts";
import type { MetricsRow } from "../api/types.ts";
import { categoryAxis, chartBase, tooltipStyle, valueAxis } from "./axes.ts";
import { linesAgainst, type PartiesAgainst, partiesAgainst } from "./party-against.ts";
import {
  barsOf,
  byParty,
  type CountedDays,
  isProvisional,
  type PartySeries,
  type PartyTimes,
  pointsOf,
  type TimeGrain,
  timeLabels,
  timeTooltip,
} from "./party-series.ts";
import type { ChartSetting } from "./setting.ts";

export interface CostPerActionInput {
  readonly rows: readonly MetricsRow[];
  readonly grain: TimeGrain;
  readonly counted: CountedDays;
  readonly currency: string;
  readonly description: string;
  readonly against?: PartiesAgainst | null;
}

export function costPerAction(input: CostPerActionInput, setting: ChartSetting): EChartsOption {
  const { t, formats, tokens } = setting;
  const times = byParty(input.rows, input.grain, input.counted, setting);
  const others = partiesAgainst(times, input, setting);
  return {
    ...chartBase(setting, input.description),
    grid: [
      { left: 56, right: 16, top: 36, height: "44%" },
      { left: 56, right: 16, bottom: 44, height: "18%" },
    ],
    axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: tokens.muted } },
    tooltip: {
      ...tooltipStyle(setting),
      trigger: "axis",
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        return timeTooltip(times, first?.dataIndex ?? -1, setting, others);
      },
    },
    xAxis: [0, 1].map((strip) => {
      const axis = categoryAxis(setting, timeLabels(times, setting));
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
    series: [
      ...times.series.flatMap((party) => [
        ...costLines(party, times, setting),
        {
          type: "bar" as const,
          id: `volume ${party.party}`,
          name: party.party,
          stack: "volume",
          xAxisIndex: 1,
          yAxisIndex: 1,
          barMaxWidth: 24,
          data: barsOf(party, "handled", times),
          itemStyle: { color: party.colour },
        },
      ]),
      ...linesAgainst(others, "costPerAction", setting),
    ],
  };
}

/** A firm line, and a dashed one with hollow marks to where outcomes still arrive or days are missing. */
function costLines(party: PartySeries, { parts }: PartyTimes, { tokens }: ChartSetting) {
  const costs = pointsOf(party, "costPerAction");
  const provisional = parts.map(isProvisional);
  const beside = (index: number) =>
    provisional[index - 1] === true ||
    provisional[index] === true ||
    provisional[index + 1] === true;
  const line = {
    type: "line" as const,
    name: party.party,
    symbol: "circle",
    symbolSize: 6,
    connectNulls: false,
  };
  return [
    {
      ...line,
      id: `provisional ${party.party}`,
      data: costs.map((cost, index) => (beside(index) ? cost : null)),
      lineStyle: { width: 1, type: "dashed" as const, color: party.colour },
      itemStyle: { color: tokens.surface, borderColor: party.colour, borderWidth: 1.5 },
    },
    {
      ...line,
      id: `cost ${party.party}`,
      data: costs.map((cost, index) => (provisional[index] === true ? null : cost)),
      lineStyle: { width: 2, color: party.colour },
      itemStyle: { color: party.colour },
    },
  ];
}
