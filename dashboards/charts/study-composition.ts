/**
 * What changed the variance between people: those who stayed, those who came, those who left. A waterfall
 * whose first bar and three steps add up to the last; lengths are read, so it stands on zero.
 */

import type {
  CustomSeriesOption,
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemReturn,
  EChartsOption,
} from "echarts";
import type { StudyComposition } from "../api/studies.ts";
import { categoryAxis, chartBase, FONT, tooltipStyle, valueAxis } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { tooltipTable } from "./tooltip.ts";

export interface CompositionStep {
  readonly id: "before" | "stayers" | "joiners" | "leavers" | "after";
  readonly from: number;
  readonly to: number;
  readonly people: number;
}

/** `scale`: what the variance is multiplied by to be in the unit that is shown. */
export function compositionSteps(found: StudyComposition, scale = 1): CompositionStep[] {
  const { stayed, joined, left } = found;
  const before = found.before * scale;
  const stayers = before + found.stayers * scale;
  const joiners = stayers + found.joiners * scale;
  const leavers = joiners + found.leavers * scale;
  return [
    { id: "before", from: 0, to: before, people: stayed + left },
    { id: "stayers", from: before, to: stayers, people: stayed },
    { id: "joiners", from: stayers, to: joiners, people: joined },
    { id: "leavers", from: joiners, to: leavers, people: left },
    { id: "after", from: 0, to: found.after * scale, people: stayed + joined },
  ];
}

export interface CompositionInput {
  readonly steps: readonly CompositionStep[];
  /** The squared unit. */
  readonly unit: string;
}

const isTotal = ({ id }: CompositionStep): boolean => id === "before" || id === "after";

export function studyComposition(
  { steps, unit }: CompositionInput,
  setting: ChartSetting,
): EChartsOption {
  const { t, formats } = setting;
  const names = steps.map(({ id }) => t(`study.${id}`));
  const people = steps.map((step) => t("study.count", { shown: formats.number(step.people) }));
  const figures = figuresOf(steps, setting);
  const words = steps.map((_, index) => `${names[index]} ${figures[index]} (${people[index]})`);
  const decimals = decimalsFor(steps, 1);
  const axis = valueAxis(setting, t("study.compositionAxis", { unit }), (value) =>
    formats.number(value, decimals).replace("-", "−"),
  );
  return {
    ...chartBase(setting, [t("study.compositionAria"), words.join("; ")].join(" ")),
    grid: { left: 48, right: 16, top: 40, bottom: 44 },
    tooltip: {
      ...tooltipStyle(setting),
      trigger: "item",
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? parameters[0]?.dataIndex : parameters.dataIndex;
        const name = names[index ?? -1];
        if (index === undefined || name === undefined) return "";
        return tooltipTable(name, [
          { name: t("study.compositionAxis", { unit }), value: figures[index] ?? "" },
          { name: t("chart.agents"), value: formats.number(steps[index]?.people ?? 0) },
        ]);
      },
    },
    xAxis: {
      ...categoryAxis(
        setting,
        names.map((name, index) => `${name}\n${people[index]}`),
      ),
      axisLabel: { color: setting.tokens.muted, interval: 0, lineHeight: 16 },
    },
    yAxis: axis,
    series: [stepSeries(steps, figures, setting)],
  };
}

/** As many decimals as give the largest bar that many figures and one more. */
function decimalsFor(steps: readonly CompositionStep[], figures: number): number {
  const most = Math.max(...steps.flatMap(({ from, to }) => [Math.abs(from), Math.abs(to)]));
  if (!(most > 0)) return 0;
  return Math.min(6, Math.max(0, figures - Math.floor(Math.log10(most))));
}

/** Totals as they are, steps with their sign. */
function figuresOf(steps: readonly CompositionStep[], { formats }: ChartSetting): string[] {
  const decimals = decimalsFor(steps, 2);
  return steps.map((step) => {
    const value = step.to - step.from;
    const size = formats.number(Math.abs(value), decimals);
    if (size === formats.number(0, decimals)) return size;
    if (value < 0) return `−${size}`;
    return isTotal(step) ? size : `+${size}`;
  });
}

function stepSeries(
  steps: readonly CompositionStep[],
  figures: readonly string[],
  { tokens }: ChartSetting,
): CustomSeriesOption {
  const [fell = tokens.accent, rose = tokens.warning] = [tokens.change[0], tokens.change.at(-1)];
  const colourOf = (step: CompositionStep) =>
    isTotal(step) ? tokens.muted : step.to < step.from ? fell : rose;
  return {
    type: "custom",
    id: "steps",
    dimensions: ["place", "from", "to"],
    encode: { x: 0, y: [1, 2] },
    data: steps.map(({ from, to }, place) => [place, from, to]),
    renderItem: ({ dataIndex }, api) => {
      const step = steps[dataIndex];
      if (step === undefined) return null;
      const isLast = dataIndex === steps.length - 1;
      return drawStep(api, {
        colour: colourOf(step),
        label: figures[dataIndex] ?? "",
        ...{ text: tokens.text, link: isLast ? null : tokens.muted },
      });
    },
  };
}

interface StepLook {
  readonly colour: string;
  readonly label: string;
  readonly text: string;
  /** The colour of the line to the next bar. */
  readonly link: string | null;
}

function drawStep(
  api: CustomSeriesRenderItemAPI,
  { colour, label, text, link }: StepLook,
): CustomSeriesRenderItemReturn {
  const [x = 0, from = 0] = api.coord([api.value(0), api.value(1)]);
  const [, to = 0] = api.coord([api.value(0), api.value(2)]);
  const space = api.size?.([1, 0]);
  const step = Array.isArray(space) ? (space[0] ?? 60) : 60;
  const width = Math.min(56, step * 0.6);
  const top = Math.min(from, to);
  return {
    type: "group",
    children: [
      {
        type: "rect",
        // A step of nothing is still seen, as a line.
        shape: { x: x - width / 2, y: top, width, height: Math.max(1, Math.abs(to - from)) },
        style: { fill: colour },
      },
      ...(link === null
        ? []
        : [
            {
              type: "line" as const,
              shape: { x1: x + width / 2, y1: to, x2: x + step - width / 2, y2: to },
              style: { stroke: link, lineWidth: 1, lineDash: [2, 2] },
            },
          ]),
      {
        ...{ type: "text", x, y: top - 4 },
        style: {
          ...{ text: label, fill: text, font: `600 12px ${FONT}` },
          ...{ align: "center", verticalAlign: "bottom" },
        },
      },
    ],
  };
}
