/**
 * The spread between agents when their figures come one after another and are too many to be kept: the
 * same mean, variance, noise and reliability as `spreadBetweenAgents`, from running sums. What wants all
 * figures at once, the quartiles, is not told.
 * Source: Welford 1962 (mean and sum of squared deviations in one pass, without cancellation).
 *
 * @example
 * spreadOfAll([{ value: 2, noiseVariance: 1 / 3, n: 3 }, { value: 4, noiseVariance: 1 / 3, n: 3 }, { value: 6, noiseVariance: 1 / 3, n: 3 }]).correctedVariance // => 3.666667
 */

import type { AgentFigure, Spread } from "./between-agents.ts";

export type GrownSpread = Pick<
  Spread,
  | "agents"
  | "mean"
  | "rawStandardDeviation"
  | "correctedVariance"
  | "correctedStandardDeviation"
  | "reliability"
>;

export interface GrowingSpread {
  add(figure: AgentFigure): void;
  /** Of the figures so far. */
  spread(): GrownSpread;
}

export function growingSpread(): GrowingSpread {
  let agents = 0;
  let mean = 0;
  let squaredDeviations = 0;
  let noise = 0;
  return {
    add({ value, noiseVariance }) {
      if (noiseVariance === null) return;
      agents += 1;
      const off = value - mean;
      mean += off / agents;
      squaredDeviations += off * (value - mean);
      noise += (noiseVariance - noise) / agents;
    },
    spread() {
      if (agents < 2) return { ...NONE, agents, mean: agents === 0 ? null : mean };
      const variance = squaredDeviations / (agents - 1);
      const correctedVariance = variance - noise;
      const real = correctedVariance > 0;
      return {
        agents,
        mean,
        rawStandardDeviation: Math.sqrt(variance),
        correctedVariance,
        correctedStandardDeviation: real ? Math.sqrt(correctedVariance) : null,
        reliability: real ? correctedVariance / variance : 0,
      };
    },
  };
}

const NONE = {
  rawStandardDeviation: null,
  correctedVariance: null,
  correctedStandardDeviation: null,
  reliability: null,
} as const;

export function spreadOfAll(figures: Iterable<AgentFigure>): GrownSpread {
  const growing = growingSpread();
  for (const figure of figures) growing.add(figure);
  return growing.spread();
}
