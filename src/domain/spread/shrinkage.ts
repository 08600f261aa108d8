/**
 * What one agent's figure is worth: drawn towards the mean of all by as much as it is noise.
 *
 *   B_i = σ² / (σ² + v_i)      reliability of agent i's figure
 *   â_i = m + B_i (m_i − m)    posterior mean (empirical Bayes), posterior SD √(σ² (1 − B_i))
 *
 * For showing one agent. Never take a spread from the shrunken values: their variance understates σ² as
 * much as the raw one overstates it. Fair only where contacts reach agents by chance. Where σ² is not
 * above 0 every figure goes to the mean. Contacts for a wanted reliability ρ at an intraclass
 * correlation ICC: n = ρ/(1−ρ) · (1−ICC)/ICC.
 * Source: Robbins 1956; Morris 1983 (empirical Bayes); Spearman 1910, Brown 1910 (reliability).
 *
 * @example
 * shrunkenFigure({ value: 0.6, noiseVariance: 0.0063, mean: 0.8, correctedVariance: 0.0025 }).value // => 0.743182
 * contactsForReliability({ reliability: 0.8, intraclassCorrelation: 0.02 }) // => 196
 */

import { invariant } from "../shared/errors.ts";

export interface ShrunkenFigure {
  readonly value: number;
  readonly standardDeviation: number;
  /** Of this agent's own figure, 0 to 1. */
  readonly reliability: number;
}

export function shrunkenFigure(of: {
  readonly value: number;
  readonly noiseVariance: number;
  /** Of all agents. */
  readonly mean: number;
  /** Between agents, chance taken out. */
  readonly correctedVariance: number;
}): ShrunkenFigure {
  const { value, noiseVariance, mean } = of;
  const real = Math.max(0, of.correctedVariance);
  // A figure without noise is taken at its word, even when agents do not differ.
  const reliability = noiseVariance === 0 ? 1 : real / (real + noiseVariance);
  return {
    value: mean + reliability * (value - mean),
    standardDeviation: Math.sqrt(real * (1 - reliability)),
    reliability,
  };
}

/** A share drawn towards the mean of all, its agents' shares taken as a beta distribution. */
export interface ShrunkenShare {
  readonly value: number;
  readonly standardDeviation: number;
  /** Of this agent's own share, 0 to 1. */
  readonly reliability: number;
}

/**
 * Beta-binomial: α + β = m (1 − m) / σ² − 1, α = m (α + β), posterior mean (α + successes) / (α + β + n).
 * null where σ² is not above 0 or not below m (1 − m), where there is no such distribution.
 */
export function shrunkenShare(of: {
  readonly successes: number;
  readonly n: number;
  /** Of all agents, between 0 and 1 exclusive. */
  readonly mean: number;
  readonly correctedVariance: number;
}): ShrunkenShare | null {
  const { successes, n, mean, correctedVariance } = of;
  const most = mean * (1 - mean);
  if (!(correctedVariance > 0 && correctedVariance < most)) return null;
  const strength = most / correctedVariance - 1;
  const value = (mean * strength + successes) / (strength + n);
  const variance = (value * (1 - value)) / (strength + n + 1);
  return { value, standardDeviation: Math.sqrt(variance), reliability: n / (strength + n) };
}

/** How many contacts an agent's mean needs. Both arguments lie between 0 and 1, exclusive. */
export function contactsForReliability(of: {
  readonly reliability: number;
  readonly intraclassCorrelation: number;
}): number {
  const { reliability: wanted, intraclassCorrelation: icc } = of;
  invariant(wanted > 0 && wanted < 1 && icc > 0 && icc < 1, "shares between 0 and 1");
  const exact = (wanted / (1 - wanted)) * ((1 - icc) / icc);
  // 0.8 / (1 − 0.8) is a hair above 4 in floating point: no contact is added for that.
  return Math.ceil(exact - exact * 1e-12);
}
