/** Agents for tests of spread: from single values by day, and simulated ones with a known truth. */

import type { AgentDays, OwnFigure } from "../../../src/domain/spread/agent-days.ts";
import { drawsFrom } from "../../../src/domain/spread/draws.ts";

/** Values by day, as sums. */
export function daysOf(agent: string, days: readonly (readonly number[])[]): AgentDays {
  const sums = (of: (values: readonly number[]) => number) => Float64Array.from(days.map(of));
  return {
    agent,
    part: sums((values) => values.reduce((sum, value) => sum + value, 0)),
    whole: sums((values) => values.length),
    squares: sums((values) => values.reduce((sum, value) => sum + value * value, 0)),
  };
}

export interface SimulatedCentre {
  readonly agents: number;
  readonly contacts: number;
  readonly icc: number;
  /** True R: the share by which σ between agents falls. */
  readonly reduction: number;
}

/**
 * Two periods of the same agents: effects of ability that shrink by R, and contacts with noise of
 * variance 1, of which only the mean and the sample variance are drawn (normal and chi-square).
 */
export function simulatedCentre(centre: SimulatedCentre, seed: number) {
  const { normal } = drawsFrom(seed);
  const sigma = Math.sqrt(centre.icc / (1 - centre.icc));
  const own = (agent: string, effect: number): OwnFigure => {
    const n = centre.contacts;
    let squares = 0;
    for (let value = 1; value < n; value++) squares += normal() ** 2;
    const value = effect + normal() / Math.sqrt(n);
    return { agent, value, noiseVariance: squares / (n - 1) / n, n, days: 20 };
  };
  const before: OwnFigure[] = [];
  const after: OwnFigure[] = [];
  for (let at = 0; at < centre.agents; at++) {
    const ability = normal() * sigma;
    before.push(own(`a${at}`, ability));
    after.push(own(`a${at}`, ability * (1 - centre.reduction)));
  }
  return { before, after };
}
