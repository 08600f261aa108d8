/** The spread of a metric between agents: overall, by week, and each agent with its interval. */

import {
  type Estimate,
  hourlyRate,
  hourlyRateEstimate,
  meanInterval,
  shareInterval,
} from "../../domain/metrics/intervals.ts";
import {
  type AgentMeasure,
  agentFigureShown,
  shownEstimate,
  spreadShown,
} from "../../domain/metrics/suppression.ts";
import type { Day } from "../../domain/shared/vocabulary.ts";
import {
  type GrowingSpread,
  type GrownSpread,
  growingSpread,
} from "../../domain/spread/growing-spread.ts";
import { hourlyRateNoise, meanNoise, shareNoise } from "../../domain/spread/noise.ts";
import { shrunkenFigure } from "../../domain/spread/shrinkage.ts";
import type { Store } from "../../store/connection.ts";
import { adoptionDays } from "../../store/reports/adoption-days.ts";
import { type AgentFigureSums, eachAgentFigure } from "../../store/reports/agent-figures.ts";
import { type AgentCut, type ManyAgents, manyAgents } from "./agent-pieces.ts";
import { type AgentNaming, BY_NAME } from "./naming.ts";
import type { Asking } from "./scope.ts";

export const SPREAD_METRICS = [
  "casesPerHour",
  "casesPerHourOnTask",
  "satisfactionMean",
  "meanHandleSeconds",
  "firstContactResolution",
] as const;
export type SpreadMetric = (typeof SPREAD_METRICS)[number];

/** How an agent's figure, its interval and its noise are made from the agent's sums. */
interface AgentMetric {
  readonly unit: string;
  readonly measure: AgentMeasure;
  /** The estimate's value alone: an interval costs far more. */
  readonly value: (sums: AgentFigureSums) => number | null;
  readonly estimate: (sums: AgentFigureSums) => Estimate;
  readonly noise: (sums: AgentFigureSums) => number | null;
  /** How many contacts or days the figure rests on, for suppression. */
  readonly basis: (sums: AgentFigureSums) => { contacts: number; workedDays: number };
}

const handlePowers = (sums: AgentFigureSums) => ({
  n: sums.handled,
  sum: sums.handleSeconds,
  sumOfSquares: sums.handleSecondsSquared,
});

/** In thousandths of a point: a variance is taken of whole numbers. */
const surveyPowers = (sums: AgentFigureSums) => ({
  n: sums.surveys,
  sum: sums.surveyMilliPoints,
  sumOfSquares: sums.surveyMilliPointsSquared,
});
const MILLI_POINTS = 1000;

const resolved = (sums: AgentFigureSums) => ({
  successes: sums.customerKnown - sums.repeated,
  n: sums.customerKnown,
});

const METRICS: Readonly<Record<SpreadMetric, AgentMetric>> = {
  casesPerHour: rate((sums) => sums.active),
  casesPerHourOnTask: rate((sums) => sums.onTask),
  meanHandleSeconds: mean("seconds", handlePowers),
  satisfactionMean: mean("points", surveyPowers, MILLI_POINTS),
  firstContactResolution: {
    unit: "share",
    measure: "per_contact",
    value: (sums) => {
      const { successes, n } = resolved(sums);
      return n > 0 ? successes / n : null;
    },
    estimate: (sums) => {
      const { successes, n } = resolved(sums);
      const interval = shareInterval({ successes, n });
      const value = n > 0 ? successes / n : null;
      return { value, low: interval?.low ?? null, high: interval?.high ?? null, n };
    },
    noise: (sums) => shareNoise(resolved(sums)),
    basis: (sums) => ({ contacts: sums.customerKnown, workedDays: 0 }),
  },
};

function rate(of: (sums: AgentFigureSums) => AgentFigureSums["active"]): AgentMetric {
  return {
    unit: "contacts per hour",
    measure: "rate_per_hour",
    value: (sums) => hourlyRate(of(sums)),
    estimate: (sums) => hourlyRateEstimate(of(sums)),
    noise: (sums) => hourlyRateNoise(of(sums)),
    basis: (sums) => ({ contacts: of(sums).handled, workedDays: of(sums).days }),
  };
}

/** `perUnit`: so many of what is summed are one of the unit. */
function mean(
  unit: string,
  powers: (sums: AgentFigureSums) => { n: number; sum: number; sumOfSquares: number },
  perUnit = 1,
): AgentMetric {
  const scaled = (value: number | null = null) => (value === null ? null : value / perUnit);
  const meanOf = (sums: AgentFigureSums) => {
    const { n, sum } = powers(sums);
    return scaled(n > 0 ? sum / n : null);
  };
  return {
    unit,
    measure: "per_contact",
    value: meanOf,
    estimate: (sums) => {
      const of = powers(sums);
      const interval = meanInterval(of);
      return {
        value: meanOf(sums),
        low: scaled(interval?.low),
        high: scaled(interval?.high),
        n: of.n,
      };
    },
    noise: (sums) => {
      const variance = meanNoise(powers(sums));
      return variance === null ? null : variance / perUnit ** 2;
    },
    basis: (sums) => ({ contacts: powers(sums).n, workedDays: 0 }),
  };
}

export interface SpreadFigure {
  readonly agents: number;
  readonly mean: number | null;
  readonly rawStandardDeviation: number | null;
  readonly correctedStandardDeviation: number | null;
  readonly correctedVariance: number | null;
  readonly reliability: number | null;
  readonly suppressed: boolean;
}

export interface SpreadReport {
  readonly metric: SpreadMetric;
  readonly unit: string;
  readonly overall: SpreadFigure;
  readonly weeks: readonly (SpreadFigure & { readonly week: Day })[];
  /** Null: every agent is listed. The spread is that of all in any case. */
  readonly cut: AgentCut | null;
  /** All of them where they are few; else none, and they come in `pieces`. */
  readonly agents: readonly SpreadAgent[];
  readonly pieces: SpreadPieces | null;
  readonly adoptions: readonly { day: Day; assistant: string; agents: number }[];
}

export interface SpreadPieces {
  /** Who is listed, by the store's ids. */
  readonly agentIds: readonly number[];
  readonly rows: AsyncIterable<readonly SpreadAgent[]>;
}

export interface SpreadAgent extends Estimate {
  readonly agent: string;
  readonly name: string;
  readonly party: string | null;
  readonly kind: "human" | "ai";
  readonly suppressed: boolean;
  /** Drawn towards the mean of all by its own uncertainty. */
  readonly shrunken: number | null;
}

export interface SpreadWish {
  /** How agents are called; by name where it is not said. */
  readonly naming?: AgentNaming;
  /** The most agents that are listed; all where it is not said. */
  readonly mostRows?: number | null;
}

/** People are compared with people: AI agents are shown beside them and are in no spread. */
export async function spreadReport(
  store: Store,
  asking: Asking,
  metricId: SpreadMetric,
  { naming = BY_NAME, mostRows = null }: SpreadWish = {},
): Promise<SpreadReport> {
  const metric = METRICS[metricId];
  const scope = { ...asking.scope, asOf: asking.asOf };
  const many = await manyAgents(store, asking, { by: [], mostRows });
  const overall = growingSpread();
  const weekly = new Map<Day, GrowingSpread>();
  const few: AgentFigureSums[] = [];
  const [adoptions] = await Promise.all([
    adoptionDays(store.db, scope),
    eachAgentFigure(store, scope, true, (sums) => {
      if (sums.week === null) {
        addTo(overall, metric, sums);
        if (many === null) few.push(sums);
        return;
      }
      const week = weekly.get(sums.week) ?? growingSpread();
      weekly.set(sums.week, week);
      addTo(week, metric, sums);
    }),
  ]);
  const whole = overall.spread();
  const rowOf = (sums: AgentFigureSums) =>
    agentRow(metric, { ...sums, name: naming.nameOf(sums) }, whole);
  return {
    metric: metricId,
    unit: metric.unit,
    overall: spreadFigure(whole),
    weeks: [...weekly]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([week, growing]) => ({ week, ...spreadFigure(growing.spread()) })),
    cut: many?.cut ?? null,
    agents: few.map(rowOf),
    pieces: many && { agentIds: many.agents, rows: rowPieces(store, many, rowOf) },
    adoptions,
  };
}

async function* rowPieces(
  store: Store,
  { askings }: ManyAgents,
  rowOf: (sums: AgentFigureSums) => SpreadAgent,
): AsyncIterable<readonly SpreadAgent[]> {
  for await (const { scope, asOf } of askings()) {
    const piece: AgentFigureSums[] = [];
    await eachAgentFigure(store, { ...scope, asOf }, false, (sums) => piece.push(sums));
    yield piece.map(rowOf);
  }
}

/** The figure of each person that may be shown, by the agent. */
export async function agentValues(
  store: Store,
  { scope, asOf }: Asking,
  metricId: SpreadMetric,
): Promise<ReadonlyMap<number, number>> {
  const metric = METRICS[metricId];
  const values = new Map<number, number>();
  await eachAgentFigure(store, { ...scope, asOf }, false, (sums) => {
    const value = metric.value(sums);
    if (sums.kind === "human" && value !== null && isShown(metric, sums)) {
      values.set(sums.agentId, value);
    }
  });
  return values;
}

function addTo(growing: GrowingSpread, metric: AgentMetric, sums: AgentFigureSums): void {
  const value = metric.value(sums);
  if (sums.kind !== "human" || value === null || !isShown(metric, sums)) return;
  growing.add({ value, n: metric.basis(sums).contacts, noiseVariance: metric.noise(sums) });
}

/** A week has five working days at most, so a week's rate needs three of them and not five. */
function isShown(metric: AgentMetric, sums: AgentFigureSums): boolean {
  const { contacts, workedDays } = metric.basis(sums);
  if (sums.week !== null && metric.measure === "rate_per_hour") return workedDays >= 3;
  return agentFigureShown({ measure: metric.measure, contacts, workedDays });
}

function spreadFigure(spread: GrownSpread): SpreadFigure {
  const suppressed = !spreadShown(spread.agents);
  const shown = (value: number | null) => (suppressed ? null : value);
  return {
    agents: spread.agents,
    mean: shown(spread.mean),
    rawStandardDeviation: shown(spread.rawStandardDeviation),
    correctedStandardDeviation: shown(spread.correctedStandardDeviation),
    correctedVariance: shown(spread.correctedVariance),
    reliability: shown(spread.reliability),
    suppressed,
  };
}

function agentRow(metric: AgentMetric, sums: AgentFigureSums, whole: GrownSpread): SpreadAgent {
  const suppressed = !isShown(metric, sums);
  const estimate = shownEstimate(metric.estimate(sums), suppressed);
  const noiseVariance = metric.noise(sums);
  const known =
    estimate.value !== null &&
    noiseVariance !== null &&
    whole.mean !== null &&
    whole.correctedVariance !== null &&
    sums.kind === "human";
  return {
    agent: sums.uuid,
    name: sums.name,
    party: sums.party,
    kind: sums.kind,
    ...estimate,
    shrunken: known
      ? shrunkenFigure({
          value: estimate.value as number,
          noiseVariance: noiseVariance as number,
          mean: whole.mean as number,
          correctedVariance: whole.correctedVariance as number,
        }).value
      : null,
  };
}
