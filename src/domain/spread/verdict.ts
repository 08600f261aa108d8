/**
 * What may be said of a change of spread, by rules that are data: an installation may be stricter, and a
 * study keeps the rules it was judged by.
 *
 * From the most cautious on, the first that holds:
 * - suppressed: the spread of so few would tell of each of them
 * - not_estimable: too few agents, or figures that are mostly noise, or no spread left to compare
 * - no_change_shown: the interval holds 0, or a placebo finds as much where nothing happened
 * - change_shown: more than chance; whether by the assistant nobody can tell without a control
 * - claim_grade: enough agents, figures reliable, against a control whose interval leaves out 0, and
 *   every placebo passed
 *
 * @example
 * spreadVerdict({ change: { agentsBefore: 9, agentsAfter: 9, agentsInBoth: 9, varianceBefore: 1, varianceAfter: 1, reduction: 0, rawReduction: 0, interval: null, draws: 1, reason: null }, reliabilityBefore: 0.9, net: null, cuts: null }) // => "suppressed"
 */

import type { ChangeOfSpread, NetChange } from "./change-of-spread.ts";
import type { CutRank } from "./placebo.ts";

export type Verdict =
  | "suppressed"
  | "not_estimable"
  | "no_change_shown"
  | "change_shown"
  | "claim_grade";

export interface VerdictRules {
  /** Agents, before and after, for a spread to be shown. */
  readonly agentsShown: number;
  readonly agentsEstimable: number;
  readonly reliabilityEstimable: number;
  readonly agentsClaim: number;
  readonly reliabilityClaim: number;
  /** A placebo is passed below this p. */
  readonly placebo: number;
}

/** Agents: `suppression.ts`; reliability and placebos: see the method's sample sizes. */
export const VERDICT_RULES: VerdictRules = {
  agentsShown: 10,
  agentsEstimable: 15,
  reliabilityEstimable: 0.5,
  agentsClaim: 30,
  reliabilityClaim: 0.7,
  placebo: 0.05,
};

export interface SpreadFinding {
  readonly change: ChangeOfSpread;
  /** Share of the seen variance before that is real. */
  readonly reliabilityBefore: number | null;
  /** null without a control. */
  readonly net: NetChange | null;
  /** Among the earlier cut dates; null where there is none to compare with. */
  readonly cuts: CutRank | null;
}

export function spreadVerdict(finding: SpreadFinding, rules = VERDICT_RULES): Verdict {
  const { change, reliabilityBefore } = finding;
  const agents = Math.min(change.agentsBefore, change.agentsAfter);
  if (agents < rules.agentsShown) return "suppressed";
  const reliability = reliabilityBefore ?? 0;
  const isEstimable = agents >= rules.agentsEstimable && reliability >= rules.reliabilityEstimable;
  if (!isEstimable || change.reduction === null) return "not_estimable";
  if (!leavesOutNone(change.interval) || failsCuts(finding.cuts, rules)) return "no_change_shown";
  const isClaim =
    agents >= rules.agentsClaim &&
    reliability >= rules.reliabilityClaim &&
    finding.net !== null &&
    leavesOutNone(finding.net.interval) &&
    finding.cuts !== null &&
    finding.cuts.p < rules.placebo;
  return isClaim ? "claim_grade" : "change_shown";
}

/** Cut dates that are too few to be passed say nothing either way. */
function failsCuts(cuts: CutRank | null, { placebo }: VerdictRules): boolean {
  return cuts !== null && cuts.least < placebo && cuts.p >= placebo;
}

function leavesOutNone(interval: { readonly low: number; readonly high: number } | null): boolean {
  return interval !== null && (interval.low > 0 || interval.high < 0);
}
