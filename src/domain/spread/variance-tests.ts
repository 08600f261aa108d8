/**
 * Two checks on whether observed figures vary as much after as before. Both look at what is seen, noise
 * and all, so they hold only where agents have as many contacts after as before; they check, and never
 * lead.
 *
 * - Pitman–Morgan (Pitman 1939, Morgan 1939), the same agents twice: with U = before − after and
 *   V = before + after, equal variances ⇔ corr(U, V) = 0; t = r √((k − 2) / (1 − r²)), k − 2 degrees.
 * - Brown–Forsythe (1974), two groups of agents: analysis of variance of |y − median of its group|.
 *
 * @example
 * brownForsythe([[1, 2, 2, 3, 12], [4, 5, 5, 6, 6]])?.f // => 0.870968
 */

import { mean, median, sampleCorrelation } from "simple-statistics";
import { fisherUpper, studentTwoSided } from "../shared/statistics.ts";

export interface PitmanMorgan {
  readonly correlation: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/** null below three agents, or where the sums or differences do not vary. */
export function pitmanMorgan(
  pairs: readonly { readonly before: number; readonly after: number }[],
): PitmanMorgan | null {
  if (pairs.length < 3) return null;
  const differences = pairs.map(({ before, after }) => before - after);
  const sums = pairs.map(({ before, after }) => before + after);
  const r = sampleCorrelation(differences, sums);
  if (!Number.isFinite(r)) return null;
  const degreesOfFreedom = pairs.length - 2;
  const t = r * Math.sqrt(degreesOfFreedom / (1 - r ** 2));
  return { correlation: r, t, degreesOfFreedom, p: studentTwoSided({ t, degreesOfFreedom }) };
}

export interface BrownForsythe {
  readonly f: number;
  readonly between: number;
  readonly within: number;
  readonly p: number;
}

/** null below two groups of two, or where nothing varies within them. */
export function brownForsythe(groups: readonly (readonly number[])[]): BrownForsythe | null {
  if (groups.length < 2 || groups.some((group) => group.length < 2)) return null;
  const distances = groups.map((group) => {
    const middle = median([...group]);
    return group.map((value) => Math.abs(value - middle));
  });
  const n = distances.flat().length;
  const whole = mean(distances.flat());
  const between = groups.length - 1;
  const within = n - groups.length;
  let betweenSquares = 0;
  let withinSquares = 0;
  for (const group of distances) {
    const own = mean(group);
    betweenSquares += group.length * (own - whole) ** 2;
    for (const distance of group) withinSquares += (distance - own) ** 2;
  }
  if (!(withinSquares > 0)) return null;
  const f = betweenSquares / between / (withinSquares / within);
  return { f, between, within, p: fisherUpper({ f, between, within }) };
}
