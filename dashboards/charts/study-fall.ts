/**
 * How much the spread fell, three ways on one axis: as seen, without noise, and net of those without an
 * assistant. A dot with its interval in a row of its own, name and figure above it. An interval
 * without a lower bound, or one that goes beyond the axis, runs to the edge and ends in an arrow.
 */

import type {
  CustomSeriesOption,
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemReturn,
  EChartsOption,
} from "echarts";
import type { SpreadStudy, StudyInterval } from "../api/studies.ts";
import type { Tokens } from "../theme/tokens.ts";
import { chartBase, FONT, tooltipStyle, valueAxis } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { signedShare } from "./signed-share.ts";
import { type TooltipLine, tooltipTable } from "./tooltip.ts";

interface People {
  readonly before: number;
  readonly after: number;
}

export interface FallRow {
  readonly id: "seen" | "corrected" | "net";
  readonly reduction: number | null;
  readonly interval: StudyInterval | null;
  readonly treated: People;
  /** Only of the row that is net of them; null where there is nobody. */
  readonly control: People | null;
}

export function fallRows({ treated, control, net }: SpreadStudy): FallRow[] {
  const peopleOf = (arm: typeof treated): People => ({
    before: arm.before.agents,
    after: arm.after.agents,
  });
  const { rawReduction, reduction, interval } = treated.change;
  const alone = { treated: peopleOf(treated), control: null };
  return [
    { id: "seen", reduction: rawReduction, interval: null, ...alone },
    { id: "corrected", reduction, interval, ...alone },
    {
      ...{ id: "net", reduction: net?.reduction ?? null, interval: net?.interval ?? null },
      ...{ treated: peopleOf(treated), control: control && peopleOf(control) },
    },
  ];
}

/** Farther to the left than a doubled spread no interval is drawn: all else would shrink to a point. */
const FARTHEST_RISE = -1;
const STEP = 0.1;
const ROOM = 0.03;

/** Zero, every figure, and their intervals as far as they are drawn; at full tenths. */
export function fallExtent(rows: readonly FallRow[]): { min: number; max: number } {
  const drawn = rows.filter(({ reduction }) => reduction !== null);
  const figures = drawn.flatMap(({ reduction }) => reduction ?? []);
  const highs = drawn.flatMap(({ interval }) => interval?.high ?? []);
  const lows = drawn.flatMap(({ interval }) => interval?.low ?? []);
  const least = Math.min(0, ...figures, ...lows.map((low) => Math.max(low, FARTHEST_RISE)));
  const most = Math.max(0, ...figures, ...highs);
  const tenth = (value: number, round: (value: number) => number) =>
    Number((round(value / STEP) * STEP).toFixed(1));
  // More than all of it cannot fall.
  return { min: tenth(least - ROOM, Math.floor), max: Math.min(1, tenth(most + ROOM, Math.ceil)) };
}

export function studyFall(rows: readonly FallRow[], setting: ChartSetting): EChartsOption {
  const { t, formats, tokens } = setting;
  const { min, max } = fallExtent(rows);
  const axis = valueAxis(setting, t("study.fallAxis"), (value) => signedShare(value, formats));
  const words = rows.map((row) => `${t(`study.${row.id}`)} ${written(row, setting)}`);
  return {
    ...chartBase(setting, [t("study.fallAria"), words.join("; ")].join(" ")),
    grid: { left: 16, right: 16, top: 4, bottom: 44 },
    tooltip: { ...tooltipStyle(setting), trigger: "item" },
    xAxis: {
      ...{ ...axis, min, max, nameLocation: "middle", nameGap: 28 },
      nameTextStyle: { color: tokens.muted },
    },
    yAxis: {
      ...{ type: "category", inverse: true, show: false },
      data: rows.map(({ id }) => t(`study.${id}`)),
    },
    series: [nameSeries(rows, setting), intervalSeries(rows, min, setting)],
  };
}

/** The figure with its interval in words. */
function written({ id, reduction, interval, control }: FallRow, { t, formats }: ChartSetting) {
  if (reduction === null) {
    return t(id === "net" && control === null ? "study.noControl" : "figure.notEstimable");
  }
  const value = signedShare(reduction, formats);
  if (interval === null) return value;
  const { low, high } = interval;
  return t("study.range", {
    value,
    low: low === null ? t("study.unbounded") : signedShare(low, formats),
    high: signedShare(high, formats),
  });
}

/** Each row's name at the left and its figure at the right, above the middle of the row. */
function nameSeries(rows: readonly FallRow[], setting: ChartSetting): CustomSeriesOption {
  const { t, tokens } = setting;
  return {
    type: "custom",
    id: "names",
    silent: true,
    encode: { x: 0, y: 1 },
    data: rows.map((_, place) => [0, place]),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const row = rows[dataIndex];
      if (row === undefined) return null;
      const { x, width } = coordSys as unknown as { x: number; width: number };
      const y = (api.coord([0, dataIndex])[1] ?? 0) - 6;
      // The line at zero runs behind the words.
      const ground = { backgroundColor: tokens.surface, padding: 2 };
      const style = { ...ground, fill: tokens.text, verticalAlign: "bottom" as const };
      return {
        type: "group",
        children: [
          {
            ...{ type: "text", x, y },
            style: { ...style, text: t(`study.${row.id}`), font: `12px ${FONT}` },
          },
          {
            ...{ type: "text", x: x + width, y },
            style: {
              ...{ ...style, align: "right", text: written(row, setting) },
              font: `600 12px ${FONT}`,
            },
          },
        ],
      };
    },
    markLine: {
      ...{ silent: true, symbol: "none", label: { show: false }, z: 1 },
      lineStyle: { color: tokens.muted, type: "solid", width: 1 },
      data: [{ xAxis: 0 }],
    },
  };
}

function intervalSeries(
  rows: readonly FallRow[],
  edge: number,
  setting: ChartSetting,
): CustomSeriesOption {
  const shown = rows.flatMap((row, place) =>
    row.reduction === null ? [] : [{ ...row, place, reduction: row.reduction }],
  );
  return {
    type: "custom",
    id: "fall",
    dimensions: ["reduction", "low", "high", "place", "open"],
    encode: { x: [0, 1, 2], y: 3 },
    data: shown.map(({ reduction, interval, place }) => {
      const low = interval === null ? reduction : (interval.low ?? edge);
      const isOpen = interval !== null && (interval.low === null || low < edge);
      const ends = [Math.max(low, edge), interval?.high ?? reduction];
      return [reduction, ...ends, place, isOpen ? 1 : 0];
    }),
    renderItem: (_, api) => drawFall(api, setting.tokens),
    tooltip: {
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? parameters[0]?.dataIndex : parameters.dataIndex;
        const row = shown[index ?? -1];
        return row === undefined ? "" : rowTooltip(row, setting);
      },
    },
  };
}

const DOT = 5;
const ARROW = 6;

function drawFall(api: CustomSeriesRenderItemAPI, tokens: Tokens): CustomSeriesRenderItemReturn {
  const at = (dimension: number) => api.coord([api.value(dimension), api.value(3)]);
  const [x = 0, middle = 0] = at(0);
  const y = middle + 6;
  const [low = 0] = at(1);
  const [high = 0] = at(2);
  const isOpen = api.value(4) === 1;
  const stroke = { stroke: tokens.accent, lineWidth: 2 };
  const end = (place: number) => ({
    ...{ type: "line" as const, style: stroke },
    shape: { x1: place, y1: y - 4, x2: place, y2: y + 4 },
  });
  const arrow = {
    type: "polygon" as const,
    shape: {
      points: [
        [low - ARROW, y],
        [low + ARROW, y - ARROW],
        [low + ARROW, y + ARROW],
      ],
    },
    style: { fill: tokens.accent },
  };
  const ends = low === high ? [] : [isOpen ? arrow : end(low), end(high)];
  return {
    type: "group",
    children: [
      { type: "line", shape: { x1: low, y1: y, x2: high, y2: y }, style: stroke },
      ...ends,
      { type: "circle", shape: { cx: x, cy: y, r: DOT }, style: { fill: tokens.accent } },
    ],
  };
}

function rowTooltip(row: FallRow, setting: ChartSetting): string {
  const { t, formats } = setting;
  const share = (value: number) => signedShare(value, formats, 1);
  const lines: TooltipLine[] = [];
  if (row.reduction !== null) {
    lines.push({ name: t("study.fallAxis"), value: share(row.reduction) });
  }
  if (row.interval !== null) {
    const { low, high } = row.interval;
    const from = low === null ? t("study.unbounded") : share(low);
    lines.push({ name: t("chart.interval"), value: `${from} – ${share(high)}` });
  }
  const people = ({ before, after }: People) =>
    t("study.peopleOf", { before: formats.number(before), after: formats.number(after) });
  lines.push({ name: t("study.with"), value: people(row.treated) });
  if (row.control !== null) lines.push({ name: t("study.without"), value: people(row.control) });
  return tooltipTable(t(row.id === "net" ? "study.netLong" : `study.${row.id}`), lines);
}
