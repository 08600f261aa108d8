/** Pitman–Morgan and Brown–Forsythe against worked cases and R. */

import { describe, expect, it } from "vitest";
import { brownForsythe, pitmanMorgan } from "../../../src/domain/spread/variance-tests.ts";

describe("Brown–Forsythe", () => {
  // lawstat::levene.test(location = "median") and by hand.
  it.each([
    [[1, 2, 2, 3, 12], [4, 5, 5, 6, 6], 0.870_968, 0.377_994],
    [[1, 2, 3, 4, 5], [1, 3, 5, 7, 9], 2.057_143, 0.189_404],
  ])("%j and %j: F %f, p %f", (one, other, f, p) => {
    const found = brownForsythe([one, other]);
    expect(found?.f).toBeCloseTo(f, 6);
    expect(found?.p).toBeCloseTo(p, 6);
    expect(found).toMatchObject({ between: 1, within: 8 });
  });

  it("needs two groups of two, and something that varies", () => {
    expect(brownForsythe([[1, 2, 3]])).toBeNull();
    expect(brownForsythe([[1, 2], [3]])).toBeNull();
    expect(
      brownForsythe([
        [1, 1],
        [2, 2],
      ]),
    ).toBeNull();
  });
});

describe("Pitman–Morgan", () => {
  it("a worked case: variances 227.5 and 34, r .978056, p .003889", () => {
    const before = [60, 72, 79, 91, 98];
    const after = [72, 76, 82, 84, 86];
    const pairs = before.map((value, at) => ({ before: value, after: after[at] as number }));
    const found = pitmanMorgan(pairs);
    expect(found?.correlation).toBeCloseTo(0.978_056, 6);
    expect(found?.p).toBeCloseTo(0.003_889, 6);
    expect(found?.degreesOfFreedom).toBe(3);
  });

  it("turned around it says the same of the other side", () => {
    const pairs = [
      { before: 1, after: 4 },
      { before: 9, after: 5 },
      { before: 3, after: 6 },
      { before: 7, after: 7 },
    ];
    const found = pitmanMorgan(pairs);
    const turned = pitmanMorgan(
      pairs.map(({ before, after }) => ({ before: after, after: before })),
    );
    expect(turned?.correlation).toBeCloseTo(-(found?.correlation ?? 0), 12);
    expect(turned?.p).toBeCloseTo(found?.p ?? 0, 12);
  });

  it("needs three agents that differ", () => {
    const pair = { before: 1, after: 2 };
    expect(pitmanMorgan([pair, { before: 2, after: 1 }])).toBeNull();
    expect(pitmanMorgan([pair, pair, pair])).toBeNull();
  });
});
