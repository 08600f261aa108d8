/** What a finding rests on, in words: what is usual on such a day, what a name is like, where it was seen. */

import type { Quality } from "../../api/types.ts";
import type { Translate } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";

type Finding = Quality["findings"][number];

interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

const GROUNDS = ["same_letters", "swapped_parts", "one_edit"] as const;

export function detailWords(finding: Finding, words: Words): string {
  const parts =
    finding.code === "likely_alias"
      ? aliasParts(finding, words)
      : [...usualParts(finding, words), ...placeParts(finding, words)];
  return parts.join(words.t("detail.separator"));
}

const numberOf = ({ detail }: Finding, name: string): number | null => {
  const value = detail[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

const textOf = ({ detail }: Finding, name: string): string | null => {
  const value = detail[name];
  return typeof value === "string" && value !== "" ? value : null;
};

/** How many rows such a day usually has. */
function usualParts(finding: Finding, { t, formats }: Words): string[] {
  const usualRows = numberOf(finding, "usualRows");
  const weekday = numberOf(finding, "weekday");
  if (usualRows === null || weekday === null) return [];
  const values = { weekday: formats.weekday(weekday, "long"), usual: formats.number(usualRows) };
  if (finding.count === 0) return [t("detail.empty", values)];
  return [t("detail.surge", { rows: formats.number(finding.count), ...values })];
}

/** What the two names have in common, and whether one person can have borne both. */
function aliasParts(finding: Finding, words: Words): string[] {
  const { t, formats } = words;
  const parts: string[] = [];
  const ground = GROUNDS.find((known) => known === finding.detail.ground);
  const alias = textOf(finding, "alias");
  if (ground !== undefined && alias !== null) parts.push(t(`detail.${ground}`, { alias }));
  const together = numberOf(finding, "overlappingContacts");
  if (together === 0) parts.push(t("detail.neverTogether"));
  else if (together !== null) {
    parts.push(t("detail.together", { count: together, shown: formats.number(together) }));
  }
  return [...parts, ...spanParts(finding, words)];
}

/** On how many days, at how many agents, from when to when. */
function placeParts(finding: Finding, words: Words): string[] {
  const { t, formats } = words;
  const parts: string[] = [];
  if (finding.detail.named === false) parts.push(t("detail.noName"));
  const agents = numberOf(finding, "agents");
  if (agents !== null && agents > 0) {
    parts.push(t("detail.agents", { count: agents, shown: formats.number(agents) }));
  }
  const days = numberOf(finding, "days");
  if (days !== null) parts.push(t("detail.days", { count: days, shown: formats.number(days) }));
  return [...parts, ...spanParts(finding, words)];
}

function spanParts(finding: Finding, { t, formats }: Words): string[] {
  const from = textOf(finding, "firstDay");
  const to = textOf(finding, "lastDay");
  if (from === null || to === null) return [];
  if (from === to) return [formats.dayLong(from)];
  return [t("detail.span", { from: formats.dayLong(from), to: formats.dayLong(to) })];
}
