/**
 * The truth hidden in the demo: how much agents really differ, and by how much the assistant makes
 * them more alike.
 *
 * An agent has two effects: on the logarithm of handling time (0.2 is 22 % slower than the mean)
 * and on satisfaction (points of the scale 1 to 5, before rounding to a whole point). Where the
 * assistant is adopted, both shrink towards the mean by CONVERGENCE, and everybody gets a little
 * faster and better. In the teams that stay without it nothing changes.
 *
 * Over the agents of a group who are there in both periods, mean and standard deviation of the
 * effects are exactly as stated here: the true spread is a number, not an expectation.
 */

import { type Chance, normal } from "./random.ts";

export const HANDLE_SD = 0.22;
export const SATISFACTION_SD = 0.3;
/** Share by which the true standard deviation between adopters falls. */
export const CONVERGENCE = 0.3;
export const ASSISTED_LOG_HANDLE = -0.06;
export const ASSISTED_SATISFACTION = 0.05;
/** Shock of one agent's day on the logarithm of handling time. */
export const DAY_SD = 0.05;
export const SCORE_SD = 0.85;

export interface Effects {
  readonly logHandleBefore: number;
  readonly logHandleAfter: number;
  readonly satisfactionBefore: number;
  readonly satisfactionAfter: number;
}

/** One group's effects, in the order of `stayers` (there in both periods?). */
export function groupEffects(
  chance: Chance,
  stayers: readonly boolean[],
  adopts: boolean,
): Effects[] {
  const draws = stayers.map(() => [normal(chance), normal(chance)] as const);
  const handle = standardised(
    draws.map((pair) => pair[0]),
    stayers,
    HANDLE_SD,
  );
  const satisfaction = standardised(
    draws.map((pair) => pair[1]),
    stayers,
    SATISFACTION_SD,
  );
  const kept = adopts ? 1 - CONVERGENCE : 1;
  return stayers.map((_, i) => {
    const logHandle = handle[i] ?? 0;
    const points = satisfaction[i] ?? 0;
    return {
      logHandleBefore: logHandle,
      logHandleAfter: kept * logHandle + (adopts ? ASSISTED_LOG_HANDLE : 0),
      satisfactionBefore: points,
      satisfactionAfter: kept * points + (adopts ? ASSISTED_SATISFACTION : 0),
    };
  });
}

/** Standard deviation with k − 1, as the estimators of a spread use it. */
export function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function standardised(values: readonly number[], stayers: readonly boolean[], sd: number) {
  const base = values.filter((_, i) => stayers[i]);
  const mean = base.reduce((sum, value) => sum + value, 0) / base.length;
  const scale = sd / standardDeviation(base);
  return values.map((value) => (value - mean) * scale);
}
