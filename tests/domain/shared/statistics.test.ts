/**
 * Quantiles against scipy (tests/oracles/quantiles.csv) and printed tables; estimates from sums
 * against a second method on the raw values; simple-statistics against numpy, for each function that
 * the domain uses.
 */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import {
  gammaln,
  interquartileRange,
  mean,
  median,
  probit,
  sampleStandardDeviation,
  sampleVariance,
  tTest,
} from "simple-statistics";
import { describe, expect, it } from "vitest";
import {
  betaProbability,
  fisherUpper,
  gammaProbability,
  gammaQuantile,
  normalProbability,
  normalQuantile,
  ratioEstimate,
  sampleVarianceOfSums,
  studentQuantile,
  studentTwoSided,
} from "../../../src/domain/shared/statistics.ts";

const ORACLE = readFileSync(new URL("../../oracles/quantiles.csv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .slice(1)
  .map((line) => line.split(","));

describe("quantiles", () => {
  it.each(ORACLE)("agree with scipy: %s(%s) at %s", (name, parameter, at, expected) => {
    const probability = Number(at);
    const ours: Record<string, () => number> = {
      normal: () => normalQuantile(probability),
      gamma: () => gammaQuantile({ probability, shape: Number(parameter) }),
      t: () => studentQuantile({ probability, degreesOfFreedom: Number(parameter) }),
      gammaln: () => gammaln(Number(parameter)),
    };
    const found = ours[name ?? ""]?.() ?? Number.NaN;
    expect(Math.abs(found - Number(expected))).toBeLessThanOrEqual(
      1e-9 * Math.abs(Number(expected)),
    );
  });

  it.each([
    [1, 12.706],
    [2, 4.303],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [120, 1.98],
  ])("t(0.975) with %i degrees as in NIST/SEMATECH e-Handbook, table 1.3.6.7.2", (df, printed) => {
    const found = studentQuantile({ probability: 0.975, degreesOfFreedom: df });
    expect(found).toBeCloseTo(printed, 3);
  });

  it("undo their distribution functions", () => {
    const probability = fc.double({ min: 1e-6, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(probability, fc.double({ min: 0.5, max: 5000, noNaN: true }), (p, shape) => {
        const x = gammaQuantile({ probability: p, shape });
        expect(gammaProbability({ x, shape })).toBeCloseTo(p, 9);
      }),
    );
    // t with two degrees of freedom has a closed form: t = (2p − 1) √(2 / (4p(1 − p))).
    fc.assert(
      fc.property(probability, (p) => {
        const closed = (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)));
        const found = studentQuantile({ probability: p, degreesOfFreedom: 2 });
        expect(Math.abs(found - closed)).toBeLessThan(1e-7 * (1 + Math.abs(closed)));
      }),
    );
  });

  it("are refused outside of their range rather than answered", () => {
    expect(() => normalQuantile(1)).toThrow("probability");
    expect(() => gammaQuantile({ probability: 0.5, shape: 0.01 })).toThrow("range");
    expect(() => studentQuantile({ probability: 0.975, degreesOfFreedom: 0 })).toThrow("range");
  });

  it("the incomplete beta function is the binomial tail (hand: P(X ≥ 2 of 3, ½) = 4/8)", () => {
    expect(betaProbability({ x: 0.5, a: 2, b: 2 })).toBeCloseTo(0.5, 14);
    // P(X ≥ 1 of 2, 0.3) = 1 − 0.7² = 0.51.
    expect(betaProbability({ x: 0.3, a: 1, b: 2 })).toBeCloseTo(0.51, 14);
  });
});

describe("estimates from sums", () => {
  it("variance is that of the raw values", () => {
    const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), {
      minLength: 2,
      maxLength: 50,
    });
    fc.assert(
      fc.property(values, (raw) => {
        const sum = raw.reduce((a, b) => a + b, 0);
        const sumOfSquares = raw.reduce((a, b) => a + b * b, 0);
        const found = sampleVarianceOfSums({ n: raw.length, sum, sumOfSquares });
        const direct = sampleVariance(raw);
        expect(Math.abs((found ?? -1) - direct)).toBeLessThanOrEqual(1e-9 * (1 + direct));
      }),
    );
  });

  it("variance does not cancel: values 1e9 + {1, 2, 4} have 7/3 (hand)", () => {
    const raw = [1, 2, 4].map((value) => value + 30_000_000);
    const sumOfSquares = raw.reduce((a, b) => a + b * b, 0);
    const sum = raw.reduce((a, b) => a + b, 0);
    expect(sampleVarianceOfSums({ n: 3, sum, sumOfSquares })).toBe(7 / 3);
    expect(sampleVarianceOfSums({ n: 1, sum: 5, sumOfSquares: 25 })).toBeNull();
  });

  it("ratio by days as numpy has it from the days themselves", () => {
    // C = 40,52,38,45,60; H = 25200,28800,23400,27000,28800 s;
    // numpy: D/(D-1)*((C-r*H)**2).sum()/H.sum()**2 * 3600**2 = 0.1127367792841703
    const found = ratioEstimate({
      days: 5,
      handled: 235,
      denominatorSeconds: 133_200,
      handledSquared: 11_373,
      denominatorSecondsSquared: 3_570_480_000,
      handledTimesDenominator: 6_337_800,
    });
    expect((found?.ratio ?? 0) * 3600).toBeCloseTo(6.351351351351352, 12);
    expect((found?.variance ?? 0) * 3600 ** 2).toBeCloseTo(0.1127367792841703, 12);
  });

  it("ratio agrees with the days for any days, and needs two", () => {
    const day = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 60, max: 40_000 }));
    fc.assert(
      fc.property(fc.array(day, { minLength: 2, maxLength: 30 }), (days) => {
        const y = days.reduce((total, [handled]) => total + handled, 0);
        const x = days.reduce((total, [, seconds]) => total + seconds, 0);
        const residuals = days.reduce((total, [c, h]) => total + (c - (y / x) * h) ** 2, 0);
        const direct = ((days.length / (days.length - 1)) * residuals) / x ** 2;
        const found = ratioEstimate(dayRatioSums(days));
        expect(Math.abs((found?.variance ?? -1) - direct)).toBeLessThanOrEqual(
          1e-9 * direct + 1e-18,
        );
      }),
    );
    expect(ratioEstimate(dayRatioSums([[5, 3600]]))).toBeNull();
    expect(
      ratioEstimate(
        dayRatioSums([
          [5, 0],
          [3, 0],
        ]),
      ),
    ).toBeNull();
  });
});

describe("simple-statistics, against numpy on 12, 7, 3, 20, 14, 9, 31, 5", () => {
  const values = [12, 7, 3, 20, 14, 9, 31, 5];
  it.each([
    ["mean: np.mean", mean(values), 12.625],
    ["median: np.median", median(values), 10.5],
    ["sampleVariance: np.var(ddof=1)", sampleVariance(values), 84.26785714285714],
    ["sampleStandardDeviation: np.std(ddof=1)", sampleStandardDeviation(values), 9.179752564359083],
    ["interquartileRange: np.quantile .75 less .25", interquartileRange(values), 9],
  ])("%s", (_, found, expected) => {
    expect(found).toBeCloseTo(expected, 12);
  });

  it("is known to be wrong in what we therefore do not use", () => {
    // scipy.stats.norm.ppf(0.975) = 1.959964; a t statistic needs the sample's own deviation:
    // (2 − 1) / (1 / √3) = 1.7320508 by hand for 1, 2, 3 against 1.
    expect(probit(0.975)).not.toBeCloseTo(1.959964, 3);
    expect(tTest([1, 2, 3], 1)).not.toBeCloseTo(1.7320508, 3);
  });
});

function dayRatioSums(days: readonly (readonly [number, number])[]) {
  const total = (of: (c: number, h: number) => number) =>
    days.reduce((sum, [c, h]) => sum + of(c, h), 0);
  return {
    days: days.length,
    handled: total((c) => c),
    denominatorSeconds: total((_, h) => h),
    handledSquared: total((c) => c * c),
    denominatorSecondsSquared: total((_, h) => h * h),
    handledTimesDenominator: total((c, h) => c * h),
  };
}

describe("probabilities", () => {
  // R's pnorm, to its digits.
  it.each([
    [0, 0.5],
    [1.96, 0.975_002_104_851_779_5],
    [-1, 0.158_655_253_931_457_05],
    [-4.9, 4.791_832_765_903_2e-7],
    [-6, 9.865_876_450_376_981e-10],
    [-9, 1.128_588_405_953_84e-19],
    [8, 1],
  ])("Φ(%f) is %f", (x, expected) => {
    expect(Math.abs(normalProbability(x) / expected - 1)).toBeLessThan(1e-9);
  });

  it("of t and F turn the tables' quantiles back", () => {
    expect(studentTwoSided({ t: 2.228_139, degreesOfFreedom: 10 })).toBeCloseTo(0.05, 7);
    expect(studentTwoSided({ t: -12.706_205, degreesOfFreedom: 1 })).toBeCloseTo(0.05, 7);
    expect(fisherUpper({ f: 4.964_603, between: 1, within: 10 })).toBeCloseTo(0.05, 7);
    expect(fisherUpper({ f: 2.591_949_634, between: 9, within: 29 })).toBeCloseTo(0.025, 9);
  });
});
