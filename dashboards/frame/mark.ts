/**
 * A mark whose rows are looked at, and its form in the address, so that a link opens it again: the
 * figure it shows and how it narrows the filters of the page, as `figure:handled;weekday:2;minute:600`.
 */

import type { ContactsQuery, FilterParameters } from "../api/types.ts";

export const MARK_PARAMETER = "rows";

/** What a mark may narrow, as GET /contacts takes it. */
const NARROWED = [
  "from",
  "to",
  "party",
  "team",
  "queue",
  "agent",
  "channel",
  "outcome",
  "weekday",
  "minute",
  "assisted",
  "transferred",
  "waitWithin",
  "waitOver",
  "surveyed",
  "complained",
  "acted",
  "verified",
  "judgedWithin",
  "repeatedWithin",
  "withoutParty",
] as const satisfies readonly (keyof ContactsQuery)[];
type Narrowed = (typeof NARROWED)[number];

/** Values as they stand in an address. */
export type Narrowing = { readonly [Name in Narrowed]?: string };

/** What the rows are: contacts, tasks of a queue, or one task with all that became of it. */
const KINDS = ["contacts", "spread", "tasks", "task"] as const;
export type MarkKind = (typeof KINDS)[number];

export interface Mark {
  /** `spread` is about contacts too: its figure is how much agents differ in the metric. */
  readonly kind: MarkKind;
  /** The id of the figure's definition; of a task its own id, of tasks their state. */
  readonly figure: string;
  readonly narrowing: Narrowing;
}

export const contactsMark = (figure: string, narrowing: Narrowing = {}): Mark => ({
  kind: "contacts",
  figure,
  narrowing,
});

/** Characters of ids, numbers, days and lists of them: nothing else is in an address of ours. */
const VALUE = /^[\w.,-]+$/;

export function textOfMark({ kind, figure, narrowing }: Mark): string {
  const parts = [`${kind}:${figure}`];
  for (const name of NARROWED) {
    const value = narrowing[name];
    if (value !== undefined && value !== "") parts.push(`${name}:${value}`);
  }
  return parts.join(";");
}

/** The mark of a text; null where it is none. What it does not know it leaves out. */
export function markOfText(text: string | null): Mark | null {
  const [head, ...rest] = (text ?? "").split(";").map((part) => part.split(":"));
  const kind = KINDS.find((known) => known === head?.[0]);
  const figure = head?.[1];
  if (kind === undefined || figure === undefined || !VALUE.test(figure)) return null;
  const narrowing: { [Name in Narrowed]?: string } = {};
  for (const [name, value] of rest) {
    const known = NARROWED.find((each) => each === name);
    if (known !== undefined && value !== undefined && VALUE.test(value)) narrowing[known] = value;
  }
  return { kind, figure, narrowing };
}

const FILTERED = ["from", "to", "party", "team", "queue", "agent", "channel"] as const;

/** The part of a narrowing that is a filter like those of the page. */
export function filterOf(narrowing: Narrowing): FilterParameters {
  const filter: Partial<Record<(typeof FILTERED)[number], string>> = {};
  for (const name of FILTERED) {
    if (narrowing[name] !== undefined) filter[name] = narrowing[name];
  }
  return filter;
}
