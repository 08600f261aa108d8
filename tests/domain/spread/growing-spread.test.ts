/** The running spread against the one that sees all figures at once. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { spreadBetweenAgents } from "../../../src/domain/spread/between-agents.ts";
import { growingSpread, spreadOfAll } from "../../../src/domain/spread/growing-spread.ts";

const figure = fc.record({
  value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  noiseVariance: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  n: fc.integer({ min: 1, max: 1000 }),
});

it("is the same as that of all figures at once", () => {
  fc.assert(
    fc.property(fc.array(figure, { maxLength: 60 }), (figures) => {
      const grown = spreadOfAll(figures);
      const whole = spreadBetweenAgents(figures);
      expect(grown.agents).toBe(whole.agents);
      for (const key of ["mean", "rawStandardDeviation", "correctedVariance"] as const) {
        const [one, other] = [grown[key], whole[key]];
        if (one === null || other === null) expect(one).toBe(other);
        else
          expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-9 * Math.max(1e6, Math.abs(other)));
      }
    }),
  );
});

it("tells nothing of nobody, and no spread of one", () => {
  expect(growingSpread().spread()).toMatchObject({ agents: 0, mean: null });
  const one = spreadOfAll([{ value: 3, noiseVariance: 1, n: 2 }]);
  expect(one).toMatchObject({ agents: 1, mean: 3, rawStandardDeviation: null, reliability: null });
});

it("of many equal figures by a large offset loses nothing", () => {
  // By hand: half lie 1 below and half 1 above, so the sample variance is n ÷ (n − 1).
  const n = 100_000;
  const figures = Array.from({ length: n }, (_, i) => ({
    value: 1e8 + (i % 2 === 0 ? 1 : -1),
    noiseVariance: 0,
    n: 1,
  }));
  expect((spreadOfAll(figures).rawStandardDeviation ?? 0) ** 2).toBeCloseTo(n / (n - 1), 6);
});
