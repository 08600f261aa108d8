/**
 * The figure of a mark, asked of the API again, so that a link shows what the chart showed: an agent's
 * with its interval, a week's spread, a quarter of an hour's mean, else the metric of the filters.
 */

import { useQuery } from "@tanstack/react-query";
import { metricsQuery, spreadQuery, volumeQuery } from "../../api/queries.ts";
import { figureOf, isSuppressed, textOf } from "../../api/rows.ts";
import type {
  FilterParameters,
  MetricsRow,
  Role,
  Spread,
  SpreadMetric,
  VolumeRow,
} from "../../api/types.ts";
import { filterOf, type Mark, type Narrowing } from "../../frame/mark.ts";

export interface MarkFigure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** How many it rests on, where the figure says so. */
  readonly n: number | null;
  readonly suppressed: boolean;
  readonly currency: string | null;
}

const NO_FIGURE: MarkFigure = {
  value: null,
  low: null,
  high: null,
  n: null,
  suppressed: false,
  currency: null,
};

const SPREAD_METRICS: readonly string[] = [
  "casesPerHour",
  "casesPerHourOnTask",
  "meanHandleSeconds",
  "satisfactionMean",
  "firstContactResolution",
] satisfies SpreadMetric[];
const SPREAD_ROLES: readonly Role[] = ["administrator", "manager", "planner", "vendor"];

const listOf = (text: string | undefined): string[] =>
  (text ?? "").split(",").filter((part) => part !== "");

export const agentsOf = ({ agent }: Narrowing): string[] => listOf(agent);

/** Where the figure of a mark stands in the API. */
export type FigureSource = "spread" | "volume" | "metrics";

export function figureSource({ kind, figure, narrowing }: Mark, role: Role): FigureSource | null {
  if (kind !== "contacts" && kind !== "spread") return null;
  if (narrowing.minute !== undefined) return "volume";
  const known = SPREAD_METRICS.includes(figure) && SPREAD_ROLES.includes(role);
  if (kind === "spread") return known ? "spread" : null;
  const ofPeriod = narrowing.from === undefined && narrowing.to === undefined;
  return known && ofPeriod && agentsOf(narrowing).length === 1 ? "spread" : "metrics";
}

/** An agent's figure with its interval, or the spread between agents in the week of the mark. */
export function figureOfSpread(spread: Spread, { kind, narrowing }: Mark): MarkFigure {
  if (kind === "spread") {
    const from = narrowing.from ?? "";
    // Weeks are named by their Monday; the period may begin later.
    const begun = spread.weeks.filter((each) => each.week <= from);
    const week = begun.sort((one, other) => (one.week < other.week ? 1 : -1))[0];
    if (week === undefined) return NO_FIGURE;
    const { correctedStandardDeviation: value, agents: n, suppressed } = week;
    return { ...NO_FIGURE, value, n, suppressed };
  }
  const [id] = agentsOf(narrowing);
  const agent = spread.agents.find((each) => each.agent === id);
  if (agent === undefined) return NO_FIGURE;
  const { value, low, high, n, suppressed } = agent;
  return { value, low, high, n, suppressed, currency: null };
}

/** The mean over the days of the weekdays meant. */
export function figureOfVolume(
  rows: readonly VolumeRow[],
  { figure, narrowing }: Mark,
): MarkFigure {
  const { weekday, minute } = narrowing;
  const these = rows.filter(
    (row) =>
      row.days > 0 &&
      row.minute === Number(minute) &&
      (weekday === undefined || row.weekday === Number(weekday)),
  );
  const days = these.reduce((sum, row) => sum + row.days, 0);
  if (days === 0 || figure !== "offered") return NO_FIGURE;
  const offered = these.reduce((sum, row) => sum + row.offered * row.days, 0);
  return { ...NO_FIGURE, value: offered / days, n: Math.round(offered) };
}

/** Of the one row of a group, or of one agent's own row, which tells whether it is too few to say. */
export function figureOfMetrics(rows: readonly MetricsRow[], { figure }: Mark): MarkFigure {
  const [row] = rows;
  if (row === undefined) return NO_FIGURE;
  const suppressed = isSuppressed(row) && figureOf(row, figure) === null;
  return {
    ...NO_FIGURE,
    value: figureOf(row, figure),
    suppressed,
    currency: textOf(row, "currency"),
  };
}

/** Undefined while it is asked for. */
export function useMarkFigure(
  mark: Mark,
  parameters: FilterParameters,
  role: Role,
): MarkFigure | undefined {
  const source = figureSource(mark, role);
  const asked = { ...parameters, ...filterOf(mark.narrowing) };
  const oneAgent = agentsOf(mark.narrowing).length === 1;
  const spread = useQuery({
    ...spreadQuery({ ...parameters, metric: mark.figure as SpreadMetric }),
    enabled: source === "spread",
  });
  const volume = useQuery({ ...volumeQuery(parameters), enabled: source === "volume" });
  const metrics = useQuery({
    ...metricsQuery(oneAgent ? { ...asked, by: "agent" } : asked),
    enabled: source === "metrics",
  });
  const query = { spread, volume, metrics }[source ?? "metrics"];
  if (source === null || query.isError) return NO_FIGURE;
  // What stands in for an answer is another mark's figure.
  if (query.isPlaceholderData) return undefined;
  if (source === "spread") return spread.data && figureOfSpread(spread.data, mark);
  if (source === "volume") return volume.data && figureOfVolume(volume.data.rows, mark);
  return metrics.data && figureOfMetrics(metrics.data.rows, mark);
}
