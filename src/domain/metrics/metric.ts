/**
 * What a metric is: a definition in words, and the function from a group's sums to the figure.
 *
 * The words stand beside every figure that is shown, so they are part of the metric and versioned
 * with it: when the function's answer changes, the version goes up. A figure is null where it cannot
 * be computed and 0 only when it was computed and is zero.
 *
 * @example
 * share({ part: 3, whole: 4 }) // => 0.75
 * share({ part: 0, whole: 0 }) // => null
 */

import type { GroupSums, ServiceThreshold } from "../shared/tally.ts";
import type { Interval } from "./intervals.ts";

/** One text in both languages of the product. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

export interface MetricDefinition<Id extends string = string> {
  readonly id: Id;
  readonly version: number;
  readonly name: Words;
  readonly formula: Words;
  /** `share` lies between 0 and 1; `money` is major units of the group's one currency. */
  readonly unit: string;
  /** Which contacts or which time it is about. */
  readonly population: Words;
  /** How a contact or a time comes to belong to the days asked for. */
  readonly window: Words;
  readonly nullMeans: Words;
  /** The literature it comes from, as free text; no claim of conformity. */
  readonly source: string;
}

export interface MetricOptions {
  /** Seconds of the service level. */
  readonly threshold: ServiceThreshold;
}

export interface Metric<Id extends string = string> {
  readonly definition: MetricDefinition<Id>;
  readonly value: (group: GroupSums, options: MetricOptions) => number | null;
  /** How many contacts, surveys or seconds the figure rests on. */
  readonly basis: (group: GroupSums) => number;
  /** Absent where no interval can be had from sums over a group. */
  readonly interval?: (group: GroupSums, options: MetricOptions) => Interval | null;
}

/** Windows in use, in words. */
export const ARRIVAL_DAY: Words = {
  en: "contacts that arrived on the days asked for, in the site's zone",
  zh: "所选日期内进入的联络，按站点所在时区计日",
};
export const AGENT_DAY: Words = {
  en: "time spent, and contacts that arrived, on the days asked for",
  zh: "所选日期内的工时及进入的联络",
};

/** Says nothing but its type: keeps the id as a literal, so that a list of metrics knows its ids. */
export function metric<const Id extends string>(of: Metric<Id>): Metric<Id> {
  return of;
}

/** Part by whole; null where there is no whole. */
export function share(of: { part: number; whole: number }): number | null {
  return of.whole > 0 ? of.part / of.whole : null;
}

/** The interval, each bound by `divisor`. */
export function scaled(interval: Interval | null, divisor: number): Interval | null {
  return interval && { low: interval.low / divisor, high: interval.high / divisor };
}
