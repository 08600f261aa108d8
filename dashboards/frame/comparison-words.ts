/** What is compared with, and why something cannot be, in words. */

import type { Translate } from "../i18n/catalogue.ts";
import type { Formats } from "../i18n/formats.ts";
import type { Compared, ComparisonFault } from "./comparison.ts";
import type { FilterFault } from "./filters.ts";
import { addDays, type Period } from "./periods.ts";

interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

/** The first and the last day. */
const daysOf = ({ from, to }: Period, formats: Formats) => ({
  from: formats.dayLong(from),
  to: formats.dayLong(addDays(to, -1)),
});

/** The group, or the days with data; it is what stands behind every figure of the other side. */
export function comparedName({ group, known }: Compared, { t, formats }: Words): string {
  return group ?? t("compare.days", daysOf(known, formats));
}

/** Of a period that has data in part, which part; else null. */
export function partlyWords({ group, known, period }: Compared, { t, formats }: Words) {
  if (group !== null || (known.from === period.from && known.to === period.to)) return null;
  return t("compare.partly", daysOf(known, formats));
}

export function comparisonFaultWords(fault: ComparisonFault, { t, formats }: Words): string {
  if (fault.code === "unreadable") return t("compare.fault.unreadable", { text: fault.text });
  if (fault.code === "same_group") return t("compare.fault.same_group", { name: fault.name });
  if (fault.code === "unknown_group" || fault.code === "two_at_once") {
    return t(`compare.fault.${fault.code}`);
  }
  return t(`compare.fault.${fault.code}`, daysOf(fault.period, formats));
}

export function filterFaultWords(fault: FilterFault, { t, formats }: Words): string {
  if (fault.code === "no_day") return t("fault.no_day", { text: fault.text });
  if (fault.code === "reversed") return t("fault.reversed", daysOf(fault.period, formats));
  const name = t(`filter.${fault.choice}`);
  return t("fault.unknown", { name, count: fault.ids.length });
}
