/** A mark in words: what it is called, which filters apply to it, and its figure with its interval. */

import { useQuery } from "@tanstack/react-query";
import { metricsQuery } from "../../api/queries.ts";
import { textOf } from "../../api/rows.ts";
import type { FilterParameters } from "../../api/types.ts";
import { difference } from "../../charts/difference.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import type { Site } from "../../frame/context.ts";
import { filterWords } from "../../frame/filter-words.ts";
import { CHOICES, type Choice } from "../../frame/filters.ts";
import { filterOf, type Mark } from "../../frame/mark.ts";
import { addDays } from "../../frame/periods.ts";
import { agentsOf, type MarkFigure } from "./mark-figure.ts";

type Words = Pick<Site, "t" | "formats" | "dimensions">;

const QUARTER_MINUTES = 15;
/** More names than this are a number. */
const NAMED = 5;

/** The names of the agents of a mark, as this viewer may see them. */
export function useAgentNames({ narrowing }: Mark, parameters: FilterParameters): string[] {
  const enabled = agentsOf(narrowing).length > 0;
  const asked = { ...parameters, ...filterOf(narrowing), by: "agent" };
  const { data, isPlaceholderData } = useQuery({ ...metricsQuery(asked), enabled });
  if (!enabled || data === undefined || isPlaceholderData) return [];
  return data.rows.flatMap((row) => textOf(row, "agent") ?? []);
}

function daysWords({ from, to }: FilterParameters, { t, formats }: Words): string | null {
  if (from === undefined || to === undefined) return null;
  const last = addDays(to, -1);
  if (last <= from) return formats.dayLong(from);
  return t("print.period", { from: formats.dayLong(from), to: formats.dayLong(last) });
}

/** The part of the week or of the day that a mark stands for. */
function clockWords({ narrowing }: Mark, { formats }: Words): string | null {
  const { weekday, minute } = narrowing;
  const named = weekday === undefined ? [] : [formats.weekday(Number(weekday), "long")];
  if (minute === undefined) return named[0] ?? null;
  const start = Number(minute);
  const clock = `${formats.clock(start)}–${formats.clock(start + QUARTER_MINUTES)}`;
  return [...named, clock].join(" ");
}

/** Of whom: agents by name where they are few, else the parties. */
function whoseWords(mark: Mark, names: readonly string[], words: Words): string | null {
  const { t, formats, dimensions } = words;
  const { narrowing } = mark;
  const agents = agentsOf(narrowing);
  if (narrowing.withoutParty === "true") return t("vendors.noParty");
  if (agents.length > 0 && agents.length <= NAMED && names.length > 0) {
    return names.join(t("print.separator"));
  }
  if (agents.length > 1) {
    return t("marks.agents", { count: agents.length, shown: formats.number(agents.length) });
  }
  return dimensions.parties.find(({ id }) => id === narrowing.party)?.name ?? null;
}

/** The name of the mark's figure: of the catalogue, as the charts have it. */
export function figureName(mark: Mark, { t }: Words, defined: string | undefined): string {
  const name = defined ?? mark.figure;
  return mark.kind === "spread" ? t("marks.spreadOf", { metric: name }) : name;
}

export function markTitle(
  mark: Mark,
  name: string,
  names: readonly string[],
  words: Words,
): string {
  const own = mark.narrowing.from === undefined ? null : daysWords(filterOf(mark.narrowing), words);
  const parts = [name, whoseWords(mark, names, words), clockWords(mark, words), own];
  return parts.filter((part) => part !== null).join(" · ");
}

/** The days and every filter that applies: those of the page, narrowed by the mark. */
export function markFilterWords(
  mark: Mark,
  parameters: FilterParameters,
  names: readonly string[],
  words: Words,
): string[] {
  const { t, dimensions } = words;
  const asked = { ...parameters, ...filterOf(mark.narrowing) };
  const chosen = Object.fromEntries(
    CHOICES.map((choice) => [choice, (asked[choice] ?? "").split(",").filter(Boolean)]),
  ) as Record<Choice, string[]>;
  const days = daysWords(asked, words);
  const clock = clockWords(mark, words);
  const { agent } = mark.narrowing;
  const agents =
    agent === undefined ? null : whoseWords({ ...mark, narrowing: { agent } }, names, words);
  return [
    ...(days === null ? [] : [days]),
    ...(clock === null ? [] : [clock]),
    ...(agents === null ? [] : [t("print.filter", { name: t("column.agent"), chosen: agents })]),
    ...filterWords(chosen, { t, dimensions }),
    t("print.zone", { zone: dimensions.zone }),
  ];
}

/** The figure with its unit; null where there is none. */
export function figureWords(mark: Mark, figure: MarkFigure, words: Words): string | null {
  const { t, formats } = words;
  const kind = kindOf(mark.figure);
  if (figure.suppressed) return t("state.tooFew");
  if (figure.value === null) return null;
  if (mark.kind === "spread") return difference(kind, figure.value, words);
  if (mark.narrowing.minute !== undefined) {
    return t("marks.meanADay", { value: formats.number(figure.value, 1) });
  }
  return formats.figure(kind, figure.value, figure.currency ?? undefined);
}

/** What the figure rests on: its interval and how many. */
export function basisWords(mark: Mark, figure: MarkFigure, { t, formats }: Words): string | null {
  const kind = kindOf(mark.figure);
  const { low, high, n } = figure;
  const parts: string[] = [];
  if (low !== null && high !== null && !figure.suppressed) {
    const interval = { low: formats.figure(kind, low), high: formats.figure(kind, high) };
    parts.push(t("marks.interval", interval));
  }
  if (n !== null) {
    const shown = formats.number(n);
    parts.push(t(mark.kind === "spread" ? "marks.nAgents" : "marks.n", { count: n, shown }));
  }
  return parts.length === 0 ? null : parts.join(" · ");
}
