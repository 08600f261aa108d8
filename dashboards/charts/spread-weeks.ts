/**
 * The spread between agents, week by week: the raw standard deviation thin, the one with the
 * sampling noise taken out bold, and the days on which agents took up an assistant.
 */

import type { EChartsOption, LineSeriesOption } from "echarts";
import type { Spread } from "../api/types.ts";
import type { FigureKind } from "../i18n/formats.ts";
import { chartBase, dayAt, dayAxis, instantOf, tooltipStyle, valueAxis } from "./axes.ts";
import { axisDifference, difference } from "./difference.ts";
import type { ChartSetting } from "./setting.ts";
import { tooltipTable } from "./tooltip.ts";

type Week = Spread["weeks"][number];
type Adoption = Spread["adoptions"][number];

export interface SpreadWeeksInput {
  readonly weeks: readonly Week[];
  readonly adoptions: readonly Adoption[];
  readonly kind: FigureKind;
  readonly axisName: string;
  readonly description: string;
}

export function spreadWeeks(input: SpreadWeeksInput, setting: ChartSetting): EChartsOption {
  const { t, formats, tokens } = setting;
  const weeks = [...input.weeks].sort((one, other) => (one.week < other.week ? -1 : 1));
  const points = (of: (week: Week) => number | null) =>
    weeks.map((week) => [instantOf(week.week), week.suppressed ? null : of(week)]);
  const line = (name: string, data: (number | null)[][]): LineSeriesOption => ({
    type: "line",
    name,
    data: data as LineSeriesOption["data"] & object,
    connectNulls: false,
    symbol: "circle",
  });
  return {
    ...chartBase(setting, input.description),
    grid: { left: 48, right: 24, top: 56, bottom: 28 },
    tooltip: {
      ...tooltipStyle(setting),
      trigger: "axis",
      axisPointer: { type: "line", lineStyle: { color: tokens.muted } },
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        const week = weeks[first?.dataIndex ?? -1];
        return week === undefined ? "" : weekTooltip(week, input.kind, setting);
      },
    },
    xAxis: dayAxis(
      setting,
      weeks.map((week) => week.week),
    ),
    yAxis: {
      // Above the names of the assistants.
      ...valueAxis(setting, input.axisName, (value) => axisDifference(input.kind, value, formats)),
      min: 0,
      nameGap: 30,
    },
    series: [
      {
        ...line(
          t("chart.rawSpread"),
          points((week) => week.rawStandardDeviation),
        ),
        id: "raw",
        symbolSize: 4,
        lineStyle: { width: 1, color: tokens.muted },
        itemStyle: { color: tokens.muted },
      },
      {
        ...line(
          t("chart.correctedSpread"),
          points((week) => week.correctedStandardDeviation),
        ),
        id: "corrected",
        symbolSize: 7,
        lineStyle: { width: 3, color: tokens.accent },
        itemStyle: { color: tokens.accent },
        ...adoptionMarks(input.adoptions, weeks, setting),
      },
    ],
  };
}

/** One line a day of adoption; of each assistant the day with the most agents carries its name. */
function adoptionMarks(
  adoptions: readonly Adoption[],
  weeks: readonly Week[],
  setting: ChartSetting,
) {
  if (adoptions.length === 0) return {};
  // The name grows away from the nearer edge.
  const middle = weeks[Math.floor(weeks.length / 2)]?.week ?? "";
  const { t, tokens } = setting;
  const named = new Map<string, Adoption>();
  for (const adoption of adoptions) {
    const known = named.get(adoption.assistant);
    if (known === undefined || adoption.agents > known.agents) {
      named.set(adoption.assistant, adoption);
    }
  }
  const data = adoptions.map((adoption) => ({
    xAxis: instantOf(adoption.day),
    label: {
      show: named.get(adoption.assistant) === adoption,
      align: adoption.day < middle ? ("left" as const) : ("right" as const),
      formatter: t("chart.adoption", { count: adoption.agents, assistant: adoption.assistant }),
    },
  }));
  return {
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: tokens.warning, type: "dashed" as const, width: 1 },
      label: { position: "end" as const, color: tokens.warning, fontSize: 12 },
      data,
    },
  };
}

function weekTooltip(week: Week, kind: FigureKind, setting: ChartSetting): string {
  const { t, formats } = setting;
  const spread = (value: number | null) =>
    value === null ? t("figure.notEstimable") : difference(kind, value, setting);
  const title = t("chart.weekOf", { day: formats.dayLong(dayAt(instantOf(week.week))) });
  if (week.suppressed) return tooltipTable(title, [], t("state.tooFew"));
  return tooltipTable(title, [
    { name: t("chart.correctedSpread"), value: spread(week.correctedStandardDeviation) },
    { name: t("chart.rawSpread"), value: spread(week.rawStandardDeviation) },
    {
      name: t("chart.meanName"),
      value: week.mean === null ? t("figure.none") : formats.figure(kind, week.mean),
    },
    {
      name: t("chart.reliability"),
      value: week.reliability === null ? t("figure.none") : formats.share(week.reliability, 0),
    },
    { name: t("chart.agents"), value: formats.number(week.agents) },
  ]);
}
