/** The spread of a metric between agents: overall, by week, and each agent with its interval. */

import {
  type Estimate,
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
  type AgentFigure,
  type Spread,
  spreadBetweenAgents,
} from "../../domain/spread/between-agents.ts";
import { hourlyRateNoise, meanNoise, shareNoise } from "../../domain/spread/noise.ts";
import { shrunkenFigure } from "../../domain/spread/shrinkage.ts";
import type { Store } from "../../store/connection.ts";
import { adoptionDays } from "../../store/reports/adoption-days.ts";
import { type AgentFigureSums, agentFigures } from "../../store/reports/agent-figures.ts";
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
  return {
    unit,
    measure: "per_contact",
    estimate: (sums) => {
      const of = powers(sums);
      const interval = meanInterval(of);
      const value = of.n > 0 ? of.sum / of.n : null;
      return {
        value: scaled(value),
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
  readonly agents: readonly SpreadAgent[];
  readonly adoptions: readonly { day: Day; assistant: string; agents: number }[];
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

/** People are compared with people: AI agents are shown beside them and are in no spread. */
export async function spreadReport(
  store: Store,
  asking: Asking,
  metricId: SpreadMetric,
  naming: AgentNaming = BY_NAME,
): Promise<SpreadReport> {
  const metric = METRICS[metricId];
  const scope = { ...asking.scope, asOf: asking.asOf };
  const [overall, weekly, adoptions] = await Promise.all([
    agentFigures(store.db, scope, false),
    agentFigures(store.db, scope, true),
    adoptionDays(store.db, scope),
  ]);
  const whole = spreadOf(metric, overall);
  const weeks = [...new Set(weekly.map(({ week }) => week as Day))].sort();
  return {
    metric: metricId,
    unit: metric.unit,
    overall: spreadFigure(whole),
    weeks: weeks.map((week) => ({
      week,
      ...spreadFigure(
        spreadOf(
          metric,
          weekly.filter((row) => row.week === week),
        ),
      ),
    })),
    agents: overall.map((sums) => agentRow(metric, { ...sums, name: naming.nameOf(sums) }, whole)),
    adoptions,
  };
}

/** The figure of each person that may be shown, by the agent's id. */
export async function agentValues(
  store: Store,
  { scope, asOf }: Asking,
  metricId: SpreadMetric,
): Promise<ReadonlyMap<string, number>> {
  const metric = METRICS[metricId];
  const agents = await agentFigures(store.db, { ...scope, asOf }, false);
  const values = agents.flatMap((sums): [string, number][] => {
    const { value } = metric.estimate(sums);
    const shown = sums.kind === "human" && value !== null && isShown(metric, sums);
    return shown ? [[sums.uuid, value]] : [];
  });
  return new Map(values);
}

function spreadOf(metric: AgentMetric, agents: readonly AgentFigureSums[]): Spread {
  const figures: AgentFigure[] = [];
  for (const sums of agents) {
    const { value, n } = metric.estimate(sums);
    if (sums.kind !== "human" || value === null || !isShown(metric, sums)) continue;
    figures.push({ value, n, noiseVariance: metric.noise(sums) });
  }
  return spreadBetweenAgents(figures);
}

/** A week has five working days at most, so a week's rate needs three of them and not five. */
function isShown(metric: AgentMetric, sums: AgentFigureSums): boolean {
  const { contacts, workedDays } = metric.basis(sums);
  if (sums.week !== null && metric.measure === "rate_per_hour") return workedDays >= 3;
  return agentFigureShown({ measure: metric.measure, contacts, workedDays });
}

function spreadFigure(spread: Spread): SpreadFigure {
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

function agentRow(metric: AgentMetric, sums: AgentFigureSums, whole: Spread): SpreadAgent {
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
