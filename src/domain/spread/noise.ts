/**
 * How far chance alone moves one agent's figure: the estimated variance of that figure, by its kind.
 *
 * - mean of n values:      v = s² / n
 * - share of n trials:     v = p (1 − p) / (n − 1), which is unbiased (p (1 − p) / n is too small)
 * - rate over D days:      v = D/(D−1) · Σ(C_d − r H_d)² / (Σ H_d)², the ratio estimator by days, which
 *                          holds over-dispersion and what a day's contacts share; never Poisson
 *
 * null where one value, trial or day cannot tell of chance at all. A share of 0 or 1 has noise 0 by
 * this estimate, however few its trials; that is why few trials are suppressed elsewhere.
 * Source: Cochran 1977, Sampling Techniques, 2.4, 3.2 and 6.4.
 *
 * @example
 * shareNoise({ successes: 15, n: 25 }) // => 0.01
 * meanNoise({ n: 3, sum: 6, sumOfSquares: 14 }) // => 0.333333
 */

import { type PowerSums, ratioEstimate, sampleVarianceOfSums } from "../shared/statistics.ts";
import type { DayRatioSums } from "../shared/tally.ts";

/** Variance of a mean, in the squared unit of the summed values. */
export function meanNoise(sums: PowerSums): number | null {
  const variance = sampleVarianceOfSums(sums);
  return variance === null ? null : variance / sums.n;
}

/** Variance of a share. */
export function shareNoise(of: { successes: number; n: number }): number | null {
  if (of.n < 2) return null;
  const share = of.successes / of.n;
  return (share * (1 - share)) / (of.n - 1);
}

/** Variance of handled contacts per hour, per hour squared. */
export function hourlyRateNoise(sums: DayRatioSums): number | null {
  const ratio = ratioEstimate(sums);
  return ratio && ratio.variance * 3600 ** 2;
}
