/**
 * The mapping of an `event-log`: which columns hold case, activity, resource and time, how times are
 * written, and what an activity does to a ticket. Without a mapping the customary names are looked for.
 *
 * @example
 * { "columns": { "case": "Ticket", "activity": "Step", "time": "When" },
 *   "dateFormats": ["dd.MM.yyyy HH:mm"], "zone": "Europe/Rome",
 *   "effects": { "Insert ticket": "opened", "Closed": "closed" } }
 */

import * as z from "zod";
import { type Fault, InputError } from "../domain/shared/errors.ts";
import type { TicketEventRecord } from "../domain/shared/records.ts";
import { zoneClock } from "../domain/shared/zone.ts";

export const EVENT_COLUMNS = [
  "case",
  "activity",
  "resource",
  "time",
  "group",
  "lifecycle",
  "customer",
  "reason",
  "priority",
] as const;
export type EventColumn = (typeof EVENT_COLUMNS)[number];

export type Effect = TicketEventRecord["effect"];

/** Names that XES and the exports of process mining tools use, compared without regard to case. */
const CUSTOMARY: Readonly<Record<EventColumn, readonly string[]>> = {
  case: ["case_id", "case id", "caseid", "case:concept:name", "case"],
  activity: ["concept:name", "activity"],
  resource: ["org:resource", "resource"],
  time: ["time:timestamp", "complete timestamp", "timestamp", "time"],
  group: ["org:group", "group"],
  lifecycle: ["lifecycle:transition", "lifecycle"],
  customer: [],
  reason: [],
  priority: [],
};

const REQUIRED: readonly EventColumn[] = ["case", "activity", "time"];

const mappingShape = z.strictObject({
  columns: z.partialRecord(z.enum(EVENT_COLUMNS), z.string().min(1)).default({}),
  delimiter: z.string().length(1).optional(),
  dateFormats: z.array(z.string().min(1)).min(1).default(["iso"]),
  zone: z.string().optional(),
  /** By activity, without regard to case; these come before the words that are known. */
  effects: z
    .record(z.string(), z.enum(["opened", "resolved", "closed", "reopened"]).nullable())
    .default({}),
});

export type EventLogMapping = z.infer<typeof mappingShape>;

/** @throws InputError `invalid_mapping`, with every fault there is. */
export function eventLogMapping(given: unknown): EventLogMapping {
  const result = mappingShape.safeParse(given ?? {});
  if (!result.success) {
    throw new InputError(
      result.error.issues.map(({ path, message }) => ({
        code: "invalid_mapping",
        path: ["mapping", ...path.map(String)].join("."),
        expected: message,
      })),
    );
  }
  if (result.data.zone !== undefined) zoneClock(result.data.zone);
  return result.data;
}

/** Where each column stands; -1 for one that is not there. @throws InputError `missing_column`. */
export function eventColumns(
  mapping: EventLogMapping,
  header: readonly string[],
): Readonly<Record<EventColumn, number>> {
  const lower = header.map((name) => name.toLowerCase());
  const faults: Fault[] = [];
  const places = {} as Record<EventColumn, number>;
  for (const column of EVENT_COLUMNS) {
    const named = mapping.columns[column];
    const found =
      named === undefined
        ? CUSTOMARY[column].map((name) => lower.indexOf(name)).find((place) => place >= 0)
        : header.indexOf(named);
    places[column] = found ?? -1;
    if (places[column] === -1 && (named !== undefined || REQUIRED.includes(column))) {
      const names = named ?? CUSTOMARY[column].join(", ");
      const expected = `${names} in the header: ${header.slice(0, 50).join(", ").slice(0, 500)}`;
      faults.push({ code: "missing_column", path: `columns.${column}`, expected });
    }
  }
  if (faults.length > 0) throw new InputError(faults);
  return places;
}

/** What an activity does to its ticket: by the mapping, else by its words; null when neither says. */
export function effectOf(mapping: EventLogMapping): (activity: string) => Effect {
  const known = new Map<string, Effect>(
    Object.entries(mapping.effects).map(([activity, effect]) => [activity.toLowerCase(), effect]),
  );
  return (activity) => {
    const lower = activity.toLowerCase();
    const found = known.get(lower);
    if (found !== undefined) return found;
    const effect = WORDS.find(([word]) => word.test(lower))?.[1] ?? null;
    if (known.size < 100_000) known.set(lower, effect);
    return effect;
  };
}

/** In this order: "reopened after closed" reopens. A whole word at the beginning or after a dash. */
const WORDS: readonly (readonly [RegExp, Effect])[] = [
  [/(^|-)\s*re-?open/, "reopened"],
  [/(^|-)\s*(resolve[sd]?|resolution)\b/, "resolved"],
  [/(^|-)\s*close[sd]?\b/, "closed"],
  [/(^|-)\s*(open(ed)?|create[sd]?|insert(ed)?)\s*(ticket|case|incident|problem)?$/, "opened"],
];
