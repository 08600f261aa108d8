/**
 * Every metric, and all of them for one group.
 *
 * A metric that is not in this list does not exist: `muster metrics --definitions`, the API and the
 * dashboards read it. Ids and versions are stable; a changed answer is a new version.
 *
 * @example
 * definitions.length // => 39
 * definitionOf("casesPerHour").unit // => "contacts per hour"
 */

import { invariant } from "../shared/errors.ts";
import type { GroupSums, ServiceThreshold } from "../shared/tally.ts";
import { COST_METRICS } from "./cost-metrics.ts";
import { HANDLING_METRICS } from "./handling.ts";
import type { Estimate } from "./intervals.ts";
import type { Metric, MetricDefinition, MetricOptions } from "./metric.ts";
import { OCCUPANCY_METRICS } from "./occupancy.ts";
import { PRODUCTIVITY_METRICS } from "./productivity.ts";
import { RESOLUTION_METRICS } from "./resolution.ts";
import { SERVICE_METRICS, serviceThreshold } from "./service.ts";
import { VOICE_METRICS } from "./voice.ts";
import { VOLUME_METRICS } from "./volume.ts";

const LISTED = [
  ...VOLUME_METRICS,
  ...HANDLING_METRICS,
  ...PRODUCTIVITY_METRICS,
  ...OCCUPANCY_METRICS,
  ...SERVICE_METRICS,
  ...RESOLUTION_METRICS,
  ...VOICE_METRICS,
  ...COST_METRICS,
] as const;

export type MetricId = (typeof LISTED)[number]["definition"]["id"];

export const METRICS: readonly Metric<MetricId>[] = LISTED;

/** Every metric in words, as plain data. */
export const definitions: readonly MetricDefinition<MetricId>[] = METRICS.map(
  (metric) => metric.definition,
);

export const DEFAULT_THRESHOLD: ServiceThreshold = 20;

export function definitionOf(id: MetricId): MetricDefinition<MetricId> {
  return metricWith(id).definition;
}

/** All figures of a group. @throws InputError `invalid_threshold` at a threshold not counted. */
export function metricsOf(
  group: GroupSums,
  options: { readonly threshold: number } = { threshold: DEFAULT_THRESHOLD },
): Readonly<Record<MetricId, number | null>> {
  const checked = checkedOptions(options);
  const figures: Partial<Record<MetricId, number | null>> = {};
  for (const metric of METRICS) figures[metric.definition.id] = metric.value(group, checked);
  return figures as Record<MetricId, number | null>;
}

/** One figure with its interval and how many it rests on. @throws InputError as `metricsOf`. */
export function estimateOf(
  id: MetricId,
  group: GroupSums,
  options: { readonly threshold: number } = { threshold: DEFAULT_THRESHOLD },
): Estimate {
  const checked = checkedOptions(options);
  const metric = metricWith(id);
  const value = metric.value(group, checked);
  const interval = value === null ? null : (metric.interval?.(group, checked) ?? null);
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: metric.basis(group),
  };
}

function checkedOptions(options: { readonly threshold: number }): MetricOptions {
  return { threshold: serviceThreshold(options.threshold) };
}

function metricWith(id: MetricId): Metric<MetricId> {
  const found = METRICS.find((metric) => metric.definition.id === id);
  invariant(found, `there is no metric ${id}`);
  return found;
}
