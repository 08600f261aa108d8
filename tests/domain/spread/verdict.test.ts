/** Verdicts: each rule decides where it should, and a real month in which nothing happened. */

import { describe, expect, it } from "vitest";
import { ownFigure } from "../../../src/domain/spread/agent-days.ts";
import { spreadBetweenAgents } from "../../../src/domain/spread/between-agents.ts";
import {
  type ChangeOfSpread,
  changeOfSpread,
} from "../../../src/domain/spread/change-of-spread.ts";
import { type SpreadFinding, spreadVerdict } from "../../../src/domain/spread/verdict.ts";
import { daysOf } from "./agents.ts";
import { hasFebruary, regularAgents, servedInFebruary } from "./february.ts";

const change: ChangeOfSpread = {
  agentsBefore: 40,
  agentsAfter: 35,
  agentsInBoth: 30,
  varianceBefore: 4,
  varianceAfter: 1,
  reduction: 0.5,
  rawReduction: 0.4,
  interval: { low: 0.2, high: 0.7 },
  draws: 2000,
  reason: null,
};
const whole: SpreadFinding = {
  change,
  reliabilityBefore: 0.8,
  net: { reduction: 0.4, interval: { low: 0.1, high: 0.6 }, draws: 2000 },
  cuts: { p: 0.02, least: 0.02 },
};
const changed = (over: Partial<ChangeOfSpread>): SpreadFinding => ({
  ...whole,
  change: { ...change, ...over },
});

describe("the first rule that holds decides", () => {
  it.each([
    ["all that is asked for", whole, "claim_grade"],
    ["nine agents after", changed({ agentsAfter: 9 }), "suppressed"],
    ["fourteen agents", changed({ agentsAfter: 14 }), "not_estimable"],
    ["figures that are mostly noise", { ...whole, reliabilityBefore: 0.49 }, "not_estimable"],
    ["no reliability at all", { ...whole, reliabilityBefore: null }, "not_estimable"],
    ["no spread left", changed({ reduction: null }), "not_estimable"],
    [
      "an interval with 0 in it",
      changed({ interval: { low: -0.1, high: 0.6 } }),
      "no_change_shown",
    ],
    ["no interval", changed({ interval: null }), "no_change_shown"],
    [
      "earlier cuts that find as much",
      { ...whole, cuts: { p: 0.2, least: 0.02 } },
      "no_change_shown",
    ],
    ["cuts too few to tell", { ...whole, cuts: { p: 0.5, least: 0.25 } }, "change_shown"],
    ["no cuts", { ...whole, cuts: null }, "change_shown"],
    ["no control", { ...whole, net: null }, "change_shown"],
    [
      "a control that fell as much",
      { ...whole, net: { reduction: 0.1, interval: { low: -0.3, high: 0.4 }, draws: 2000 } },
      "change_shown",
    ],
    ["29 agents", changed({ agentsAfter: 29 }), "change_shown"],
    ["reliability 0.69", { ...whole, reliabilityBefore: 0.69 }, "change_shown"],
    ["a spread that grew", changed({ interval: { low: -0.9, high: -0.2 } }), "claim_grade"],
  ] as const)("%s", (_, finding, verdict) => {
    expect(spreadVerdict(finding as SpreadFinding)).toBe(verdict);
  });

  it("an installation may be stricter", () => {
    const rules = {
      agentsShown: 10,
      agentsEstimable: 36,
      reliabilityEstimable: 0.5,
      agentsClaim: 50,
      reliabilityClaim: 0.7,
      placebo: 0.05,
    };
    expect(spreadVerdict(whole, rules)).toBe("not_estimable");
  });
});

it.skipIf(!hasFebruary)("February 1999: −19.0 % is seen, and no change is shown", () => {
  const calls = servedInFebruary();
  const half = (from: number, to: number) =>
    regularAgents(calls, from, to).flatMap(({ agent, days }) => {
      const figure = ownFigure("mean", daysOf(agent, days));
      return figure === null ? [] : [figure];
    });
  const periods = { before: half(1, 14), after: half(15, 28) };
  const found = changeOfSpread(periods, { seed: 1999 });
  expect(found.rawReduction).toBeCloseTo(0.19, 3);
  const reliabilityBefore = spreadBetweenAgents(periods.before).reliability;
  expect(spreadVerdict({ change: found, reliabilityBefore, net: null, cuts: null })).toBe(
    "no_change_shown",
  );
});
