/** A change in one sentence: both figures, how far it moved, its interval, and whether it is shown. */

import type { Change } from "../../api/types.ts";
import { relativeChange, shortChange, signedDifference } from "../../charts/change.ts";
import type { Words } from "../../charts/difference.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import type { FigureKind } from "../../i18n/formats.ts";

/** What the figures of a change rest on. */
function population({ basis, now, against }: Change, { t, formats }: Words): string {
  if (basis === "same_agents") {
    return t("change.sameAgents", { count: now.n, shown: formats.number(now.n) });
  }
  const counts = { now: formats.number(now.n), against: formats.number(against.n) };
  return t(basis === "two_groups" ? "change.twoGroups" : "change.days", counts);
}

export function changeSentence(change: Change, name: string, words: Words): string {
  const { t, formats } = words;
  const metric = t(`metric.${change.metric}`);
  const { now, against, low, high, reason } = change;
  if (now.value === null || against.value === null || change.change === null) {
    return t(reason === "too_few" ? "change.tooFew" : "change.noFigure", { metric, name });
  }
  const kind = kindOf(change.metric);
  const said = {
    metric,
    name,
    now: formats.figure(kind, now.value),
    against: formats.figure(kind, against.value),
    change: signedDifference(kind, change.change, words),
    population: population(change, words),
  };
  if (low === null || high === null || change.verdict === "cannot_be_told") {
    const verdict = t(
      reason === "shared_contacts" ? "change.verdict.shared_contacts" : "change.verdict.too_few",
    );
    return t("change.unjudged", { ...said, verdict });
  }
  const interval = t("change.interval", {
    low: shortChange(kind, low, words),
    high: shortChange(kind, high, words),
  });
  return t("change.sentence", {
    ...said,
    interval,
    verdict: t(`change.verdict.${change.verdict}`),
  });
}

export interface TotalChange {
  readonly metric: string;
  readonly kind: FigureKind;
  readonly now: number | null;
  readonly against: number | null;
  readonly name: string;
  readonly currency?: string | undefined;
}

/** A count or a cost against another: how much more or less in parts of what it was. */
export function totalSentence(total: TotalChange, words: Words): string {
  const { metric, kind, now, against, name, currency } = total;
  const { t, formats } = words;
  if (now === null || against === null) return t("change.noFigure", { metric, name });
  return t("change.total", {
    metric,
    name,
    now: formats.figure(kind, now, currency),
    against: formats.figure(kind, against, currency),
    change: relativeChange(now, against, words),
  });
}
