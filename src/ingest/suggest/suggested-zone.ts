/** The zone of a suggestion: from the offsets of its times, and only where they all have one. */

import { zoneClock } from "../../domain/shared/zone.ts";
import type { Match } from "./matching.ts";
import { note, type SuggestionNote } from "./notes.ts";

export interface SuggestedZone {
  /** Null where it must be said. */
  readonly zone: string | null;
  readonly notes: readonly SuggestionNote[];
}

/** @throws InputError when the zone given is none. */
export function zoneOfTimes(matches: readonly Match[], given: string | undefined): SuggestedZone {
  const times = matches.flatMap(({ column, fit }) =>
    column.time !== null && isRead(fit.rule) ? [column.time] : [],
  );
  const offsets = new Set(times.map(({ offset }) => offset));
  const saysUtc = times.some(({ formats }) => formats.some((format) => format.includes("'")));
  if (given !== undefined) {
    const zone = saysUtc ? "UTC" : zoneClock(given).zone;
    return { zone, notes: saysUtc && given !== "UTC" ? [note("utc_in_words", {})] : [] };
  }
  const [only] = offsets;
  if (offsets.size !== 1 || only === undefined || only === "none") {
    const code = offsets.has("none") ? "zone_needed" : "zone_needed_of_several";
    return { zone: null, notes: [note(code, {})] };
  }
  if (only === "several") return { zone: null, notes: [note("zone_needed_for_days", {})] };
  if (only === "epoch") return { zone: null, notes: [note("zone_needed_of_counts", {})] };
  if (only === "UTC") return { zone: "UTC", notes: [note("zone_utc", {})] };
  return zoneOfOffset(only);
}

/** The zones named `Etc/GMT` count the other way: UTC+3 is `Etc/GMT-3`. */
function zoneOfOffset(offset: string): SuggestedZone {
  const [, sign, hours] = /^([+-])(\d\d):00$/.exec(offset) ?? [];
  if (sign === undefined || Number(hours) > 12) {
    return { zone: null, notes: [note("zone_needed_for_offset", { offset })] };
  }
  const zone = `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`;
  return { zone, notes: [note("zone_of_offset", { zone, offset })] };
}

function isRead(rule: object): boolean {
  return "format" in rule || "formats" in rule;
}
