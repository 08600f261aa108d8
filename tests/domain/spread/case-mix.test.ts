/** Case mix: the worked example of earned minutes, and laws. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownFigure } from "../../../src/domain/spread/agent-days.ts";
import { standardise, valueRuler, workRuler } from "../../../src/domain/spread/case-mix.ts";

describe("earned minutes", () => {
  it("60 simple + 10 complex and 20 + 20 in 480 minutes earn the same 104.17 %", () => {
    // Simple contacts take 5 minutes, complex ones 20; so many of them that nothing is drawn in.
    const ruler = workRuler([
      { stratum: "simple", n: 8e9, sum: 8e9 * 5 },
      { stratum: "complex", n: 3e9, sum: 3e9 * 20 },
    ]);
    const usual = (8 * 5 + 3 * 20) / 11;
    const agent = (name: string, simple: number, complex: number) => ({
      agent: name,
      days: [
        [
          { stratum: "simple", part: simple, whole: 8, squares: 0 },
          { stratum: "complex", part: complex, whole: 0, squares: 0 },
        ],
      ],
    });
    const both = standardise("rate", [agent("x", 60, 10), agent("y", 20, 20)], ruler);
    for (const own of both) {
      const perHour = ownFigure("rate", own)?.value ?? Number.NaN;
      // Minutes earned an hour, of the 60 there are.
      expect((perHour * usual) / 60).toBeCloseTo(500 / 480, 6);
    }
    const raw = standardise("rate", [agent("x", 60, 10), agent("y", 20, 20)], new Map());
    expect(raw.map((own) => ownFigure("rate", own)?.value)).toEqual([8.75, 5]);
  });
});

describe("values against the usual of their stratum", () => {
  it("agents who differ by their mix alone do not differ", () => {
    const ruler = valueRuler([
      { stratum: "hard", n: 1e9, sum: 1e9 * 2 },
      { stratum: "easy", n: 1e9, sum: 1e9 * 4 },
    ]);
    const of = (agent: string, hard: number, easy: number) => ({
      agent,
      days: [
        [
          { stratum: "hard", part: hard * 2, whole: hard, squares: hard * 4 },
          { stratum: "easy", part: easy * 4, whole: easy, squares: easy * 16 },
        ],
      ],
    });
    const found = standardise("mean", [of("a", 9, 1), of("b", 1, 9)], ruler);
    for (const own of found) {
      expect(ownFigure("mean", own)?.value).toBeCloseTo(3, 6);
      expect(ownFigure("mean", own)?.noiseVariance).toBeCloseTo(0, 6);
    }
  });

  it("the sums of squares are those of the values moved one by one", () => {
    const values = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.double({ min: -5, max: 5, noNaN: true }), (own, off) => {
        const sums = {
          stratum: "s",
          part: own.reduce((sum, value) => sum + value, 0),
          whole: own.length,
          squares: own.reduce((sum, value) => sum + value * value, 0),
        };
        const [found] = standardise(
          "mean",
          [{ agent: "a", days: [[sums]] }],
          new Map([["s", off]]),
        );
        const moved = own.reduce((sum, value) => sum + (value - off) ** 2, 0);
        expect(found?.squares[0]).toBeCloseTo(moved, 6);
      }),
    );
  });

  it("a stratum of few contacts is drawn to the mean of all", () => {
    // By hand: all (30·4 + 970·2)/1000 = 2.06; (120 + 30·2.06)/60 − 2.06 = 0.97.
    const ruler = valueRuler([
      { stratum: "rare", n: 30, sum: 120 },
      { stratum: "common", n: 970, sum: 1940 },
    ]);
    expect(ruler.get("rare")).toBeCloseTo(0.97, 12);
  });
});
