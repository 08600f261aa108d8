/**
 * Every agent as a dot with its interval, sorted: who differs, and by how much of it is noise. The
 * hollow mark is the shrunken value (pulled to the mean by as much as the agent's own figure is
 * noise). A position is read here, not a length, so the axis need not start at zero.
 *
 * People are compared with people: AI agents, who often do ten times as much, stand in a narrow panel
 * of their own at the right, on a scale of their own.
 */

import type { CustomSeriesOption, EChartsOption } from "echarts";
import type { SpreadAgent } from "../api/types.ts";
import type { FigureKind } from "../i18n/formats.ts";
import { chartBase, tooltipStyle, valueAxis } from "./axes.ts";
import {
  beforeLines,
  COLUMN_GAP,
  type DotsAgainst,
  figuresBefore,
  ghostSeries,
  groupColumn,
  groupSeries,
} from "./dot-against.ts";
import { drawAgent, drawTooFew } from "./dot-interval-marks.ts";
import { type ChartSetting, partyColour, partyIndex } from "./setting.ts";
import { MOST_DOTS, thinned } from "./thinned.ts";
import { tooltipTable } from "./tooltip.ts";

export interface DotIntervalInput {
  readonly agents: readonly SpreadAgent[];
  readonly mean: number | null;
  /** The spread that is left when the noise is taken out. */
  readonly standardDeviation: number | null;
  readonly kind: FigureKind;
  /** The metric's name with its unit, over the axis. */
  readonly axisName: string;
  /** What the agents are compared with. */
  readonly against?: DotsAgainst | null;
  readonly description: string;
}

type Shown = SpreadAgent & { readonly value: number };

const isShown = (agent: SpreadAgent): agent is Shown => !agent.suppressed && agent.value !== null;

/** Agents with a figure, from least to most; ties by name, so that a reload looks the same. */
export function sortedAgents(agents: readonly SpreadAgent[]): Shown[] {
  return agents
    .filter(isShown)
    .sort((one, other) => one.value - other.value || (one.name < other.name ? -1 : 1));
}

interface AgentPanels {
  readonly main: readonly Shown[];
  readonly beside: readonly Shown[];
  /** How many there are of each, drawn or not. */
  readonly all: { readonly main: number; readonly beside: number };
}

/** Who stands in the chart, and who in the panel beside it; AI agents alone have the chart. */
export function agentPanels(agents: readonly SpreadAgent[]): AgentPanels {
  const shown = sortedAgents(agents);
  const people = shown.filter(({ kind }) => kind === "human");
  const main = people.length === 0 ? shown : people;
  const beside = people.length === 0 ? [] : shown.filter(({ kind }) => kind === "ai");
  return {
    main: thinned(main, MOST_DOTS),
    beside: thinned(beside, MOST_DOTS),
    all: { main: main.length, beside: beside.length },
  };
}

/** The agent of a mark, by the id of its series. */
export function agentOfMark(
  agents: readonly SpreadAgent[],
  seriesId: string,
  index: number,
): SpreadAgent | undefined {
  const { main, beside } = agentPanels(agents);
  if (seriesId === "agents") return main[index];
  return seriesId === "agents-beside" ? beside[index] : undefined;
}

const MARGIN = 16;
const AXIS_LABELS = 48;

export function dotInterval(input: DotIntervalInput, setting: ChartSetting): EChartsOption {
  const { main, beside, all } = agentPanels(input.agents);
  const tooFew = input.agents.length - all.main - all.beside;
  // All who are too few share one hatched strip: a twelfth of the width, at least three places.
  const strip = tooFew === 0 ? 0 : Math.max(3, Math.round(main.length / 12));
  const { t, formats } = setting;
  const besideWidth = Math.min(160, Math.max(72, 12 * beside.length));
  const height = { top: 36, bottom: 32 };
  const mainRight = beside.length === 0 ? MARGIN : MARGIN + besideWidth + AXIS_LABELS;
  const count = (agents: number) => ({ count: agents, shown: formats.number(agents) });
  const sorted = t("chart.agentsSorted", count(all.main));
  const format = (value: number) =>
    input.kind === "share" ? formats.share(value, 0) : formats.short(value);
  const before = figuresBefore(input.against ?? null);
  const others = input.against ? groupColumn(input.against) : [];
  const column = others.length === 0 ? 0 : COLUMN_GAP + others.length;
  const mainName = [
    main.length === all.main
      ? sorted
      : t("many.drawn", { agents: sorted, drawn: formats.number(main.length) }),
    ...(column === 0
      ? []
      : [t("chart.agentsOf", { ...count(others.length), group: input.against?.group ?? "" })]),
  ].join(" · ");
  const firstOther = main.length + strip + COLUMN_GAP;
  const panels = [
    {
      grid: { ...height, left: AXIS_LABELS, right: mainRight },
      xAxis: placeAxis(mainName, main.length + strip + column, setting),
      yAxis: { ...valueAxis(setting, input.axisName, format), scale: true, splitNumber: 6 },
      ghosts: ghostSeries(main, before, setting),
      series: agentSeries(main, { kind: input.kind, before }, setting),
    },
    {
      grid: { ...height, width: besideWidth, right: MARGIN },
      xAxis: placeAxis(t("chart.aiAgents", count(all.beside)), beside.length, setting),
      yAxis: { ...valueAxis(setting, "", format), scale: true },
      ghosts: { ...ghostSeries(beside, before, setting), id: "ghosts-beside" },
      series: {
        ...agentSeries(beside, { kind: input.kind, before }, setting),
        id: "agents-beside",
      },
    },
  ].slice(0, beside.length === 0 ? 1 : 2);
  return {
    ...chartBase(setting, input.description),
    tooltip: { ...tooltipStyle(setting), trigger: "item" },
    grid: panels.map(({ grid }) => grid),
    xAxis: panels.map(({ xAxis }, gridIndex) => ({ ...xAxis, gridIndex })),
    yAxis: panels.map(({ yAxis }, gridIndex) => ({ ...yAxis, gridIndex })),
    series: [
      reference(input, main.length, setting),
      ...panels.map(({ series }, panel) => ({ ...series, xAxisIndex: panel, yAxisIndex: panel })),
      tooFewSeries({ tooFew, from: main.length, strip }, setting),
      ...(before.size === 0 ? [] : panels).map(({ ghosts }, panel) => ({
        ...ghosts,
        xAxisIndex: panel,
        yAxisIndex: panel,
      })),
      ...(column > 0 && input.against
        ? [groupSeries(input.against, { from: firstOther, kind: input.kind }, setting)]
        : []),
    ],
  };
}

/** Agents side by side, from -1 to leave the first one room. */
function placeAxis(name: string, max: number, { tokens }: ChartSetting) {
  return {
    type: "value" as const,
    min: -1,
    max,
    axisLabel: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLine: { onZero: false, lineStyle: { color: tokens.line } },
    name,
    nameLocation: "middle" as const,
    nameGap: 12,
    nameTextStyle: { color: tokens.muted },
  };
}

/** The mean as a line and one corrected standard deviation to either side as a band. */
function reference(
  input: DotIntervalInput,
  agents: number,
  setting: ChartSetting,
): CustomSeriesOption {
  const { t, formats, tokens } = setting;
  const { mean, standardDeviation } = input;
  const line: CustomSeriesOption = {
    type: "custom",
    id: "reference",
    silent: true,
    data: [],
    renderItem: () => null,
  };
  if (mean === null) return line;
  return {
    ...line,
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: tokens.muted, type: "dashed", width: 1 },
      label: {
        position: "insideStartTop",
        color: tokens.muted,
        formatter: t("chart.mean", { value: formats.figure(input.kind, mean) }),
      },
      data: [
        [
          { xAxis: -1, yAxis: mean },
          { xAxis: agents, yAxis: mean },
        ],
      ],
    },
    ...(standardDeviation === null
      ? {}
      : {
          markArea: {
            silent: true,
            itemStyle: { color: tokens.muted, opacity: 0.12 },
            // As far as there are agents; not over the strip of the too few.
            data: [
              [
                { xAxis: -1, yAxis: mean - standardDeviation },
                { xAxis: agents, yAxis: mean + standardDeviation },
              ],
            ],
          },
        }),
  };
}

function agentSeries(
  shown: readonly Shown[],
  of: { readonly kind: FigureKind; readonly before: ReadonlyMap<string, SpreadAgent> },
  setting: ChartSetting,
): CustomSeriesOption {
  return {
    type: "custom",
    id: "agents",
    dimensions: ["place", "value", "low", "high", "shrunken"],
    encode: { x: 0, y: [1, 2, 3] },
    data: shown.map((agent, place) => ({
      name: agent.name,
      value: [
        place,
        agent.value,
        agent.low ?? agent.value,
        agent.high ?? agent.value,
        agent.shrunken ?? agent.value,
      ],
      itemStyle: { color: partyColour(setting, agent.party) },
    })),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const agent = shown[dataIndex];
      const colour = partyColour(setting, agent?.party ?? null);
      const { surface } = setting.tokens;
      return drawAgent(coordSys, api, { artificial: agent?.kind === "ai", colour, surface });
    },
    tooltip: {
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? parameters[0]?.dataIndex : parameters.dataIndex;
        const agent = index === undefined ? undefined : shown[index];
        return agent === undefined ? "" : agentTooltip(agent, of, setting);
      },
    },
  };
}

function agentTooltip(
  agent: Shown,
  { kind, before }: { kind: FigureKind; before: ReadonlyMap<string, SpreadAgent> },
  setting: ChartSetting,
): string {
  const { t, formats } = setting;
  const written = (value: number | null) =>
    value === null ? t("figure.none") : formats.figure(kind, value);
  return tooltipTable(agent.name, [
    {
      name: t("column.party"),
      value: agent.party ?? t("figure.none"),
      party: partyIndex(setting, agent.party),
    },
    { name: t("column.kind"), value: t(agent.kind === "ai" ? "agent.ai" : "agent.human") },
    { name: t("chart.measured"), value: written(agent.value) },
    { name: t("chart.interval"), value: `${written(agent.low)} – ${written(agent.high)}` },
    { name: t("chart.shrunken"), value: written(agent.shrunken) },
    { name: t("chart.population"), value: formats.number(agent.n) },
    ...beforeLines(agent, before.get(agent.agent), kind, setting),
  ]);
}

function tooFewSeries(
  { tooFew, from, strip }: { tooFew: number; from: number; strip: number },
  { t, formats, tokens }: ChartSetting,
): CustomSeriesOption {
  const label = t("chart.tooFewAgents", { count: tooFew, shown: formats.number(tooFew) });
  return {
    type: "custom",
    id: "too-few",
    silent: true,
    clip: true,
    encode: { x: [0, 1], y: [] },
    data: tooFew === 0 ? [] : [[from, from + strip]],
    renderItem: (parameters, api) =>
      drawTooFew(parameters.coordSys, [from, from + strip], api, { label, tokens }),
  };
}
