/** The managers' answer in words: how much agents differ in a metric, and what that rests on. */

import type { Spread } from "../../api/types.ts";
import { difference, type Words } from "../../charts/difference.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import type { Period } from "../../frame/periods.ts";
import { addDays, isPartial } from "../../frame/periods.ts";

export function spreadSentence(spread: Spread, words: Words): string {
  const { t } = words;
  const metric = t(`metric.${spread.metric}`);
  const { overall } = spread;
  if (overall.suppressed) return t("managers.tooFew", { metric });
  const corrected = overall.correctedStandardDeviation;
  if (corrected !== null && corrected > 0) {
    const kind = kindOf(spread.metric);
    return t("managers.differs", { metric, spread: difference(kind, corrected, words) });
  }
  return t(overall.correctedVariance === null ? "managers.notEstimable" : "managers.noDifference", {
    metric,
  });
}

export function spreadBasis(spread: Spread, period: Period, words: Words): string {
  const { t, formats } = words;
  const { overall } = spread;
  const kind = kindOf(spread.metric);
  const parts: string[] = [];
  const corrected = overall.correctedStandardDeviation;
  if (overall.rawStandardDeviation !== null && overall.reliability !== null) {
    parts.push(
      t("managers.basisRaw", {
        raw: difference(kind, overall.rawStandardDeviation, words),
        noise: formats.share(Math.min(1, Math.max(0, 1 - overall.reliability)), 0),
      }),
    );
  }
  if (overall.mean !== null && corrected !== null) {
    parts.push(
      t("managers.basisMean", {
        mean: formats.figure(kind, overall.mean),
        low: formats.figure(kind, overall.mean - corrected),
        high: formats.figure(kind, overall.mean + corrected),
      }),
    );
  }
  const weeks = weekRange(spread, period);
  if (weeks !== null) {
    parts.push(
      t("managers.basisWeeks", {
        least: difference(kind, weeks.least, words),
        most: difference(kind, weeks.most, words),
      }),
    );
  }
  parts.push(
    t("managers.basisPopulation", {
      count: overall.agents,
      shown: formats.number(overall.agents),
      from: formats.dayLong(period.from),
      to: formats.dayLong(addDays(period.to, -1)),
    }),
  );
  return parts.join(t("sentence.space"));
}

/** The two spreads side by side; whether they differ by more than chance is not said here. */
export function spreadsSentence(now: Spread, against: Spread, words: Words): string {
  const { t } = words;
  const written = ({ overall, metric }: Spread) => {
    if (overall.suppressed) return t("state.tooFew");
    const spread = overall.correctedStandardDeviation;
    return spread === null ? t("change.spreadUnknown") : difference(kindOf(metric), spread, words);
  };
  return t("change.spreads", { now: written(now), against: written(against) });
}

/** Of whole weeks only: part of a week says less. */
function weekRange(spread: Spread, period: Period): { least: number; most: number } | null {
  const known = spread.weeks
    .filter((week) => !week.suppressed && !isPartial(week.week, "week", period))
    .map((week) => week.correctedStandardDeviation)
    .filter((value) => value !== null);
  if (known.length < 2) return null;
  return { least: Math.min(...known), most: Math.max(...known) };
}
