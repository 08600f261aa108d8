/**
 * calls.csv and chats.jsonl: how their systems write a contact, and how Muster is told to read
 * it.
 */

import { type Calendar, durationText } from "./calendar.ts";
import { QUEUES, ZONE } from "./centre.ts";
import type { Contact } from "./contact.ts";

export const CALLS_HEADER = [
  "Call ID;Conversation;Leg;Queue;Agent;Customer;Reason;Result",
  "Offered;Answered;Ended;Wait;Talk;Hold;Wrap;Transferred;Follow up",
].join(";");

const RESULTS = { ANSWERED: "handled", ABANDONED: "abandoned", OVERFLOW: "redirected" } as const;
const RESULT_OF: Readonly<Record<string, string>> = {
  handled: "ANSWERED",
  abandoned: "ABANDONED",
  redirected: "OVERFLOW",
};

export const CALLS_MAPPING = {
  record: "contact",
  layout: "delimited",
  delimiter: ";",
  zone: ZONE,
  fields: {
    externalId: "Call ID",
    conversation: "Conversation",
    leg: "Leg",
    channel: { constant: "call" },
    queue: "Queue",
    agent: "Agent",
    customer: "Customer",
    reason: "Reason",
    outcome: { column: "Result", values: RESULTS },
    arrivedAt: { column: "Offered", format: "yyyy-MM-dd HH:mm:ss" },
    answeredAt: { column: "Answered", format: "yyyy-MM-dd HH:mm:ss" },
    endedAt: { column: "Ended", format: "yyyy-MM-dd HH:mm:ss" },
    waitSeconds: "Wait",
    talkSeconds: { column: "Talk", unit: "hh:mm:ss" },
    holdSeconds: { column: "Hold", unit: "hh:mm:ss" },
    wrapSeconds: { column: "Wrap", unit: "hh:mm:ss" },
    transferred: "Transferred",
    followUp: "Follow up",
  },
} as const;

export const CHATS_MAPPING = {
  record: "contact",
  layout: "json_lines",
  zone: ZONE,
  fields: {
    externalId: "id",
    conversation: "conversation.id",
    leg: "conversation.leg",
    channel: { constant: "chat" },
    queue: "queue",
    agent: "agent",
    customer: "customer",
    reason: "topic",
    outcome: "result",
    arrivedAt: { column: "times.offered", format: "iso" },
    answeredAt: { column: "times.answered", format: "iso" },
    endedAt: { column: "times.ended", format: "iso" },
    waitSeconds: "seconds.wait",
    // The share of the agent's time, not how long the window was open: see seeds/agent-time.ts.
    talkSeconds: "seconds.attention",
    wrapSeconds: "seconds.wrap",
    transferred: "escalated",
    followUp: "followUp",
  },
} as const;

export interface Naming {
  readonly calendar: Calendar;
  /** The name a system writes for an agent on a day; empty for nobody. */
  readonly agentName: (agent: number | null, day: number) => string;
}

export function callLine(contact: Contact, day: number, { calendar, agentName }: Naming): string {
  const { arrivedAt, answeredAt, endedAt } = contact;
  const time = (at: number | null) => (at === null ? "" : calendar.text(at));
  return [
    contact.id,
    contact.root?.id ?? contact.id,
    contact.leg,
    QUEUES[contact.queue],
    agentName(contact.agent, day),
    customerId(contact.customer),
    contact.reason,
    RESULT_OF[contact.outcome],
    calendar.text(arrivedAt),
    time(answeredAt),
    time(endedAt),
    (answeredAt ?? endedAt ?? arrivedAt) - arrivedAt,
    durationText(contact.talk),
    durationText(contact.hold),
    durationText(contact.wrap),
    contact.transferred ? "Y" : "N",
    contact.followUp ? "Y" : "N",
  ].join(";");
}

export function chatLine(contact: Contact, day: number, { calendar, agentName }: Naming): string {
  const { arrivedAt, answeredAt, endedAt } = contact;
  const time = (at: number | null) => (at === null ? null : isoText(calendar.text(at)));
  return JSON.stringify({
    id: contact.id,
    conversation: { id: contact.root?.id ?? contact.id, leg: contact.leg },
    queue: QUEUES[contact.queue],
    agent: agentName(contact.agent, day) || null,
    customer: customerId(contact.customer),
    topic: contact.reason,
    result: contact.outcome,
    times: { offered: time(arrivedAt), answered: time(answeredAt), ended: time(endedAt) },
    seconds: {
      wait: (answeredAt ?? endedAt ?? arrivedAt) - arrivedAt,
      attention: contact.talk,
      wrap: contact.wrap,
    },
    escalated: contact.transferred,
    followUp: contact.followUp,
  });
}

export function customerId(customer: number): string {
  return `CIF${100_000_000 + customer}`;
}

/** A wall time with the zone's offset: +08:00 all year. */
export function isoText(wall: string): string {
  return `${wall.replace(" ", "T")}+08:00`;
}
