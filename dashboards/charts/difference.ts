/** Writing the difference between two figures of a kind: shares differ by percentage points. */

import type { Translate } from "../i18n/catalogue.ts";
import type { FigureKind, Formats } from "../i18n/formats.ts";

export interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

/** With its unit, for sentences and tooltips. */
export function difference(kind: FigureKind, value: number, { t, formats }: Words): string {
  if (kind === "share") {
    return t("figure.percentagePoints", { value: formats.number(value * 100, 1) });
  }
  if (kind === "seconds") return formats.figure("seconds", value);
  const written = formats.number(value, 2);
  return t(kind === "perHour" ? "figure.perHour" : "figure.points", { value: written });
}

/** Without a unit, for an axis whose name has it. */
export function axisDifference(kind: FigureKind, value: number, formats: Formats): string {
  return formats.short(kind === "share" ? value * 100 : value);
}
