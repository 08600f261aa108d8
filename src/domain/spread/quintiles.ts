/**
 * Level first, spread second: who moved? Agents are ranked into fifths by one half of their days before,
 * and each fifth's mean is taken of the other half, and of the time after. Ranking and measuring by the same
 * days would call the lucky best and the unlucky worst, and show them nearing each other though
 * nothing changed (regression to the mean: with reliability ρ the gap falls to ρ of itself).
 *
 * Halves: the days are dealt alternately, odd and even in the order of the calendar.
 *
 * @example
 * fifthsBySplitRank({ before: [], after: [] }) // => null
 */

import type { AgentDays } from "./agent-days.ts";

export interface Fifth {
  /** 1 is the lowest by the half that ranks. */
  readonly fifth: number;
  readonly agents: number;
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

/** Agents of a fifth below which a mean would tell of each of them. */
const FEWEST_AGENTS = 10;

/** null below ten agents in each fifth; only agents of both periods count. */
export function fifthsBySplitRank(
  periods: { readonly before: readonly AgentDays[]; readonly after: readonly AgentDays[] },
  fewestAgents = FEWEST_AGENTS,
): readonly Fifth[] | null {
  const later = new Map(periods.after.map((agent) => [agent.agent, agent]));
  const ranked = periods.before
    .flatMap((before) => {
      const after = later.get(before.agent);
      const [rankedBy, measured] = [halfOf(before, 0), halfOf(before, 1)];
      const then = after === undefined ? null : halfOf(after, null);
      return rankedBy === null || measured === null || then === null
        ? []
        : [{ agent: before.agent, rankedBy, before: measured, after: then }];
    })
    // Ties by name, so that the same data give the same fifths.
    .sort((a, b) => a.rankedBy - b.rankedBy || (a.agent < b.agent ? -1 : 1));
  if (ranked.length < 5 * fewestAgents) return null;
  return Array.from({ length: 5 }, (_, at) => {
    const from = Math.round((at * ranked.length) / 5);
    const members = ranked.slice(from, Math.round(((at + 1) * ranked.length) / 5));
    const meanOf = (key: "before" | "after") =>
      members.reduce((sum, member) => sum + member[key], 0) / members.length;
    const [before, after] = [meanOf("before"), meanOf("after")];
    return { fifth: at + 1, agents: members.length, before, after, change: after - before };
  });
}

/** Of every other worked day, beginning with the first (0) or the second (1); of all for null. */
function halfOf({ part, whole }: AgentDays, half: 0 | 1 | null): number | null {
  let [parts, wholes, worked] = [0, 0, 0];
  for (let day = 0; day < whole.length; day++) {
    if (!((whole[day] as number) > 0)) continue;
    if (half === null || worked % 2 === half) {
      parts += part[day] as number;
      wholes += whole[day] as number;
    }
    worked++;
  }
  return wholes > 0 ? parts / wholes : null;
}
