/** Funnel limits against Spiegelhalter's formulas worked by hand. */

import { describe, expect, it } from "vitest";
import { drawsFrom } from "../../../src/domain/spread/draws.ts";
import { limitsAround, overDispersion, shareLimits } from "../../../src/domain/spread/funnel.ts";

describe("limits of a share, target 0.8, n 50", () => {
  it.each([
    [0.95, 0, 0.6891, 0.9109],
    [0.998, 0, 0.6252, 0.9748],
    [0.95, 0.05 ** 2, 0.652, 0.948],
  ])("at %f with τ² %f: %f to %f", (probability, overDispersion, low, high) => {
    const found = shareLimits({ target: 0.8, n: 50, overDispersion, probability });
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it("never leaves 0 to 1", () => {
    expect(shareLimits({ target: 0.98, n: 4, probability: 0.998 }).high).toBe(1);
    expect(shareLimits({ target: 0.02, n: 4, probability: 0.998 }).low).toBe(0);
  });

  it("of any figure lie as far on either side", () => {
    const { low, high } = limitsAround({ target: 300, noiseVariance: 100, probability: 0.95 });
    expect(high - 300).toBeCloseTo(19.599_64, 5);
    expect(300 - low).toBeCloseTo(19.599_64, 5);
  });
});

describe("over-dispersion", () => {
  it("by hand: z of −2, 0, 2 with noise 1 have φ 8/3, τ² (8 − 2) / (3 − 3/3) = 3", () => {
    const points = [-2, 0, 2].map((value) => ({ value, noiseVariance: 1 }));
    expect(overDispersion(points, 0)).toBeCloseTo(3, 12);
  });

  it("is 0 where agents differ by less than chance, and of one agent", () => {
    const points = [-0.1, 0, 0.1].map((value) => ({ value, noiseVariance: 1 }));
    expect(overDispersion(points, 0)).toBe(0);
    expect(overDispersion(points.slice(0, 1), 0)).toBe(0);
  });

  it("an outlier in ten does not move it: a tenth at each end is drawn in", () => {
    const calm = [-2, -1.5, -1, -0.5, 0, 0, 0.5, 1, 1.5, 2];
    const points = (values: readonly number[]) =>
      values.map((value) => ({ value, noiseVariance: 1 }));
    const wild = [...calm.slice(0, 9), 200];
    expect(overDispersion(points(wild), 0)).toBeCloseTo(overDispersion(points(calm), 0), 12);
  });

  it("finds a true τ² of many agents, a little low for the winsorising", () => {
    const { normal } = drawsFrom(5);
    const points = Array.from({ length: 4000 }, () => ({
      value: normal() * 0.05 + normal() * 0.02,
      noiseVariance: 0.02 ** 2,
    }));
    const found = overDispersion(points, 0);
    expect(found).toBeGreaterThan(0.05 ** 2 * 0.6);
    expect(found).toBeLessThan(0.05 ** 2 * 1.02);
  });
});
