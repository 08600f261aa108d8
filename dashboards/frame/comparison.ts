/**
 * What a page is compared with, and its place in the URL: another period (`compare=previous`,
 * `weeks4`, `year` or `FROM..TO`, the last day not in it) or another group (`against=party:ID`). A page asks its
 * questions twice: with the filters, and with the parameters made here.
 */

import type { Dimensions, FilterParameters } from "../api/types.ts";
import { type Filters, filterParameters, isDay } from "./filters.ts";
import { addDays, daysBetween, type Grain, type Period, periodWithData } from "./periods.ts";

/** Periods before this one, by name; each begins on the same weekday. */
export const SHIFTS = ["previous", "weeks4", "year"] as const;
export type Shift = (typeof SHIFTS)[number];

export const GROUPS = ["party", "team", "queue"] as const;
export type GroupChoice = (typeof GROUPS)[number];

export type Comparison =
  | { readonly kind: "shift"; readonly shift: Shift }
  | { readonly kind: "dates"; readonly period: Period }
  | { readonly kind: "group"; readonly choice: GroupChoice; readonly id: string };

/** Why what the URL says cannot be compared with. */
export type ComparisonFault =
  | { readonly code: "unreadable"; readonly text: string }
  | { readonly code: "reversed"; readonly period: Period }
  | { readonly code: "unknown_group" }
  | { readonly code: "two_at_once" }
  | { readonly code: "same_group"; readonly name: string }
  | { readonly code: "no_data"; readonly period: Period };

export interface Compared {
  readonly comparison: Comparison;
  /** The days of the other side. */
  readonly period: Period;
  /** Those of them there is data for. */
  readonly known: Period;
  /** The second question. */
  readonly parameters: FilterParameters;
  /** From a day of the other side to the day it stands against. */
  readonly shiftDays: number;
  /** The group's name; null for another period. */
  readonly group: string | null;
}

export type Found<Value> = { readonly value: Value } | { readonly fault: ComparisonFault };

const unreadable = (text: string) => ({ fault: { code: "unreadable", text } as const });

/** What the address wishes; null where it wishes nothing. */
export function readComparison(search: URLSearchParams): Found<Comparison | null> {
  const compare = search.get("compare") ?? "";
  const against = search.get("against") ?? "";
  if (compare !== "" && against !== "") return { fault: { code: "two_at_once" } };
  if (compare !== "") return readPeriod(compare);
  if (against !== "") return readGroup(against);
  return { value: null };
}

function readPeriod(text: string): Found<Comparison> {
  const shift = SHIFTS.find((known) => known === text);
  if (shift !== undefined) return { value: { kind: "shift", shift } };
  const [from = "", to = "", ...more] = text.split("..");
  if (!isDay(from) || !isDay(to) || more.length > 0) return unreadable(text);
  const period = { from, to };
  if (from >= to) return { fault: { code: "reversed", period } };
  return { value: { kind: "dates", period } };
}

function readGroup(text: string): Found<Comparison> {
  const colon = text.indexOf(":");
  const choice = GROUPS.find((known) => known === text.slice(0, colon));
  const id = text.slice(colon + 1);
  if (choice === undefined || id === "") return unreadable(text);
  return { value: { kind: "group", choice, id } };
}

export function writeComparison(
  search: URLSearchParams,
  comparison: Comparison | null,
): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete("compare");
  next.delete("against");
  if (comparison?.kind === "group") next.set("against", `${comparison.choice}:${comparison.id}`);
  if (comparison?.kind === "shift") next.set("compare", comparison.shift);
  if (comparison?.kind === "dates") {
    next.set("compare", `${comparison.period.from}..${comparison.period.to}`);
  }
  return next;
}

/** As many days, ending before this period begins where it can, on the same weekdays. */
export function shifted(period: Period, shift: Shift): Period {
  const length = daysBetween(period.from, period.to);
  const days = { previous: Math.ceil(length / 7) * 7, weeks4: 28, year: 364 }[shift];
  return { from: addDays(period.from, -days), to: addDays(period.to, -days) };
}

type Choices = Pick<Dimensions, "parties" | "teams" | "queues" | "firstDay" | "lastDay">;

/** The other side of a page with these filters, or why there is none. */
export function comparedOf(
  comparison: Comparison,
  page: { readonly filters: Filters; readonly period: Period },
  dimensions: Choices,
): Found<Compared> {
  const { filters, period } = page;
  if (comparison.kind === "group") return groupOf(comparison, page, dimensions);
  const other = comparison.kind === "dates" ? comparison.period : shifted(period, comparison.shift);
  const known = periodWithData(other, dimensions);
  if (known.from >= known.to) return { fault: { code: "no_data", period: other } };
  return {
    value: {
      comparison,
      period: other,
      known,
      // Days without data are not asked for: they would only thin the means.
      parameters: filterParameters(filters, known),
      shiftDays: daysBetween(other.from, period.from),
      group: null,
    },
  };
}

/** The same days and filters with the one group in the place of what is chosen of its kind. */
function groupOf(
  comparison: Extract<Comparison, { kind: "group" }>,
  { filters, period }: { readonly filters: Filters; readonly period: Period },
  dimensions: Choices,
): Found<Compared> {
  const { choice, id } = comparison;
  const known = { party: dimensions.parties, team: dimensions.teams, queue: dimensions.queues };
  const name = known[choice].find((each) => each.id === id)?.name;
  if (name === undefined) return { fault: { code: "unknown_group" } };
  const { chosen } = filters;
  if (chosen[choice].length === 1 && chosen[choice][0] === id) {
    return { fault: { code: "same_group", name } };
  }
  const team = dimensions.teams.find((each) => each.id === id);
  // A team is of one party, and another party has other teams.
  const instead = {
    party: { party: [id], team: [] },
    team: { team: [id], party: chosen.party.length > 0 && team ? [team.partyId] : [] },
    queue: { queue: [id] },
  }[choice];
  const other: Filters = { ...filters, chosen: { ...chosen, ...instead } };
  return {
    value: {
      comparison,
      period,
      known: periodWithData(period, dimensions),
      parameters: filterParameters(other, period),
      shiftDays: 0,
      group: name,
    },
  };
}

const DAYS_A_MONTH = 30.4375;

/** The day, week or month that one of the other side stands against. */
export function standsAgainst(start: string, grain: Grain, shiftDays: number): string {
  if (grain === "day") return addDays(start, shiftDays);
  if (grain === "week") return addDays(start, 7 * Math.round(shiftDays / 7));
  const months = Math.round(shiftDays / DAYS_A_MONTH);
  const day = new Date(`${start.slice(0, 7)}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + months);
  return day.toISOString().slice(0, 10);
}

/** The second question as the route of changes takes it, beside the first. */
export function againstParameters(parameters: FilterParameters): Record<string, string> {
  const named: [string, string | undefined][] = [
    ["againstFrom", parameters.from],
    ["againstTo", parameters.to],
    ["againstParty", parameters.party],
    ["againstTeam", parameters.team],
    ["againstQueue", parameters.queue],
    ["againstChannel", parameters.channel],
  ];
  return Object.fromEntries(named.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
