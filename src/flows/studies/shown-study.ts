/**
 * A study as it may be shown: figures that rest on too few people are left out, whoever asks. The page, the
 * API and the command line all show this, and nothing else of a study.
 */

import { spreadShown } from "../../domain/metrics/suppression.ts";
import type { NetChange } from "../../domain/spread/change-of-spread.ts";
import type { ArmResult, PeriodSpread, SpreadStudy } from "../../domain/spread/study.ts";
import type { Verdict } from "../../domain/spread/verdict.ts";

export interface ShownInterval {
  /** null: no bound, the spread may have risen by any amount. */
  readonly low: number | null;
  readonly high: number;
}

export interface ShownPeriod {
  readonly agents: number;
  readonly tooFew: number;
  readonly mean: number | null;
  readonly rawStandardDeviation: number | null;
  readonly correctedStandardDeviation: number | null;
  readonly correctedVariance: number | null;
  readonly remlStandardDeviation: number | null;
  readonly splitHalfVariance: number | null;
  readonly reliability: number | null;
}

export interface ShownArm {
  readonly before: ShownPeriod;
  readonly after: ShownPeriod;
  readonly change: {
    readonly rawReduction: number | null;
    readonly reduction: number | null;
    readonly interval: ShownInterval | null;
  };
}

export interface ShownStudy {
  readonly verdict: Verdict;
  readonly draws: number;
  readonly treated: ShownArm;
  readonly control: ShownArm | null;
  readonly net: {
    readonly reduction: number | null;
    readonly interval: ShownInterval | null;
  } | null;
  readonly composition: {
    readonly before: number;
    readonly stayers: number;
    readonly joiners: number;
    readonly leavers: number;
    readonly after: number;
    readonly stayed: number;
    readonly joined: number;
    readonly left: number;
  } | null;
  readonly fifths:
    | readonly { fifth: number; agents: number; before: number; after: number }[]
    | null;
  readonly cuts: readonly { readonly day: string; readonly reduction: number | null }[];
  readonly cutShare: number | null;
}

export function shownStudy(study: SpreadStudy): ShownStudy {
  const { verdict, treated, control, net } = study;
  const isShown = armShown(treated);
  const controlShown = control !== null && armShown(control);
  return {
    verdict,
    draws: treated.change.draws,
    treated: shownArm(treated),
    control: control === null ? null : shownArm(control),
    net: isShown && controlShown ? shownNet(net) : null,
    composition: isShown ? compositionShown(study) : null,
    fifths: isShown ? (study.fifths?.map(withoutChange) ?? null) : null,
    cuts: isShown ? study.cuts : [],
    cutShare: isShown ? (study.rank?.p ?? null) : null,
  };
}

const armShown = ({ before, after }: ArmResult): boolean =>
  spreadShown(before.seen.agents) && spreadShown(after.seen.agents);

function shownArm(arm: ArmResult): ShownArm {
  const { change } = arm;
  const isShown = armShown(arm);
  return {
    before: shownPeriod(arm.before),
    after: shownPeriod(arm.after),
    change: {
      rawReduction: isShown ? change.rawReduction : null,
      reduction: isShown ? change.reduction : null,
      interval: isShown ? bounded(change.interval) : null,
    },
  };
}

function shownPeriod({ seen, tooFew, reml, splitHalf }: PeriodSpread): ShownPeriod {
  const isShown = spreadShown(seen.agents);
  const shown = (value: number | null | undefined) => (isShown ? (value ?? null) : null);
  return {
    agents: seen.agents,
    tooFew,
    mean: shown(seen.mean),
    rawStandardDeviation: shown(seen.rawStandardDeviation),
    correctedStandardDeviation: shown(seen.correctedStandardDeviation),
    correctedVariance: shown(seen.correctedVariance),
    remlStandardDeviation: shown(reml && Math.sqrt(reml.betweenVariance)),
    splitHalfVariance: shown(splitHalf?.betweenVariance),
    reliability: shown(seen.reliability),
  };
}

function shownNet(net: NetChange | null): ShownStudy["net"] {
  return net && { reduction: net.reduction, interval: bounded(net.interval) };
}

function bounded(interval: { readonly low: number; readonly high: number } | null) {
  return interval && { ...interval, low: Number.isFinite(interval.low) ? interval.low : null };
}

/** What a handful of people brought or took would tell of each of them. */
function compositionShown({ composition }: SpreadStudy): ShownStudy["composition"] {
  if (composition === null) return null;
  const { agents, ...variances } = composition;
  const maySay = (people: number) => people === 0 || spreadShown(people);
  if (!spreadShown(agents.stayed) || !maySay(agents.joined) || !maySay(agents.left)) return null;
  return { ...variances, ...agents };
}

const withoutChange = ({
  fifth,
  agents,
  before,
  after,
}: NonNullable<SpreadStudy["fifths"]>[0]) => ({
  ...{ fifth, agents, before, after },
});
