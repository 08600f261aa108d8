/** A period in words, its last day in it. */

import type { Period } from "../../frame/periods.ts";
import { addDays } from "../../frame/periods.ts";
import type { Formats } from "../../i18n/formats.ts";

export function periodWords(period: Period, formats: Formats): { from: string; to: string } {
  return { from: formats.dayLong(period.from), to: formats.dayLong(addDays(period.to, -1)) };
}
