/**
 * Who moved? Each fifth's mean before (hollow) and after (filled), joined by a line. A position is read here,
 * not a length, so the axis need not start at zero.
 */

import type {
  CustomSeriesOption,
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemReturn,
  EChartsOption,
} from "echarts";
import type { StudyFifth } from "../api/studies.ts";
import type { FigureKind } from "../i18n/formats.ts";
import { chartBase, FONT, tooltipStyle, valueAxis } from "./axes.ts";
import { signedDifference } from "./change.ts";
import type { ChartSetting } from "./setting.ts";
import { tooltipTable } from "./tooltip.ts";

export interface FifthsInput {
  readonly fifths: readonly StudyFifth[];
  readonly kind: FigureKind;
  /** The metric's name with its unit. */
  readonly axisName: string;
}

/** Within so few shares an axis needs decimals, or it says the same figure twice. */
const NARROW = 0.05;

const NAMES = [
  "study.fifth.1",
  "study.fifth.2",
  "study.fifth.3",
  "study.fifth.4",
  "study.fifth.5",
] as const;

export function studyFifths(input: FifthsInput, setting: ChartSetting): EChartsOption {
  const { fifths, kind, axisName } = input;
  const { t, formats, tokens } = setting;
  const names = fifths.map(({ fifth }) => t(NAMES[fifth - 1] ?? NAMES[0]));
  const labels = fifths.map(({ before, after }) =>
    t("study.fromTo", {
      before: formats.figure(kind, before),
      after: formats.figure(kind, after),
    }),
  );
  const words = names.map((name, index) => `${name} ${labels[index]}`);
  const means = fifths.flatMap(({ before, after }) => [before, after]);
  const isNarrow = Math.max(...means) - Math.min(...means) < NARROW;
  const format = (value: number) =>
    kind === "share" ? formats.share(value, isNarrow ? 1 : 0) : formats.short(value);
  return {
    ...chartBase(setting, [t("study.fifthsAria"), words.join("; ")].join(" ")),
    grid: { left: 92, right: 112, top: 4, bottom: 44 },
    tooltip: { ...tooltipStyle(setting), trigger: "item" },
    xAxis: {
      ...{ ...valueAxis(setting, axisName, format), scale: true },
      ...{ nameLocation: "middle", nameGap: 28, nameTextStyle: { color: tokens.muted } },
    },
    yAxis: {
      ...{ type: "category", inverse: true, data: names },
      ...{ axisLine: { show: false }, axisTick: { show: false } },
      axisLabel: { color: tokens.text, interval: 0 },
    },
    series: [fifthSeries(input, labels, setting)],
  };
}

function fifthSeries(
  { fifths, kind }: FifthsInput,
  labels: readonly string[],
  setting: ChartSetting,
): CustomSeriesOption {
  const { t, formats, tokens } = setting;
  return {
    type: "custom",
    id: "fifths",
    dimensions: ["before", "after", "place"],
    encode: { x: [0, 1], y: 2 },
    data: fifths.map(({ before, after }, place) => [before, after, place]),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const { x, width } = coordSys as unknown as { x: number; width: number };
      const label = { text: labels[dataIndex] ?? "", x: x + width + 12 };
      return drawFifth(api, label, setting);
    },
    tooltip: {
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? parameters[0]?.dataIndex : parameters.dataIndex;
        const found = fifths[index ?? -1];
        if (found === undefined) return "";
        const { before, after, fifth, agents } = found;
        return tooltipTable(t(NAMES[fifth - 1] ?? NAMES[0]), [
          { name: t("study.before"), value: formats.figure(kind, before) },
          { name: t("study.after"), value: formats.figure(kind, after) },
          { name: t("chart.changeOf"), value: signedDifference(kind, after - before, setting) },
          { name: t("chart.agents"), value: formats.number(agents) },
        ]);
      },
    },
    itemStyle: { color: tokens.accent },
  };
}

function drawFifth(
  api: CustomSeriesRenderItemAPI,
  label: { readonly text: string; readonly x: number },
  { tokens }: ChartSetting,
): CustomSeriesRenderItemReturn {
  const [before = 0, y = 0] = api.coord([api.value(0), api.value(2)]);
  const [after = 0] = api.coord([api.value(1), api.value(2)]);
  return {
    type: "group",
    children: [
      {
        type: "line",
        shape: { x1: before, y1: y, x2: after, y2: y },
        style: { stroke: tokens.accent, lineWidth: 2 },
      },
      {
        type: "circle",
        shape: { cx: before, cy: y, r: 4 },
        style: { fill: tokens.surface, stroke: tokens.accent, lineWidth: 2 },
      },
      {
        type: "circle",
        shape: { cx: after, cy: y, r: 5 },
        style: { fill: tokens.accent },
      },
      {
        ...{ type: "text", x: label.x, y },
        style: {
          ...{ text: label.text, fill: tokens.text, verticalAlign: "middle" },
          font: `12px ${FONT}`,
        },
      },
    ],
  };
}
