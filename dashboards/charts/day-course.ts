/** A day from morning to night: the work that came, and how well it was answered. */

import type { EChartsOption, LineSeriesOption } from "echarts";
import { categoryAxis, chartBase, hourLabels, tooltipStyle, valueAxis } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { tooltipTable } from "./tooltip.ts";

/** One interval of the day, as a mean over the days looked at. */
export interface DayCoursePoint {
  readonly minute: number;
  readonly offered: number;
  readonly loadErlangs: number | null;
  readonly serviceLevel: number | null;
  readonly averageSpeedOfAnswerSeconds: number | null;
  readonly days: number;
}

export interface DayCourseInput {
  readonly points: readonly DayCoursePoint[];
  readonly description: string;
}

const STRIPS = [
  { top: "10%", height: "30%" },
  { top: "49%", height: "16%" },
  { top: "76%", height: "15%" },
];

export function dayCourse({ points, description }: DayCourseInput, setting: ChartSetting) {
  const { t, formats, tokens } = setting;
  const clocks = points.map((point) => formats.clock(point.minute));
  const series = (
    strip: number,
    name: string,
    of: (point: DayCoursePoint) => number | null,
  ): LineSeriesOption => ({
    type: "line",
    name,
    xAxisIndex: strip,
    yAxisIndex: strip,
    data: points.map(of),
    symbol: "none",
    lineStyle: { width: 2, color: tokens.accent },
    itemStyle: { color: tokens.accent },
  });
  const option: EChartsOption = {
    ...chartBase(setting, description),
    grid: STRIPS.map((strip) => ({ ...strip, left: 48, right: 16 })),
    axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: tokens.muted } },
    tooltip: {
      ...tooltipStyle(setting),
      trigger: "axis",
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        const point = points[first?.dataIndex ?? -1];
        return point === undefined ? "" : pointTooltip(point, setting);
      },
    },
    xAxis: STRIPS.map((_, strip) => ({
      ...categoryAxis(setting, clocks),
      gridIndex: strip,
      boundaryGap: false,
      axisLabel: {
        show: strip === STRIPS.length - 1,
        color: tokens.muted,
        ...hourLabels(points.map(({ minute }) => minute)),
      },
    })),
    yAxis: stripAxes(setting),
    series: [
      {
        ...series(0, t("metric.load"), (point) => point.loadErlangs),
        areaStyle: { color: tokens.accent, opacity: 0.15 },
      },
      series(1, t("metric.serviceLevel"), (point) => point.serviceLevel),
      series(
        2,
        t("metric.averageSpeedOfAnswerSeconds"),
        (point) => point.averageSpeedOfAnswerSeconds,
      ),
    ],
  };
  return option;
}

/** What each strip reads, all from zero, the service level up to 100 %. */
function stripAxes(setting: ChartSetting) {
  const { t, formats } = setting;
  const decimal = (value: number) => formats.number(value);
  const percent = (value: number) => formats.share(value, 0);
  return [
    { ...valueAxis(setting, t("axis.loadErlangs"), decimal), gridIndex: 0, min: 0 },
    {
      ...valueAxis(setting, t("axis.serviceLevel"), percent),
      gridIndex: 1,
      min: 0,
      max: 1,
      splitNumber: 2,
    },
    {
      ...valueAxis(setting, t("axis.averageSpeedOfAnswer"), decimal),
      gridIndex: 2,
      min: 0,
      splitNumber: 2,
    },
  ];
}

function pointTooltip(point: DayCoursePoint, setting: ChartSetting): string {
  const { t, formats } = setting;
  const or = (value: number | null, write: (value: number) => string) =>
    value === null ? t("figure.none") : write(value);
  return tooltipTable(
    formats.clock(point.minute),
    [
      { name: t("metric.load"), value: or(point.loadErlangs, (value) => formats.number(value, 1)) },
      { name: t("metric.offered"), value: formats.number(point.offered, 1) },
      {
        name: t("metric.serviceLevel"),
        value: or(point.serviceLevel, (value) => formats.share(value)),
      },
      {
        name: t("metric.averageSpeedOfAnswerSeconds"),
        value: or(point.averageSpeedOfAnswerSeconds, (value) => formats.figure("seconds", value)),
      },
    ],
    t("chart.meanOverDays", { count: point.days }),
  );
}
