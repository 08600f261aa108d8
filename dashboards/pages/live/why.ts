/** The dispatcher's reasons for an assignment, in a few words. Reasons it does not know are left out. */

import type { Translate } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";

interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

export function whyWords(why: Readonly<Record<string, unknown>>, { t, formats }: Words): string {
  const parts: string[] = [];
  const number = (key: string): number | null => {
    const value = why[key];
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  };
  const proficiency = number("proficiency");
  if (typeof why.skill === "string" && proficiency !== null) {
    parts.push(t("why.skill", { skill: why.skill, share: formats.share(proficiency, 0) }));
  }
  const deadline = number("secondsToDeadline");
  if (deadline !== null) {
    parts.push(
      deadline < 0
        ? t("why.overdue", { time: formats.duration(-deadline) })
        : t("why.due", { time: formats.duration(deadline) }),
    );
  }
  const cost = number("expectedCost");
  if (cost !== null) parts.push(t("why.cost", { cost: formats.number(cost, 2) }));
  const alternatives = number("alternatives");
  if (alternatives === 0) parts.push(t("why.noAlternative"));
  else if (alternatives !== null) {
    parts.push(t("why.alternatives", { count: alternatives, shown: formats.number(alternatives) }));
  }
  return parts.join(" · ");
}
