/**
 * What was counted over the last so many days, as it stood at the end of each of several days: sums are
 * asked for by day, once, and added up for each stretch. All sums are additive, so the figures made of
 * them are the very ones that `measure` gives for the stretch; a test holds it to that.
 */

import { addDays } from "../../domain/shared/days.ts";
import type { GroupSums, RateSums } from "../../domain/shared/tally.ts";
import type { Day } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../../store/connection.ts";
import type { ThresholdGrouping } from "../../store/notes/thresholds.ts";
import { contactSums } from "../../store/reports/contact-sums.ts";
import { type QueueGrouping, queueSums } from "../../store/reports/queue-sums.ts";
import { rateSums } from "../../store/reports/rate-sums.ts";
import { choosesAgents, choosesQueues, type ReportScope } from "../../store/reports/scope.ts";
import { type TimeGrouping, timeSums } from "../../store/reports/time-sums.ts";
import type { Asking } from "../read/scope.ts";

export interface RollingWish {
  readonly grouping: ThresholdGrouping | null;
  /** Days of each stretch. */
  readonly days: number;
}

/** The sums of the stretch that ends with the day; null where the group has nothing in it. */
export type RollingSums = (group: number | string | null, lastDay: Day) => GroupSums | null;

/** What was counted on a day, or on several. Empty at first. */
interface Counted {
  contact?: GroupSums["contact"];
  repeats?: GroupSums["repeats"];
  queue?: NonNullable<GroupSums["queue"]>;
  time?: NonNullable<GroupSums["time"]>;
  rates: readonly RateSums[];
}

const NOTHING: Counted = { rates: [] };

/** The scope's days are all that any stretch reaches over. */
export async function rollingSums(
  store: Store,
  asking: Asking,
  { grouping, days }: RollingWish,
): Promise<RollingSums> {
  const by = grouping === null ? ([] as const) : ([grouping] as const);
  const counted = await countedBy(store, asking, [...by, "day"], grouping);
  // All together are there even where nothing is: what was not counted is zero.
  const { scope } = asking;
  const none: Asking = { ...asking, scope: { ...scope, to: scope.from } };
  const zero = grouping === null ? await countedBy(store, none, [], grouping) : new Map();
  const base: Counted = zero.get(keyOf(null, null)) ?? NOTHING;
  return (group, lastDay) => {
    let sums = base;
    for (let back = days - 1; back >= 0; back -= 1) {
      const part = counted.get(keyOf(group, addDays(lastDay, -back)));
      if (part !== undefined) sums = together(sums, part);
    }
    const { contact, repeats, queue = null, time = null, rates } = sums;
    if (contact === undefined || repeats === undefined) return null;
    return { contact, repeats, queue, time, rates: rates.length > 0 ? rates : null, agents: 0 };
  };
}

const keyOf = (group: unknown, day: unknown): string =>
  JSON.stringify([group ?? null, day ?? null]);

type By = readonly (ThresholdGrouping | "day")[];

async function countedBy(
  { db }: Store,
  { scope, asOf }: Asking,
  by: By,
  grouping: ThresholdGrouping | null,
): Promise<Map<string, Counted>> {
  const { hasTime, hasQueues } = told(scope, grouping);
  const timed = by as readonly TimeGrouping[];
  const [contacts, queues, times, rates] = await Promise.all([
    contactSums(db, scope, by, asOf),
    hasQueues ? queueSums(db, scope, by as readonly QueueGrouping[]) : [],
    hasTime ? timeSums(db, scope, timed) : [],
    hasTime ? rateSums(db, scope, timed) : [],
  ]);
  const counted = new Map<string, Counted>();
  for (const { key, ...part } of [...contacts, ...queues, ...times, ...rates]) {
    const name = keyOf(grouping === null ? null : key[grouping], key.day);
    const { contact, repeats, queue, time, rate } = part as Partial<Counted> & { rate?: RateSums };
    const one = {
      ...(contact === undefined ? {} : { contact }),
      ...(repeats === undefined ? {} : { repeats }),
      ...(queue === undefined ? {} : { queue }),
      ...(time === undefined ? {} : { time }),
      rates: rate === undefined ? [] : [rate],
    };
    counted.set(name, together(counted.get(name) ?? NOTHING, one));
  }
  return counted;
}

/** Which sums can be told of such groups in such a scope: as `measure` has it. */
function told(scope: ReportScope, grouping: ThresholdGrouping | null) {
  const ofAgents = grouping === "party" || grouping === "team";
  const ofQueues = grouping === "queue" || grouping === "channel";
  return {
    hasTime: !choosesQueues(scope) && !ofQueues,
    hasQueues: !choosesAgents(scope) && !ofAgents,
  };
}

function together(one: Counted, other: Counted): Counted {
  const { rates: left, ...sums } = one;
  const { rates: right, ...more } = other;
  return { ...(added(sums, more) as Omit<Counted, "rates">), rates: [...left, ...right] };
}

/** Numbers are added, lists and objects member by member; what one side lacks is the other's. */
function added(one: unknown, other: unknown): unknown {
  if (one === undefined) return other;
  if (other === undefined) return one;
  if (typeof one === "number") return one + (other as number);
  if (Array.isArray(one)) return one.map((each, at) => added(each, (other as unknown[])[at]));
  const [left, right] = [one, other] as Record<string, unknown>[];
  const names = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})]);
  return Object.fromEntries([...names].map((name) => [name, added(left?.[name], right?.[name])]));
}
