/** February 1999 of the Anonymous Bank, in which nothing happened to its agents. */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

const FEBRUARY = join(
  resolve(process.env.MUSTER_REAL_DATA || "../shared/data"),
  "anonymous_bank/02_February.txt.gz",
);

export const hasFebruary: boolean = existsSync(FEBRUARY);
if (!hasFebruary) console.warn(`SKIPPED: no ${FEBRUARY}; set MUSTER_REAL_DATA`);

export interface Served {
  readonly agent: string;
  /** Of the month. */
  readonly day: number;
  readonly seconds: number;
}

/** Regular calls that an agent served for more than 10 seconds. */
export function servedInFebruary(): Served[] {
  return gunzipSync(readFileSync(FEBRUARY))
    .toString()
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const fields = line.split("\t").map((field) => field.trim());
      const [type, date = "", outcome] = [fields[4], fields[5], fields[12]];
      const [seconds, agent = ""] = [Number(fields[15]), fields[16]];
      const kept = outcome === "AGENT" && type === "PS" && agent !== "NO_SERVER" && seconds > 10;
      return kept ? [{ agent, day: Number(date.slice(4)), seconds }] : [];
    });
}

/** Agents with 30 calls or more from one day to another, each day's calls together. */
export function regularAgents(
  calls: readonly Served[],
  from: number,
  to: number,
): { readonly agent: string; readonly days: readonly (readonly number[])[] }[] {
  const byAgent = new Map<string, Map<number, number[]>>();
  for (const { agent, day, seconds } of calls) {
    if (day < from || day > to) continue;
    const days = byAgent.get(agent) ?? new Map<number, number[]>();
    byAgent.set(agent, days.set(day, [...(days.get(day) ?? []), seconds]));
  }
  return [...byAgent]
    .map(([agent, days]) => ({
      agent,
      days: [...days].sort(([a], [b]) => a - b).map(([, values]) => values),
    }))
    .filter(({ days }) => days.flat().length >= 30);
}
