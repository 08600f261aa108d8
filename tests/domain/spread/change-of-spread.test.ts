/** The interval of a change of spread: what it covers, how often it cries wolf, and what it refuses to say. */

import { describe, expect, it } from "vitest";
import type { OwnFigure } from "../../../src/domain/spread/agent-days.ts";
import {
  changeOfSpread,
  DRAWS,
  netChangeOfSpread,
} from "../../../src/domain/spread/change-of-spread.ts";
import { type SimulatedCentre, simulatedCentre } from "./agents.ts";

const own = (agent: string, value: number, noiseVariance: number | null): OwnFigure => ({
  agent,
  value,
  noiseVariance,
  n: 25,
  days: 5,
});

describe("worked cases", () => {
  it("shares of 25 and then of 100 contacts: seen −75 %, without noise −94.5 %", () => {
    const shares = (n: number, successes: readonly number[]) =>
      successes.map((each, at) => {
        const p = each / n;
        return own(`a${at}`, p, (p * (1 - p)) / (n - 1));
      });
    const found = changeOfSpread(
      { before: shares(25, [15, 20, 20, 25]), after: shares(100, [75, 80, 80, 85]) },
      { seed: 1 },
    );
    expect(found.varianceBefore).toBeCloseTo(1 / 48, 12);
    expect(found.varianceAfter).toBeCloseTo(6.3131e-5, 9);
    expect(found.rawReduction).toBeCloseTo(0.75, 12);
    expect(found.reduction).toBeCloseTo(0.945, 3);
  });

  it("treated 2.0 to 1.1, control 2.0 to 1.8: 45.0 %, net of the control 38.9 %", () => {
    const arm = (name: string, was: number, is: number) => {
      const at = (sd: number) => [-1, 0, 1].map((place) => own(`${name}${place}`, place * sd, 0));
      return { before: at(was), after: at(is) };
    };
    const treated = arm("t", 2, 1.1);
    const control = arm("c", 2, 1.8);
    expect(changeOfSpread(treated, { seed: 1 }).reduction).toBeCloseTo(0.45, 12);
    const net = netChangeOfSpread({ treated, control }, { seed: 1 });
    expect(net.reduction).toBeCloseTo(0.388_888_889, 9);
  });

  it("without noise and 30 agents, an observed −45 % is 20 to 62 %, as the F distribution has it", () => {
    // Two independent groups of 30; F quantiles of a table: F(.975; 29, 29) = 2.101.
    const normalScores = Array.from({ length: 30 }, (_, at) => at - 14.5);
    const before = normalScores.map((z, at) => own(`b${at}`, z, 0));
    const after = normalScores.map((z, at) => own(`a${at}`, z * 0.55, 0));
    const { interval } = changeOfSpread({ before, after }, { seed: 5 });
    // Evenly spaced scores have light tails, so theirs is the narrower interval.
    expect(interval?.low).toBeGreaterThan(0.2);
    expect(interval?.high).toBeLessThan(0.62);
  });
});

describe("coverage of the interval, 400 simulated centres a line", { timeout: 120_000 }, () => {
  const line = (agents: number, contacts: number, icc: number, reduction: number) =>
    ({ agents, contacts, icc, reduction }) satisfies SimulatedCentre;
  it.each([
    line(30, 60, 0.06, 0.45),
    line(60, 60, 0.06, 0.45),
    line(30, 200, 0.02, 0.45),
    line(30, 30, 0.02, 0.45),
    line(60, 30, 0.02, 0.45),
    line(30, 60, 0.06, 0),
    line(60, 60, 0.06, 0),
    line(60, 200, 0.02, 0),
  ])("$agents agents, $contacts contacts, ICC $icc, true R $reduction", (centre) => {
    const SIMULATIONS = 400;
    let covered = 0;
    let declared = 0;
    for (let simulation = 0; simulation < SIMULATIONS; simulation++) {
      const { interval } = changeOfSpread(simulatedCentre(centre, 1000 + simulation), {
        seed: simulation,
      });
      if (interval === null) continue;
      if (interval.low <= centre.reduction && centre.reduction <= interval.high) covered++;
      if (interval.low > 0 || interval.high < 0) declared++;
    }
    const coverage = covered / SIMULATIONS;
    const told = `coverage ${coverage.toFixed(3)}, declared ${(declared / SIMULATIONS).toFixed(3)}`;
    console.log(`${JSON.stringify(centre)}: ${told}`);
    expect(coverage).toBeGreaterThanOrEqual(0.9);
    expect(coverage).toBeLessThanOrEqual(0.97);
    if (centre.reduction === 0) expect(declared / SIMULATIONS).toBeLessThanOrEqual(0.07);
  });
});

describe("what cannot be told", () => {
  const agents = (values: readonly number[], noise: number) =>
    values.map((value, at) => own(`a${at}`, value, noise));

  it.each([
    ["one agent", agents([1], 0.1), agents([2], 0.1), "fewer_than_two_agents"],
    ["nobody after", agents([1, 2, 3], 0.1), [], "fewer_than_two_agents"],
    ["all the same", agents([1, 1, 1], 0), agents([1, 1, 1], 0), "not_distinguishable_from_none"],
    ["noise only", agents([1, 1.1, 1.2], 5), agents([1, 2, 3], 0), "not_distinguishable_from_none"],
  ] as const)("%s has a reason and no figure", (_, before, after, reason) => {
    const found = changeOfSpread({ before, after }, { seed: 1, draws: 200 });
    expect(found.reason).toBe(reason);
    expect(found.reduction).toBeNull();
  });

  it("keeps a negative variance as it is", () => {
    const found = changeOfSpread(
      { before: agents([1, 2, 3], 0), after: agents([1, 1.1, 1.2], 5) },
      { seed: 1, draws: 200 },
    );
    expect(found.varianceAfter).toBeCloseTo(0.01 - 5, 12);
    expect(found.reduction).toBeNull();
  });

  it("leaves out agents of a single contact, and counts who was in both periods", () => {
    const before = [...agents([1, 2, 4], 0.1), own("only", 9, null), own("left", 3, 0.1)];
    const after = [...agents([1, 2, 3], 0.1), own("joined", 3, 0.1)];
    const found = changeOfSpread({ before, after }, { seed: 1, draws: 200 });
    expect(found).toMatchObject({ agentsBefore: 4, agentsAfter: 4, agentsInBoth: 3 });
  });
});

describe("the draws", () => {
  const centre = { agents: 40, contacts: 60, icc: 0.06, reduction: 0.3 };

  it("are the same for the same seed, and others for another", () => {
    const arm = simulatedCentre(centre, 7);
    const one = changeOfSpread(arm, { seed: 42 });
    expect(changeOfSpread(arm, { seed: 42 })).toEqual(one);
    expect(changeOfSpread(arm, { seed: 43 }).interval).not.toEqual(one.interval);
    expect(one.draws).toBe(DRAWS);
  });

  it("do not care for the unit of the figure", () => {
    const arm = simulatedCentre(centre, 7);
    const times = (figures: readonly OwnFigure[], factor: number) =>
      figures.map((figure) => ({
        ...figure,
        value: figure.value * factor + 17,
        noiseVariance: (figure.noiseVariance ?? 0) * factor ** 2,
      }));
    const one = changeOfSpread(arm, { seed: 42 });
    const other = changeOfSpread(
      { before: times(arm.before, 60), after: times(arm.after, 60) },
      { seed: 42 },
    );
    expect(other.reduction).toBeCloseTo(one.reduction as number, 9);
    expect(other.interval?.low).toBeCloseTo(one.interval?.low as number, 9);
    expect(other.interval?.high).toBeCloseTo(one.interval?.high as number, 9);
  });

  it("say how far they are", () => {
    const heard: number[] = [];
    changeOfSpread(simulatedCentre(centre, 7), {
      seed: 1,
      onProgress: (share) => heard.push(share),
    });
    expect(heard.length).toBeGreaterThan(10);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
  });
});
