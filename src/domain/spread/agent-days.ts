/**
 * What one agent did in one period, day by day, as far as one metric is made of it: the only thing the
 * estimates of spread read. All are sums, so tallies yield them, and contacts are never needed.
 *
 * - mean:  part = Σ of the values, whole = how many values, squares = Σ of their squares
 * - share: part = successes, whole = trials, squares = successes (a trial is 0 or 1)
 * - rate:  part = contacts, whole = hours, squares unused
 *
 * The agent's figure is Σ part ÷ Σ whole. Units are those of the metric.
 *
 * @example
 * ownFigure("mean", { agent: "a", part: Float64Array.of(6), whole: Float64Array.of(3), squares: Float64Array.of(14) })?.noiseVariance // => 0.333333
 */

import { invariant } from "../shared/errors.ts";

export type FigureKind = "mean" | "share" | "rate";

export interface AgentDays {
  readonly agent: string;
  /** One entry for each worked day, in the order of the calendar. */
  readonly part: Float64Array;
  readonly whole: Float64Array;
  readonly squares: Float64Array;
}

/** Sums over some days. */
export interface DaySum {
  readonly days: number;
  readonly part: number;
  readonly whole: number;
  readonly squares: number;
}

/** Sums over all days of one agent. */
export function sumOfDays({ part, whole, squares }: AgentDays): DaySum {
  const sum = { days: part.length, part: 0, whole: 0, squares: 0 };
  for (let day = 0; day < part.length; day++) {
    sum.part += part[day] as number;
    sum.whole += whole[day] as number;
    sum.squares += squares[day] as number;
  }
  return sum;
}

/** An agent's own figure, and the variance that chance gives it. */
export interface OwnFigure {
  readonly agent: string;
  readonly value: number;
  /** null where a single value, trial or day tells nothing of chance. */
  readonly noiseVariance: number | null;
  /** Values, trials or contacts. */
  readonly n: number;
  readonly days: number;
}

/**
 * The figure with its noise; null where there is nothing to divide by. Formulas of the noise: see
 * `noise.ts`; here from floating sums, for scores and hours that are no integers.
 */
export function ownFigure(kind: FigureKind, agentDays: AgentDays): OwnFigure | null {
  const sum = sumOfDays(agentDays);
  checkSum(kind, agentDays.agent, sum);
  if (!(sum.whole > 0)) return null;
  const value = sum.part / sum.whole;
  const noiseVariance = NOISE[kind](agentDays, sum, value);
  const n = kind === "rate" ? sum.part : sum.whole;
  return { agent: agentDays.agent, value, noiseVariance, n, days: sum.days };
}

function checkSum(kind: FigureKind, agent: string, sum: DaySum): void {
  const areNumbers = [sum.part, sum.whole, sum.squares].every(Number.isFinite);
  invariant(areNumbers && sum.whole >= 0, `the sums of agent ${agent} are finite numbers`);
  const isShare = kind !== "share" || (sum.part >= 0 && sum.part <= sum.whole);
  invariant(isShare, `agent ${agent} has no more successes than trials`);
}

type Noise = (agentDays: AgentDays, sum: DaySum, value: number) => number | null;

const NOISE: Readonly<Record<FigureKind, Noise>> = {
  mean: (_, { part, whole, squares }) =>
    whole < 2 ? null : Math.max(0, squares - part ** 2 / whole) / (whole - 1) / whole,
  share: (_, { whole }, value) => (whole < 2 ? null : (value * (1 - value)) / (whole - 1)),
  rate: ({ part, whole }, sum, value) => {
    if (sum.days < 2) return null;
    let residuals = 0;
    for (let day = 0; day < part.length; day++) {
      residuals += ((part[day] as number) - value * (whole[day] as number)) ** 2;
    }
    return ((sum.days / (sum.days - 1)) * residuals) / sum.whole ** 2;
  },
};
