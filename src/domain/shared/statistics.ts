/**
 * Statistics that several fields need: variances from additive sums, and the quantiles that exact
 * intervals are read from.
 *
 * From sums: sample variance s² = (n Σx² − (Σx)²) / (n (n − 1)); variance of a ratio r = Σy / Σx over
 * days d = 1..D (Cochran 1977, Sampling Techniques, 6.4): v = D/(D−1) · Σ(y_d − r x_d)² / (Σx)².
 * Differences of large sums are taken in integers, so nothing cancels; the sums must be integers.
 *
 * Quantiles: Newton's method inside a bracket on the regularised incomplete gamma function (series
 * and continued fraction) and beta function (continued fraction) of Abramowitz & Stegun 1964, 6.5
 * and 26.5; Student's t above 100,000 degrees of freedom by their expansion 26.7.5. Good to 1e-9
 * relative for shapes from 0.5 to a million and degrees of freedom from 1. Own code because simple-statistics 7.12 has no inverse of
 * chi-square or t, and its `probit(0.975)` is 1.9572 where every table says 1.95996.
 *
 * @example
 * studentQuantile({ probability: 0.975, degreesOfFreedom: 10 }) // => 2.228139
 * sampleVarianceOfSums({ n: 4, sum: 16, sumOfSquares: 102 }) // => 12.666667
 */

import { gammaln } from "simple-statistics";
import { invariant } from "./errors.ts";
import type { DayRatioSums } from "./tally.ts";

/** Number, sum and sum of squares of integers. */
export interface PowerSums {
  readonly n: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** Sample variance (divisor n − 1) in the squared unit of the values; null below two values. */
export function sampleVarianceOfSums(sums: PowerSums): number | null {
  const { n, sum, sumOfSquares } = sums;
  if (n < 2) return null;
  const scaled = BigInt(n) * BigInt(sumOfSquares) - BigInt(sum) ** 2n;
  return Number(scaled) / (n * (n - 1));
}

/** A rate per second of the denominator and the variance of that estimate. */
export interface RatioEstimate {
  readonly ratio: number;
  readonly variance: number;
}

/** The ratio over days and its variance; null below two days or with an empty denominator. */
export function ratioEstimate(sums: DayRatioSums): RatioEstimate | null {
  const { days, handled, denominatorSeconds } = sums;
  if (days < 2 || denominatorSeconds <= 0) return null;
  const y = BigInt(handled);
  const x = BigInt(denominatorSeconds);
  // Σ(y − r x)² times (Σx)², so that it stays an integer: X²Σy² − 2XYΣxy + Y²Σx².
  const scaled =
    x * x * BigInt(sums.handledSquared) -
    2n * x * y * BigInt(sums.handledTimesDenominator) +
    y * y * BigInt(sums.denominatorSecondsSquared);
  const variance = ((days / (days - 1)) * Number(scaled)) / denominatorSeconds ** 4;
  return { ratio: handled / denominatorSeconds, variance };
}

/** Quantile of the standard normal distribution. */
export function normalQuantile(probability: number): number {
  invariant(probability > 0 && probability < 1, "a probability lies between 0 and 1");
  if (probability === 0.5) return 0;
  // The square of a standard normal is chi-square with one degree of freedom.
  const central = Math.abs(2 * probability - 1);
  const size = Math.sqrt(2 * gammaQuantile({ probability: central, shape: 0.5 }));
  return probability > 0.5 ? size : -size;
}

/** Φ, the distribution function of the standard normal. */
export function normalProbability(x: number): number {
  const central = gammaProbability({ x: (x * x) / 2, shape: 0.5 }) / 2;
  // Far out on the left a difference of two halves would have no digits left.
  if (x < -5) return normalTail(-x);
  return x < 0 ? 0.5 - central : 0.5 + central;
}

/** 1 − Φ(x) for large x, by its continued fraction (Abramowitz & Stegun 1964, 26.2.14). */
function normalTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let fraction = x;
  for (let n = 100; n > 0; n--) fraction = x + n / fraction;
  return density / fraction;
}

/** Quantile of the gamma distribution with scale 1 (half a chi-square with 2 × shape degrees). */
export function gammaQuantile(at: { probability: number; shape: number }): number {
  const { probability, shape } = at;
  invariant(probability > 0 && probability < 1 && shape >= 0.5, "gamma quantile out of range");
  const value = (x: number) => gammaProbability({ x, shape }) - probability;
  const slope = (x: number) => Math.exp((shape - 1) * Math.log(x) - x - gammaln(shape));
  return bracketedRoot({ value, slope, start: shape });
}

/** Quantile of Student's t. */
export function studentQuantile(at: { probability: number; degreesOfFreedom: number }): number {
  const { probability, degreesOfFreedom: df } = at;
  invariant(probability > 0 && probability < 1 && df >= 1, "t quantile out of range");
  if (probability < 0.5) return -studentQuantile({ ...at, probability: 1 - probability });
  if (probability === 0.5) return 0;
  const z = normalQuantile(probability);
  if (df > 100_000) return z + (z ** 3 + z) / (4 * df) + studentSecondTerm(z) / df ** 2;
  const value = (t: number) => {
    const tail = betaProbability({ x: df / (df + t * t), a: df / 2, b: 0.5 }) / 2;
    return 1 - probability - tail;
  };
  const scale = gammaln((df + 1) / 2) - gammaln(df / 2) - Math.log(df * Math.PI) / 2;
  const slope = (t: number) => Math.exp(scale - ((df + 1) / 2) * Math.log1p((t * t) / df));
  return bracketedRoot({ value, slope, start: z });
}

/** The chance that |t| of Student's distribution is at least this far from 0. */
export function studentTwoSided(at: { t: number; degreesOfFreedom: number }): number {
  const { t, degreesOfFreedom: df } = at;
  return betaProbability({ x: df / (df + t * t), a: df / 2, b: 0.5 });
}

/** The chance that F of two degrees of freedom is at least this large. */
export function fisherUpper(at: { f: number; between: number; within: number }): number {
  const { f, between, within } = at;
  return betaProbability({ x: within / (within + between * f), a: within / 2, b: between / 2 });
}

function studentSecondTerm(z: number): number {
  return (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
}

/** The regularised lower incomplete gamma function P(shape, x). */
export function gammaProbability(at: { x: number; shape: number }): number {
  const { x, shape } = at;
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - gammaln(shape));
  // Both converge within a few multiples of the square root of the shape.
  const limit = 200 + 20 * Math.ceil(Math.sqrt(shape));
  return x < shape + 1
    ? front * gammaSeries({ x, shape, limit })
    : 1 - front * gammaFraction({ x, shape, limit });
}

function gammaSeries(at: { x: number; shape: number; limit: number }): number {
  let term = 1 / at.shape;
  let total = term;
  for (let n = 1; n <= at.limit; n++) {
    term *= at.x / (at.shape + n);
    total += term;
    if (term < total * 1e-17) return total;
  }
  throw new Error(`invariant broken: no convergence of the gamma series at ${at.x}, ${at.shape}`);
}

function gammaFraction(at: { x: number; shape: number; limit: number }): number {
  const { x, shape, limit } = at;
  const pair = (n: number) => (n === 0 ? 1 : -n * (n - shape));
  return continuedFraction({ numerator: pair, denominator: (n) => x + 2 * n + 1 - shape, limit });
}

/** The regularised incomplete beta function I_x(a, b). */
export function betaProbability(at: { x: number; a: number; b: number }): number {
  const { x, a, b } = at;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaProbability({ x: 1 - x, a: b, b: a });
  const logs = gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x);
  const numerator = (n: number): number => {
    if (n === 0) return 1;
    const m = Math.floor(n / 2);
    return n % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  };
  const limit = 200 + 20 * Math.ceil(Math.sqrt(Math.max(a, b)));
  return (Math.exp(logs) / a) * continuedFraction({ numerator, denominator: () => 1, limit });
}

/** n0 / (d0 + n1 / (d1 + n2 / (d2 + ...))) by Lentz's method as modified by Thompson & Barnett. */
function continuedFraction(of: {
  numerator: (n: number) => number;
  denominator: (n: number) => number;
  limit: number;
}): number {
  const tiny = 1e-300;
  let value = tiny;
  let c = value;
  let d = 0;
  for (let n = 0; n <= of.limit; n++) {
    d = of.denominator(n) + of.numerator(n) * d || tiny;
    c = of.denominator(n) + of.numerator(n) / c || tiny;
    d = 1 / d;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) return value;
  }
  throw new Error("invariant broken: no convergence of a continued fraction");
}

/** Root above 0 of an increasing function: Newton's step where it stays bracketed, else halving. */
function bracketedRoot(of: {
  value: (x: number) => number;
  slope: (x: number) => number;
  start: number;
}): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let x = of.start;
  for (let step = 0; step < 500; step++) {
    const value = of.value(x);
    if (value === 0) return x;
    if (value < 0) low = x;
    else high = x;
    const newton = x - value / of.slope(x);
    const middle = high === Number.POSITIVE_INFINITY ? 2 * x : (low + high) / 2;
    // An open bracket must not be left by a giant step over a flat slope.
    const next = newton > low && newton < high && newton < 8 * x ? newton : middle;
    if (Math.abs(next - x) <= 1e-14 * next) return next;
    x = next;
  }
  throw new Error("invariant broken: no root found in 500 steps");
}
