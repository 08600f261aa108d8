/**
 * From the compiled fields of a `table` mapping to records, one builder for each kind of record (that of
 * contacts is in `table-contact.ts`). A ticket event and an agent's state without an id of their own
 * get a digest of what they say.
 */

import { createHash } from "node:crypto";
import type {
  AgentStateRecord,
  ComplaintRecord,
  OutcomeRecord,
  PaymentRecord,
  SurveyRecord,
  TicketEventRecord,
} from "../domain/shared/records.ts";
import { AGENT_STATES, CHANNELS } from "../domain/shared/vocabulary.ts";
import { contactBuilder } from "./table-contact.ts";
import type { TableRecord } from "./table-fields.ts";
import { minorUnits } from "./table-money.ts";
import {
  type BuilderContext,
  contactReference,
  endsTooEarly,
  NOWHEN,
  type RecordBuilder,
  readers,
} from "./table-readers.ts";
import { report } from "./table-source.ts";
import { amountReader, choiceReader, flagReader, scoreReader } from "./table-values.ts";

const EFFECTS = ["opened", "resolved", "closed", "reopened"] as const;
export function recordBuilder(context: BuilderContext): RecordBuilder {
  return BUILDERS[context.mapping.record](context);
}

const BUILDERS: Readonly<Record<TableRecord, (context: BuilderContext) => RecordBuilder>> = {
  contact: contactBuilder,
  ticket_event: ticketEventBuilder,
  survey: surveyBuilder,
  complaint: complaintBuilder,
  outcome: outcomeBuilder,
  payment: paymentBuilder,
  agent_state: agentStateBuilder,
};

function ticketEventBuilder(context: BuilderContext): RecordBuilder<TicketEventRecord> {
  const { clock } = context;
  const read = readers(context);
  const [externalId, ticket, activity] = read.texts("externalId", "ticket", "activity");
  const [agent, queue, customer] = read.texts("agent", "queue", "customer");
  const [reason, priority] = read.texts("reason", "priority");
  const [at] = read.instants("at");
  const effect = read.field("effect", (one) => choiceReader(one, EFFECTS));
  return (cells, sink) => {
    const event = {
      ticket: ticket(cells, sink) ?? "",
      activity: activity(cells, sink) ?? "",
      agent: agent(cells, sink),
      at: at(cells, sink) ?? NOWHEN,
    };
    return {
      kind: "ticket_event",
      externalId:
        externalId(cells, sink) ?? digest([event.ticket, event.at, event.activity, event.agent]),
      ...event,
      queue: queue(cells, sink),
      customer: customer(cells, sink),
      reason: reason(cells, sink),
      priority: priority(cells, sink),
      localDay: clock.day(event.at),
      effect: effect(cells, sink),
    };
  };
}

function surveyBuilder(context: BuilderContext): RecordBuilder<SurveyRecord> {
  const read = readers(context);
  const [externalId] = read.texts("externalId");
  const contact = contactReference(read);
  const [answeredAt] = read.instants("answeredAt");
  const score = read.field("score", scoreReader);
  return (cells, sink) => ({
    kind: "survey",
    externalId: externalId(cells, sink) ?? "",
    contact: contact(cells, sink) ?? { source: null, externalId: "" },
    milliPoints: score(cells, sink) ?? 0,
    answeredAt: answeredAt(cells, sink) ?? NOWHEN,
  });
}

function complaintBuilder(context: BuilderContext): RecordBuilder<ComplaintRecord> {
  const { clock } = context;
  const read = readers(context);
  const [externalId, agent, queue, customer] = read.texts(
    "externalId",
    "agent",
    "queue",
    "customer",
  );
  const contact = contactReference(read);
  const channel = read.field("channel", (one) => choiceReader(one, CHANNELS));
  const [receivedAt] = read.instants("receivedAt");
  const upheld = read.field("upheld", flagReader);
  return (cells, sink) => {
    const received = receivedAt(cells, sink) ?? NOWHEN;
    return {
      kind: "complaint",
      externalId: externalId(cells, sink) ?? "",
      contact: contact(cells, sink),
      agent: agent(cells, sink),
      queue: queue(cells, sink),
      channel: channel(cells, sink) ?? "call",
      customer: customer(cells, sink),
      receivedAt: received,
      localDay: clock.day(received),
      upheld: upheld(cells, sink),
    };
  };
}

function outcomeBuilder(context: BuilderContext): RecordBuilder<OutcomeRecord> {
  const { clock } = context;
  const read = readers(context);
  const [externalId, action, agent] = read.texts("externalId", "action", "agent");
  const [queue, currency] = read.texts("queue", "currency");
  const contact = contactReference(read);
  const channel = read.field("channel", (one) => choiceReader(one, CHANNELS));
  const [occurredAt] = read.instants("occurredAt");
  const verified = read.field("verified", flagReader);
  const amount = read.field("amount", amountReader);
  return (cells, sink) => {
    const occurred = occurredAt(cells, sink) ?? NOWHEN;
    const money = amount(cells, sink);
    const code = money === null ? null : currency(cells, sink);
    return {
      kind: "outcome",
      externalId: externalId(cells, sink) ?? "",
      action: action(cells, sink) ?? "",
      contact: contact(cells, sink),
      agent: agent(cells, sink),
      queue: queue(cells, sink),
      channel: channel(cells, sink) ?? "call",
      occurredAt: occurred,
      localDay: clock.day(occurred),
      verified: verified(cells, sink) ?? false,
      amountMinor: money === null ? null : minorUnits(money, code, sink),
      currency: code,
    };
  };
}

function paymentBuilder(context: BuilderContext): RecordBuilder<PaymentRecord> {
  const { clock } = context;
  const read = readers(context);
  const [externalId, agent, queue] = read.texts("externalId", "agent", "queue");
  const [customer, currency, reference] = read.texts("customer", "currency", "reference");
  const contact = contactReference(read);
  const [paidAt, returnedAt] = read.instants("paidAt", "returnedAt");
  const amount = read.field("amount", amountReader);
  return (cells, sink) => {
    const paid = paidAt(cells, sink) ?? NOWHEN;
    const returned = returnedAt(cells, sink);
    if (returned !== null && returned < paid) {
      endsTooEarly(sink, "returnedAt", returned, "paidAt");
    }
    const money = amount(cells, sink) ?? "0";
    const code = currency(cells, sink) ?? "";
    const amountMinor = minorUnits(money, code, sink);
    if (amountMinor < 0n) report(sink, "invalid_number", "amount", money, NOT_BELOW_ZERO);
    return {
      kind: "payment",
      externalId: externalId(cells, sink) ?? "",
      contact: contact(cells, sink),
      agent: agent(cells, sink),
      queue: queue(cells, sink),
      customer: customer(cells, sink),
      paidAt: paid,
      localDay: clock.day(paid),
      amountMinor,
      currency: code,
      returnedAt: returned,
      reference: reference(cells, sink),
    };
  };
}

const NOT_BELOW_ZERO = "an amount of 0 or more; a payment that came back has returnedAt";

function agentStateBuilder(context: BuilderContext): RecordBuilder<AgentStateRecord> {
  const read = readers(context);
  const [externalId, agent] = read.texts("externalId", "agent");
  const state = read.field("state", (one) => choiceReader(one, AGENT_STATES));
  const [startsAt, endsAt] = read.instants("startsAt", "endsAt");
  return (cells, sink) => {
    const stretch = {
      agent: agent(cells, sink) ?? "",
      state: state(cells, sink) ?? AGENT_STATES[0],
      startsAt: startsAt(cells, sink) ?? NOWHEN,
      endsAt: endsAt(cells, sink) ?? NOWHEN,
    };
    const { startsAt: start, endsAt: end } = stretch;
    if (end <= start) endsTooEarly(sink, "endsAt", end, "startsAt");
    const id = externalId(cells, sink) ?? digest([stretch.agent, stretch.state, start, end]);
    return { kind: "agent_state", externalId: id, ...stretch };
  };
}

/** Stands for an id where a log has none. */
function digest(parts: readonly (string | number | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
}
