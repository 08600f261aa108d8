/** What a study rests on, in words: which days, who is left out, and that no filter changes it. */

import type { SpreadStudy, StudyComposition } from "../../api/studies.ts";
import type { Words } from "../../charts/difference.ts";
import { signedShare } from "../../charts/signed-share.ts";
import { addDays } from "../../frame/periods.ts";

export function studyBasis(study: SpreadStudy, words: Words): string {
  const { t, formats } = words;
  const { before, after } = study;
  const last = (end: string) => formats.dayLong(addDays(end, -1));
  const parts = [
    t("study.windows", {
      beforeFrom: formats.dayLong(before.from),
      beforeTo: last(before.to),
      afterFrom: formats.dayLong(after.from),
      afterTo: last(after.to),
    }),
    ...leftOut(study, words),
    t("study.wholeCentre"),
  ];
  return parts.join(t("sentence.space"));
}

/** Of both arms: whose figures rest on too little, and whose assistant came before. */
function leftOut({ treated, control, treatedEarlier }: SpreadStudy, { t, formats }: Words) {
  const before = treated.before.tooFew + (control?.before.tooFew ?? 0);
  const after = treated.after.tooFew + (control?.after.tooFew ?? 0);
  const parts: string[] = [];
  if (before + after > 0) {
    const shown = { before: formats.number(before), after: formats.number(after) };
    parts.push(t("study.tooFew", shown));
  }
  if (treatedEarlier > 0) {
    const shown = formats.number(treatedEarlier);
    parts.push(t("study.treatedEarlier", { count: treatedEarlier, shown }));
  }
  return parts.length === 0 ? [t("study.nobodyLeftOut")] : parts;
}

/** How to read the steps, and what a total below zero means where there is one. */
export function compositionHint({ before, after }: StudyComposition, { t }: Words): string {
  const hint = t("study.compositionHint");
  if (before >= 0 && after >= 0) return hint;
  return [hint, t("study.belowZero")].join(t("sentence.space"));
}

/** How to read the earlier days, and how many of them show as much. */
export function cutsHint({ cutShare }: SpreadStudy, { t, formats }: Words): string {
  const hint = t("study.cutsHint");
  if (cutShare === null) return hint;
  const share = t("study.cutsShare", { share: signedShare(cutShare, formats) });
  return [hint, share].join(t("sentence.space"));
}
