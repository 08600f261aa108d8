/**
 * Who is being compared? The change of the variance between agents, taken apart without a rest into what
 * those who stayed did, what those who joined brought, and what those who left took with them:
 *
 *   Var_a(all) − Var_b(all) = [Var_a(S) − Var_b(S)] + [Var_a(all) − Var_a(S)] − [Var_b(all) − Var_b(S)]
 *
 * S: agents in both periods. An identity, so it holds for any variance: as seen, or with chance taken out
 * (`between-agents.ts`), which is what is shown.
 *
 * @example
 * compositionOf({ before: [1, 2, 3, 10].map((value, at) => ({ agent: `a${at}`, value, noiseVariance: 0, n: 9, days: 3 })), after: [1, 2, 3].map((value, at) => ({ agent: `a${at}`, value, noiseVariance: 0, n: 9, days: 3 })) })?.leavers // => -15.666667
 */

import type { OwnFigure } from "./agent-days.ts";
import { type AgentFigure, spreadBetweenAgents } from "./between-agents.ts";

/** Variances in the squared unit of the figure; may be negative. */
export interface Composition {
  readonly before: number;
  readonly stayers: number;
  readonly joiners: number;
  readonly leavers: number;
  readonly after: number;
  readonly agents: { readonly stayed: number; readonly joined: number; readonly left: number };
}

/** null where either period, or those who stayed, are fewer than two. */
export function compositionOf(
  periods: { readonly before: readonly OwnFigure[]; readonly after: readonly OwnFigure[] },
  variance: "seen" | "corrected" = "corrected",
): Composition | null {
  const before = periods.before.filter(hasNoise);
  const after = periods.after.filter(hasNoise);
  const wasThere = new Set(before.map(({ agent }) => agent));
  const isThere = new Set(after.map(({ agent }) => agent));
  const stayedBefore = before.filter(({ agent }) => isThere.has(agent));
  const stayedAfter = after.filter(({ agent }) => wasThere.has(agent));
  const [all, stayed] = [varianceOf(before, variance), varianceOf(stayedBefore, variance)];
  const [allAfter, stayedThen] = [varianceOf(after, variance), varianceOf(stayedAfter, variance)];
  if (all === null || stayed === null || allAfter === null || stayedThen === null) return null;
  return {
    before: all,
    stayers: stayedThen - stayed,
    joiners: allAfter - stayedThen,
    // Less what the whole was above its stayers: −0 would be shown as "−0".
    leavers: stayed - all,
    after: allAfter,
    agents: {
      stayed: stayedAfter.length,
      joined: after.length - stayedAfter.length,
      left: before.length - stayedBefore.length,
    },
  };
}

const hasNoise = (figure: OwnFigure): figure is OwnFigure & AgentFigure =>
  figure.noiseVariance !== null;

function varianceOf(figures: readonly OwnFigure[], variance: "seen" | "corrected"): number | null {
  const { rawStandardDeviation, correctedVariance } = spreadBetweenAgents(figures);
  if (variance === "corrected") return correctedVariance;
  return rawStandardDeviation === null ? null : rawStandardDeviation ** 2;
}
