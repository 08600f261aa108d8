/**
 * Funnel limits in place of a league table: how far from the target an agent's figure may lie by chance,
 * given how much it rests on. A figure inside its limits tells nothing of its agent.
 *
 *   limits: target ± z √(v + τ²),   v = p (1 − p) / n of a share at its target
 *   τ² by DerSimonian & Laird on z_i = (y_i − target) / √v_i: φ = Σ z_i² / k after winsorising a tenth at
 *   each end; τ² = (kφ − (k − 1)) / (Σw − Σw² / Σw), w = 1 / v_i; 0 where kφ < k − 1.
 *
 * Additive over-dispersion: agents differ for reasons that nobody calls performance, and without τ² half
 * of them would lie outside at large n.
 * Source: Spiegelhalter 2005, Statistics in Medicine 24 and Quality & Safety in Health Care 14.
 *
 * @example
 * shareLimits({ target: 0.8, n: 50, probability: 0.95 }) // => { low: 0.689128, high: 0.910872 }
 */

import { normalQuantile } from "../shared/statistics.ts";

export interface FunnelLimits {
  readonly low: number;
  readonly high: number;
}

/** Around the target, for a figure whose chance has this variance. */
export function limitsAround(of: {
  readonly target: number;
  readonly noiseVariance: number;
  readonly overDispersion?: number;
  readonly probability: number;
}): FunnelLimits {
  const z = normalQuantile((1 + of.probability) / 2);
  const half = z * Math.sqrt(of.noiseVariance + (of.overDispersion ?? 0));
  return { low: of.target - half, high: of.target + half };
}

/** As `limitsAround`, for a share of n trials; a share has no limits beyond 0 and 1. */
export function shareLimits(of: {
  readonly target: number;
  readonly n: number;
  readonly overDispersion?: number;
  readonly probability: number;
}): FunnelLimits {
  const noiseVariance = (of.target * (1 - of.target)) / of.n;
  const { low, high } = limitsAround({ ...of, noiseVariance });
  return { low: Math.max(0, low), high: Math.min(1, high) };
}

export interface FunnelPoint {
  readonly value: number;
  readonly noiseVariance: number;
}

const WINSORISED = 0.1;

/** τ², 0 and more. Points without noise say nothing of it. */
export function overDispersion(points: readonly FunnelPoint[], target: number): number {
  const known = points.filter(({ noiseVariance }) => noiseVariance > 0);
  const k = known.length;
  if (k < 2) return 0;
  const scores = known
    .map(({ value, noiseVariance }) => (value - target) / Math.sqrt(noiseVariance))
    .sort((a, b) => a - b);
  const cut = Math.floor(WINSORISED * k);
  const [low, high] = [scores[cut] as number, scores[k - 1 - cut] as number];
  const squares = scores.reduce((sum, z) => sum + Math.min(high, Math.max(low, z)) ** 2, 0);
  const weights = known.map(({ noiseVariance }) => 1 / noiseVariance);
  const weight = weights.reduce((sum, w) => sum + w, 0);
  const squaredWeight = weights.reduce((sum, w) => sum + w * w, 0);
  return Math.max(0, (squares - (k - 1)) / (weight - squaredWeight / weight));
}
