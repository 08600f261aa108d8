/** A published claim, checked for sense, audited, and said in a sentence in both languages. */

import { type Fault, InputError } from "../../domain/shared/errors.ts";
import { auditClaim, type Claim, type ClaimAudit } from "../../domain/spread/claim-audit.ts";

export interface AuditedClaim {
  readonly claim: Claim;
  readonly audit: ClaimAudit;
  readonly sentence: { readonly en: string; readonly zh: string };
}

/** Throws InputError naming each number that makes no claim. */
export function auditedClaim(claim: Claim): AuditedClaim {
  const faults = faultsOf(claim);
  if (faults.length > 0) throw new InputError(faults);
  const audit = auditClaim(claim);
  return { claim, audit, sentence: { en: english(claim, audit), zh: chinese(claim, audit) } };
}

interface Rule {
  readonly path: string;
  readonly value: number;
  readonly expected: string;
  readonly holds: boolean;
}

function faultsOf(claim: Claim): Fault[] {
  const { agents, contactsBefore, contactsAfter, figure, spreadBefore, spreadAfter } = claim;
  const whole = (path: string, value: number, least: number): Rule => ({
    path,
    value,
    expected: `a whole number from ${least}`,
    holds: Number.isInteger(value) && value >= least,
  });
  const own = (path: string, value: number): Rule =>
    figure.kind === "share"
      ? {
          path,
          value,
          expected: "a share between 0 and 1, exclusive",
          holds: value > 0 && value < 1,
        }
      : { path, value, expected: "a standard deviation from 0", holds: value >= 0 };
  const rules: Rule[] = [
    whole("agents", agents, 2),
    whole("contactsBefore", contactsBefore, 2),
    whole("contactsAfter", contactsAfter, 2),
    own("figure.before", figure.before),
    own("figure.after", figure.after),
    { path: "spreadBefore", value: spreadBefore, expected: "above 0", holds: spreadBefore > 0 },
    { path: "spreadAfter", value: spreadAfter, expected: "from 0", holds: spreadAfter >= 0 },
    {
      path: "turnover",
      value: claim.turnover,
      expected: "a share from 0 to below 1",
      holds: claim.turnover >= 0 && claim.turnover < 1,
    },
  ];
  return rules
    .filter(({ holds, value }) => !holds || !Number.isFinite(value))
    .map(({ path, value, expected }) => ({ code: "invalid_claim", path, value, expected }));
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function english(claim: Claim, audit: ClaimAudit): string {
  const { claimed, corrected, compatible, settledBy } = audit;
  const seen = `Claimed: a spread ${claimed < 0 ? "rise" : "fall"} of ${percent(Math.abs(claimed))}.`;
  const real =
    corrected === null
      ? "Sampling noise alone gives as much spread as is claimed, so nothing is left to compare."
      : `Without sampling noise it is ${percent(corrected)}.`;
  const least = bound(compatible.low, "any rise");
  const range =
    `Anything from ${least} to ${percent(compatible.high)} goes with these numbers ` +
    `(95 %, ${claim.agents} agents).`;
  return [seen, real, range, ...causesOf(audit, ENGLISH), settledIn(settledBy, ENGLISH)].join(" ");
}

function chinese(claim: Claim, audit: ClaimAudit): string {
  const { claimed, corrected, compatible, settledBy } = audit;
  const seen = `宣称差异${claimed < 0 ? "扩大" : "缩小"} ${percent(Math.abs(claimed))}。`;
  const real =
    corrected === null
      ? "仅抽样噪声就能产生这样的差异，没有可比的余量。"
      : `扣除抽样噪声后为 ${percent(corrected)}。`;
  const least = bound(compatible.low, "任意扩大");
  const range =
    `与这些数字相容的真实变化为 ${least} 至 ${percent(compatible.high)}` +
    `（95 %，${claim.agents} 名坐席）。`;
  return [seen, real, range, ...causesOf(audit, CHINESE), settledIn(settledBy, CHINESE)].join("");
}

function bound(low: number, unbounded: string): string {
  return low === Number.NEGATIVE_INFINITY ? unbounded : percent(low);
}

interface Words {
  readonly contacts: (share: string) => string;
  readonly ceiling: (share: string) => string;
  readonly regression: (share: string) => string;
  readonly turnover: (share: string) => string;
  readonly settled: (agents: number, contacts: number) => string;
  readonly unsettled: string;
}

const ENGLISH: Words = {
  contacts: (share) => `More contacts each would show ${share} though nobody changed.`,
  ceiling: (share) => `A mean nearer to its end would show ${share}.`,
  regression: (share) =>
    `A gap between best and worst, ranked by the same figures, would show ${share} ` +
    "by regression to the mean.",
  turnover: (share) => `The farthest leaving would show ${share}.`,
  settled: (agents, contacts) =>
    `To settle it: ${agents} agents and a control, ${contacts} contacts each before.`,
  unsettled: "To settle it, the figures before would have to differ by more than chance.",
};

const CHINESE: Words = {
  contacts: (share) => `即使无人变化，仅因每人样本增多就会显示 ${share}。`,
  ceiling: (share) => `均值接近上下限会显示 ${share}。`,
  regression: (share) => `若按同一指标排名再比较首尾差距，均值回归会显示 ${share}。`,
  turnover: (share) => `差异最大者离开会显示 ${share}。`,
  settled: (agents, contacts) =>
    `要下定论：需 ${agents} 名坐席和对照组，之前每人 ${contacts} 次联络。`,
  unsettled: "要下定论：之前的差异须先超出偶然。",
};

/** Only what explains at least a hundredth. */
function causesOf({ explained }: ClaimAudit, words: Words): string[] {
  const causes = ["contacts", "ceiling", "regression", "turnover"] as const;
  return causes.flatMap((cause) => {
    const share = explained[cause] ?? 0;
    return share >= 0.01 ? [words[cause](percent(share))] : [];
  });
}

function settledIn({ agents, contacts }: ClaimAudit["settledBy"], words: Words): string {
  return agents === null || contacts === null ? words.unsettled : words.settled(agents, contacts);
}
