/** Records of the importers to rows of the stage: names to ids, customers to keys. */

import type { ClientBase } from "pg";
import type {
  AgentStateRecord,
  ComplaintRecord,
  ContactRecord,
  ContactReference,
  FactKind,
  FactRecord,
  LogEventRecord,
  OutcomeRecord,
  PaymentRecord,
  SurveyRecord,
  TicketEventRecord,
} from "../../domain/shared/records.ts";
import {
  type CopySheet,
  putBigint,
  putDay,
  putFlag,
  putInstant,
  putInteger,
  putSmallint,
  putText,
  putTexts,
} from "../../store/import/copy-binary.ts";
import { assistedOn, type SiteNames } from "../../store/import/dimensions.ts";
import type { CustomerKeys } from "./customer-key.ts";

export interface StagingContext {
  readonly names: SiteNames;
  readonly keyOf: CustomerKeys;
  readonly sourceId: number;
  readonly batchId: number;
  /** Ids of the sources that references may name; `sourceNamed` makes what is not there yet. */
  readonly sources: Map<string, number>;
  readonly sourceNamed: (client: ClientBase, name: string) => Promise<number>;
}

/** Writes the columns of one record, in the order of its fact table. */
export function writeRecord(
  row: CopySheet,
  record: FactRecord,
  context: StagingContext,
  findings: readonly string[] | null,
): void {
  WRITERS[record.kind](row, record as never, context);
  putTexts(row, findings);
}

const WRITERS: {
  readonly [K in FactKind]: (
    row: CopySheet,
    record: Extract<FactRecord, { kind: K }>,
    context: StagingContext,
  ) => void;
} = {
  contact: writeContact,
  ticket_event: writeTicketEvent,
  survey: writeSurvey,
  complaint: writeComplaint,
  outcome: writeOutcome,
  payment: writePayment,
  agent_state: writeAgentState,
  log_event: writeLogEvent,
};

function agentId(name: string | null, { names }: StagingContext): number | null {
  return name === null ? null : (names.agents.get(name) ?? null);
}

function queueId(name: string | null, { names }: StagingContext): number | null {
  return name === null ? null : (names.queues.get(name) ?? null);
}

function customerKey(customer: string | null, { keyOf }: StagingContext): bigint | null {
  return customer === null ? null : keyOf(customer);
}

function writeLink(
  row: CopySheet,
  contact: ContactReference | null,
  context: StagingContext,
): void {
  const name = contact?.source ?? null;
  const source = name === null ? context.sourceId : context.sources.get(name);
  const known = contact !== null && source !== undefined;
  putInteger(row, known ? source : null);
  putText(row, known ? contact.externalId : null);
}

function writeContact(row: CopySheet, record: ContactRecord, context: StagingContext): void {
  const agent = agentId(record.agent, context);
  putText(row, record.externalId);
  putInstant(row, record.arrivedAt);
  putInstant(row, record.answeredAt);
  putInstant(row, record.endedAt);
  putBigint(row, customerKey(record.customer, context));
  putDay(row, record.localDay);
  putInteger(row, agent);
  putInteger(row, queueId(record.queue, context));
  putInteger(row, record.waitSeconds);
  putInteger(row, record.talkSeconds);
  putInteger(row, record.holdSeconds);
  putInteger(row, record.wrapSeconds);
  putText(row, record.channel);
  putText(row, record.outcome);
  putFlag(row, record.transferred);
  putFlag(row, record.assisted ?? assistedOn(context.names, agent, record.localDay));
  putFlag(row, record.followUp);
  putSmallint(row, record.leg);
  putText(row, record.conversation);
  putText(row, record.reason);
}

function writeTicketEvent(
  row: CopySheet,
  record: TicketEventRecord,
  context: StagingContext,
): void {
  putText(row, record.externalId);
  putText(row, record.ticket);
  putInstant(row, record.at);
  putDay(row, record.localDay);
  putText(row, record.activity);
  putText(row, record.effect);
  putInteger(row, agentId(record.agent, context));
  putInteger(row, queueId(record.queue, context));
  putBigint(row, customerKey(record.customer, context));
  putText(row, record.reason);
  putText(row, record.priority);
}

function writeSurvey(row: CopySheet, record: SurveyRecord, context: StagingContext): void {
  putText(row, record.externalId);
  writeLink(row, record.contact, context);
  putInteger(row, record.milliPoints);
  putInstant(row, record.answeredAt);
}

function writeComplaint(row: CopySheet, record: ComplaintRecord, context: StagingContext): void {
  putText(row, record.externalId);
  writeLink(row, record.contact, context);
  putInteger(row, agentId(record.agent, context));
  putInteger(row, queueId(record.queue, context));
  putText(row, record.channel);
  putBigint(row, customerKey(record.customer, context));
  putInstant(row, record.receivedAt);
  putDay(row, record.localDay);
  putFlag(row, record.upheld);
}

function writeOutcome(row: CopySheet, record: OutcomeRecord, context: StagingContext): void {
  putText(row, record.externalId);
  putText(row, record.action);
  writeLink(row, record.contact, context);
  putInteger(row, agentId(record.agent, context));
  putInteger(row, queueId(record.queue, context));
  putText(row, record.channel);
  putInstant(row, record.occurredAt);
  putDay(row, record.localDay);
  putFlag(row, record.verified);
  putBigint(row, record.amountMinor);
  putText(row, record.currency);
}

function writePayment(row: CopySheet, record: PaymentRecord, context: StagingContext): void {
  putText(row, record.externalId);
  writeLink(row, record.contact, context);
  putInteger(row, agentId(record.agent, context));
  putInteger(row, queueId(record.queue, context));
  putBigint(row, customerKey(record.customer, context));
  putInstant(row, record.paidAt);
  putDay(row, record.localDay);
  putBigint(row, record.amountMinor);
  putText(row, record.currency);
  putInstant(row, record.returnedAt);
  putText(row, record.reference);
}

function writeAgentState(row: CopySheet, record: AgentStateRecord, context: StagingContext): void {
  putText(row, record.externalId);
  putInteger(row, agentId(record.agent, context));
  putText(row, record.state);
  putInstant(row, record.startsAt);
  putInstant(row, record.endsAt);
}

function writeLogEvent(row: CopySheet, record: LogEventRecord, context: StagingContext): void {
  putText(row, record.externalId);
  putInstant(row, record.at);
  putDay(row, record.localDay);
  putText(row, record.activity);
  putInteger(row, agentId(record.agent, context));
  putInteger(row, queueId(record.queue, context));
  putText(row, record.conversation);
  putText(row, record.detail);
}
