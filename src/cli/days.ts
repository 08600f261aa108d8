/** Days on the command line: the first is in it, and so is the last. */

import { addDays } from "../domain/shared/days.ts";
import { inputError } from "../domain/shared/errors.ts";
import type { Day } from "../domain/shared/vocabulary.ts";

const DAY = /^\d{4}-\d\d-\d\d$/;

export function dayOption(path: string, value: string): Day {
  const instant = DAY.test(value) ? Date.parse(value) : Number.NaN;
  // JavaScript takes 30 February for 1 March.
  const real = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
  if (real) return value;
  throw inputError({ code: "invalid_day", path, value, expected: "a day as YYYY-MM-DD" });
}

/** `--from` and `--to` as a half-open range; either may be missing. */
export function dayRange(options: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): { readonly from: Day | undefined; readonly to: Day | undefined } {
  const from = options.from === undefined ? undefined : dayOption("--from", options.from);
  const to = options.to === undefined ? undefined : dayOption("--to", options.to);
  if (from !== undefined && to !== undefined && to < from) {
    const expected = `a day from ${from} (--from) on`;
    throw inputError({ code: "invalid_day", path: "--to", value: to, expected });
  }
  return { from, to: to === undefined ? undefined : addDays(to, 1) };
}
