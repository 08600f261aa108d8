/**
 * The spread between agents, week by week: the raw standard deviation thin, the one with the
 * sampling noise taken out bold, and the days on which agents took up an assistant. A week of which
 * only some days lie in the period rests on fewer contacts: it is a hollow mark outside of the lines.
 */

import type { EChartsOption, LineSeriesOption } from "echarts";
import type { Spread } from "../api/types.ts";
import { standsAgainst } from "../frame/comparison.ts";
import { addDays, daysWithin, isPartial, type Period } from "../frame/periods.ts";
import type { FigureKind } from "../i18n/formats.ts";
import { adoptionMarks, adoptionWords } from "./adoption-marks.ts";
import { chartBase, dayAt, dayAxis, instantOf, tooltipStyle, valueAxis } from "./axes.ts";
import { axisDifference, difference } from "./difference.ts";
import type { ChartSetting } from "./setting.ts";
import { tooltipTable } from "./tooltip.ts";

type Week = Spread["weeks"][number];
type Adoption = Spread["adoptions"][number];
type Figure = (week: Week) => number | null;

export interface SpreadWeeksInput {
  readonly weeks: readonly Week[];
  readonly adoptions: readonly Adoption[];
  /** The days that were counted. */
  readonly period: Period;
  readonly kind: FigureKind;
  readonly axisName: string;
  readonly description: string;
  /** The weeks of what is compared with, and the days from one to the week it stands against. */
  readonly against?: { readonly weeks: readonly Week[]; readonly shiftDays: number } | null;
}

/** The week of the other side that stands against each, by its day. */
export function weeksAgainst({ against }: SpreadWeeksInput): ReadonlyMap<string, Week> {
  if (!against) return new Map();
  const { weeks, shiftDays } = against;
  return new Map(weeks.map((week) => [standsAgainst(week.week, "week", shiftDays), week]));
}

export function spreadWeeks(input: SpreadWeeksInput, setting: ChartSetting): EChartsOption {
  const { formats, tokens } = setting;
  const weeks = [...input.weeks].sort((one, other) => (one.week < other.week ? -1 : 1));
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
        return week === undefined ? "" : weekTooltip(week, input, setting);
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
    series: weekSeries(weeks, input, setting),
  };
}

/** Raw, corrected, and the hollow marks of weeks that stick out of the period. */
function weekSeries(
  weeks: readonly Week[],
  input: SpreadWeeksInput,
  setting: ChartSetting,
): LineSeriesOption[] {
  const { t, tokens } = setting;
  const points = (of: Figure, partial: boolean) =>
    weeks.map((week) => {
      const shown = !week.suppressed && isPartial(week.week, "week", input.period) === partial;
      return [instantOf(week.week), shown ? of(week) : null];
    });
  const line = (name: string, data: (number | null)[][]): LineSeriesOption => ({
    type: "line",
    name,
    data: data as LineSeriesOption["data"] & object,
    connectNulls: false,
    symbol: "circle",
  });
  return [
    // Draws nothing: gives every week a place that the pointer finds, also one without a figure.
    {
      ...line(
        "",
        weeks.map((week) => [instantOf(week.week), 0]),
      ),
      id: "weeks",
      symbol: "none",
      lineStyle: { opacity: 0 },
    },
    {
      ...line(
        t("chart.rawSpread"),
        points((week) => week.rawStandardDeviation, false),
      ),
      id: "raw",
      symbolSize: 4,
      lineStyle: { width: 1, color: tokens.muted },
      itemStyle: { color: tokens.muted },
    },
    {
      ...line(
        t("chart.correctedSpread"),
        points((week) => week.correctedStandardDeviation, false),
      ),
      id: "corrected",
      symbolSize: 7,
      lineStyle: { width: 3, color: tokens.accent },
      itemStyle: { color: tokens.accent },
      ...adoptionMarks(
        input.adoptions,
        weeks.map(({ week }) => week),
        setting,
      ),
    },
    {
      ...line(
        t("legend.partWeek"),
        points((week) => week.correctedStandardDeviation, true),
      ),
      id: "partial",
      symbolSize: 7,
      lineStyle: { opacity: 0 },
      itemStyle: { color: tokens.surface, borderColor: tokens.muted, borderWidth: 1.5 },
    },
    ...(input.against ? [againstLine(weeks, input, { line, setting })] : []),
  ];
}

interface AgainstDrawing {
  readonly line: (name: string, data: (number | null)[][]) => LineSeriesOption;
  readonly setting: ChartSetting;
}

/** Muted and dashed, behind the line it is read against. */
function againstLine(
  weeks: readonly Week[],
  input: SpreadWeeksInput,
  { line, setting }: AgainstDrawing,
): LineSeriesOption {
  const others = weeksAgainst(input);
  const points = weeks.map(({ week }) => {
    const other = others.get(week);
    const shown = other !== undefined && !other.suppressed;
    return [instantOf(week), shown ? other.correctedStandardDeviation : null];
  });
  return {
    ...line(setting.t("chart.correctedAgainst"), points),
    id: "against",
    symbol: "rect",
    symbolSize: 6,
    z: 1,
    lineStyle: { width: 1.5, type: "dashed", color: setting.tokens.muted },
    itemStyle: {
      color: setting.tokens.surface,
      borderColor: setting.tokens.muted,
      borderWidth: 1.5,
    },
  };
}

function weekTooltip(week: Week, input: SpreadWeeksInput, setting: ChartSetting): string {
  const { t, formats } = setting;
  const { kind, period, adoptions } = input;
  const spread = (value: number | null) =>
    value === null ? t("figure.notEstimable") : difference(kind, value, setting);
  const title = t("chart.weekOf", { day: formats.dayLong(dayAt(instantOf(week.week))) });
  const { days, of } = daysWithin(week.week, "week", period);
  const end = addDays(week.week, 7);
  const notes = [
    ...(days < of ? [t("chart.partOf", { count: of, days: formats.number(days) })] : []),
    ...adoptions
      .filter(({ day }) => day >= week.week && day < end)
      .map((adoption) => `${formats.day(adoption.day)} ${adoptionWords(adoption, setting)}`),
  ];
  if (week.suppressed) {
    return tooltipTable(title, [], [t("state.tooFew"), ...notes].join(" · "));
  }
  const lines = [
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
    ...linesAgainst(weeksAgainst(input).get(week.week), spread, setting),
  ];
  return tooltipTable(title, lines, notes.join(" · "));
}

function linesAgainst(
  other: Week | undefined,
  spread: (value: number | null) => string,
  { t, formats }: ChartSetting,
) {
  if (other === undefined) return [];
  const value = other.suppressed ? t("state.tooFew") : spread(other.correctedStandardDeviation);
  return [
    { name: t("chart.correctedAgainst"), value },
    { name: t("chart.agentsAgainst"), value: formats.number(other.agents) },
  ];
}
