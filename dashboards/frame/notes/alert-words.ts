/** Thresholds and alerts in words, and the address that shows the figure of an alert. */

import type { Alert, Threshold } from "../../api/notes.ts";
import type { MetricDefinition } from "../../api/types.ts";
import type { Site } from "../context.ts";
import { filterWords } from "../filter-words.ts";
import type { Choice, Filters } from "../filters.ts";
import { writeFilters } from "../filters.ts";
import { PAGES, type PageId } from "../pages.ts";

/** The managers' page has a tab for each of these. */
const MANAGERS_METRICS: ReadonlySet<string> = new Set([
  "casesPerHour",
  "casesPerHourOnTask",
  "meanHandleSeconds",
  "satisfactionMean",
  "firstContactResolution",
]);
const VENDORS_METRICS: ReadonlySet<string> = new Set([
  "actions",
  "actionsVerified",
  "costPerAction",
  "costPerContact",
  "costPerResolution",
]);

export function pageOfMetric(metric: string): PageId {
  if (MANAGERS_METRICS.has(metric)) return "managers";
  return VENDORS_METRICS.has(metric) ? "vendors" : "planners";
}

/** The page, days and filters that show the figure of an alert. */
export function addressOfAlert(alert: Alert): string {
  const { metric, from, to, grouping, groupId, filter } = alert;
  const chosen: Record<Choice, readonly string[]> = { ...filter };
  if (grouping !== null && groupId !== null) chosen[grouping] = [groupId];
  const page = pageOfMetric(metric);
  const start = new URLSearchParams(page === "managers" ? { metric } : {});
  const filters: Filters = { from, to, chosen };
  return `${PAGES[page].path}?${writeFilters(start, filters)}`;
}

/** A figure in the unit of its metric. */
export function figureWords(
  definition: MetricDefinition | undefined,
  value: number,
  currency: string | null,
  { formats }: Pick<Site, "formats">,
): string {
  const unit = definition?.unit;
  if (unit === "share") return formats.share(value);
  if (unit === "seconds") return formats.figure("seconds", value);
  if (unit === "money" && currency !== null) return formats.money(value, currency);
  return formats.short(value);
}

/** "Handling time above 300s over 7 days, for each queue". */
export function thresholdWords(
  threshold: Pick<Threshold, "direction" | "value" | "days" | "grouping" | "filter"> & {
    readonly currency?: string | null;
  },
  definition: MetricDefinition | undefined,
  site: Pick<Site, "t" | "formats" | "language" | "dimensions">,
): string {
  const { t, formats } = site;
  const { direction, value, days, grouping, filter, currency = null } = threshold;
  const words = t(`thresholds.words.${direction}`, {
    count: days,
    days: formats.number(days),
    value: figureWords(definition, value, currency, site),
  });
  const each = grouping === null ? [] : [t(`thresholds.each.${grouping}`)];
  return [words, ...each, ...filterWords(filter, site)].join(t("print.separator"));
}

export const groupWords = ({ grouping, group }: Alert, { t }: Pick<Site, "t">): string | null =>
  grouping === "channel" ? t(`channel.${group as "call"}`) : group;
