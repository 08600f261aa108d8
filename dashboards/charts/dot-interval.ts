/**
 * Every agent as a dot with its interval, sorted: who differs, and by how much of it is noise. The
 * hollow mark is the shrunken value (pulled to the mean by as much as the agent's own figure is
 * noise). A position is read here, not a length, so the axis need not start at zero.
 */

import type { CustomSeriesOption, EChartsOption } from "echarts";
import type { SpreadAgent } from "../api/types.ts";
import type { FigureKind } from "../i18n/formats.ts";
import { chartBase, tooltipStyle, valueAxis } from "./axes.ts";
import { drawAgent, drawTooFew } from "./dot-interval-marks.ts";
import { type ChartSetting, partyColour, partyIndex } from "./setting.ts";
import { tooltipTable } from "./tooltip.ts";

export interface DotIntervalInput {
  readonly agents: readonly SpreadAgent[];
  readonly mean: number | null;
  /** The spread that is left when the noise is taken out. */
  readonly standardDeviation: number | null;
  readonly kind: FigureKind;
  /** The metric's name with its unit, over the axis. */
  readonly axisName: string;
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

export function dotInterval(input: DotIntervalInput, setting: ChartSetting): EChartsOption {
  const shown = sortedAgents(input.agents);
  const tooFew = input.agents.length - shown.length;
  // All who are too few share one hatched strip: a twelfth of the width, at least three places.
  const strip = tooFew === 0 ? 0 : Math.max(3, Math.round(shown.length / 12));
  const { t, formats, tokens } = setting;
  return {
    ...chartBase(setting, input.description),
    grid: { left: 48, right: 16, top: 36, bottom: 32 },
    tooltip: { ...tooltipStyle(setting), trigger: "item" },
    xAxis: {
      type: "value",
      min: -1,
      max: shown.length + strip,
      axisLabel: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLine: { onZero: false, lineStyle: { color: tokens.line } },
      name: t("chart.agentsSorted", { count: shown.length, shown: formats.number(shown.length) }),
      nameLocation: "middle",
      nameGap: 12,
      nameTextStyle: { color: tokens.muted },
    },
    yAxis: {
      ...valueAxis(setting, input.axisName, (value) =>
        input.kind === "share" ? formats.share(value, 0) : formats.short(value),
      ),
      scale: true,
    },
    series: [
      reference(input, shown.length, setting),
      agentSeries(shown, input.kind, setting),
      tooFewSeries({ tooFew, from: shown.length, strip }, setting),
    ],
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
  kind: FigureKind,
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
        return agent === undefined ? "" : agentTooltip(agent, kind, setting);
      },
    },
  };
}

function agentTooltip(agent: Shown, kind: FigureKind, setting: ChartSetting): string {
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
