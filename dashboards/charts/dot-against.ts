/**
 * What dots are compared with. The same agent before is a hollow square in the agent's own place, with a
 * faint line to the dot. Another group stands in a column of its own at the right, on the same scale,
 * with its own mean: its agents are others.
 */

import type { CustomSeriesOption, CustomSeriesRenderItemAPI } from "echarts";
import type { SpreadAgent } from "../api/types.ts";
import type { FigureKind } from "../i18n/formats.ts";
import type { Tokens } from "../theme/tokens.ts";
import { differenceOf, signedDifference } from "./change.ts";
import type { ChartSetting } from "./setting.ts";
import { MOST_DOTS, thinned } from "./thinned.ts";
import { type TooltipLine, tooltipTable } from "./tooltip.ts";

export interface DotsAgainst {
  readonly agents: readonly SpreadAgent[];
  readonly mean: number | null;
  /** The other group's name; null where it is the same agents in another period. */
  readonly group: string | null;
}

type Shown = SpreadAgent & { readonly value: number };

const isShown = (agent: SpreadAgent): agent is Shown => !agent.suppressed && agent.value !== null;

/** The other group's people from lowest to highest; where it has none, its AI agents. */
export function groupColumn({ agents, group }: DotsAgainst): readonly Shown[] {
  if (group === null) return [];
  const shown = agents
    .filter(isShown)
    .sort((one, other) => one.value - other.value || (one.name < other.name ? -1 : 1));
  const people = shown.filter(({ kind }) => kind === "human");
  return thinned(people.length > 0 ? people : shown, MOST_DOTS);
}

/** Places between the two columns. */
export const COLUMN_GAP = 3;

/** Each agent's figure of the other period, by id. */
export function figuresBefore(against: DotsAgainst | null): ReadonlyMap<string, SpreadAgent> {
  if (against === null || against.group !== null) return new Map();
  return new Map(against.agents.map((agent) => [agent.agent, agent]));
}

/** Hollow squares in the places of the agents who have a figure there. */
export function ghostSeries(
  shown: readonly Shown[],
  before: ReadonlyMap<string, SpreadAgent>,
  { tokens }: ChartSetting,
): CustomSeriesOption {
  const data = shown.flatMap((agent, place) => {
    const figure = before.get(agent.agent);
    return figure === undefined || !isShown(figure) ? [] : [[place, figure.value, agent.value]];
  });
  return {
    type: "custom",
    id: "ghosts",
    silent: true,
    dimensions: ["place", "before", "now"],
    encode: { x: 0, y: [1] },
    data,
    renderItem: (_, api) => drawGhost(api, tokens),
  };
}

function drawGhost(api: CustomSeriesRenderItemAPI, tokens: Tokens) {
  const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
  const [, now = 0] = api.coord([api.value(0), api.value(2)]);
  const space = api.size?.([1, 0]);
  const width = Array.isArray(space) ? (space[0] ?? 6) : 6;
  const side = Math.min(7, Math.max(4, width * 0.8));
  return {
    type: "group" as const,
    children: [
      {
        type: "line" as const,
        shape: { x1: x, y1: y, x2: x, y2: now },
        style: { stroke: tokens.muted, lineWidth: 1, lineDash: [1, 2], opacity: 0.7 },
      },
      {
        type: "rect" as const,
        shape: { x: x - side / 2, y: y - side / 2, width: side, height: side },
        style: { fill: tokens.surface, stroke: tokens.muted, lineWidth: 1 },
      },
    ],
  };
}

/** The other group's agents as hollow squares with their intervals, from a place on. */
export function groupSeries(
  against: DotsAgainst,
  of: { readonly from: number; readonly kind: FigureKind },
  setting: ChartSetting,
): CustomSeriesOption {
  const { t, formats, tokens } = setting;
  const column = groupColumn(against);
  const written = (value: number | null) =>
    value === null ? t("figure.none") : formats.figure(of.kind, value);
  return {
    type: "custom",
    id: "agents-against",
    dimensions: ["place", "value", "low", "high"],
    encode: { x: 0, y: [1, 2, 3] },
    data: column.map((agent, place) => ({
      name: agent.name,
      value: [of.from + place, agent.value, agent.low ?? agent.value, agent.high ?? agent.value],
    })),
    renderItem: (_, api) => drawOther(api, tokens),
    tooltip: {
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? parameters[0]?.dataIndex : parameters.dataIndex;
        const agent = column[index ?? -1];
        if (agent === undefined) return "";
        return tooltipTable(`${agent.name} · ${against.group ?? ""}`, [
          { name: t("chart.measured"), value: written(agent.value) },
          { name: t("chart.interval"), value: `${written(agent.low)} – ${written(agent.high)}` },
          { name: t("chart.population"), value: formats.number(agent.n) },
        ]);
      },
    },
    ...(against.mean === null || column.length === 0
      ? {}
      : { markLine: meanLine(against, { ...of, to: of.from + column.length }, setting) }),
  };
}

function drawOther(api: CustomSeriesRenderItemAPI, tokens: Tokens) {
  const at = (dimension: number) => api.coord([api.value(0), api.value(dimension)]);
  const [x = 0, y = 0] = at(1);
  const [, low = 0] = at(2);
  const [, high = 0] = at(3);
  return {
    type: "group" as const,
    children: [
      {
        type: "line" as const,
        shape: { x1: x, y1: low, x2: x, y2: high },
        style: { stroke: tokens.muted, lineWidth: 1, opacity: 0.55 },
      },
      {
        type: "rect" as const,
        shape: { x: x - 3, y: y - 3, width: 6, height: 6 },
        style: { fill: tokens.surface, stroke: tokens.muted, lineWidth: 1 },
      },
    ],
  };
}

function meanLine(
  { mean, group }: DotsAgainst,
  of: { readonly from: number; readonly to: number; readonly kind: FigureKind },
  { t, formats, tokens }: ChartSetting,
) {
  const value = mean ?? 0;
  const label = t("chart.mean", { value: formats.figure(of.kind, value) });
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: tokens.muted, type: "dashed" as const, width: 1 },
    label: {
      position: "insideEndTop" as const,
      color: tokens.muted,
      formatter: group === null ? label : `${group}: ${label}`,
    },
    data: [
      [
        { xAxis: of.from - 1, yAxis: value },
        { xAxis: of.to, yAxis: value },
      ],
    ] as [{ xAxis: number; yAxis: number }, { xAxis: number; yAxis: number }][],
  };
}

/** Of an agent's tooltip: the figure before, what it rests on, and the change. */
export function beforeLines(
  agent: Shown,
  before: SpreadAgent | undefined,
  kind: FigureKind,
  setting: ChartSetting,
): TooltipLine[] {
  if (before === undefined) return [];
  const { t, formats } = setting;
  const change = differenceOf(agent.value, before.value);
  const figure =
    before.value === null
      ? t(before.suppressed ? "state.tooFew" : "figure.none")
      : formats.figure(kind, before.value);
  return [
    { name: t("chart.before"), value: figure },
    { name: t("chart.beforePopulation"), value: formats.number(before.n) },
    ...(change === null
      ? []
      : [{ name: t("chart.changeOf"), value: signedDifference(kind, change, setting) }]),
  ];
}
