/** Staggered adoption: the worked case in which a two-way regression is wrong, and the laws. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventEffects, groupTimeEffects } from "../../../src/domain/spread/staggered.ts";

// Periods 0, 1, 2; A treated in period 1, B in period 2, N never.
const WORKED = [
  { adopted: 1, values: [10, 14, 17] },
  { adopted: 2, values: [8, 9, 12] },
  { adopted: null, values: [5, 6, 7] },
];

describe("the worked case", () => {
  it("ATT(1,1) 3, ATT(1,2) 5, ATT(2,2) 2; a two-way regression says 2.5", () => {
    expect(groupTimeEffects(WORKED)).toEqual([
      { group: 1, period: 1, effect: 3, treated: 1, controls: 2 },
      { group: 1, period: 2, effect: 5, treated: 1, controls: 1 },
      { group: 2, period: 2, effect: 2, treated: 1, controls: 1 },
    ]);
  });

  it("by time since adoption: 2.5 at once, 5 a period later", () => {
    expect(eventEffects(groupTimeEffects(WORKED))).toEqual([
      { event: 0, effect: 2.5, treated: 2 },
      { event: 1, effect: 5, treated: 1 },
    ]);
  });

  it("before adoption there is a placebo for the group that has one", () => {
    // B from 0 to 1, against N alone (A is treated in 1): 1 − 1.
    expect(groupTimeEffects(WORKED, { placebos: true })).toContainEqual({
      group: 2,
      period: 1,
      effect: 0,
      treated: 1,
      controls: 1,
    });
  });

  it("without anybody who waits, later effects cannot be told", () => {
    const effects = groupTimeEffects(WORKED.slice(0, 2));
    expect(effects.map(({ group, period }) => [group, period])).toEqual([[1, 1]]);
    expect(groupTimeEffects([])).toEqual([]);
  });
});

describe("laws", () => {
  const course = fc.record({
    adopted: fc.option(fc.integer({ min: 1, max: 4 })),
    values: fc.array(fc.option(fc.integer({ min: -50, max: 50 })), { minLength: 5, maxLength: 5 }),
  });

  it("what moves everybody alike, and what agents bring, is in no effect", () => {
    const courses = fc.array(course, { maxLength: 20 });
    const shocks = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(courses, shocks, (centre, common) => {
        const moved = centre.map(({ adopted, values }, agent) => ({
          adopted,
          values: values.map((value, at) =>
            value === null ? null : value + (common[at] as number) + agent * 7,
          ),
        }));
        const [one, other] = [groupTimeEffects(centre), groupTimeEffects(moved)];
        expect(other.length).toBe(one.length);
        for (const [at, effect] of one.entries()) {
          expect(other[at]?.effect).toBeCloseTo(effect.effect, 9);
        }
      }),
    );
  });

  it("a constant effect is found as such in every cell", () => {
    const courses = fc.array(course, { maxLength: 20 });
    fc.assert(
      fc.property(courses, (centre) => {
        const treated = centre.map(({ adopted, values }) => ({
          adopted,
          values: values.map((value, at) =>
            value === null ? null : at + (adopted !== null && at >= adopted ? 4 : 0),
          ),
        }));
        for (const { effect } of groupTimeEffects(treated)) expect(effect).toBeCloseTo(4, 9);
      }),
    );
  });
});
