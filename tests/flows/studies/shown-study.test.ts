/** What of a study may be shown: nothing that rests on fewer than ten people. */

import { describe, expect, it } from "vitest";
import { drawsFrom } from "../../../src/domain/spread/draws.ts";
import { type DatedAgent, studySpread } from "../../../src/domain/spread/study.ts";
import { shownStudy } from "../../../src/flows/studies/shown-study.ts";
import { daysOf } from "../../domain/spread/agents.ts";

const DATES = Array.from({ length: 8 }, (_, day) => `2026-01-0${day + 1}`);

/** Agents from one number to another, with eight days of five contacts. */
function agents(from: number, to: number): DatedAgent[] {
  const { normal } = drawsFrom(from + 1);
  return Array.from({ length: to - from }, (_, at) => ({
    ...daysOf(
      `a${from + at}`,
      DATES.map(() => Array.from({ length: 5 }, () => 30 + (from + at) + normal())),
    ),
    dates: DATES,
  }));
}

function study(before: DatedAgent[], after: DatedAgent[], control: DatedAgent[] | null = null) {
  const arms = {
    treated: { before, after },
    control: control && { before: control, after: control },
  };
  const fewest = { n: 10, days: 2 };
  return shownStudy(studySpread({ ...arms, kind: "mean", seed: 1, draws: 100, fewest }));
}

describe("who stayed, came and left", () => {
  it.each([
    ["all stayed", agents(0, 20), agents(0, 20), true],
    ["ten came and ten left", agents(0, 30), agents(10, 40), true],
    ["nine came", agents(0, 20), agents(0, 29), false],
    ["one left", agents(0, 20), agents(1, 20), false],
    ["nine stayed", agents(0, 20), agents(11, 31), false],
  ] as const)("%s", (_, before, after, isTold) => {
    const { composition } = study([...before], [...after]);
    expect(composition !== null).toBe(isTold);
    if (composition === null) return;
    const { stayers, joiners, leavers } = composition;
    expect(composition.before + stayers + joiners + leavers).toBeCloseTo(composition.after, 9);
  });
});

it("tells of an arm of nine its number alone", () => {
  const shown = study(agents(0, 20), agents(0, 20), agents(50, 59));
  expect(shown.control?.before).toEqual({
    ...{ agents: 9, tooFew: 0, mean: null, rawStandardDeviation: null },
    ...{ correctedStandardDeviation: null, correctedVariance: null, remlStandardDeviation: null },
    ...{ splitHalfVariance: null, reliability: null },
  });
  expect(shown.control?.change).toEqual({ rawReduction: null, reduction: null, interval: null });
  expect(shown.net).toBeNull();
  expect(shown.treated.before.rawStandardDeviation).not.toBeNull();
});

it("of nine treated people tells no fall, no cut day and no fifth", () => {
  const shown = study(agents(0, 9), agents(0, 9), agents(50, 80));
  expect(shown).toMatchObject({
    verdict: "suppressed",
    composition: null,
    fifths: null,
    net: null,
  });
  expect(shown).toMatchObject({ cuts: [], cutShare: null });
  expect(shown.treated.change.reduction).toBeNull();
});
