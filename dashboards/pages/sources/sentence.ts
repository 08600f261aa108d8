/** The imports in words: how many rows came, how many were taken. */

import type { Quality } from "../../api/types.ts";
import type { Translate } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";

interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

type Counted = "rows" | "accepted" | "duplicates" | "replaced" | "rejected";

const total = (quality: Quality, column: Counted): number =>
  quality.batches.reduce((sum, batch) => sum + batch[column], 0);

export function importsSentence(quality: Quality, { t, formats }: Words): string {
  const rejected = total(quality, "rejected");
  const rows = formats.number(total(quality, "rows"));
  const findings = quality.findings.length;
  if (rejected === 0 && findings === 0) return t("sources.headlineClean", { rows });
  const accepted = formats.number(total(quality, "accepted"));
  if (rejected === 0) {
    const shown = formats.number(findings);
    return t("sources.headlineTaken", { count: findings, rows, accepted, findings: shown });
  }
  return t("sources.headline", {
    rows,
    accepted,
    rejected: formats.number(rejected),
    findings: formats.number(findings),
  });
}

export function importsBasis(quality: Quality, { t, formats }: Words): string {
  return t("sources.basis", {
    shown: formats.number(quality.batches.length),
    duplicates: formats.number(total(quality, "duplicates")),
    replaced: formats.number(total(quality, "replaced")),
  });
}
