/**
 * Did people come to perform more alike? The standard deviation between agents after, by that before,
 * with chance taken out of both:
 *
 *   R = 1 − σ_after / σ_before,   σ² by the unweighted method of moments (`between-agents.ts`)
 *   R_net = 1 − (σ_T,after / σ_T,before) / (σ_C,after / σ_C,before), T treated, C control
 *
 * R = 0.45 says that standard deviations shrank by 45 %, which is 69.75 % of the variance.
 *
 * Interval: the agents are drawn again with replacement (an agent is a cluster and brings all that it did
 * in both periods), each arm by itself; both periods are computed anew; percentiles of ln(σ_after/σ_before).
 * The variance of a resample is multiplied by k/(k−1), or it would be too small by that before the same
 * noise is taken off. Percentiles are pushed outwards as Student's t asks for at k − 1 degrees of freedom,
 * α' = Φ(√(k/(k−1)) t_{α,k−1}) (Hesterberg 2014, "expanded percentile"): plain ones cover 90 % at 30 agents.
 * A draw without any spread left is as far out as can be, and not thrown away: so the interval may reach
 * from −∞ to 1, which says that nothing is known. One without spread on both sides tells nothing. Leaving
 * out what is hard to tell would choose by the outcome; whether R is fit to be said, the verdict judges.
 *
 * Source: Efron & Tibshirani 1993, ch. 13; Field & Welsh 2007 (cluster bootstrap).
 *
 * @example
 * changeOfSpread({ before: [-2, 0, 2].map((value, at) => ({ agent: `a${at}`, value, noiseVariance: 0, n: 9, days: 3 })), after: [-1.1, 0, 1.1].map((value, at) => ({ agent: `a${at}`, value, noiseVariance: 0, n: 9, days: 3 })) }, { seed: 1, draws: 10 }).reduction // => 0.45
 */

import { normalProbability, studentQuantile } from "../shared/statistics.ts";
import type { OwnFigure } from "./agent-days.ts";
import { type Draws, drawsFrom } from "./draws.ts";

/** The figures of one arm's agents in two periods; an agent may be in one of them only. */
export interface TwoPeriods {
  readonly before: readonly OwnFigure[];
  readonly after: readonly OwnFigure[];
}

export interface ChangeOfSpread {
  /** Agents before, after, and in both. */
  readonly agentsBefore: number;
  readonly agentsAfter: number;
  readonly agentsInBoth: number;
  /** σ², which may be negative. */
  readonly varianceBefore: number;
  readonly varianceAfter: number;
  /** R; null where either variance is not above 0. */
  readonly reduction: number | null;
  /** Of the standard deviations as seen, noise and all. */
  readonly rawReduction: number | null;
  /** 95 %, from −∞ to 1; null below two agents, and where no draw has any spread. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly draws: number;
  readonly reason: ChangeReason | null;
}

export type ChangeReason = "fewer_than_two_agents" | "not_distinguishable_from_none";

export const DRAWS = 2000;
const LEVEL = 0.95;

export interface DrawWish {
  readonly seed: number;
  readonly draws?: number;
  /** Told the share that is done, now and then; throws to stop. */
  readonly onProgress?: (share: number) => void;
}

export function changeOfSpread(arm: TwoPeriods, wish: DrawWish): ChangeOfSpread {
  const table = tableOf(arm);
  const draws = wish.draws ?? DRAWS;
  const before = varianceOf(table.before, null);
  const after = varianceOf(table.after, null);
  const counts = countsOf(table);
  const found = {
    ...counts,
    draws,
    varianceBefore: before.corrected,
    varianceAfter: after.corrected,
  };
  const raw = 1 - Math.sqrt(after.raw / before.raw);
  const rawReduction = Number.isFinite(raw) ? raw : null;
  if (counts.agentsBefore < 2 || counts.agentsAfter < 2) {
    return { ...found, rawReduction, ...NONE, reason: "fewer_than_two_agents" };
  }
  const logs = logRatios([table], wish, ([only]) => only as number);
  const isTold = before.corrected > 0 && after.corrected > 0;
  const reduction = isTold ? 1 - Math.sqrt(after.corrected / before.corrected) : null;
  const interval = intervalOf(logs, Math.min(counts.agentsBefore, counts.agentsAfter));
  const reason = reduction === null ? "not_distinguishable_from_none" : null;
  return { ...found, rawReduction, reduction, interval, reason };
}

const NONE = { reduction: null, interval: null } as const;

/** R_net of the treated arm against the control, with its interval. */
export interface NetChange {
  readonly reduction: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly draws: number;
}

export function netChangeOfSpread(
  arms: { readonly treated: TwoPeriods; readonly control: TwoPeriods },
  wish: DrawWish,
): NetChange {
  const tables = [tableOf(arms.treated), tableOf(arms.control)];
  const draws = wish.draws ?? DRAWS;
  const smallest = Math.min(
    ...tables.flatMap((table) => [countOf(table.before), countOf(table.after)]),
  );
  if (smallest < 2) return { ...NONE, draws };
  const own = tables.map((table) => logRatio(table, null));
  const net = difference(own);
  const logs = logRatios(tables, wish, difference);
  const interval = intervalOf(logs, smallest);
  const isTold = interval !== null && Number.isFinite(net);
  return { reduction: isTold ? 1 - Math.exp(net) : null, interval, draws };
}

const difference = ([treated, control]: readonly number[]): number =>
  (treated as number) - (control as number);

/** One period: figure and noise by agent, NaN where the agent was not there. */
interface Period {
  readonly value: Float64Array;
  readonly noise: Float64Array;
}

interface Table {
  readonly agents: number;
  readonly before: Period;
  readonly after: Period;
}

function tableOf({ before, after }: TwoPeriods): Table {
  const place = new Map<string, number>();
  for (const { agent } of [...before, ...after]) {
    if (!place.has(agent)) place.set(agent, place.size);
  }
  const periodOf = (figures: readonly OwnFigure[]): Period => {
    const value = new Float64Array(place.size).fill(Number.NaN);
    const noise = new Float64Array(place.size).fill(Number.NaN);
    for (const figure of figures) {
      if (figure.noiseVariance === null) continue;
      const at = place.get(figure.agent) as number;
      value[at] = figure.value;
      noise[at] = figure.noiseVariance;
    }
    return { value, noise };
  };
  return { agents: place.size, before: periodOf(before), after: periodOf(after) };
}

function countOf({ value }: Period): number {
  return value.reduce((count, each) => (Number.isNaN(each) ? count : count + 1), 0);
}

function countsOf({ before, after }: Table) {
  let inBoth = 0;
  before.value.forEach((value, agent) => {
    if (!Number.isNaN(value) && !Number.isNaN(after.value[agent])) inBoth++;
  });
  return { agentsBefore: countOf(before), agentsAfter: countOf(after), agentsInBoth: inBoth };
}

/** Of all agents, or of those drawn. Two passes, because figures far from 0 would cancel in one. */
function varianceOf(
  { value, noise }: Period,
  drawn: Int32Array | null,
): { raw: number; corrected: number } {
  const length = drawn?.length ?? value.length;
  let count = 0;
  let sum = 0;
  let noises = 0;
  for (let place = 0; place < length; place++) {
    const agent = drawn === null ? place : (drawn[place] as number);
    const own = value[agent] as number;
    if (Number.isNaN(own)) continue;
    count++;
    sum += own;
    noises += noise[agent] as number;
  }
  const mean = sum / count;
  let squares = 0;
  for (let place = 0; place < length; place++) {
    const own = value[drawn === null ? place : (drawn[place] as number)] as number;
    if (!Number.isNaN(own)) squares += (own - mean) ** 2;
  }
  const divisor = drawn === null ? count - 1 : ((count - 1) * (count - 1)) / count;
  const raw = squares / divisor;
  return { raw, corrected: raw - noises / count };
}

/** ln(σ_after / σ_before); infinite where one has no spread, NaN where neither has. */
function logRatio({ before, after }: Table, drawn: Int32Array | null): number {
  const was = Math.max(0, varianceOf(before, drawn).corrected);
  const is = Math.max(0, varianceOf(after, drawn).corrected);
  return (Math.log(is) - Math.log(was)) / 2;
}

function logRatios(
  tables: readonly Table[],
  { seed, draws = DRAWS, onProgress }: DrawWish,
  combine: (ratios: readonly number[]) => number,
): Float64Array {
  const chance = drawsFrom(seed);
  const drawn = tables.map(({ agents }) => new Int32Array(agents));
  const logs = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    if (draw % 100 === 0) onProgress?.(draw / draws);
    logs[draw] = combine(
      tables.map((table, arm) => {
        const agents = drawn[arm] as Int32Array;
        drawAgain(agents, chance);
        return logRatio(table, agents);
      }),
    );
  }
  return logs;
}

function drawAgain(agents: Int32Array, chance: Draws): void {
  for (let place = 0; place < agents.length; place++) agents[place] = chance.below(agents.length);
}

function intervalOf(logs: Float64Array, agents: number): { low: number; high: number } | null {
  const told = logs.filter((log) => !Number.isNaN(log)).sort();
  if (told.length === 0) return null;
  const outer = expandedTail(agents);
  return {
    low: 1 - Math.exp(quantileOf(told, 1 - outer)),
    high: 1 - Math.exp(quantileOf(told, outer)),
  };
}

function expandedTail(agents: number): number {
  const degreesOfFreedom = agents - 1;
  const t = studentQuantile({ probability: (1 - LEVEL) / 2, degreesOfFreedom });
  return normalProbability(Math.sqrt(agents / degreesOfFreedom) * t);
}

/** Between neighbours in proportion (type 7 of Hyndman & Fan 1996); next to infinity the nearer one. */
function quantileOf(sorted: Float64Array, probability: number): number {
  const exact = probability * (sorted.length - 1);
  const low = sorted[Math.floor(exact)] as number;
  const high = sorted[Math.ceil(exact)] as number;
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) * (exact % 1);
  return exact % 1 < 0.5 ? low : high;
}
