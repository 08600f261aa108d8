/** When contacts come: the mean number offered in each quarter of an hour of each weekday. */

import type { EChartsOption } from "echarts";
import type { VolumeRow } from "../api/types.ts";
import { chartBase, hourLabels, tooltipStyle } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { type TooltipLine, tooltipTable } from "./tooltip.ts";

export interface VolumeHeatMapInput {
  readonly rows: readonly VolumeRow[];
  readonly intervalMinutes: number;
  readonly description: string;
  /** Rows whose contacts say which hours are open, where it is not `rows` alone. */
  readonly opening?: readonly VolumeRow[] | undefined;
}

/** The minutes of the day from the first to the last interval with contacts, whole hours. */
export function openMinutes(rows: readonly VolumeRow[], intervalMinutes: number): number[] {
  const used = rows.filter((row) => row.offered > 0).map((row) => row.minute);
  if (used.length === 0) return [];
  const first = Math.floor(Math.min(...used) / 60) * 60;
  const last = Math.ceil((Math.max(...used) + intervalMinutes) / 60) * 60;
  const minutes = [];
  for (let minute = first; minute < last; minute += intervalMinutes) minutes.push(minute);
  return minutes;
}

export function volumeHeatMap(input: VolumeHeatMapInput, setting: ChartSetting): EChartsOption {
  const { formats, tokens } = setting;
  const minutes = openMinutes(input.opening ?? input.rows, input.intervalMinutes);
  const column = new Map(minutes.map((minute, index) => [minute, index]));
  const rows = input.rows.filter((row) => row.days > 0 && column.has(row.minute));
  const most = Math.max(1, ...rows.map((row) => row.offered));
  const label = { color: tokens.muted };
  return {
    ...chartBase(setting, input.description),
    grid: { left: 48, right: 16, top: 8, bottom: 64 },
    tooltip: {
      ...tooltipStyle(setting),
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? parameters[0]?.dataIndex : parameters.dataIndex;
        const row = rows[index ?? -1];
        return row === undefined ? "" : cellTooltip(row, input.intervalMinutes, setting);
      },
    },
    xAxis: {
      type: "category",
      data: minutes.map(formats.clock),
      axisLabel: { ...label, ...hourLabels(minutes) },
      axisTick: { show: false },
      axisLine: { show: false },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: [1, 2, 3, 4, 5, 6, 7].map((weekday) => formats.weekday(weekday)),
      axisLabel: label,
      axisTick: { show: false },
      axisLine: { show: false },
    },
    visualMap: {
      type: "continuous",
      min: 0,
      max: most,
      orient: "horizontal",
      left: 48,
      bottom: 0,
      itemWidth: 10,
      itemHeight: 160,
      text: [formats.number(most, 1), "0"],
      textStyle: label,
      inRange: { color: [...tokens.heat] },
    },
    series: [
      {
        type: "heatmap",
        id: "cells",
        data: rows.map((row) => [column.get(row.minute) ?? 0, row.weekday - 1, row.offered]),
        itemStyle: { borderColor: tokens.surface, borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: tokens.text } },
      },
    ],
  };
}

/** Every figure of a cell; `more` stands before them, `note` says what they rest on. */
export function cellTooltip(
  row: VolumeRow,
  intervalMinutes: number,
  setting: ChartSetting,
  { more = [], note }: { more?: readonly TooltipLine[]; note?: string } = {},
): string {
  const { t, formats } = setting;
  const or = (value: number | null, write: (value: number) => string) =>
    value === null ? t("figure.none") : write(value);
  const clock = `${formats.clock(row.minute)}–${formats.clock(row.minute + intervalMinutes)}`;
  return tooltipTable(
    `${formats.weekday(row.weekday, "long")} ${clock}`,
    [
      ...more,
      { name: t("metric.offered"), value: formats.number(row.offered, 1) },
      { name: t("metric.handled"), value: formats.number(row.handled, 1) },
      {
        name: t("metric.load"),
        value: or(row.loadErlangs, (value) => formats.number(value, 1)),
      },
      {
        name: t("metric.serviceLevel"),
        value: or(row.serviceLevel, (value) => formats.share(value)),
      },
      {
        name: t("metric.averageSpeedOfAnswerSeconds"),
        value: or(row.averageSpeedOfAnswerSeconds, (value) => formats.figure("seconds", value)),
      },
    ],
    note ?? t("chart.meanOverDays", { count: row.days }),
  );
}
