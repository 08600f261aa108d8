/** What a study found, in a sentence that a manager can repeat without saying more than is known. */

import type { SpreadStudy } from "../../domain/spread/study.ts";

export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

export function studySentence(study: SpreadStudy): Sentence {
  const { verdict, treated } = study;
  const { change } = treated;
  const agents = Math.min(change.agentsBefore, change.agentsAfter);
  if (verdict === "suppressed") {
    return {
      en: `Only ${agents} people have enough contacts; the spread of so few is not shown.`,
      zh: `仅 ${agents} 人有足够的联络量；人数过少，不显示差异。`,
    };
  }
  const parts = [seen(study), corrected(study), net(study), judged(study)];
  return {
    en: parts.map(({ en }) => en).join(" "),
    zh: parts.map(({ zh }) => zh).join(""),
  };
}

const percent = (share: number) => `${Math.round(Math.abs(share) * 100)} %`;
const way = (reduction: number) =>
  reduction < 0 ? { en: "rose", zh: "扩大" } : { en: "fell", zh: "缩小" };

function seen({ treated }: SpreadStudy): Sentence {
  const { rawReduction } = treated.change;
  if (rawReduction === null) {
    return { en: "No spread was seen before.", zh: "之前看不出差异。" };
  }
  const { en, zh } = way(rawReduction);
  return {
    en: `The spread that is seen ${en} by ${percent(rawReduction)}.`,
    zh: `看到的差异${zh} ${percent(rawReduction)}。`,
  };
}

function corrected({ treated }: SpreadStudy): Sentence {
  const { reduction, interval, agentsBefore, agentsAfter } = treated.change;
  if (reduction === null) {
    return {
      en: "Without sampling noise it is not distinguishable from none.",
      zh: "扣除抽样噪声后，与没有差异无法区分。",
    };
  }
  const { en, zh } = way(reduction);
  const range = rangeOf(interval);
  return {
    en:
      `Without sampling noise it ${en} by ${percent(reduction)} ` +
      `(95 % interval of the fall ${range.en}, ${agentsBefore} and ${agentsAfter} people).`,
    zh:
      `扣除抽样噪声后${zh} ${percent(reduction)}` +
      `（缩小幅度的 95 % 区间为 ${range.zh}，前后各 ${agentsBefore} 人和 ${agentsAfter} 人）。`,
  };
}

function net({ net: found }: SpreadStudy): Sentence {
  if (found === null) {
    return {
      en: "There is nobody without an assistant to compare with.",
      zh: "没有未使用助手的人员可供对照。",
    };
  }
  if (found.reduction === null) {
    return { en: "Against the control nothing can be told.", zh: "与对照组相比无法判断。" };
  }
  const { en, zh } = way(found.reduction);
  const range = rangeOf(found.interval);
  return {
    en: `Against those without an assistant it ${en} by ${percent(found.reduction)} (${range.en}).`,
    zh: `与未使用助手的人员相比${zh} ${percent(found.reduction)}（${range.zh}）。`,
  };
}

function rangeOf(interval: { readonly low: number; readonly high: number } | null): Sentence {
  if (interval === null) return { en: "unknown", zh: "未知" };
  const { low, high } = interval;
  const end = (share: number) =>
    Number.isFinite(share) ? `${share < 0 ? "−" : ""}${percent(share)}` : null;
  return {
    en: `${end(low) ?? "without bound"} to ${end(high)}`,
    zh: `${end(low) ?? "无下限"} 至 ${end(high)}`,
  };
}

function judged({ verdict, rank, net: found }: SpreadStudy): Sentence {
  if (verdict === "claim_grade") {
    return { en: "This is fit to be claimed.", zh: "该结论可以对外宣称。" };
  }
  if (verdict === "change_shown") {
    const missing =
      found === null
        ? { en: "a control", zh: "对照组" }
        : { en: "more people, or longer windows", zh: "更多人员或更长的时间" };
    return {
      en: `A change is shown; to claim it, ${missing.en} would be needed.`,
      zh: `变化得到证实；若要对外宣称，还需要${missing.zh}。`,
    };
  }
  if (verdict === "no_change_shown") {
    const cuts = rank !== null && rank.p >= 0.05 && rank.least < 0.05;
    return cuts
      ? {
          en: "Days on which nothing happened show as much: no change is shown.",
          zh: "在没有任何变化的日期也能看到同样的幅度：未证实变化。",
        }
      : { en: "No change is shown.", zh: "未证实变化。" };
  }
  return {
    en: "It cannot be estimated: too few people, or figures that are mostly noise.",
    zh: "无法估计：人数过少，或数值以噪声为主。",
  };
}
