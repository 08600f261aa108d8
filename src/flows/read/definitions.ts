/** Every metric in words, as the API, the command line and the dashboards show it. */

import type { MetricDefinition } from "../../domain/metrics/metric.ts";
import { definitions } from "../../domain/metrics/metrics-of.ts";

export const METRIC_DEFINITIONS: readonly MetricDefinition[] = definitions;
