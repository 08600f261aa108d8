/** Audits of claims whose truth is known. */

import { describe, expect, it } from "vitest";
import { auditClaim, type Claim } from "../../../src/domain/spread/claim-audit.ts";
import { drawsFrom } from "../../../src/domain/spread/draws.ts";

const satisfied = (over: Partial<Claim> = {}): Claim => ({
  agents: 30,
  contactsBefore: 20,
  contactsAfter: 100,
  figure: { kind: "share", before: 0.8, after: 0.8 },
  // True SD 0.03 both times: √(0.03² + 0.16/20) and √(0.03² + 0.16/100).
  spreadBefore: Math.sqrt(0.0009 + 0.008),
  spreadAfter: Math.sqrt(0.0009 + 0.0016),
  turnover: 0,
  ...over,
});

describe("the same 45 % when nothing happened", () => {
  it("more surveys each: −47.0 % is claimed, more contacts alone explain all of it", () => {
    const found = auditClaim(satisfied());
    // By hand: 1 − 0.05 / √0.0089.
    expect(found.claimed).toBeCloseTo(0.470_001_06, 8);
    expect(found.noiseBefore).toBeCloseTo(Math.sqrt(0.008), 12);
    expect(found.corrected).toBeCloseTo(0, 9);
    expect(found.explained.contacts).toBeCloseTo(found.claimed, 9);
  });

  it("ranked with a reliability of 0.55, the gap between best and worst falls by 45 %", () => {
    const found = auditClaim(
      satisfied({
        figure: { kind: "mean", before: Math.sqrt(0.45 * 20), after: 1 },
        spreadBefore: 1,
        spreadAfter: 0.55,
      }),
    );
    expect(found.reliabilityBefore).toBeCloseTo(0.55, 12);
    expect(found.explained.regression).toBeCloseTo(0.45, 12);
  });

  it("satisfaction that rises from 0.80 to 0.90 shrinks its spread by 43.75 % at the ceiling", () => {
    const figure = { kind: "share", before: 0.8, after: 0.9 } as const;
    expect(auditClaim(satisfied({ figure })).explained.ceiling).toBeCloseTo(0.4375, 12);
    const mean = { kind: "mean", before: 1, after: 1 } as const;
    expect(auditClaim(satisfied({ figure: mean })).explained.ceiling).toBeNull();
  });

  it("when a tenth leaves who lie farthest out, the spread falls though nobody changed", () => {
    // 200,000 simulated agents.
    const { normal } = drawsFrom(8);
    const agents = Array.from({ length: 200_000 }, normal).sort(
      (a, b) => Math.abs(a) - Math.abs(b),
    );
    const kept = agents.slice(0, 180_000);
    const deviation = (values: readonly number[]) =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    const expected = 1 - deviation(kept) / deviation(agents);
    expect(auditClaim(satisfied({ turnover: 0.1 })).explained.turnover).toBeCloseTo(expected, 2);
    expect(auditClaim(satisfied()).explained.turnover).toBe(0);
  });
});

describe("effects that a claim of −45 % without noise is compatible with", () => {
  // F quantiles: R/load(…): 1 − 0.55 √F(.975; k−1, k−1) and 1 − 0.55 / √F.
  it.each([
    [10, -0.1, 0.73],
    [20, 0.13, 0.65],
    [30, 0.2, 0.62],
    [100, 0.33, 0.55],
  ])("%i agents: %f to %f", (agents, low, high) => {
    const found = auditClaim(
      satisfied({
        agents,
        figure: { kind: "mean", before: 0, after: 0 },
        spreadBefore: 2,
        spreadAfter: 1.1,
      }),
    );
    // MOVER is an approximation to the exact F.
    expect(Math.abs(found.compatible.low - low)).toBeLessThan(0.03);
    expect(Math.abs(found.compatible.high - high)).toBeLessThan(0.03);
  });

  it("are all there are where chance may have made the whole spread before", () => {
    const found = auditClaim(satisfied({ agents: 12 }));
    expect(found.compatible).toEqual({ low: Number.NEGATIVE_INFINITY, high: 1 });
  });

  it("where nothing is left after, reach to 1", () => {
    const found = auditClaim(
      satisfied({ agents: 60, contactsBefore: 400, spreadBefore: 0.09, spreadAfter: 0.03 }),
    );
    expect(found.corrected).toBeNull();
    expect(found.compatible.high).toBe(1);
    expect(found.compatible.low).toBeGreaterThan(0);
  });
});

describe("what would settle it", () => {
  it("−45 % of figures without noise needs 18 agents at correlation 0.5", () => {
    const found = auditClaim(
      satisfied({
        figure: { kind: "mean", before: 0, after: 0 },
        spreadBefore: 2,
        spreadAfter: 1.1,
      }),
    );
    expect(found.settledBy.agents).toBe(18);
  });

  it("contacts each for reliability 0.8: 4 · 0.16 / 0.0009", () => {
    expect(auditClaim(satisfied()).settledBy.contacts).toBe(Math.ceil(0.64 / 0.0009));
  });

  it("nothing settles a spread that is chance alone", () => {
    const found = auditClaim(satisfied({ spreadBefore: 0.05, spreadAfter: 0.04 }));
    expect(found.settledBy).toEqual({ agents: null, contacts: null });
    expect(found.corrected).toBeNull();
  });
});

it.each([
  ["one agent", { agents: 1 }],
  ["a share of 1", { figure: { kind: "share", before: 1, after: 0.9 } as const }],
  ["no spread before", { spreadBefore: 0 }],
  ["everybody left", { turnover: 1 }],
])("%s is no claim", (_, over) => {
  expect(() => auditClaim(satisfied(over))).toThrow();
});
