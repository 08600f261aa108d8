/** Fifths by split rank: no change stays no change, where ranking and measuring alike would show one. */

import { describe, expect, it } from "vitest";
import { drawsFrom } from "../../../src/domain/spread/draws.ts";
import { fifthsBySplitRank } from "../../../src/domain/spread/quintiles.ts";
import { daysOf } from "./agents.ts";

/** Agents of ability N(0, 1) and days of noise SD `noise`; after, the ability times `keeps`. */
function centre(agents: number, noise: number, keeps: number, seed: number) {
  const { normal } = drawsFrom(seed);
  const abilities = Array.from({ length: agents }, normal);
  const period = (factor: number) =>
    abilities.map((ability, at) =>
      daysOf(
        `a${at}`,
        Array.from({ length: 10 }, () => [ability * factor + normal() * noise]),
      ),
    );
  return { before: period(1), after: period(keeps) };
}

const gap = (fifths: ReturnType<typeof fifthsBySplitRank>, key: "before" | "after") =>
  (fifths?.[4]?.[key] ?? Number.NaN) - (fifths?.[0]?.[key] ?? Number.NaN);

describe("fifths", () => {
  it("without noise the outer fifths of a normal lie 2.7996 apart (5,000 agents)", () => {
    const fifths = fifthsBySplitRank(centre(5000, 0, 1, 1));
    expect(fifths?.map(({ agents }) => agents)).toEqual([1000, 1000, 1000, 1000, 1000]);
    expect(gap(fifths, "before")).toBeCloseTo(2.799_62, 1);
    expect(gap(fifths, "after")).toBe(gap(fifths, "before"));
  });

  it("with much noise and no change, the gap stays; by the same days it would have shrunk", () => {
    const fifths = fifthsBySplitRank(centre(5000, 4, 1, 2));
    const change = gap(fifths, "after") / gap(fifths, "before");
    expect(Math.abs(change - 1)).toBeLessThan(0.1);
    // The naive way: rank and measure by all days of before, reliability 1/(1 + 16/10) = 0.385.
    const naive = naiveGapRatio(centre(5000, 4, 1, 2));
    expect(Math.abs(naive - 0.385)).toBeLessThan(0.04);
  });

  it("a true halving is found", () => {
    const fifths = fifthsBySplitRank(centre(5000, 2, 0.5, 3));
    const change = gap(fifths, "after") / gap(fifths, "before");
    expect(Math.abs(change - 0.5)).toBeLessThan(0.06);
  });

  it("fewer than ten agents in a fifth are not shown", () => {
    expect(fifthsBySplitRank(centre(49, 1, 1, 4))).toBeNull();
    expect(fifthsBySplitRank(centre(50, 1, 1, 4))).toHaveLength(5);
    expect(fifthsBySplitRank({ before: centre(60, 1, 1, 4).before, after: [] })).toBeNull();
  });
});

function naiveGapRatio({ before, after }: ReturnType<typeof centre>): number {
  const mean = (part: Float64Array) => part.reduce((sum, each) => sum + each, 0) / part.length;
  const agents = before
    .map((own, at) => ({ was: mean(own.part), is: mean((after[at] as typeof own).part) }))
    .sort((a, b) => a.was - b.was);
  const fifth = agents.length / 5;
  const outer = (key: "was" | "is") => {
    const of = (part: typeof agents) => part.reduce((sum, each) => sum + each[key], 0) / fifth;
    return of(agents.slice(-fifth)) - of(agents.slice(0, fifth));
  };
  return outer("is") / outer("was");
}
