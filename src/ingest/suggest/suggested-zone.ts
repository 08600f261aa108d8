/** The zone of a suggestion: from the offsets of its times, and only where they all have one. */

import { zoneClock } from "../../domain/shared/zone.ts";
import type { Match } from "./matching.ts";

export interface SuggestedZone {
  /** Null where it must be said. */
  readonly zone: string | null;
  readonly notes: readonly string[];
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
    const note = "the times say UTC in words, so the zone is UTC and not the one given";
    return { zone, notes: saysUtc && given !== "UTC" ? [note] : [] };
  }
  const [only] = offsets;
  if (offsets.size !== 1 || only === undefined || only === "none") {
    const what = offsets.has("none") ? "have no offset" : "have several offsets";
    return { zone: null, notes: [`the times ${what}: --zone is needed to import`] };
  }
  if (only === "several") {
    return { zone: null, notes: ["the times have several offsets: --zone is needed for the days"] };
  }
  if (only === "epoch") {
    return {
      zone: null,
      notes: ["the times are counts since 1970: --zone is needed for the days"],
    };
  }
  if (only === "UTC") return { zone: "UTC", notes: ["zone UTC, as the times say"] };
  return zoneOfOffset(only);
}

/** The zones named `Etc/GMT` count the other way: UTC+3 is `Etc/GMT-3`. */
function zoneOfOffset(offset: string): SuggestedZone {
  const [, sign, hours] = /^([+-])(\d\d):00$/.exec(offset) ?? [];
  if (sign === undefined || Number(hours) > 12) {
    return { zone: null, notes: [`the times have the offset ${offset}: --zone is needed`] };
  }
  const zone = `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`;
  const note = `zone ${zone}, for all times have the offset ${offset}; name the place's own zone`;
  return { zone, notes: [`${note} where it has summer time`] };
}

function isRead(rule: object): boolean {
  return "format" in rule || "formats" in rule;
}
