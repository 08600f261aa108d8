/**
 * Service of a queue: how many were served in time, how long they waited, how many gave up.
 *
 * Service level at T seconds, in the four variants in use (A abandoned, S served, R redirected):
 *   S≤T / (S + A + R)            the default: contacts to the queue, not only answered ones
 *   S≤T / (S + A + R − A≤T)      those who gave up within T are left out
 *   (S≤T + A≤T) / (S + A + R)    those who gave up within T count as served
 *   S≤T / S                      of those served; flatters a queue that people leave
 * Exact at the thresholds that waits are counted at, so any other threshold is refused rather than
 * interpolated. Average speed of answer is the wait of the answered; abandoners' waits are not in it.
 * Shares have Wilson's interval. A queue's figures: an agent has none, as nobody waits for one agent.
 *
 * @example
 * withinThreshold([4, 9, 11, 12, 12, 12], 20) // => 9
 */

import { inputError } from "../shared/errors.ts";
import {
  type GroupSums,
  type QueueSums,
  SERVICE_THRESHOLDS,
  type ServiceThreshold,
} from "../shared/tally.ts";
import { shareInterval } from "./intervals.ts";
import { ARRIVAL_DAY, type Metric, metric, share, type Words } from "./metric.ts";

/** Part and whole of a share. */
interface Portion {
  readonly part: number;
  readonly whole: number;
}

export const SERVICE_METRICS = [
  queueShare({
    id: "serviceLevel",
    name: { en: "Service level", zh: "服务水平" },
    formula: {
      en: "contacts served within the threshold / contacts offered",
      zh: "阈值内接起量 ÷ 进队量",
    },
    of: (queue, threshold) => ({
      part: withinThreshold(queue.answeredWithin, threshold),
      whole: queue.offered,
    }),
  }),
  queueShare({
    id: "serviceLevelExcludingShortAbandons",
    name: { en: "Service level excluding short abandons", zh: "服务水平（剔除短时放弃）" },
    formula: {
      en: "served within the threshold / (offered − abandoned within the threshold)",
      zh: "阈值内接起量 ÷（进队量 − 阈值内放弃量）",
    },
    of: (queue, threshold) => ({
      part: withinThreshold(queue.answeredWithin, threshold),
      whole: queue.offered - withinThreshold(queue.abandonedWithin, threshold),
    }),
  }),
  queueShare({
    id: "serviceLevelWithShortAbandons",
    name: { en: "Service level with short abandons", zh: "服务水平（计入短时放弃）" },
    formula: {
      en: "(served within the threshold + abandoned within it) / offered",
      zh: "（阈值内接起量 + 阈值内放弃量）÷ 进队量",
    },
    of: (queue, threshold) => ({
      part:
        withinThreshold(queue.answeredWithin, threshold) +
        withinThreshold(queue.abandonedWithin, threshold),
      whole: queue.offered,
    }),
  }),
  queueShare({
    id: "serviceLevelOfServed",
    name: { en: "Service level of served", zh: "服务水平（仅接起）" },
    formula: {
      en: "contacts served within the threshold / contacts served",
      zh: "阈值内接起量 ÷ 接起量",
    },
    of: (queue, threshold) => ({
      part: withinThreshold(queue.answeredWithin, threshold),
      whole: queue.handled,
    }),
  }),
  queueShare({
    id: "abandonment",
    name: { en: "Abandonment", zh: "放弃率" },
    formula: { en: "abandoned / offered", zh: "放弃量 ÷ 进队量" },
    of: (queue) => ({ part: queue.abandoned, whole: queue.offered }),
  }),
  metric({
    definition: {
      id: "averageSpeedOfAnswerSeconds",
      version: 1,
      name: { en: "Average speed of answer", zh: "平均应答速度" },
      formula: {
        en: "sum of the waits of handled contacts / handled contacts",
        zh: "接起联络的等待秒数之和 ÷ 接起量",
      },
      unit: "seconds",
      population: {
        en: "handled contacts, those that did not wait included",
        zh: "接起的联络，含未等待者",
      },
      window: ARRIVAL_DAY,
      nullMeans: { en: "no contact was handled", zh: "没有接起任何联络" },
      source: "COPC-derived; ISO 18295-1:2017",
    },
    value: ({ contact }) => share({ part: contact.answeredWaitSeconds, whole: contact.handled }),
    basis: ({ contact }) => contact.handled,
  }),
] as const;

/** The count at a threshold. @throws InputError `invalid_threshold` naming the possible ones. */
export function withinThreshold(counts: readonly number[], threshold: number): number {
  return counts[SERVICE_THRESHOLDS.indexOf(serviceThreshold(threshold))] ?? 0;
}

/** The number as a threshold that waits are counted at. @throws InputError `invalid_threshold`. */
export function serviceThreshold(seconds: number): ServiceThreshold {
  const known = SERVICE_THRESHOLDS.find((threshold) => threshold === seconds);
  if (known !== undefined) return known;
  throw inputError({
    code: "invalid_threshold",
    path: "threshold",
    value: seconds,
    expected: `one of ${SERVICE_THRESHOLDS.join(", ")} seconds`,
  });
}

function queueShare<const Id extends string>(of: {
  readonly id: Id;
  readonly name: Words;
  readonly formula: Words;
  readonly of: (queue: QueueSums, threshold: ServiceThreshold) => Portion;
}): Metric<Id> {
  const portion = (group: GroupSums, threshold: ServiceThreshold): Portion | null =>
    group.queue && of.of(group.queue, threshold);
  return metric({
    definition: {
      id: of.id,
      version: 1,
      name: of.name,
      formula: of.formula,
      unit: "share",
      population: {
        en: "contacts that entered a queue and have ended (handled, abandoned, redirected)",
        zh: "已进队且已结束的联络（接起、放弃、转出）",
      },
      window: ARRIVAL_DAY,
      nullMeans: {
        en: "nothing was offered, or the group (an agent, a team) has no queue of its own",
        zh: "没有进队量，或该分组（如坐席、团队）没有自己的队列",
      },
      source: "COPC-derived; ISO 18295-1:2017; interval: Wilson 1927",
    },
    value: (group, { threshold }) => {
      const found = portion(group, threshold);
      return found && share(found);
    },
    basis: (group) => group.queue?.offered ?? 0,
    interval: (group, { threshold }) => {
      const found = portion(group, threshold);
      return found && shareInterval({ successes: found.part, n: found.whole });
    },
  });
}
