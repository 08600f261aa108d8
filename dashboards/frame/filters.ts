/** The filter bar and the URL are the same thing: pure functions from one to the other. */

import type { Dimensions, FilterParameters } from "../api/types.ts";
import { addDays, DEFAULT_DAYS, type Period } from "./periods.ts";

/** What can be chosen several at a time, each a parameter with commas between the ids. */
export const CHOICES = ["party", "team", "queue", "channel"] as const;
export type Choice = (typeof CHOICES)[number];

export interface Filters {
  readonly from: string | null;
  /** The day after the last. */
  readonly to: string | null;
  readonly chosen: Readonly<Record<Choice, readonly string[]>>;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day of the calendar: 31 February is none. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

const dayIn = (search: URLSearchParams, name: string): string | null => {
  const text = search.get(name);
  return text !== null && isDay(text) ? text : null;
};

const listIn = (search: URLSearchParams, name: string): string[] =>
  (search.get(name) ?? "").split(",").filter((part) => part !== "");

export function readFilters(search: URLSearchParams): Filters {
  return {
    from: dayIn(search, "from"),
    to: dayIn(search, "to"),
    chosen: {
      party: listIn(search, "party"),
      team: listIn(search, "team"),
      queue: listIn(search, "queue"),
      channel: listIn(search, "channel"),
    },
  };
}

/** The search with these filters; what else is in it (a tab, the language) stays. */
export function writeFilters(search: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(search);
  const put = (name: string, value: string | null) => {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  };
  put("from", filters.from);
  put("to", filters.to);
  for (const choice of CHOICES) put(choice, filters.chosen[choice].join(","));
  return next;
}

/** The period asked for, or the last 28 days there is data for; null with no data and no wish. */
export function periodOf(
  filters: Filters,
  dimensions: Pick<Dimensions, "firstDay" | "lastDay">,
): Period | null {
  const { lastDay } = dimensions;
  const to = filters.to ?? (lastDay === null ? null : addDays(lastDay, 1));
  if (to === null) return null;
  return { from: filters.from ?? addDays(to, -DEFAULT_DAYS), to };
}

/** The filters as the reading routes take them. */
export function filterParameters(filters: Filters, period: Period): FilterParameters {
  const parameters: FilterParameters = { from: period.from, to: period.to };
  for (const choice of CHOICES) {
    const ids = filters.chosen[choice];
    if (ids.length > 0) parameters[choice] = ids.join(",");
  }
  return parameters;
}

/** Agents' hours are of a day, not of a queue or channel: such a filter leaves no figure of hours. */
export const choosesQueues = ({ chosen }: Filters): boolean =>
  chosen.queue.length > 0 || chosen.channel.length > 0;

export const anyChosen = (filters: Filters): boolean =>
  filters.from !== null ||
  filters.to !== null ||
  CHOICES.some((choice) => filters.chosen[choice].length > 0);

/** What in the address cannot be asked for. */
export type FilterFault =
  | { readonly code: "no_day"; readonly name: "from" | "to"; readonly text: string }
  | { readonly code: "reversed"; readonly period: Period }
  | { readonly code: "unknown"; readonly choice: Choice; readonly ids: readonly string[] };

/** What there is to choose from, by kind. */
export type Choices = Readonly<Record<Choice, readonly { readonly id: string }[]>>;

/** Days that are none, a period that ends before it begins, ids that name nothing one may see. */
export function filterFaults(
  search: URLSearchParams,
  period: Period | null,
  choices: Choices,
): FilterFault[] {
  const { chosen } = readFilters(search);
  const days = (["from", "to"] as const).flatMap((name): FilterFault[] => {
    const text = search.get(name) ?? "";
    return text === "" || isDay(text) ? [] : [{ code: "no_day", name, text }];
  });
  const reversed = period !== null && period.from >= period.to;
  const unknown = CHOICES.flatMap((choice): FilterFault[] => {
    const known = new Set(choices[choice].map(({ id }) => id));
    const ids = chosen[choice].filter((id) => !known.has(id));
    return ids.length === 0 ? [] : [{ code: "unknown", choice, ids }];
  });
  return [...days, ...(reversed ? [{ code: "reversed", period } as const] : []), ...unknown];
}

/** The search without what cannot be asked for; what can be stays. */
export function withoutFaults(
  search: URLSearchParams,
  faults: readonly FilterFault[],
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const fault of faults) {
    if (fault.code === "no_day") next.delete(fault.name);
    if (fault.code === "reversed") for (const name of ["from", "to"]) next.delete(name);
    if (fault.code !== "unknown") continue;
    const left = listIn(search, fault.choice).filter((id) => !fault.ids.includes(id));
    if (left.length === 0) next.delete(fault.choice);
    else next.set(fault.choice, left.join(","));
  }
  return next;
}
