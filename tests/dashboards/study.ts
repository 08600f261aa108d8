/** A study as the API answers it, made by hand: figures that are easy to follow, and no more. */

import type { SpreadStudy } from "../../dashboards/api/studies.ts";

type Arm = SpreadStudy["treated"];
type Period = Arm["before"];

function period(agents: number, tooFew: number): Period {
  return {
    ...{ agents, tooFew, mean: 400, rawStandardDeviation: 40, correctedStandardDeviation: 30 },
    ...{ correctedVariance: 900, remlStandardDeviation: 30, splitHalfVariance: 900 },
    reliability: 0.6,
  };
}

export const STUDY: SpreadStudy = {
  ...{ metric: "meanHandleSeconds", unit: "seconds", seed: 1, draws: 2000 },
  before: { from: "2026-06-01", to: "2026-07-01" },
  after: { from: "2026-07-01", to: "2026-07-31" },
  verdict: "claim_grade",
  sentence: { en: "It fell.", zh: "缩小了。" },
  treatedEarlier: 0,
  treated: {
    before: period(58, 2),
    after: period(57, 1),
    change: { rawReduction: 0.214, reduction: 0.302, interval: { low: 0.18, high: 0.41 } },
  },
  control: {
    before: period(55, 3),
    after: period(54, 0),
    change: { rawReduction: 0.01, reduction: -0.02, interval: { low: -0.2, high: 0.1 } },
  },
  net: { reduction: 0.31, interval: { low: 0.12, high: 0.46 } },
  composition: {
    ...{ before: 900, stayers: -500, joiners: 60, leavers: -20, after: 440 },
    ...{ stayed: 50, joined: 7, left: 8 },
  },
  fifths: [1, 2, 3, 4, 5].map((fifth) => ({
    ...{ fifth, agents: 10, before: 300 + 40 * fifth, after: 350 + 20 * fifth },
  })),
  cuts: [
    { day: "2026-06-10", reduction: -0.04 },
    { day: "2026-06-11", reduction: null },
    { day: "2026-06-12", reduction: 0.05 },
  ],
  cutShare: 0.04,
};
