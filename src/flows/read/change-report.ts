/** The change of a figure between two populations: another period, or another group. */

import { setImmediate } from "node:timers/promises";
import { splitTime } from "../../domain/metrics/agent-time.ts";
import {
  type Change,
  type ChangeVerdict,
  type DayPortion,
  groupChange,
  pairedChange,
  ratioChange,
  ratioOf,
  verdictOf,
} from "../../domain/metrics/change.ts";
import { withinThreshold } from "../../domain/metrics/service.ts";
import { spreadShown } from "../../domain/metrics/suppression.ts";
import type { Store } from "../../store/connection.ts";
import { contactSums } from "../../store/reports/contact-sums.ts";
import { queueSums } from "../../store/reports/queue-sums.ts";
import { choosesAgents, choosesQueues, type ReportScope } from "../../store/reports/scope.ts";
import { timeSums } from "../../store/reports/time-sums.ts";
import type { Asking } from "./scope.ts";
import { agentValues, SPREAD_METRICS, type SpreadMetric } from "./spread-report.ts";

export const DAY_METRICS = [
  "serviceLevel",
  "abandonment",
  "averageSpeedOfAnswerSeconds",
  "occupancy",
] as const;
export type DayMetric = (typeof DAY_METRICS)[number];
export type ChangeMetric = SpreadMetric | DayMetric;

export interface ChangeSide {
  readonly value: number | null;
  /** Agents or days. */
  readonly n: number;
}

export interface ChangeReport {
  readonly metric: ChangeMetric;
  readonly basis: "same_agents" | "two_groups" | "days";
  readonly now: ChangeSide;
  readonly against: ChangeSide;
  readonly change: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: ChangeVerdict;
  readonly reason: "shared_contacts" | "too_few" | "no_figure" | null;
}

export interface ChangeWish {
  readonly metric: ChangeMetric;
  readonly threshold: number;
  readonly now: Asking;
  readonly against: Asking;
}

export async function changeReport(store: Store, wish: ChangeWish): Promise<ChangeReport> {
  const found = isOfAgents(wish.metric)
    ? await agentsChange(store, wish, wish.metric)
    : await daysChange(store, wish, wish.metric);
  const { now, against, interval, basis } = found;
  const shared = sharesContacts(wish.now.scope, wish.against.scope);
  const known = now.value !== null && against.value !== null;
  const reason = !known
    ? now.n > 0 && against.n > 0
      ? "too_few"
      : "no_figure"
    : shared
      ? "shared_contacts"
      : interval === null
        ? "too_few"
        : null;
  const told = reason === null ? interval : null;
  return {
    metric: wish.metric,
    basis,
    now,
    against,
    change: known ? (now.value as number) - (against.value as number) : null,
    low: told?.low ?? null,
    high: told?.high ?? null,
    verdict: verdictOf(told),
    reason,
  };
}

interface Found {
  readonly basis: ChangeReport["basis"];
  readonly now: ChangeSide;
  readonly against: ChangeSide;
  readonly interval: Change | null;
}

const isOfAgents = (metric: ChangeMetric): metric is SpreadMetric =>
  SPREAD_METRICS.some((each) => each === metric);

/** The same people where enough of them are on both sides, so that who came and left is not in it. */
async function agentsChange(store: Store, wish: ChangeWish, metric: SpreadMetric): Promise<Found> {
  const [now, against] = await Promise.all([
    agentValues(store, wish.now, metric),
    agentValues(store, wish.against, metric),
  ]);
  const pairs: { now: number; against: number }[] = [];
  for (const [agent, value] of now) {
    const before = against.get(agent);
    if (before !== undefined) pairs.push({ now: value, against: before });
  }
  // Of a million agents this has taken a while: others are answered before it goes on.
  await setImmediate();
  if (spreadShown(pairs.length)) {
    return {
      basis: "same_agents",
      now: meanSide(pairs.map((pair) => pair.now)),
      against: meanSide(pairs.map((pair) => pair.against)),
      interval: pairedChange(pairs),
    };
  }
  const groups = { now: [...now.values()], against: [...against.values()] };
  return {
    basis: "two_groups",
    now: meanSide(groups.now),
    against: meanSide(groups.against),
    interval: groupChange(groups),
  };
}

/** A mean over few agents would tell of each of them. */
function meanSide(values: readonly number[]): ChangeSide {
  const n = values.length;
  return { value: spreadShown(n) ? values.reduce((sum, value) => sum + value, 0) / n : null, n };
}

async function daysChange(store: Store, wish: ChangeWish, metric: DayMetric): Promise<Found> {
  const [now, against] = await Promise.all([
    dayPortions(store, wish.now, { metric, threshold: wish.threshold }),
    dayPortions(store, wish.against, { metric, threshold: wish.threshold }),
  ]);
  return {
    basis: "days",
    now: { value: ratioOf(now), n: now.length },
    against: { value: ratioOf(against), n: against.length },
    interval: ratioChange({ now, against }),
  };
}

interface DayWish {
  readonly metric: DayMetric;
  readonly threshold: number;
}

/** The figure's part and whole of every day that has a whole. */
async function dayPortions(store: Store, asking: Asking, wish: DayWish): Promise<DayPortion[]> {
  const days = await portionsOf(store, asking, wish);
  return days.filter(({ whole }) => whole > 0);
}

async function portionsOf(
  { db }: Store,
  { scope, asOf }: Asking,
  { metric, threshold }: DayWish,
): Promise<DayPortion[]> {
  if (metric === "averageSpeedOfAnswerSeconds") {
    const days = await contactSums(db, scope, ["day"], asOf);
    return days.map(({ contact }) => ({
      part: contact.answeredWaitSeconds,
      whole: contact.handled,
    }));
  }
  if (metric === "occupancy") {
    // Agents' time knows no queue and no channel.
    if (choosesQueues(scope)) return [];
    const [days, times] = await Promise.all([
      contactSums(db, scope, ["day"], asOf),
      timeSums(db, scope, ["day"]),
    ]);
    const timeOf = new Map(times.map((row) => [row.key.day, row.time]));
    return days.flatMap(({ key, contact, repeats, agents }) => {
      const sums = { contact, repeats, agents, queue: null, rates: null };
      const time = splitTime({ ...sums, time: timeOf.get(key.day) ?? null });
      const part = contact.handleSeconds;
      return time === null ? [] : [{ part, whole: part + time.availableSeconds }];
    });
  }
  // What was offered to a queue belongs to no party and to no agent.
  if (choosesAgents(scope)) return [];
  const days = await queueSums(db, scope, ["day"]);
  return days.map(({ queue }) => ({
    part:
      metric === "abandonment" ? queue.abandoned : withinThreshold(queue.answeredWithin, threshold),
    whole: queue.offered,
  }));
}

/** Could one contact stand on both sides? Then a test of two samples does not hold. */
export function sharesContacts(one: ReportScope, other: ReportScope): boolean {
  const meet = <Id>(ids: readonly Id[] | null, others: readonly Id[] | null) =>
    ids === null || others === null || ids.some((id) => others.includes(id));
  return (
    one.from < other.to &&
    other.from < one.to &&
    meet(one.parties, other.parties) &&
    meet(one.teams, other.teams) &&
    meet(one.agents, other.agents) &&
    meet(one.queues, other.queues) &&
    meet(one.channels, other.channels)
  );
}
