/**
 * What a published claim can mean: "differences between agents shrank by 45 %", from so many agents with so
 * many contacts each. Nothing but the claim's own numbers is known, so everything here is what would
 * follow if agents were normal and independent.
 *
 * - Chance: v = p (1 − p) / (n − 1) of a share, s² / n of a mean; σ² = S² − v (`between-agents.ts`).
 * - Compatible true effects, 95 %: S² (k − 1) / χ² bounds each seen variance, less v those of σ², put
 *   together for ln(σ_after / σ_before) by MOVER (Zou & Donner 2010). Before and after are taken as
 *   independent; the same agents twice would make it narrower, by how much the claim does not say.
 * - More contacts alone: R if nobody changed, 1 − √(σ²_before + v_after) / S_before.
 * - Ceiling: a mean p that moves with an equal spread on the logit scale, 1 − p_a (1 − p_a) / p_b (1 − p_b).
 * - Regression to the mean: a gap between best and worst, ranked by the very figures it is measured on,
 *   falls to the reliability of itself: 1 − σ²_before / S²_before.
 * - Turnover: that many leave who lie farthest from the middle; a truncated normal,
 *   1 − √(1 − 2 z φ(z) / (1 − q)), z = Φ⁻¹(1 − q/2).
 * - To settle it: k ≈ 1 + (1 − ρ²) (2.80 / |ln(1 − R)|)² agents (80 % power, 5 % two-sided), ρ between an
 *   agent's true figures before and after, divided by the reliability; contacts each for reliability 0.8.
 *
 * @example
 * auditClaim({ agents: 30, contactsBefore: 20, contactsAfter: 100, figure: { kind: "share", before: 0.8, after: 0.9 }, spreadBefore: 0.1, spreadAfter: 0.055, turnover: 0 }).explained.ceiling // => 0.4375
 */

import { invariant } from "../shared/errors.ts";
import { gammaQuantile, normalQuantile } from "../shared/statistics.ts";

/** What the claim measures on each agent. */
export type ClaimedFigure =
  | { readonly kind: "share"; readonly before: number; readonly after: number }
  /** Standard deviation of single values, in the unit of the figure. */
  | { readonly kind: "mean"; readonly before: number; readonly after: number };

export interface Claim {
  readonly agents: number;
  /** Contacts of each agent. */
  readonly contactsBefore: number;
  readonly contactsAfter: number;
  readonly figure: ClaimedFigure;
  /** Standard deviations between agents, as claimed. */
  readonly spreadBefore: number;
  readonly spreadAfter: number;
  /** Share of agents that left or came, 0 to below 1. */
  readonly turnover: number;
}

export interface ClaimAudit {
  /** Of the standard deviations as claimed. */
  readonly claimed: number;
  readonly noiseBefore: number;
  readonly noiseAfter: number;
  /** Share of the variance before that is real; 0 where chance alone gives as much. */
  readonly reliabilityBefore: number;
  /** R without noise; null where chance alone gives as much as was seen, before or after. */
  readonly corrected: number | null;
  readonly compatible: { readonly low: number; readonly high: number };
  readonly explained: {
    readonly contacts: number;
    readonly ceiling: number | null;
    readonly regression: number;
    readonly turnover: number;
  };
  readonly settledBy: {
    /** Agents, when true figures before and after correlate by 0.5; null for a claim of no change. */
    readonly agents: number | null;
    /** Contacts each for reliability 0.8; null where there is nothing but chance. */
    readonly contacts: number | null;
  };
}

const POWER = 2.8;
const CORRELATION = 0.5;
const WANTED_RELIABILITY = 0.8;

export function auditClaim(claim: Claim): ClaimAudit {
  checkClaim(claim);
  const { agents, figure } = claim;
  const seen = { before: claim.spreadBefore ** 2, after: claim.spreadAfter ** 2 };
  const noise = {
    before: noiseOf(figure, "before", claim.contactsBefore),
    after: noiseOf(figure, "after", claim.contactsAfter),
  };
  const real = {
    before: Math.max(0, seen.before - noise.before),
    after: Math.max(0, seen.after - noise.after),
  };
  const claimed = 1 - claim.spreadAfter / claim.spreadBefore;
  const isTold = real.before > 0 && real.after > 0;
  const reliability = real.before / seen.before;
  return {
    claimed,
    noiseBefore: Math.sqrt(noise.before),
    noiseAfter: Math.sqrt(noise.after),
    reliabilityBefore: reliability,
    corrected: isTold ? 1 - Math.sqrt(real.after / real.before) : null,
    compatible: compatibleEffects(agents, seen, noise),
    explained: {
      contacts: 1 - Math.sqrt((real.before + noise.after) / seen.before),
      ceiling: ceilingOf(figure),
      regression: 1 - reliability,
      turnover: turnoverOf(claim.turnover),
    },
    settledBy: {
      agents: agentsFor(claimed, reliability),
      contacts: contactsFor(figure, real.before),
    },
  };
}

function checkClaim(claim: Claim): void {
  const { agents, figure, spreadBefore, spreadAfter, turnover } = claim;
  invariant(agents >= 2 && spreadBefore > 0 && spreadAfter >= 0, "two agents that differ");
  invariant(claim.contactsBefore >= 2 && claim.contactsAfter >= 2, "two contacts an agent");
  invariant(turnover >= 0 && turnover < 1, "turnover is a share below 1");
  const { before, after } = figure;
  const isShare = before > 0 && before < 1 && after > 0 && after < 1;
  invariant(figure.kind === "mean" ? before >= 0 && after >= 0 : isShare, "figures in range");
}

function noiseOf(figure: ClaimedFigure, period: "before" | "after", contacts: number): number {
  const value = figure[period];
  return figure.kind === "share" ? (value * (1 - value)) / contacts : value ** 2 / contacts;
}

interface Both {
  readonly before: number;
  readonly after: number;
}

function compatibleEffects(agents: number, seen: Both, noise: Both): { low: number; high: number } {
  const logs = (period: keyof Both) => {
    const shape = (agents - 1) / 2;
    const log = (variance: number) => Math.log(Math.max(0, variance - noise[period])) / 2;
    const bound = (probability: number) =>
      log((seen[period] * shape) / gammaQuantile({ probability, shape }));
    return { middle: log(seen[period]), low: bound(0.975), high: bound(0.025) };
  };
  const before = logs("before");
  const after = logs("after");
  // Where chance alone may have made all that was seen before, any effect at all goes with it.
  if (before.low === Number.NEGATIVE_INFINITY) return { low: Number.NEGATIVE_INFINITY, high: 1 };
  const middle = after.middle - before.middle;
  const fall = Math.hypot(after.middle - after.low, before.high - before.middle);
  const rise = Math.hypot(after.high - after.middle, before.middle - before.low);
  const low = 1 - Math.exp(riseOf(after, before, middle, rise));
  return { low, high: after.low === Number.NEGATIVE_INFINITY ? 1 : 1 - Math.exp(middle - fall) };
}

interface Bounds {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** The upper end of ln(σ_after / σ_before); where nothing was left after, what its bound still allows. */
function riseOf(after: Bounds, before: Bounds, middle: number, rise: number): number {
  return Number.isFinite(after.middle) ? middle + rise : after.high - before.low;
}

function ceilingOf(figure: ClaimedFigure): number | null {
  if (figure.kind === "mean") return null;
  const { before, after } = figure;
  return 1 - (after * (1 - after)) / (before * (1 - before));
}

function turnoverOf(share: number): number {
  if (share === 0) return 0;
  const z = normalQuantile(1 - share / 2);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return 1 - Math.sqrt(1 - (2 * z * density) / (1 - share));
}

function agentsFor(reduction: number, reliability: number): number | null {
  if (reduction <= 0 || reduction >= 1 || reliability <= 0) return null;
  const exact = (1 - CORRELATION ** 2) * (POWER / Math.abs(Math.log(1 - reduction))) ** 2;
  return Math.ceil((1 + exact) / reliability);
}

function contactsFor(figure: ClaimedFigure, real: number): number | null {
  if (real === 0) return null;
  const single = figure.kind === "share" ? figure.before * (1 - figure.before) : figure.before ** 2;
  const odds = WANTED_RELIABILITY / (1 - WANTED_RELIABILITY);
  return Math.ceil((odds * single) / real - 1e-9);
}
