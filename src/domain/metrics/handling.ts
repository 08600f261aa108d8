/**
 * Handling time: what a contact cost in an agent's time, and its parts.
 *
 * mean handle time (AHT) = (talk + hold + wrap) / handled. Elapsed time of each contact: with several
 * chats at once the same minute of an agent counts once for each, so the sum can pass the agent's day.
 * The interval is Student's t; handling times are skewed, so it wants some 30 contacts.
 *
 * @example
 * HANDLING_METRICS.map((metric) => metric.definition.unit) // => ["seconds", "seconds", "seconds", "seconds"]
 */

import type { ContactSums } from "../shared/tally.ts";
import { meanInterval } from "./intervals.ts";
import { ARRIVAL_DAY, type Metric, metric, share, type Words } from "./metric.ts";

export const HANDLING_METRICS = [
  meanSeconds({
    id: "meanHandleSeconds",
    name: { en: "Mean handling time", zh: "平均处理时长" },
    formula: {
      en: "sum of talk, hold and wrap-up seconds / handled contacts",
      zh: "通话、保持与话后处理秒数之和 ÷ 接起量",
    },
    seconds: (sums) => sums.handleSeconds,
    interval: (group) =>
      meanInterval({
        n: group.contact.handled,
        sum: group.contact.handleSeconds,
        sumOfSquares: group.contact.handleSecondsSquared,
      }),
  }),
  meanSeconds({
    id: "meanTalkSeconds",
    name: { en: "Mean talk time", zh: "平均通话时长" },
    formula: { en: "sum of talk seconds / handled contacts", zh: "通话秒数之和 ÷ 接起量" },
    seconds: (sums) => sums.talkSeconds,
  }),
  meanSeconds({
    id: "meanHoldSeconds",
    name: { en: "Mean hold time", zh: "平均保持时长" },
    formula: { en: "sum of hold seconds / handled contacts", zh: "保持秒数之和 ÷ 接起量" },
    seconds: (sums) => sums.holdSeconds,
  }),
  meanSeconds({
    id: "meanWrapSeconds",
    name: { en: "Mean wrap-up time", zh: "平均话后处理时长" },
    formula: { en: "sum of wrap-up seconds / handled contacts", zh: "话后处理秒数之和 ÷ 接起量" },
    seconds: (sums) => sums.wrapSeconds,
  }),
] as const;

function meanSeconds<const Id extends string>(of: {
  readonly id: Id;
  readonly name: Words;
  readonly formula: Words;
  readonly seconds: (sums: ContactSums) => number;
  readonly interval?: NonNullable<Metric["interval"]>;
}): Metric<Id> {
  return metric({
    definition: {
      id: of.id,
      version: 1,
      name: of.name,
      formula: of.formula,
      unit: "seconds",
      population: { en: "handled contact legs", zh: "接起的联络段" },
      window: ARRIVAL_DAY,
      nullMeans: { en: "no contact was handled", zh: "没有接起任何联络" },
      source: "COPC-derived (handle time); ISO 18295-1:2017; interval: Student 1908",
    },
    value: ({ contact }) => share({ part: of.seconds(contact), whole: contact.handled }),
    basis: ({ contact }) => contact.handled,
    ...(of.interval && { interval: of.interval }),
  });
}
