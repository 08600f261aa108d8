/**
 * Spread: cases worked by hand or in the ANOVA and beta-binomial literature's own arithmetic, the
 * placebo on a real log, and the laws.
 */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AgentFigure,
  spreadBetweenAgents,
} from "../../../src/domain/spread/between-agents.ts";
import { hourlyRateNoise, meanNoise, shareNoise } from "../../../src/domain/spread/noise.ts";

const FEBRUARY = join(
  resolve(process.env.MUSTER_REAL_DATA || "../shared/data"),
  "anonymous_bank/02_February.txt.gz",
);

describe("worked cases", () => {
  it("agents {1,2,3}, {3,4,5}, {5,6,7}: S² 4, noise 1/3, σ² 11/3, reliability 11/12", () => {
    // By hand, and as (MSB − MSW) / n = (12 − 1) / 3 of the balanced one-way ANOVA.
    const found = spreadBetweenAgents(
      [
        [1, 2, 3],
        [3, 4, 5],
        [5, 6, 7],
      ].map(figureOf),
    );
    expect(found.rawStandardDeviation).toBe(2);
    expect(found.mean).toBe(4);
    expect(found.coefficientOfVariation).toBe(0.5);
    expect(found.interquartileRange).toBe(2);
    expect(found.noiseVariance).toBeCloseTo(1 / 3, 14);
    expect(found.correctedVariance).toBeCloseTo(11 / 3, 14);
    expect(found.correctedStandardDeviation).toBeCloseTo(Math.sqrt(11 / 3), 14);
    expect(found.reliability).toBeCloseTo(11 / 12, 14);
    expect(found.reason).toBeNull();
    expect(found).toMatchObject({ agents: 3, agentsWithoutNoise: 0, smallestN: 3, largestN: 3 });
  });

  it("shares: 15, 20, 20, 25 of 25 have σ² 1/48; 75, 80, 80, 85 of 100 have 1/600 − 0.0635/396", () => {
    // By hand: S² 0.08/3, noise (0.24 + 0.16 + 0.16 + 0)/24/4 = 0.00583333; their difference is 1/48.
    const before = spreadBetweenAgents([15, 20, 20, 25].map((x) => shareFigure(x, 25)));
    expect((before.rawStandardDeviation ?? 0) ** 2).toBeCloseTo(0.08 / 3, 14);
    expect(before.noiseVariance).toBeCloseTo(0.56 / 96, 14);
    expect(before.correctedVariance).toBeCloseTo(1 / 48, 14);
    // After: S² 0.005/3 = 1/600, noise (0.1875 + 0.16 + 0.16 + 0.1275)/99/4 = 0.635/396.
    const after = spreadBetweenAgents([75, 80, 80, 85].map((x) => shareFigure(x, 100)));
    expect(after.correctedVariance).toBeCloseTo(1 / 600 - 0.635 / 396, 14);
    const raw = 1 - (after.rawStandardDeviation ?? 0) / (before.rawStandardDeviation ?? 1);
    const real = 1 - (after.correctedStandardDeviation ?? 0) / Math.sqrt(1 / 48);
    expect(raw).toBeCloseTo(0.75, 12);
    expect(real).toBeCloseTo(0.945, 3);
  });

  it("more surveys alone: raw 0.0943 to 0.0500, 47 % down, corrected 0.03 both times", () => {
    // By hand: 0.03² + 0.16/20 = 0.0943398², 0.03² + 0.16/100 = 0.05².
    const agents = (noiseVariance: number) => {
      const half = Math.sqrt((0.03 ** 2 + noiseVariance) / 2);
      return [0.8 - half, 0.8 + half].map((value) => ({ value, noiseVariance, n: 20 }));
    };
    const few = spreadBetweenAgents(agents(0.16 / 20));
    const many = spreadBetweenAgents(agents(0.16 / 100));
    expect(few.rawStandardDeviation).toBeCloseTo(0.0943398, 7);
    expect(many.rawStandardDeviation).toBeCloseTo(0.05, 12);
    expect(few.correctedStandardDeviation).toBeCloseTo(0.03, 12);
    expect(many.correctedStandardDeviation).toBeCloseTo(0.03, 12);
  });

  it("keeps a negative variance, withholds its root and says why", () => {
    // By hand: S² of 4, 5 is 0.5; noise 2.
    const found = spreadBetweenAgents([4, 5].map((value) => ({ value, noiseVariance: 2, n: 9 })));
    expect(found.correctedVariance).toBe(-1.5);
    expect(found.correctedStandardDeviation).toBeNull();
    expect(found.reliability).toBe(0);
    expect(found.reason).toBe("not_distinguishable_from_none");
  });

  it("leaves out agents without noise, counts them, and needs two", () => {
    const found = spreadBetweenAgents([
      { value: 4, noiseVariance: 1, n: 9 },
      { value: 50, noiseVariance: null, n: 1 },
    ]);
    expect(found).toMatchObject({ agents: 1, agentsWithoutNoise: 1, mean: 4, smallestN: 9 });
    expect(found.correctedVariance).toBeNull();
    expect(found.reason).toBe("fewer_than_two_agents");
    expect(spreadBetweenAgents([]).mean).toBeNull();
  });
});

describe("noise", () => {
  it("of one value, trial or day is not known", () => {
    expect(meanNoise({ n: 1, sum: 3, sumOfSquares: 9 })).toBeNull();
    expect(shareNoise({ successes: 1, n: 1 })).toBeNull();
    const day = { handled: 5, denominatorSeconds: 3600, handledSquared: 25 };
    const rest = { denominatorSecondsSquared: 3600 ** 2, handledTimesDenominator: 18_000 };
    expect(hourlyRateNoise({ days: 1, ...day, ...rest })).toBeNull();
  });

  it("of a rate is per hour squared: 4 and 6 in an hour each, v = 2/1 · (1 + 1)/4 = 1 (hand)", () => {
    const sums = { days: 2, handled: 10, denominatorSeconds: 7200, handledSquared: 52 };
    const rest = { denominatorSecondsSquared: 2 * 3600 ** 2, handledTimesDenominator: 36_000 };
    expect(hourlyRateNoise({ ...sums, ...rest })).toBeCloseTo(1, 12);
  });
});

describe("laws", () => {
  const figure = fc.record({
    value: fc.double({ min: 0.1, max: 1000, noNaN: true }),
    noiseVariance: fc.double({ min: 0, max: 1000, noNaN: true }),
    n: fc.integer({ min: 2, max: 500 }),
  });
  const figures = fc.array(figure, { minLength: 2, maxLength: 30 });

  it("another unit scales deviations alike and leaves CV and reliability alone", () => {
    fc.assert(
      fc.property(figures, fc.integer({ min: 2, max: 3600 }), (agents, factor) => {
        const one = spreadBetweenAgents(agents);
        const other = spreadBetweenAgents(
          agents.map(({ value, noiseVariance, n }) => ({
            value: value * factor,
            noiseVariance: noiseVariance * factor ** 2,
            n,
          })),
        );
        near(other.rawStandardDeviation, (one.rawStandardDeviation ?? 0) * factor);
        near(other.coefficientOfVariation, one.coefficientOfVariation ?? 0);
        // As precise as the values are: differences of them cancel.
        const scale = (Math.max(...agents.map(({ value }) => value ** 2)) + 1000) * factor ** 2;
        const off = (other.correctedVariance ?? 0) - (one.correctedVariance ?? 0) * factor ** 2;
        expect(Math.abs(off)).toBeLessThanOrEqual(1e-9 * scale);
      }),
    );
  });

  it("the order of agents is no matter, and the corrected spread is below the raw one", () => {
    fc.assert(
      fc.property(figures, (agents) => {
        const found = spreadBetweenAgents(agents);
        const turned = spreadBetweenAgents([...agents].reverse());
        near(turned.rawStandardDeviation, found.rawStandardDeviation ?? 0);
        expect(found.correctedStandardDeviation ?? 0).toBeLessThanOrEqual(
          found.rawStandardDeviation ?? 0,
        );
      }),
    );
  });

  it("agents alike but for chance centre on no spread (a lattice of all outcomes, no dice)", () => {
    // All 2^8 outcomes of two agents with four fair trials each: by hand, E[S²] = 2·(1/16)/2 = 1/16
    // and E[noise] = p(1−p)/n = 1/16, so the mean of the estimate is exactly 0.
    let total = 0;
    for (let outcome = 0; outcome < 256; outcome++) {
      const ones = (bits: number) => [0, 1, 2, 3].filter((at) => (bits >> at) & 1).length;
      const agents = [ones(outcome & 15), ones(outcome >> 4)].map((x) => shareFigure(x, 4));
      total += spreadBetweenAgents(agents).correctedVariance ?? Number.NaN;
    }
    expect(total / 256).toBeCloseTo(0, 14);
  });
});

describe.skipIf(!existsSync(FEBRUARY))(
  "the Anonymous Bank, February 1999, nothing happened",
  () => {
    // Second method: numpy over the same file; calls by AGENT, type PS, over 10 s, agents with 30
    // calls in the half: raw 54.0194 s over 23 agents and 9,122 calls, then 43.7384 s over 21 and 8,181;
    // the method of moments 51.9 s and 41.3 s.
    it.each([
      ["1 to 14", 1, 14, 23, 9122, 54.0194, 51.9],
      ["15 to 28", 15, 28, 21, 8181, 43.7384, 41.3],
    ])("%s", (_, from, to, agents, calls, raw, corrected) => {
      const figures = servicesOf(from, to).map(figureOf);
      const found = spreadBetweenAgents(figures);
      expect(found.agents).toBe(agents);
      expect(figures.reduce((total, { n }) => total + n, 0)).toBe(calls);
      expect(found.rawStandardDeviation).toBeCloseTo(raw, 4);
      expect(found.correctedStandardDeviation).toBeCloseTo(corrected, 1);
    });
  },
);

/** Service seconds of each agent with 30 calls or more from one day of the month to another. */
function servicesOf(from: number, to: number): number[][] {
  const found = new Map<string, number[]>();
  for (const line of gunzipSync(readFileSync(FEBRUARY)).toString().split("\n").slice(1)) {
    const [, , , , type = "", date = "", , , , , , , outcome, , , seconds, server = ""] = line
      .split("\t")
      .map((field) => field.trim());
    const day = Number(date.slice(4));
    const kept = outcome === "AGENT" && type === "PS" && server !== "NO_SERVER";
    if (!kept || day < from || day > to || Number(seconds) <= 10) continue;
    found.set(server, [...(found.get(server) ?? []), Number(seconds)]);
  }
  return [...found.values()].filter((calls) => calls.length >= 30);
}

function figureOf(values: readonly number[]): AgentFigure {
  const sum = values.reduce((total, value) => total + value, 0);
  const sumOfSquares = values.reduce((total, value) => total + value * value, 0);
  const n = values.length;
  return { value: sum / n, noiseVariance: meanNoise({ n, sum, sumOfSquares }), n };
}

function shareFigure(successes: number, n: number): AgentFigure {
  return { value: successes / n, noiseVariance: shareNoise({ successes, n }), n };
}

function near(found: number | null, expected: number): void {
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-8 * (1 + expected));
}
