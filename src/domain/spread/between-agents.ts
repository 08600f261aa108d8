/**
 * How much agents differ: the spread that is seen, and the spread left when chance is taken out.
 *
 * Seen: standard deviation S, coefficient of variation S/m and interquartile range of the agents' own
 * figures m_i. It grows when each agent has fewer contacts, though nobody changed, so it never stands
 * alone. Taken out by the unweighted method of moments:
 *   σ² = S²(m) − mean(v_i),    v_i the noise variance of agent i's figure
 * Unweighted: it is about agents, each counting once, not about contacts. Holds for unequal n and
 * unequal noise; wants figures that are unbiased and noise that is independent between agents. A negative
 * σ² means: not distinguishable from no difference at all. It is kept, as leaving it out or calling it
 * 0 would bias every mean of such estimates; only its square root is withheld.
 * Reliability = σ² / S², the share of the seen variance that is real (0 where σ² is not above 0).
 * Source: Henderson 1953 (method of moments); Hedges & Olkin 1985, ch. 9 (unweighted form).
 *
 * @example
 * spreadBetweenAgents([{ value: 2, noiseVariance: 1 / 3, n: 3 }, { value: 4, noiseVariance: 1 / 3, n: 3 }, { value: 6, noiseVariance: 1 / 3, n: 3 }]).correctedVariance // => 3.666667
 */

import {
  interquartileRange,
  max,
  mean,
  min,
  sampleStandardDeviation,
  sampleVariance,
} from "simple-statistics";

/** One agent's figure, the variance that chance gives it, and how many contacts or days it rests on. */
export interface AgentFigure {
  readonly value: number;
  readonly noiseVariance: number | null;
  readonly n: number;
}

/** Why there is no corrected standard deviation. */
export type SpreadReason = "fewer_than_two_agents" | "not_distinguishable_from_none";

export interface Spread {
  /** Agents whose figure and noise are known: those that all below is about. */
  readonly agents: number;
  /** Agents left out because a single contact or day tells nothing of chance. */
  readonly agentsWithoutNoise: number;
  /** The least and the most that one agent's figure rests on. */
  readonly smallestN: number | null;
  readonly largestN: number | null;
  readonly mean: number | null;
  readonly rawStandardDeviation: number | null;
  /** Standard deviation by mean; null unless the mean is above 0. */
  readonly coefficientOfVariation: number | null;
  readonly interquartileRange: number | null;
  /** Mean of the agents' noise variances. */
  readonly noiseVariance: number | null;
  /** May be negative. */
  readonly correctedVariance: number | null;
  readonly correctedStandardDeviation: number | null;
  readonly reliability: number | null;
  readonly reason: SpreadReason | null;
}

export function spreadBetweenAgents(figures: readonly AgentFigure[]): Spread {
  const known = figures.flatMap(({ value, noiseVariance, n }) =>
    noiseVariance === null ? [] : [{ value, noiseVariance, n }],
  );
  const counts = {
    agents: known.length,
    agentsWithoutNoise: figures.length - known.length,
    smallestN: known.length > 0 ? min(known.map(({ n }) => n)) : null,
    largestN: known.length > 0 ? max(known.map(({ n }) => n)) : null,
  };
  const values = known.map(({ value }) => value);
  if (values.length < 2) return { ...counts, ...noSpread(values[0] ?? null) };
  const centre = mean(values);
  const deviation = sampleStandardDeviation(values);
  const noiseVariance = mean(known.map((figure) => figure.noiseVariance));
  const rawVariance = sampleVariance(values);
  const correctedVariance = rawVariance - noiseVariance;
  const real = correctedVariance > 0;
  return {
    ...counts,
    mean: centre,
    rawStandardDeviation: deviation,
    coefficientOfVariation: centre > 0 ? deviation / centre : null,
    interquartileRange: interquartileRange(values),
    noiseVariance,
    correctedVariance,
    correctedStandardDeviation: real ? Math.sqrt(correctedVariance) : null,
    reliability: real ? correctedVariance / rawVariance : 0,
    reason: real ? null : "not_distinguishable_from_none",
  };
}

function noSpread(only: number | null) {
  return {
    mean: only,
    rawStandardDeviation: null,
    coefficientOfVariation: null,
    interquartileRange: null,
    noiseVariance: null,
    correctedVariance: null,
    correctedStandardDeviation: null,
    reliability: null,
    reason: "fewer_than_two_agents",
  } as const;
}
