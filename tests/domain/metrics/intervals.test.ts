/** Intervals against printed tables: Newcombe 1998 (Wilson), Garwood 1936, and numpy with scipy. */

import { describe, expect, it } from "vitest";
import {
  countInterval,
  hourlyRateEstimate,
  meanInterval,
  shareInterval,
} from "../../../src/domain/metrics/intervals.ts";

describe("shareInterval", () => {
  // Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3 (score, no correction).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i", (successes, n, low, high) => {
    const found = shareInterval({ successes, n });
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });

  it("mirrors, keeps within 0 and 1, and needs a trial", () => {
    const few = shareInterval({ successes: 3, n: 10 });
    const many = shareInterval({ successes: 7, n: 10 });
    expect(few?.low).toBeCloseTo(1 - (many?.high ?? 0), 12);
    expect(shareInterval({ successes: 7, n: 7 })?.high).toBe(1);
    expect(shareInterval({ successes: 0, n: 7 })?.low).toBe(0);
    expect(shareInterval({ successes: 0, n: 0 })).toBeNull();
  });
});

describe("countInterval", () => {
  // Garwood 1936, Biometrika 28:437-442, as printed in Pearson & Hartley, Biometrika Tables, table 40.
  it.each([
    [0, 0, 3.69],
    [1, 0.0253, 5.57],
    [2, 0.242, 7.22],
    [5, 1.62, 11.67],
    [10, 4.8, 18.39],
  ])("%i", (count, low, high) => {
    const found = countInterval({ count });
    expect(Math.abs(found.low - low)).toBeLessThan(0.0051);
    expect(Math.abs(found.high - high)).toBeLessThan(0.0051);
  });

  it("100, and another level, as scipy: gamma.ppf(a, 100), gamma.ppf(1 - a, 101)", () => {
    expect(countInterval({ count: 100 }).low).toBeCloseTo(81.36399125092314, 8);
    expect(countInterval({ count: 100 }).high).toBeCloseTo(121.62679379242638, 8);
    // 90 % of 0: −ln 0.05 by hand.
    expect(countInterval({ count: 0, level: 0.9 }).high).toBeCloseTo(-Math.log(0.05), 10);
  });
});

describe("meanInterval", () => {
  it("100, 220, 300, 180 as numpy and scipy have it", () => {
    const found = meanInterval({ n: 4, sum: 800, sumOfSquares: 180_800 });
    expect(found?.low).toBeCloseTo(67.5041946232858, 9);
    expect(found?.high).toBeCloseTo(332.4958053767142, 9);
  });
});

describe("hourlyRateEstimate", () => {
  const days = {
    days: 5,
    handled: 235,
    denominatorSeconds: 133_200,
    handledSquared: 11_373,
    denominatorSecondsSquared: 3_570_480_000,
    handledTimesDenominator: 6_337_800,
  };
  it("five days as numpy and scipy have it (r ± t.ppf(.975, 4) √v)", () => {
    const found = hourlyRateEstimate(days);
    expect(found.value).toBeCloseTo(6.351351351351352, 9);
    expect(found.low).toBeCloseTo(5.419123866767555, 9);
    expect(found.high).toBeCloseTo(7.283578835935148, 9);
    expect(found.n).toBe(5);
  });

  it("one day has a rate and no interval; no time has no rate", () => {
    const one = { ...days, days: 1 };
    expect(hourlyRateEstimate(one)).toMatchObject({ low: null, high: null, n: 1 });
    expect(hourlyRateEstimate({ ...days, denominatorSeconds: 0 }).value).toBeNull();
  });
});
