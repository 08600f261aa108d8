/** Placebos: they centre on nothing where nothing is, and find what is there. */

import { describe, expect, it } from "vitest";
import { drawsFrom } from "../../../src/domain/spread/draws.ts";
import {
  type Cell,
  permutationPlacebo,
  rankAmongCuts,
} from "../../../src/domain/spread/placebo.ts";

/** 20 agents, 15 days, values with what the agent and the day bring. */
function centre(ability: number, seed: number): Cell[] {
  const { normal, below } = drawsFrom(seed);
  const abilities = Array.from({ length: 20 }, () => normal() * ability);
  return Array.from({ length: 15 }, () => {
    const day = normal() * 3;
    return abilities.map((own, agent) => {
      const values = Array.from({ length: 3 + below(5) }, () => own + day + normal());
      return {
        agent,
        n: values.length,
        sum: values.reduce((sum, value) => sum + value, 0),
        squares: values.reduce((sum, value) => sum + value * value, 0),
      };
    });
  });
}

describe("permutation", () => {
  const wish = { agents: 20, seed: 3, draws: 2000 };

  it("centres on 0, whatever agents and days bring", () => {
    const found = permutationPlacebo(centre(1, 1), wish);
    const permuted = found?.permuted ?? new Float64Array();
    const mean = permuted.reduce((sum, value) => sum + value, 0) / permuted.length;
    const deviation = Math.sqrt(
      permuted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / permuted.length,
    );
    // A tenth of what one permutation is off by, and a hundredth of the true 1.
    expect(Math.abs(mean)).toBeLessThan(deviation / 5);
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(found?.observed).toBeGreaterThan(0.4);
    expect(found?.p).toBe(1 / 2001);
  });

  it("without differences its p is spread evenly over 200 centres", () => {
    const ps = Array.from({ length: 200 }, (_, at) => {
      return permutationPlacebo(centre(0, 100 + at), { ...wish, draws: 199 })?.p ?? Number.NaN;
    });
    // Binomial: 20 ± 4 √(200 · 0.1 · 0.9).
    const low = ps.filter((p) => p <= 0.1).length;
    expect(low).toBeGreaterThan(3);
    expect(low).toBeLessThan(37);
    const middle = ps.filter((p) => p <= 0.5).length;
    expect(Math.abs(middle - 100)).toBeLessThan(29);
  });

  it("two agents of a cell differ by what one drew more than the other, and one alone by nothing", () => {
    const cell: Cell = [
      { agent: 0, n: 5, sum: 10, squares: 40 },
      { agent: 1, n: 5, sum: 20, squares: 90 },
    ];
    // By hand: variance of ±d/5 is 2 (d/5)²; noise (13 − 9) / 5 each. Of ten values with variance 4, five
    // without putting back have a sum of variance 5 · 4 · 5/9, so the mean over draws is 8/9 − 4/5.
    const found = permutationPlacebo([cell], { agents: 2, seed: 1, draws: 20_000 });
    expect(found?.observed).toBeCloseTo(2 - 0.8, 12);
    const permuted = found?.permuted ?? new Float64Array();
    const mean = permuted.reduce((sum, value) => sum + value, 0) / permuted.length;
    expect(Math.abs(mean - (8 / 9 - 4 / 5))).toBeLessThan(0.04);
    expect(permutationPlacebo([cell.slice(0, 1)], { agents: 2, seed: 1, draws: 50 })).toBeNull();
  });

  it("is the same for the same seed", () => {
    const cells = centre(1, 1);
    expect(permutationPlacebo(cells, wish)).toEqual(permutationPlacebo(cells, wish));
  });
});

describe("earlier cut days", () => {
  const cuts = (reductions: readonly (number | null)[]) =>
    reductions.map((reduction, at) => ({ day: `1999-01-${10 + at}`, reduction }));

  it("rank the study's change among them, falls and rises alike", () => {
    expect(rankAmongCuts(0.4, cuts([0.1, -0.5, 0.2, null]))).toEqual({ p: 0.5, least: 0.25 });
    expect(rankAmongCuts(0.6, cuts([0.1, -0.5, 0.2]))).toEqual({ p: 0.25, least: 0.25 });
  });

  it("say nothing where there are none", () => {
    expect(rankAmongCuts(0.4, [])).toBeNull();
    expect(rankAmongCuts(0.4, cuts([null]))).toBeNull();
  });
});
