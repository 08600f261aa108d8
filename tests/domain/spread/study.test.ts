/** A whole study: on centres whose truth is known, and on a real month in which nothing happened. */

import { describe, expect, it } from "vitest";
import { drawsFrom } from "../../../src/domain/spread/draws.ts";
import { type DatedAgent, type StudyInput, studySpread } from "../../../src/domain/spread/study.ts";
import { daysOf } from "./agents.ts";
import { hasFebruary, servedInFebruary } from "./february.ts";

const FEWEST = { n: 10, days: 1 };

/** Agents of ability N(0, 1), 20 days of 6 contacts with noise SD 2, then 20 more with the ability shrunk. */
function arm(name: string, agents: number, keeps: number, seed: number) {
  const { normal } = drawsFrom(seed);
  const abilities = Array.from({ length: agents }, normal);
  const period = (factor: number, month: string): DatedAgent[] =>
    abilities.map((ability, at) => ({
      ...daysOf(
        `${name}${at}`,
        Array.from({ length: 20 }, () =>
          Array.from({ length: 6 }, () => 30 + ability * factor + normal() * 2),
        ),
      ),
      dates: Array.from(
        { length: 20 },
        (_, day) => `2026-${month}-${String(day + 1).padStart(2, "0")}`,
      ),
    }));
  return { before: period(1, "01"), after: period(keeps, "02") };
}

const study = (over: Partial<StudyInput>): StudyInput => ({
  kind: "mean",
  treated: arm("t", 60, 0.5, 1),
  control: null,
  seed: 7,
  draws: 500,
  fewest: FEWEST,
  ...over,
});

describe("a centre whose spread was halved", () => {
  it("by four estimates, each near the truth, and claim-grade against a control that stayed", () => {
    const found = studySpread(study({ control: arm("c", 60, 1, 2) }));
    for (const [period, sigma] of [
      [found.treated.before, 1],
      [found.treated.after, 0.5],
    ] as const) {
      const estimates = [
        period.seen.correctedVariance,
        period.anova?.betweenVariance,
        period.reml?.betweenVariance,
        period.splitHalf?.betweenVariance,
      ];
      // σ² of 60 agents is off by 18 % (√(2/59)) of itself as a standard error; three of them.
      for (const estimate of estimates) {
        expect(Math.abs((estimate ?? 0) / sigma ** 2 - 1)).toBeLessThan(0.6);
      }
    }
    const { interval } = found.treated.change;
    expect(interval?.low).toBeLessThan(0.5);
    expect(interval?.high).toBeGreaterThan(0.5);
    expect(found.net?.interval?.low).toBeGreaterThan(0);
    expect(found.rank?.p).toBeLessThan(0.1);
    expect(["claim_grade", "change_shown"]).toContain(found.verdict);
    expect(found.composition?.agents).toEqual({ stayed: 60, joined: 0, left: 0 });
    expect(found.fifths).toHaveLength(5);
    expect(found.pitmanMorgan?.p).toBeLessThan(0.001);
  });

  it("is recomputed bit for bit, and says how far it is", () => {
    const heard: number[] = [];
    const one = studySpread(study({}), (share) => heard.push(share));
    expect(studySpread(study({}))).toEqual(one);
    expect(JSON.stringify(studySpread(study({})))).toBe(JSON.stringify(one));
    expect(heard.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(heard.length).toBeGreaterThan(3);
  });

  it("stops when it is told to", () => {
    const stop = () => {
      throw new Error("stopped");
    };
    expect(() => studySpread(study({}), stop)).toThrow("stopped");
  });
});

describe("nothing happened", () => {
  it("in 40 centres of 60 agents at most a few are told of a change", () => {
    const verdicts = Array.from({ length: 40 }, (_, at) => {
      return studySpread(study({ treated: arm("t", 60, 1, 100 + at), draws: 300 })).verdict;
    });
    // Of 40 with 5 % each, more than six would be one time in a thousand.
    expect(verdicts.filter((verdict) => verdict !== "no_change_shown").length).toBeLessThan(7);
  });

  it.skipIf(!hasFebruary)(
    "February 1999: the halves of the month differ by 19 %, the people do not",
    () => {
      const calls = servedInFebruary();
      const period = (from: number, to: number): DatedAgent[] => {
        const agents = [...new Set(calls.map(({ agent }) => agent))].sort();
        return agents.map((agent) => {
          const own = calls.filter(
            (call) => call.agent === agent && call.day >= from && call.day <= to,
          );
          const days = [...new Set(own.map(({ day }) => day))].sort((a, b) => a - b);
          return {
            ...daysOf(
              agent,
              days.map((day) =>
                own.filter((call) => call.day === day).map(({ seconds }) => seconds),
              ),
            ),
            dates: days.map((day) => `1999-02-${String(day).padStart(2, "0")}`),
          };
        });
      };
      const found = studySpread(
        study({
          treated: { before: period(1, 14), after: period(15, 28) },
          fewest: { n: 30, days: 1 },
          draws: 2000,
        }),
      );
      expect(found.treated.change).toMatchObject({ agentsBefore: 23, agentsAfter: 21 });
      expect(found.treated.change.rawReduction).toBeCloseTo(0.19, 3);
      expect(found.verdict).toBe("no_change_shown");
      expect(found.treated.before.anova?.betweenVariance).toBeCloseTo(1846.8, 2);
      expect(found.treated.after.anova?.betweenVariance).toBeCloseTo(2019.55, 2);
    },
  );
});

describe("what cannot be told", () => {
  it("nobody after, one agent, one contact each: a verdict and no figure", () => {
    const { before } = arm("t", 60, 1, 1);
    const none = studySpread(study({ treated: { before, after: [] } }));
    expect(none).toMatchObject({ verdict: "suppressed", composition: null, fifths: null });
    expect(none.treated.change.reduction).toBeNull();
    const one = studySpread(
      study({ treated: { before: before.slice(0, 1), after: before.slice(0, 1) } }),
    );
    expect(one.verdict).toBe("suppressed");
    const single = before.map(({ agent }) => ({ ...daysOf(agent, [[1]]), dates: ["2026-01-01"] }));
    const few = studySpread(study({ treated: { before: single, after: single } }));
    expect(few.verdict).toBe("suppressed");
    expect(few.treated.before.tooFew).toBe(60);
  });

  it("figures that are all the same are not estimable", () => {
    const same = Array.from({ length: 20 }, (_, at) => ({
      ...daysOf(`a${at}`, [
        [5, 5, 5, 5, 5],
        [5, 5, 5, 5, 5],
      ]),
      dates: ["2026-01-01", "2026-01-02"],
    }));
    expect(studySpread(study({ treated: { before: same, after: same } })).verdict).toBe(
      "not_estimable",
    );
  });
});
