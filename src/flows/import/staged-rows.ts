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
  SurveyRecord,
  TicketEventRecord,
} from "../../domain/shared/records.ts";
import type { StagedRow } from "../../store/import/copy-binary.ts";
import { assistedOn, type SiteNames } from "../../store/import/dimensions.ts";
import type { CustomerKeys } from "./customer-key.ts";

export interface StagingContext {
  readonly names: SiteNames;
  readonly keyOf: CustomerKeys;
  readonly sourceId: number;
  /** Ids of the sources that references may name; `sourceNamed` makes what is not there yet. */
  readonly sources: Map<string, number>;
  readonly sourceNamed: (client: ClientBase, name: string) => Promise<number>;
}

/** Writes the columns of one record, in the order of its fact table. */
export function writeRecord(
  row: StagedRow,
  record: FactRecord,
  context: StagingContext,
  findings: readonly string[] | null,
): void {
  WRITERS[record.kind](row, record as never, context);
  row.texts(findings);
}

const WRITERS: {
  readonly [K in FactKind]: (
    row: StagedRow,
    record: Extract<FactRecord, { kind: K }>,
    context: StagingContext,
  ) => void;
} = {
  contact: writeContact,
  ticket_event: writeTicketEvent,
  survey: writeSurvey,
  complaint: writeComplaint,
  outcome: writeOutcome,
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
  row: StagedRow,
  contact: ContactReference | null,
  context: StagingContext,
): void {
  const name = contact?.source ?? null;
  const source = name === null ? context.sourceId : context.sources.get(name);
  const known = contact !== null && source !== undefined;
  row.integer(known ? source : null);
  row.text(known ? contact.externalId : null);
}

function writeContact(row: StagedRow, record: ContactRecord, context: StagingContext): void {
  const agent = agentId(record.agent, context);
  row.text(record.externalId);
  row.instant(record.arrivedAt);
  row.instant(record.answeredAt);
  row.instant(record.endedAt);
  row.bigint(customerKey(record.customer, context));
  row.day(record.localDay);
  row.integer(agent);
  row.integer(queueId(record.queue, context));
  row.integer(record.waitSeconds);
  row.integer(record.talkSeconds);
  row.integer(record.holdSeconds);
  row.integer(record.wrapSeconds);
  row.text(record.channel);
  row.text(record.outcome);
  row.flag(record.transferred);
  row.flag(record.assisted ?? assistedOn(context.names, agent, record.localDay));
  row.flag(record.followUp);
  row.smallint(record.leg);
  row.text(record.conversation);
  row.text(record.reason);
}

function writeTicketEvent(
  row: StagedRow,
  record: TicketEventRecord,
  context: StagingContext,
): void {
  row.text(record.externalId);
  row.text(record.ticket);
  row.instant(record.at);
  row.day(record.localDay);
  row.text(record.activity);
  row.text(record.effect);
  row.integer(agentId(record.agent, context));
  row.integer(queueId(record.queue, context));
  row.bigint(customerKey(record.customer, context));
  row.text(record.reason);
  row.text(record.priority);
}

function writeSurvey(row: StagedRow, record: SurveyRecord, context: StagingContext): void {
  row.text(record.externalId);
  writeLink(row, record.contact, context);
  row.integer(record.milliPoints);
  row.instant(record.answeredAt);
}

function writeComplaint(row: StagedRow, record: ComplaintRecord, context: StagingContext): void {
  row.text(record.externalId);
  writeLink(row, record.contact, context);
  row.integer(agentId(record.agent, context));
  row.integer(queueId(record.queue, context));
  row.text(record.channel);
  row.bigint(customerKey(record.customer, context));
  row.instant(record.receivedAt);
  row.day(record.localDay);
  row.flag(record.upheld);
}

function writeOutcome(row: StagedRow, record: OutcomeRecord, context: StagingContext): void {
  row.text(record.externalId);
  row.text(record.action);
  writeLink(row, record.contact, context);
  row.integer(agentId(record.agent, context));
  row.integer(queueId(record.queue, context));
  row.text(record.channel);
  row.instant(record.occurredAt);
  row.day(record.localDay);
  row.flag(record.verified);
  row.bigint(record.amountMinor);
  row.text(record.currency);
}

function writeAgentState(row: StagedRow, record: AgentStateRecord, context: StagingContext): void {
  row.text(record.externalId);
  row.integer(agentId(record.agent, context));
  row.text(record.state);
  row.instant(record.startsAt);
  row.instant(record.endsAt);
}

function writeLogEvent(row: StagedRow, record: LogEventRecord, context: StagingContext): void {
  row.text(record.externalId);
  row.instant(record.at);
  row.day(record.localDay);
  row.text(record.activity);
  row.integer(agentId(record.agent, context));
  row.integer(queueId(record.queue, context));
  row.text(record.conversation);
  row.text(record.detail);
}
