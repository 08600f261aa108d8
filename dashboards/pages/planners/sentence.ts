/** The planners' answer in words: when most contacts come, and how well they are answered. */

import { figureOf } from "../../api/rows.ts";
import type { MetricsRow, Volume } from "../../api/types.ts";
import type { Period } from "../../frame/periods.ts";
import type { Translate } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";
import { periodWords } from "../shared/period-words.ts";
import { busiest } from "./course.ts";

interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

export function volumeSentence(volume: Volume, { t, formats }: Words): string {
  const most = busiest(volume.rows);
  if (most === null) return t("empty.period");
  const place = {
    weekday: formats.weekday(most.weekday, "long"),
    clock: formats.clock(most.minute),
    contacts: formats.number(most.offered, 1),
  };
  if (most.loadErlangs === null) return t("planners.busiest", place);
  return t("planners.busiestLoad", { ...place, load: formats.number(most.loadErlangs, 1) });
}

export function serviceBasis(
  total: MetricsRow | undefined,
  period: Period,
  zone: string,
  { t, formats }: Words,
): string {
  const parts: string[] = [];
  const figure = (column: string) => (total === undefined ? null : figureOf(total, column));
  const level = figure("serviceLevel");
  const speed = figure("averageSpeedOfAnswerSeconds");
  const abandoned = figure("abandonment");
  if (level !== null) parts.push(t("planners.basisLevel", { level: formats.share(level) }));
  if (speed !== null) {
    parts.push(t("planners.basisSpeed", { speed: formats.figure("seconds", speed) }));
  }
  if (abandoned !== null) {
    parts.push(t("planners.basisAbandoned", { share: formats.share(abandoned) }));
  }
  parts.push(
    t("planners.basisPopulation", {
      offered: formats.number(figure("offered") ?? 0),
      zone,
      ...periodWords(period, formats),
    }),
  );
  return parts.join(t("sentence.space"));
}
