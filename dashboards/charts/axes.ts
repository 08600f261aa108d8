/** The common look of a chart: type, axis lines, grid lines, tooltip, words for screen readers. */

import type { EChartsOption } from "echarts";
import type { ChartSetting } from "./setting.ts";

export const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** What is the same in every chart; `description` is what a screen reader says. */
export function chartBase(setting: ChartSetting, description: string) {
  const { tokens } = setting;
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: FONT, fontSize: 12, color: tokens.text },
    aria: { enabled: true, label: { description } },
    // Days are made in the site's zone by the server: here they are plain days.
    useUTC: true,
  } satisfies EChartsOption;
}

export function tooltipStyle(setting: ChartSetting) {
  const { tokens } = setting;
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: tokens.surface,
    borderColor: tokens.line,
    padding: [8, 12],
    textStyle: { color: tokens.text, fontSize: 12, fontFamily: FONT },
  };
}

/** The axis a figure is read on: its name with the unit above it, faint lines across. */
export function valueAxis(setting: ChartSetting, name: string, format: (value: number) => string) {
  const { tokens } = setting;
  return {
    type: "value" as const,
    name,
    nameLocation: "end" as const,
    nameGap: 12,
    nameTextStyle: { color: tokens.muted, align: "left" as const, padding: [0, 0, 0, -32] },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: tokens.muted, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: tokens.faint } },
    splitNumber: 4,
  };
}

export function categoryAxis(setting: ChartSetting, data: readonly string[]) {
  const { tokens } = setting;
  return {
    type: "category" as const,
    data: [...data],
    axisLine: { onZero: false, lineStyle: { color: tokens.line } },
    axisTick: { show: false },
    axisLabel: { color: tokens.muted, hideOverlap: true },
  };
}

/** Labels at whole hours, every second one on a long day; as many as there is room for. */
export function hourLabels(minutes: readonly number[]) {
  const hours = minutes.flatMap((minute, index) => (minute % 60 === 0 ? [{ minute, index }] : []));
  const step = hours.length > 12 ? 120 : 60;
  return {
    hideOverlap: true,
    interval: 0,
    customValues: hours.filter(({ minute }) => minute % step === 0).map(({ index }) => index),
  };
}

/** Days along the bottom, as instants at midnight UTC; labels stand at the days given. */
export function dayAxis(setting: ChartSetting, days: readonly string[]) {
  const { tokens, formats } = setting;
  return {
    type: "time" as const,
    axisLine: { onZero: false, lineStyle: { color: tokens.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      color: tokens.muted,
      hideOverlap: true,
      customValues: days.map(instantOf),
      formatter: (value: number) => formats.day(dayAt(value)),
    },
  };
}

export const instantOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const dayAt = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
