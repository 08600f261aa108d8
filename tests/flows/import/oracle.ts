/**
 * The tallies a second time, in plain TypeScript from the records themselves: loops and maps, no SQL,
 * no code of `src`. Days of agents' time are found by asking luxon at every quarter of an hour.
 *
 * A tally is a map from its key in words to its measures; measures of zero are left out.
 */

import { DateTime } from "luxon";
import type {
  ComplaintRecord,
  ContactRecord,
  FactRecord,
  OutcomeRecord,
  SurveyRecord,
} from "../../../src/domain/shared/records.ts";
import type { Sourced } from "./made-records.ts";

export type Tally = ReadonlyMap<string, Readonly<Record<string, number>>>;

export interface Tallies {
  readonly tally_agent_day: Tally;
  readonly tally_interval: Tally;
  readonly tally_agent_time: Tally;
}

class Counter {
  readonly cells = new Map<string, Record<string, number>>();

  add(key: readonly (string | boolean | null)[], measures: Readonly<Record<string, number>>): void {
    const text = key.map((part) => part ?? "-").join(" ");
    const cell = this.cells.get(text) ?? {};
    for (const [name, by] of Object.entries(measures)) {
      if (by !== 0) cell[name] = (cell[name] ?? 0) + by;
    }
    if (Object.keys(cell).length > 0) this.cells.set(text, cell);
  }
}

type Of<Kind extends FactRecord["kind"]> = Extract<FactRecord, { kind: Kind }>;

/** What is in the store at the end: the last version of each, but no end is ever un-ended. */
export function finalRecords(inOrder: readonly Sourced[]): Sourced[] {
  const last = new Map<string, Sourced>();
  for (const one of inOrder) {
    const key = `${one.source} ${one.record.kind} ${one.record.externalId}`;
    const before = last.get(key)?.record;
    const ended = before?.kind === "contact" && before.outcome !== "unfinished";
    const unends = one.record.kind === "contact" && one.record.outcome === "unfinished";
    if (!(ended && unends)) last.set(key, one);
  }
  return [...last.values()];
}

export function talliesOf(records: readonly Sourced[], zone: string): Tallies {
  const days = new Counter();
  const intervals = new Counter();
  const time = new Counter();
  const contacts = records.flatMap(({ source, record }) =>
    record.kind === "contact" ? [{ source, record }] : [],
  );
  for (const { record } of contacts) {
    days.add(cellOf(record), ownMeasures(record));
    countInterval(intervals, record);
    countRepeats(days, record, contacts);
  }
  countTickets(days, records);
  for (const { source, record } of records) {
    if (record.kind === "agent_state") countTime(time, record, zone);
    if (record.kind === "survey" || record.kind === "complaint" || record.kind === "outcome") {
      const from = record.contact?.source ?? source;
      const found = contacts.find(
        (one) => one.source === from && one.record.externalId === record.contact?.externalId,
      );
      countLinked(days, record, found?.record ?? null);
    }
  }
  return {
    tally_agent_day: days.cells,
    tally_interval: intervals.cells,
    tally_agent_time: time.cells,
  };
}

export function cellOf({ agent, localDay, queue, channel, assisted }: ContactRecord) {
  return [agent, localDay, queue, channel, assisted === true];
}

function ownMeasures(contact: ContactRecord): Record<string, number> {
  const handle = contact.talkSeconds + contact.holdSeconds + contact.wrapSeconds;
  const counts = { contacts: 1, [contact.outcome]: 1 };
  if (contact.outcome === "abandoned") {
    return { ...counts, abandoned_wait_seconds: contact.waitSeconds };
  }
  if (contact.outcome !== "handled") return counts;
  return {
    ...counts,
    transferred: contact.transferred ? 1 : 0,
    talk_seconds: contact.talkSeconds,
    hold_seconds: contact.holdSeconds,
    wrap_seconds: contact.wrapSeconds,
    handle_seconds: handle,
    handle_seconds_squared: handle ** 2,
    answered_wait_seconds: contact.waitSeconds,
  };
}

function countInterval(intervals: Counter, contact: ContactRecord): void {
  const { outcome, waitSeconds, talkSeconds, holdSeconds, wrapSeconds } = contact;
  if (!["handled", "abandoned", "redirected"].includes(outcome)) return;
  const quarter = Math.floor(contact.arrivedAt / 900_000) * 900_000;
  const measures: Record<string, number> = { offered: 1, [outcome]: 1 };
  const word = outcome === "handled" ? "answered" : "abandoned";
  if (outcome !== "redirected") {
    measures[`${word}_wait_seconds`] = waitSeconds;
    for (const limit of [10, 20, 30, 60, 120, 300]) {
      if (waitSeconds <= limit) measures[`${word}_within_${limit}s`] = 1;
    }
  }
  if (outcome === "handled") measures.handle_seconds = talkSeconds + holdSeconds + wrapSeconds;
  const start = new Date(quarter).toISOString();
  intervals.add([contact.queue, contact.channel, start, contact.localDay], measures);
}

function countRepeats(
  days: Counter,
  contact: ContactRecord,
  all: readonly { readonly record: ContactRecord }[],
): void {
  if (contact.outcome !== "handled" || contact.customer === null) return;
  const measures: Record<string, number> = { customer_known: 1 };
  for (const window of [1, 7, 14, 30]) {
    const until = contact.arrivedAt + window * 24 * 3600 * 1000;
    const again = all.some(
      ({ record: other }) =>
        other.customer === contact.customer &&
        other.outcome !== "phantom" &&
        other.leg === 1 &&
        other.arrivedAt > contact.arrivedAt &&
        other.arrivedAt <= until,
    );
    if (again) measures[`repeated_${window}d`] = 1;
  }
  days.add(cellOf(contact), measures);
}

function countLinked(
  days: Counter,
  record: SurveyRecord | ComplaintRecord | OutcomeRecord,
  contact: ContactRecord | null,
): void {
  if (record.kind === "survey") {
    const points = record.milliPoints;
    const measures = {
      surveys: 1,
      survey_milli_points: points,
      survey_milli_points_squared: points ** 2,
    };
    if (contact !== null) days.add(cellOf(contact), measures);
    return;
  }
  const key = [
    contact?.agent ?? record.agent,
    contact?.localDay ?? record.localDay,
    contact?.queue ?? record.queue,
    contact?.channel ?? record.channel,
    contact?.assisted === true,
  ];
  const measures =
    record.kind === "complaint"
      ? { complaints: 1, complaints_upheld: record.upheld === true ? 1 : 0 }
      : { actions: 1, actions_verified: record.verified ? 1 : 0 };
  days.add(key, measures);
}

function countTickets(days: Counter, records: readonly Sourced[]): void {
  const tickets = new Map<string, Of<"ticket_event">[]>();
  for (const { source, record } of records) {
    if (record.kind !== "ticket_event") continue;
    const key = `${source} ${record.ticket}`;
    tickets.set(key, [...(tickets.get(key) ?? []), record]);
  }
  for (const events of tickets.values()) {
    events.sort((a, b) => a.at - b.at || (a.externalId < b.externalId ? -1 : 1));
    let holder: string | null = null;
    for (const { agent, localDay, queue } of events) {
      if (agent === null) continue;
      if (holder !== null && holder !== agent) {
        days.add([holder, localDay, queue, "ticket", false], { hand_offs: 1 });
      }
      holder = agent;
    }
    const last = events.filter(({ effect }) => effect !== null && effect !== "opened").at(-1);
    if (last !== undefined && last.effect !== "reopened") {
      const key = [last.agent, last.localDay, last.queue, "ticket", false];
      days.add(key, { tickets_resolved: 1 });
    }
  }
}

function countTime(time: Counter, state: Of<"agent_state">, zone: string): void {
  for (let at = state.startsAt; at < state.endsAt; ) {
    const next = Math.min((Math.floor(at / 900_000) + 1) * 900_000, state.endsAt);
    const day = DateTime.fromMillis(at, { zone }).toISODate();
    time.add([state.agent, day], { [`${state.state}_seconds`]: (next - at) / 1000 });
    at = next;
  }
}
