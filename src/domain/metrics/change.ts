/**
 * How far a figure moved from one population to another, and whether chance alone could have done it.
 *
 * - the same agents twice: Student's paired t (Student 1908), d̄ ± t(k−1) · s_d/√k over each agent's
 *   own difference. Who came and who left is not in it, and each agent counts once.
 * - two groups of agents: Welch's t (Welch 1947), m₁ − m₂ ± t(ν) · √(s₁²/k₁ + s₂²/k₂) with
 *   Satterthwaite's ν = (v₁ + v₂)² / (v₁²/(k₁−1) + v₂²/(k₂−1)), v = s²/k.
 * - a ratio over days (service level, occupancy): each side the ratio estimator (Cochran 1977, 6.4),
 *   v = D/(D−1) · Σ(y_d − r x_d)² / (Σx_d)², the difference by Satterthwaite's ν over days.
 *
 * All are two-sided, 95 %. Agents are taken as independent, and so are days: what moves all agents in a
 * whole period alike (a launch, a season) is in the change and not in its interval. An interval
 * says what moved, never why.
 *
 * @example
 * pairedChange([{ against: 1, now: 2 }, { against: 2, now: 4 }, { against: 3, now: 6 }])?.change // => 2
 * verdictOf({ change: 2, low: -0.48, high: 4.48 }) // => "not_shown"
 */

import { mean, sampleVariance } from "simple-statistics";
import { studentQuantile } from "../shared/statistics.ts";

export interface Change {
  /** Now less against. */
  readonly change: number;
  readonly low: number;
  readonly high: number;
}

/** Is the change more than chance? Null intervals cannot tell. */
export type ChangeVerdict = "shown" | "not_shown" | "cannot_be_told";

export function verdictOf(change: Change | null): ChangeVerdict {
  if (change === null) return "cannot_be_told";
  return change.low > 0 || change.high < 0 ? "shown" : "not_shown";
}

/** One agent's figure on both sides. */
export interface Pair {
  readonly against: number;
  readonly now: number;
}

/** Mean of the agents' own differences; null below two agents. */
export function pairedChange(pairs: readonly Pair[]): Change | null {
  if (pairs.length < 2) return null;
  const differences = pairs.map(({ against, now }) => now - against);
  const variance = sampleVariance(differences) / pairs.length;
  return around(mean(differences), variance, pairs.length - 1);
}

/** Difference of the means of two groups; null where either has fewer than two. */
export function groupChange(of: {
  readonly against: readonly number[];
  readonly now: readonly number[];
}): Change | null {
  const { against, now } = of;
  if (against.length < 2 || now.length < 2) return null;
  return differenceOf(
    { value: mean([...now]), variance: sampleVariance([...now]) / now.length, n: now.length },
    {
      value: mean([...against]),
      variance: sampleVariance([...against]) / against.length,
      n: against.length,
    },
  );
}

/** One day of a ratio: its part and its whole, in any units. */
export interface DayPortion {
  readonly part: number;
  readonly whole: number;
}

/** Σ part ÷ Σ whole; null where there is no whole. */
export function ratioOf(days: readonly DayPortion[]): number | null {
  const whole = days.reduce((sum, day) => sum + day.whole, 0);
  return whole > 0 ? days.reduce((sum, day) => sum + day.part, 0) / whole : null;
}

/** Difference of two ratios over days; null where either has fewer than two days. */
export function ratioChange(of: {
  readonly against: readonly DayPortion[];
  readonly now: readonly DayPortion[];
}): Change | null {
  const now = ratioSide(of.now);
  const against = ratioSide(of.against);
  return now === null || against === null ? null : differenceOf(now, against);
}

interface Side {
  readonly value: number;
  readonly variance: number;
  readonly n: number;
}

function ratioSide(days: readonly DayPortion[]): Side | null {
  const value = ratioOf(days);
  if (value === null || days.length < 2) return null;
  const n = days.length;
  const whole = days.reduce((sum, day) => sum + day.whole, 0);
  const squares = days.reduce((sum, day) => sum + (day.part - value * day.whole) ** 2, 0);
  return { value, variance: ((n / (n - 1)) * squares) / whole ** 2, n };
}

function differenceOf(now: Side, against: Side): Change {
  const variance = now.variance + against.variance;
  // Two sides without any scatter: the difference is exact, whatever the degrees of freedom.
  const freedom =
    variance === 0
      ? 1
      : variance ** 2 / (now.variance ** 2 / (now.n - 1) + against.variance ** 2 / (against.n - 1));
  return around(now.value - against.value, variance, freedom);
}

function around(change: number, variance: number, degreesOfFreedom: number): Change {
  const half = studentQuantile({ probability: 0.975, degreesOfFreedom }) * Math.sqrt(variance);
  return { change, low: change - half, high: change + half };
}
