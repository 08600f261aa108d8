/** A day from morning to night: the work that came, and how well it was answered. */

import type { EChartsOption, LineSeriesOption } from "echarts";
import { categoryAxis, chartBase, hourLabels, tooltipStyle, valueAxis } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { type TooltipLine, tooltipTable } from "./tooltip.ts";

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
  /** The course of the other side, point by point. */
  readonly against?: readonly DayCoursePoint[] | null;
}

const STRIPS = [
  { top: "10%", height: "30%" },
  { top: "49%", height: "16%" },
  { top: "76%", height: "15%" },
];

export function dayCourse(input: DayCourseInput, setting: ChartSetting) {
  const { points, description } = input;
  const against = input.against ?? [];
  const { t, formats, tokens } = setting;
  const clocks = points.map((point) => formats.clock(point.minute));
  const series = (
    strip: number,
    name: string,
    of: (point: DayCoursePoint) => number | null,
  ): LineSeriesOption => ({
    type: "line",
    id: `strip ${strip}`,
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
        const other = against[first?.dataIndex ?? -1];
        return point === undefined ? "" : pointTooltip(point, other, setting);
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
      ...againstLines(against, setting),
    ],
  };
  return option;
}

/** The other side's lines, muted and dashed; nothing where nothing is compared. */
function againstLines(
  against: readonly DayCoursePoint[],
  { t, tokens }: ChartSetting,
): LineSeriesOption[] {
  if (against.length === 0) return [];
  const strips = [
    against.map((point) => point.loadErlangs),
    against.map((point) => point.serviceLevel),
    against.map((point) => point.averageSpeedOfAnswerSeconds),
  ];
  return strips.map((data, strip) => ({
    type: "line",
    id: `against ${strip}`,
    name: t("legend.against"),
    xAxisIndex: strip,
    yAxisIndex: strip,
    data,
    symbol: "none",
    z: 1,
    lineStyle: { width: 1.5, type: "dashed", color: tokens.muted },
    itemStyle: { color: tokens.muted },
  }));
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

function pointTooltip(
  point: DayCoursePoint,
  other: DayCoursePoint | undefined,
  setting: ChartSetting,
): string {
  const { t, formats } = setting;
  const lines = pointLines(point, setting);
  const before = other === undefined ? [] : pointLines(other, setting);
  const note =
    other === undefined
      ? t("chart.meanOverDays", { count: point.days })
      : t("chart.daysBoth", {
          now: formats.number(point.days),
          against: formats.number(other.days),
        });
  return tooltipTable(
    formats.clock(point.minute),
    lines.flatMap((line, index) => {
      const value = before[index]?.value;
      const name = t("compare.beforeOf", { metric: line.name });
      return value === undefined ? [line] : [line, { name, value }];
    }),
    note,
  );
}

function pointLines(point: DayCoursePoint, setting: ChartSetting): TooltipLine[] {
  const { t, formats } = setting;
  const or = (value: number | null, write: (value: number) => string) =>
    value === null ? t("figure.none") : write(value);
  return [
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
  ];
}
