/**
 * Intervals: how far chance alone could have moved a figure. All are two-sided, 95 % where not said.
 *
 * - share (k of n): Wilson's score interval (Wilson 1927). Contacts are taken as independent.
 * - count: the exact Poisson interval (Garwood 1936), lower χ²(α/2; 2c)/2, upper χ²(1−α/2; 2c+2)/2.
 *   Its coverage is never below the level, and for small counts above it.
 * - mean: Student's t, m ± t(n−1) · s/√n (Student 1908). Wants n above about 30 where values are skewed.
 * - rate over days: the ratio estimator (Cochran 1977, 6.4), r ± t(D−1) · √v, never below 0. Days are
 *   taken as independent, contacts within a day are not, so over-dispersion is in it.
 *
 * @example
 * shareInterval({ successes: 15, n: 25 }) // => { low: 0.407395, high: 0.765967 }
 * countInterval({ count: 0 }) // => { low: 0, high: 3.688879 }
 */

import {
  gammaQuantile,
  normalQuantile,
  type PowerSums,
  ratioEstimate,
  sampleVarianceOfSums,
  studentQuantile,
} from "../shared/statistics.ts";
import type { DayRatioSums } from "../shared/tally.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A figure, its interval (null where there is none), and how many it rests on. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

const LEVEL = 0.95;
const Z = normalQuantile(0.975);
const SECONDS_PER_HOUR = 3600;

/** Wilson's interval of a share; null without any trial. */
export function shareInterval(of: { successes: number; n: number }): Interval | null {
  const { successes, n } = of;
  if (n <= 0) return null;
  const share = successes / n;
  const scale = 1 + Z ** 2 / n;
  const centre = (share + Z ** 2 / (2 * n)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))) / scale;
  // At 0 and n the bound is exactly 0 and 1; the formula misses them by a rounding.
  const low = successes === 0 ? 0 : Math.max(0, centre - half);
  const high = successes === n ? 1 : Math.min(1, centre + half);
  return { low, high };
}

/** Garwood's exact interval of a Poisson count. */
export function countInterval(of: { count: number; level?: number }): Interval {
  const { count, level = LEVEL } = of;
  const outside = (1 - level) / 2;
  const low = count === 0 ? 0 : gammaQuantile({ probability: outside, shape: count });
  return { low, high: gammaQuantile({ probability: 1 - outside, shape: count + 1 }) };
}

/** Student's interval of a mean, in the unit of the values; null below two values. */
export function meanInterval(sums: PowerSums): Interval | null {
  const variance = sampleVarianceOfSums(sums);
  if (variance === null) return null;
  const t = studentQuantile({ probability: 0.975, degreesOfFreedom: sums.n - 1 });
  const half = t * Math.sqrt(variance / sums.n);
  const mean = sums.sum / sums.n;
  return { low: mean - half, high: mean + half };
}

/** Contacts handled per hour of the denominator; null where it is nothing. */
export function hourlyRate({ handled, denominatorSeconds }: DayRatioSums): number | null {
  return denominatorSeconds <= 0 ? null : (handled / denominatorSeconds) * SECONDS_PER_HOUR;
}

/** Contacts handled per hour of the denominator, with its interval over days; `n` counts days. */
export function hourlyRateEstimate(sums: DayRatioSums): Estimate {
  const { days } = sums;
  const value = hourlyRate(sums);
  if (value === null) return { value, low: null, high: null, n: days };
  const ratio = ratioEstimate(sums);
  if (ratio === null) return { value, low: null, high: null, n: days };
  const t = studentQuantile({ probability: 0.975, degreesOfFreedom: days - 1 });
  const half = t * Math.sqrt(ratio.variance) * SECONDS_PER_HOUR;
  return { value, low: Math.max(0, value - half), high: value + half, n: days };
}
