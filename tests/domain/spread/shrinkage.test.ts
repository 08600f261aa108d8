/** Shrinkage against the balanced ANOVA, the beta-binomial posterior, and the laws. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactsForReliability, shrunkenFigure } from "../../../src/domain/spread/shrinkage.ts";

describe("shrunkenFigure", () => {
  it("agent {1,2,3} beside {3,4,5}, {5,6,7} goes to 4 + 11/12 · (2 − 4) = 13/6 (hand)", () => {
    const found = shrunkenFigure({
      value: 2,
      noiseVariance: 1 / 3,
      mean: 4,
      correctedVariance: 11 / 3,
    });
    expect(found.value).toBeCloseTo(13 / 6, 14);
    expect(found.reliability).toBeCloseTo(11 / 12, 14);
    // σ² v / (σ² + v) = (11/9) / 4 by hand.
    expect(found.standardDeviation ** 2).toBeCloseTo(11 / 36, 14);
  });

  it("15 of 25 under Beta(50.4, 12.6) is the posterior mean 65.4 / 88, weight 25 / 88", () => {
    // Second method: the conjugate prior with mean 0.8 and variance 0.0025, for which the noise of 25
    // trials is (0.8 · 0.2 − 0.0025) / 25.
    const found = shrunkenFigure({
      value: 15 / 25,
      noiseVariance: (0.16 - 0.0025) / 25,
      mean: 0.8,
      correctedVariance: 0.0025,
    });
    expect(found.value).toBeCloseTo(65.4 / 88, 14);
    expect(found.reliability).toBeCloseTo(25 / 88, 14);
  });

  it("lies between the mean and the figure, nearer to the mean the more noise there is", () => {
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, positive, (value, mean, variance, noise) => {
        const at = (noiseVariance: number) =>
          shrunkenFigure({ value, noiseVariance, mean, correctedVariance: variance });
        const found = at(noise);
        const slack = 1e-9 * (value + mean);
        expect(found.value).toBeGreaterThanOrEqual(Math.min(value, mean) - slack);
        expect(found.value).toBeLessThanOrEqual(Math.max(value, mean) + slack);
        expect(at(noise * 2).reliability).toBeLessThan(found.reliability);
        expect(found.standardDeviation ** 2).toBeLessThanOrEqual(
          Math.min(variance, noise) * 1.0001,
        );
      }),
    );
  });

  it("goes all the way when agents do not differ, and nowhere without noise", () => {
    const none = { value: 7, noiseVariance: 1, mean: 4, correctedVariance: -0.5 };
    expect(shrunkenFigure(none)).toEqual({ value: 4, standardDeviation: 0, reliability: 0 });
    const sure = { value: 7, noiseVariance: 0, mean: 4, correctedVariance: 2 };
    expect(shrunkenFigure(sure)).toEqual({ value: 7, standardDeviation: 0, reliability: 1 });
  });
});

describe("contactsForReliability", () => {
  // Spearman–Brown by hand: ρ/(1−ρ) · (1−ICC)/ICC, rounded up.
  it.each([
    [0.01, [99, 231, 396, 891]],
    [0.02, [49, 115, 196, 441]],
    [0.05, [19, 45, 76, 171]],
    [0.06, [16, 37, 63, 141]],
    [0.1, [9, 21, 36, 81]],
    [0.2, [4, 10, 16, 36]],
  ])("at ICC %d for 0.5, 0.7, 0.8 and 0.9", (intraclassCorrelation, expected) => {
    const found = [0.5, 0.7, 0.8, 0.9].map((reliability) =>
      contactsForReliability({ reliability, intraclassCorrelation }),
    );
    expect(found).toEqual(expected);
  });
});
