/**
 * Would the method find something where nothing is? Two placebos that go with every study.
 *
 * - Permutation: within each cell (period × stratum × day) the contacts are dealt to the agents anew, each
 *   agent keeping its number. Nobody brings anything then, so σ² must centre on 0. From sums: what an agent
 *   draws of a cell without putting back has mean n_i ȳ and variance n_i s² (N − n_i) / (N − 1) with s² over
 *   N; it is drawn as normal with these (cells are added up, so the central limit has done its work), and
 *   the agents of a cell share its total exactly.
 * - Cut dates: the same before-and-after at every earlier day, when nothing had changed. R must
 *   stand out from these.
 *
 * Source: Fisher 1935 (permutation); Abadie, Diamond & Hainmueller 2010 (placebos in time).
 *
 * @example
 * rankAmongCuts(0.4, [{ day: "2026-01-01", reduction: 0.1 }, { day: "2026-01-02", reduction: -0.5 }, { day: "2026-01-03", reduction: 0.2 }])?.p // => 0.5
 */

import { sampleVariance } from "simple-statistics";
import { drawsFrom } from "./draws.ts";

/** One agent's contacts in one cell. */
export interface CellShare {
  /** Index of the agent. */
  readonly agent: number;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** The agents of one period, stratum and day. */
export type Cell = readonly CellShare[];

export interface PermutationPlacebo {
  /** σ² by the method of moments, as observed with the cells' noise. */
  readonly observed: number;
  /** σ² of each permutation, in rising order. */
  readonly permuted: Float64Array;
  /** Share of permutations that reach what was observed, counting the observed as one of them. */
  readonly p: number;
}

/**
 * Deals all cells anew `draws` times. Agents are weighed alike; those without contacts do not count.
 * null below two agents.
 */
export function permutationPlacebo(
  cells: readonly Cell[],
  {
    agents,
    seed,
    draws,
  }: { readonly agents: number; readonly seed: number; readonly draws: number },
): PermutationPlacebo | null {
  const pooled = cells.map(poolOf);
  const n = new Float64Array(agents);
  const noise = new Float64Array(agents);
  const actual = new Float64Array(agents);
  cells.forEach((cell, at) => {
    const { variance, mean } = pooled[at] as Pool;
    for (const share of cell) {
      n[share.agent] = (n[share.agent] as number) + share.n;
      noise[share.agent] = (noise[share.agent] as number) + share.n * variance;
      // Against the mean of its cell: what the cell brings is not the agent's.
      actual[share.agent] = (actual[share.agent] as number) + share.sum - share.n * mean;
    }
  });
  const present = [...n.keys()].filter((agent) => (n[agent] as number) > 0);
  if (present.length < 2) return null;
  const expected =
    present.reduce((sum, agent) => sum + (noise[agent] as number) / (n[agent] as number) ** 2, 0) /
    present.length;
  const spreadOf = (sums: Float64Array) =>
    sampleVariance(present.map((agent) => (sums[agent] as number) / (n[agent] as number))) -
    expected;
  const observed = spreadOf(actual);
  const chance = drawsFrom(seed);
  const permuted = new Float64Array(draws);
  const dealt = new Float64Array(agents);
  for (let draw = 0; draw < draws; draw++) {
    dealt.fill(0);
    cells.forEach((cell, at) => {
      dealCell(cell, pooled[at] as Pool, chance.normal, dealt);
    });
    permuted[draw] = spreadOf(dealt);
  }
  permuted.sort();
  const reached = permuted.filter((value) => value >= observed).length;
  return { observed, permuted, p: (reached + 1) / (draws + 1) };
}

interface Pool {
  readonly n: number;
  readonly mean: number;
  /** Divisor N. */
  readonly variance: number;
}

function poolOf(cell: Cell): Pool {
  const n = cell.reduce((total, share) => total + share.n, 0);
  const sum = cell.reduce((total, share) => total + share.sum, 0);
  const squares = cell.reduce((total, share) => total + share.squares, 0);
  const mean = sum / n;
  return { n, mean, variance: Math.max(0, squares / n - mean ** 2) };
}

/** Adds to each agent what it drew above the cell's mean: one after another, of what is left. */
function dealCell(cell: Cell, pool: Pool, normal: () => number, dealt: Float64Array): void {
  let left = pool.n;
  let surplus = 0;
  for (const share of cell) {
    const rest = left - share.n;
    // Of those left, with surplus Σ (y − ȳ) already dealt away, the mean lies off by −surplus / left.
    const mean = (-surplus * share.n) / left;
    const variance =
      left > 1 ? (pool.variance * pool.n * share.n * rest) / ((pool.n - 1 || 1) * left) : 0;
    const own = rest === 0 ? -surplus : mean + normal() * Math.sqrt(variance);
    dealt[share.agent] = (dealt[share.agent] as number) + own;
    surplus += own;
    left = rest;
  }
}

/** A cut day and the reduction found there. */
export interface CutPlacebo {
  readonly day: string;
  readonly reduction: number | null;
}

/** How the study's change stands among those at earlier cut days. */
export interface CutRank {
  /** Share of all cuts, the study's own among them, that show at least as large a change. */
  readonly p: number;
  /** The least that p could be with so few cuts. */
  readonly least: number;
}

/** null without an earlier cut that has an R. */
export function rankAmongCuts(reduction: number, cuts: readonly CutPlacebo[]): CutRank | null {
  const told = cuts.flatMap((cut) => (cut.reduction === null ? [] : [cut.reduction]));
  if (told.length === 0) return null;
  const reached = told.filter((other) => Math.abs(other) >= Math.abs(reduction)).length;
  return { p: (reached + 1) / (told.length + 1), least: 1 / (told.length + 1) };
}
