/** Tickets, surveys, complaints, outcomes and agents' states: their lines and how to read them. */

import type { Complaint, Outcome, Survey } from "./aftermath.ts";
import type { StateStretch } from "./agent-time.ts";
import { CURRENCY, QUEUES, ZONE } from "./centre.ts";
import { customerId, type Naming } from "./contact-files.ts";
import type { TicketEvent } from "./tickets.ts";

export const TICKETS_HEADER = "event,ticket,activity,agent,queue,customer,reason,priority,at";
export const SURVEYS_HEADER = "survey,system,contact,score,answered";
export const COMPLAINTS_HEADER =
  "complaint,system,contact,agent,queue,channel,customer,received,upheld";
export const OUTCOMES_HEADER =
  "outcome,action,system,contact,agent,queue,channel,occurred,verified,amount";
export const STATES_HEADER = "entry,agent,state,from,to";

const table = (record: string, fields: object) => ({
  record,
  layout: "delimited",
  delimiter: ",",
  zone: ZONE,
  fields,
});
const time = (column: string) => ({ column, format: "yyyy-MM-dd HH:mm:ss" });

export const TICKETS_MAPPING = table("ticket_event", {
  externalId: "event",
  ticket: "ticket",
  activity: "activity",
  agent: "agent",
  queue: "queue",
  customer: "customer",
  reason: "reason",
  priority: "priority",
  at: time("at"),
  effect: {
    column: "activity",
    values: {
      Opened: "opened",
      Resolved: "resolved",
      Closed: "closed",
      Reopened: "reopened",
      "Work started": "",
      "Handed over": "",
      "Waiting for customer": "",
      "Customer replied": "",
    },
  },
});

export const SURVEYS_MAPPING = table("survey", {
  externalId: "survey",
  contact: "contact",
  contactSource: "system",
  score: { column: "score", scale: [1, 5] },
  answeredAt: time("answered"),
});

export const COMPLAINTS_MAPPING = table("complaint", {
  externalId: "complaint",
  contact: "contact",
  contactSource: "system",
  agent: "agent",
  queue: "queue",
  channel: "channel",
  customer: "customer",
  receivedAt: time("received"),
  upheld: "upheld",
});

export const OUTCOMES_MAPPING = table("outcome", {
  externalId: "outcome",
  action: "action",
  contact: "contact",
  contactSource: "system",
  agent: "agent",
  queue: "queue",
  channel: "channel",
  occurredAt: time("occurred"),
  verified: "verified",
  amount: "amount",
  currency: { constant: CURRENCY },
});

export const STATES_MAPPING = table("agent_state", {
  externalId: "entry",
  agent: "agent",
  state: "state",
  startsAt: time("from"),
  endsAt: time("to"),
});

export function ticketLine(event: TicketEvent, { calendar, agentName }: Naming): string {
  const { ticket, number, activity, reason, priority } = event;
  const agent = agentName(event.agent, -1);
  const what = `${ticket}-${number},${ticket},${activity}`;
  const who = `${agent},${QUEUES[event.queue]},${customerId(event.customer)}`;
  return `${what},${who},${reason},${priority},${calendar.text(event.at)}`;
}

export function surveyLine(id: string, survey: Survey, { calendar }: Naming): string {
  const { contact, score, at } = survey;
  return `${id},${contact.channel}s,${contact.id},${score},${calendar.text(at)}`;
}

export function complaintLine(id: string, complaint: Complaint, naming: Naming): string {
  const { contact, at, upheld } = complaint;
  const agent = naming.agentName(contact.agent, -1);
  const verdict = upheld === null ? "" : upheld ? "yes" : "no";
  const customer = customerId(contact.customer);
  const where = `${agent},${QUEUES[contact.queue]},${contact.channel},${customer}`;
  const when = naming.calendar.text(at);
  return `${id},${contact.channel}s,${contact.id},${where},${when},${verdict}`;
}

export function outcomeLine(id: string, outcome: Outcome, naming: Naming): string {
  const { contact, action, at, verified, amountMinor } = outcome;
  const agent = naming.agentName(contact.agent, -1);
  const where = `${agent},${QUEUES[contact.queue]},${contact.channel}`;
  const amount = amountMinor === null ? "" : (amountMinor / 100).toFixed(2);
  const what = `${naming.calendar.text(at)},${verified ? "yes" : "no"},${amount}`;
  return `${id},${action},${contact.channel}s,${contact.id},${where},${what}`;
}

export function stateLine(id: string, stretch: StateStretch, naming: Naming): string {
  const agent = naming.agentName(stretch.agent, -1);
  const { calendar } = naming;
  const when = `${calendar.text(stretch.from)},${calendar.text(stretch.to)}`;
  return `${id},${agent},${stretch.state},${when}`;
}
