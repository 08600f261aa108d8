/** What the marks of the managers' page stand for: agents, several of them, and weeks. */

import type { Spread, SpreadMetric } from "../../api/types.ts";
import { agentOfMark } from "../../charts/dot-interval.ts";
import { contactsMark, type Mark } from "../../frame/mark.ts";
import { addDays, type Period } from "../../frame/periods.ts";

/** The contacts of these agents that the metric is counted from. */
export const agentsMark = (metric: SpreadMetric, agents: readonly string[]): Mark =>
  contactsMark(metric, { agent: agents.join(",") });

/** The agent of a dot, or agents of several dots; null where nobody stands there. */
export function dotsMark(
  spread: Spread,
  series: string | null,
  indexes: readonly number[],
): Mark | null {
  const agents = indexes.flatMap(
    (index) => agentOfMark(spread.agents, series ?? "agents", index)?.agent ?? [],
  );
  return agents.length === 0 ? null : agentsMark(spread.metric, agents);
}

/** The days of a week that lie in the period. Weeks are in the chart by their days. */
export function weekMark(spread: Spread, index: number, days: Period): Mark | null {
  const weeks = spread.weeks.map(({ week }) => week).sort();
  const week = weeks[index];
  if (week === undefined) return null;
  const end = addDays(week, 7);
  const from = week > days.from ? week : days.from;
  const to = end < days.to ? end : days.to;
  return { kind: "spread", figure: spread.metric, narrowing: { from, to } };
}
