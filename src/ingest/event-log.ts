/**
 * `event-log`: the steps of tickets as process mining knows them (XES as CSV): case, activity, resource,
 * time, and if there are, group and lifecycle. One row is one ticket event; `group` becomes the queue.
 *
 * Such logs have no id of an event, so it is a digest of case, time, activity, resource and lifecycle:
 * rows alike in all of these are duplicates by definition. Times with an offset are taken with it, those
 * without are in the zone.
 */

import { createHash } from "node:crypto";
import type { Reject, TicketEventRecord } from "../domain/shared/records.ts";
import { type ZoneClock, zoneClock } from "../domain/shared/zone.ts";
import { type DateReader, dateReader } from "./date-format.ts";
import { delimitedRows } from "./delimited.ts";
import {
  type Effect,
  EVENT_COLUMNS,
  type EventColumn,
  type EventLogMapping,
  effectOf,
  eventColumns,
  eventLogMapping,
} from "./event-log-mapping.ts";
import type { Format, TakenRow } from "./format.ts";
import { textFault } from "./text-faults.ts";

interface EventReader {
  readonly mapping: EventLogMapping;
  readonly clock: ZoneClock;
  readonly times: readonly DateReader[];
  readonly effect: (activity: string) => Effect;
  readonly places: Readonly<Record<EventColumn, number>>;
}

type EventFault = Pick<Reject, "code" | "field" | "value" | "expected">;

export const eventLog: Format = {
  name: "event-log",
  summary: "ticket events in CSV: case, activity, resource, time (XES names or a mapping)",
  zone: null,
  async *parse(text, options) {
    const mapping = eventLogMapping(options.mapping);
    const clock = zoneClock(mapping.zone ?? options.zone);
    const times = mapping.dateFormats.map(dateReader);
    const effect = effectOf(mapping);
    let reader: EventReader | null = null;
    for await (const block of delimitedRows(text, { delimiter: mapping.delimiter ?? null })) {
      reader ??= { mapping, clock, times, effect, places: eventColumns(mapping, block.header) };
      const taken: TakenRow[] = [];
      const rejects: Reject[] = [...block.rejects];
      for (let index = 0; index < block.rows.length; index++) {
        const line = block.lines[index] ?? 0;
        const made = ticketEvent(block.rows[index] ?? [], reader);
        if ("kind" in made) taken.push({ line, rows: 1, record: made, also: [] });
        else rejects.push({ line, ...made, raw: block.raw(index) });
      }
      const rows = taken.length + rejects.length;
      yield { header: block.headerText, rows, taken, rejects, findings: [] };
    }
  },
};

function ticketEvent(
  cells: readonly string[],
  { mapping, clock, times, effect, places }: EventReader,
): TicketEventRecord | EventFault {
  const cell = (column: EventColumn) => (cells[places[column]] ?? "").trim();
  for (const field of ["case", "activity", "time"] as const) {
    if (cell(field) === "") {
      return { code: "missing_field", field, value: "", expected: "a value" };
    }
  }
  for (const field of EVENT_COLUMNS) {
    const fault = field === "time" ? null : textFault(cell(field));
    if (fault !== null) return { ...fault, field, value: cell(field).slice(0, 200) };
  }
  const at = firstTime(cell("time"), times, clock);
  if (Number.isNaN(at)) {
    const expected = `a time as ${mapping.dateFormats.join(" or ")}`;
    return { code: "invalid_date", field: "time", value: cell("time"), expected };
  }
  const [ticket, activity, agent] = [cell("case"), cell("activity"), cell("resource")];
  const id = JSON.stringify([ticket, at, activity, agent, cell("lifecycle")]);
  return {
    kind: "ticket_event",
    externalId: createHash("sha256").update(id).digest("base64url").slice(0, 22),
    ticket,
    activity,
    agent: agent || null,
    queue: cell("group") || null,
    customer: cell("customer") || null,
    reason: cell("reason") || null,
    priority: cell("priority") || null,
    at,
    localDay: clock.day(at),
    effect: effect(activity),
  };
}

function firstTime(text: string, times: readonly DateReader[], clock: ZoneClock): number {
  for (const read of times) {
    const at = read(text, clock);
    if (!Number.isNaN(at)) return at;
  }
  return Number.NaN;
}
