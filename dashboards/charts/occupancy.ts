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
}

export function occupancy({ points, description }: OccupancyInput, setting: ChartSetting) {
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
        return point === undefined ? "" : pointTooltip(point, setting);
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
    ],
  };
  return option;
}

function pointTooltip(point: OccupancyPoint, { t, formats }: ChartSetting): string {
  const or = (value: number | null, write: (value: number) => string) =>
    value === null ? t("figure.none") : write(value);
  return tooltipTable(point.label, [
    { name: t("metric.occupancy"), value: or(point.occupancy, (value) => formats.share(value)) },
    { name: t("metric.handled"), value: or(point.handled, (value) => formats.number(value)) },
  ]);
}
