/** How much of the time agents were signed on they had work in hand, by day. */

import type { EChartsOption } from "echarts";
import { categoryAxis, chartBase, tooltipStyle, valueAxis } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { tooltipTable } from "./tooltip.ts";

export interface OccupancyPoint {
  readonly label: string;
  readonly occupancy: number | null;
  readonly handled: number | null;
}

export interface OccupancyInput {
  readonly points: readonly OccupancyPoint[];
  readonly description: string;
  /** What stands against each bar; null where nothing does. */
  readonly against?: readonly (OccupancyPoint | null)[] | null;
}

export function occupancy(input: OccupancyInput, setting: ChartSetting) {
  const { points, description } = input;
  const against = input.against ?? [];
  const { t, formats, tokens } = setting;
  const option: EChartsOption = {
    ...chartBase(setting, description),
    grid: { left: 48, right: 16, top: 36, bottom: 28 },
    tooltip: {
      ...tooltipStyle(setting),
      trigger: "axis",
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        const point = points[first?.dataIndex ?? -1];
        const other = against[first?.dataIndex ?? -1] ?? null;
        return point === undefined ? "" : pointTooltip(point, other, setting);
      },
    },
    xAxis: categoryAxis(
      setting,
      points.map((point) => point.label),
    ),
    yAxis: {
      ...valueAxis(setting, t("axis.occupancy"), (value) => formats.share(value, 0)),
      min: 0,
      max: (extent) => Math.max(1, extent.max),
      interval: 0.25,
    },
    series: [
      {
        type: "bar",
        id: "occupancy",
        barCategoryGap: "35%",
        barMaxWidth: 28,
        data: points.map((point) => point.occupancy),
        itemStyle: { color: tokens.accent },
      },
      ...(against.length === 0
        ? []
        : [
            {
              type: "line" as const,
              id: "against",
              data: against.map((point) => point?.occupancy ?? null),
              symbol: "rect",
              symbolSize: [18, 3],
              lineStyle: { opacity: 0 },
              itemStyle: { color: tokens.surface, borderColor: tokens.muted, borderWidth: 1 },
            },
          ]),
    ],
  };
  return option;
}

function pointTooltip(
  point: OccupancyPoint,
  other: OccupancyPoint | null,
  { t, formats }: ChartSetting,
): string {
  const or = (value: number | null, write: (value: number) => string) =>
    value === null ? t("figure.none") : write(value);
  const linesOf = (of: OccupancyPoint) => [
    { name: t("metric.occupancy"), value: or(of.occupancy, (value) => formats.share(value)) },
    { name: t("metric.handled"), value: or(of.handled, (value) => formats.number(value)) },
  ];
  const before = (other === null ? [] : linesOf(other)).map(({ name, value }) => ({
    name: t("compare.beforeOf", { metric: name }),
    value,
  }));
  return tooltipTable(point.label, [...linesOf(point), ...before], other?.label ?? "");
}
