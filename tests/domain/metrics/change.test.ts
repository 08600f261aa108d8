/** Changes against the sleep data of Student 1908 as R's t.test gives them, and the laws. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  groupChange,
  pairedChange,
  ratioChange,
  ratioOf,
  verdictOf,
} from "../../../src/domain/metrics/change.ts";

/** R's data set `sleep`: hours gained by ten patients under two drugs (Student 1908). */
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe("pairedChange", () => {
  it("is R's t.test(second, first, paired = TRUE): 1.58, 0.7001142 to 2.4598858", () => {
    const found = pairedChange(FIRST.map((against, i) => ({ against, now: SECOND[i] as number })));
    expect(found?.change).toBeCloseTo(1.58, 12);
    expect(found?.low).toBeCloseTo(0.7001142, 7);
    expect(found?.high).toBeCloseTo(2.4598858, 7);
    expect(verdictOf(found)).toBe("shown");
  });

  it("needs two agents", () => {
    expect(pairedChange([{ against: 1, now: 2 }])).toBeNull();
    expect(verdictOf(null)).toBe("cannot_be_told");
  });
});

describe("groupChange", () => {
  it("is R's t.test(extra ~ group, data = sleep): −0.2054832 to 3.3654832, not shown", () => {
    const found = groupChange({ against: FIRST, now: SECOND });
    expect(found?.change).toBeCloseTo(1.58, 12);
    expect(found?.low).toBeCloseTo(-0.2054832, 7);
    expect(found?.high).toBeCloseTo(3.3654832, 7);
    expect(verdictOf(found)).toBe("not_shown");
  });

  it("is exact without any scatter, and needs two on each side", () => {
    expect(groupChange({ against: [1, 1], now: [3, 3] })).toEqual({ change: 2, low: 2, high: 2 });
    expect(groupChange({ against: [1], now: [3, 4] })).toBeNull();
  });
});

describe("ratioChange", () => {
  const days = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 12 });

  it("over days of one size is Welch's t of the days' own shares", () => {
    fc.assert(
      fc.property(days, days, (against, now) => {
        const portions = (parts: number[]) => parts.map((part) => ({ part, whole: 100 }));
        const found = ratioChange({ against: portions(against), now: portions(now) });
        const share = (part: number) => part / 100;
        const second = groupChange({ against: against.map(share), now: now.map(share) });
        for (const key of ["change", "low", "high"] as const) {
          expect(found?.[key]).toBeCloseTo(second?.[key] as number, 9);
        }
      }),
    );
  });

  it("weighs a day by its whole, by hand: 90 of 100 and 5 of 10 are 95 of 110", () => {
    const portions = [
      { part: 90, whole: 100 },
      { part: 5, whole: 10 },
    ];
    expect(ratioOf(portions)).toBeCloseTo(95 / 110, 14);
    expect(ratioOf([{ part: 0, whole: 0 }])).toBeNull();
    expect(ratioChange({ against: portions, now: portions.slice(0, 1) })).toBeNull();
  });

  it("turns its sign when the sides are turned", () => {
    fc.assert(
      fc.property(days, days, (one, other) => {
        const portions = (parts: number[]) => parts.map((part, i) => ({ part, whole: 100 + i }));
        const there = ratioChange({ against: portions(one), now: portions(other) });
        const back = ratioChange({ against: portions(other), now: portions(one) });
        expect(there?.change).toBeCloseTo(-(back?.change as number), 12);
        expect(there?.low).toBeCloseTo(-(back?.high as number), 9);
      }),
    );
  });
});
