/** The waterfall of who stayed, joined and left: by hand, an identity always, and on a real month. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { type OwnFigure, ownFigure } from "../../../src/domain/spread/agent-days.ts";
import { compositionOf } from "../../../src/domain/spread/composition.ts";
import { daysOf } from "./agents.ts";
import { hasFebruary, regularAgents, servedInFebruary } from "./february.ts";

const own = (agent: string, value: number, noiseVariance: number | null = 0): OwnFigure => ({
  agent,
  value,
  noiseVariance,
  n: 10,
  days: 5,
});

it("by hand: an outlier leaves, and nobody else changed", () => {
  // Before 1, 2, 3, 10: variance 16.6667; the three who stay: 1 both times. A fourth joins at 2: 0.6667.
  const found = compositionOf({
    before: [own("a", 1), own("b", 2), own("c", 3), own("d", 10)],
    after: [own("a", 1), own("b", 2), own("c", 3), own("e", 2)],
  });
  expect(found?.before).toBeCloseTo(50 / 3, 12);
  expect(found?.stayers).toBe(0);
  expect(found?.leavers).toBeCloseTo(1 - 50 / 3, 12);
  expect(found?.joiners).toBeCloseTo(2 / 3 - 1, 12);
  expect(found?.after).toBeCloseTo(2 / 3, 12);
  expect(found?.agents).toEqual({ stayed: 3, joined: 1, left: 1 });
});

it("leaves nothing over, whoever comes and goes", () => {
  const figure = fc.record({
    agent: fc.integer({ min: 0, max: 30 }).map((at) => `a${at}`),
    value: fc.double({ min: 0, max: 100, noNaN: true }),
    noiseVariance: fc.double({ min: 0, max: 50, noNaN: true }),
    n: fc.integer({ min: 2, max: 90 }),
    days: fc.constant(5),
  });
  const period = fc.uniqueArray(figure, { selector: ({ agent }) => agent, maxLength: 25 });
  fc.assert(
    fc.property(period, period, fc.constantFrom("seen", "corrected"), (before, after, variance) => {
      const found = compositionOf({ before, after }, variance as "seen");
      if (found === null) return;
      const sum = found.before + found.stayers + found.joiners + found.leavers;
      expect(Math.abs(sum - found.after)).toBeLessThan(1e-9);
    }),
  );
});

it.each([
  ["nobody stayed", [own("a", 1), own("b", 2)], [own("c", 1), own("d", 2)]],
  ["nobody after", [own("a", 1), own("b", 2)], []],
  ["one contact each", [own("a", 1, null), own("b", 2, null)], [own("a", 1), own("b", 2)]],
])("cannot be told where %s", (_, before, after) => {
  expect(compositionOf({ before, after })).toBeNull();
});

it.skipIf(!hasFebruary)("February 1999: most of the −19.0 % is who left", () => {
  const calls = servedInFebruary();
  const half = (from: number, to: number) =>
    regularAgents(calls, from, to).flatMap(({ agent, days }) => {
      const figure = ownFigure("mean", daysOf(agent, days));
      return figure === null ? [] : [figure];
    });
  const found = compositionOf({ before: half(1, 14), after: half(15, 28) }, "seen");
  expect(Math.sqrt(found?.before ?? 0)).toBeCloseTo(54.0194, 4);
  expect(Math.sqrt(found?.after ?? 0)).toBeCloseTo(43.7384, 4);
  // In variances, of 1005 s² that went, those who stayed account for less than a third.
  const change = (found?.after ?? 0) - (found?.before ?? 0);
  expect((found?.stayers ?? 0) / change).toBeLessThan(1 / 3);
  expect((found?.leavers ?? 0) / change).toBeGreaterThan(2 / 3);
});
