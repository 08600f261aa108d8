/** Records of the importers to rows of the stage: names to ids, customers to keys, milliseconds to seconds. */

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
import { assistedOn, type SiteNames } from "../../store/import/dimensions.ts";
import type { StagedRow, StagedValue } from "../../store/import/stage.ts";
import type { CustomerKeys } from "./customer-key.ts";

export interface StagingContext {
  readonly names: SiteNames;
  readonly keyOf: CustomerKeys;
  readonly sourceId: number;
  /** Ids of the sources that references may name; `sourceNamed` makes what is not there yet. */
  readonly sources: Map<string, number>;
  readonly sourceNamed: (client: ClientBase, name: string) => Promise<number>;
}

/** What stands behind the columns of every staged row. */
interface Origin {
  readonly findings: readonly string[] | null;
  readonly line: number;
  readonly inputRows: number;
}

const seconds = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : milliseconds / 1000;

/** The row of one record, in the column order of its fact table. */
export function stagedRow(record: FactRecord, context: StagingContext, origin: Origin): StagedRow {
  const columns = COLUMNS[record.kind](record as never, context);
  return [...columns, origin.findings, origin.line, origin.inputRows];
}

const COLUMNS: {
  readonly [K in FactKind]: (
    record: Extract<FactRecord, { kind: K }>,
    context: StagingContext,
  ) => StagedValue[];
} = {
  contact: contactColumns,
  ticket_event: ticketEventColumns,
  survey: surveyColumns,
  complaint: complaintColumns,
  outcome: outcomeColumns,
  agent_state: agentStateColumns,
  log_event: logEventColumns,
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

function link(contact: ContactReference | null, context: StagingContext): StagedValue[] {
  if (contact === null) return [null, null];
  const source = contact.source === null ? context.sourceId : context.sources.get(contact.source);
  return [source ?? null, source === undefined ? null : contact.externalId];
}

function contactColumns(record: ContactRecord, context: StagingContext): StagedValue[] {
  const agent = agentId(record.agent, context);
  return [
    record.externalId,
    seconds(record.arrivedAt),
    seconds(record.answeredAt),
    seconds(record.endedAt),
    customerKey(record.customer, context),
    record.localDay,
    agent,
    queueId(record.queue, context),
    record.waitSeconds,
    record.talkSeconds,
    record.holdSeconds,
    record.wrapSeconds,
    record.channel,
    record.outcome,
    record.transferred,
    record.assisted ?? assistedOn(context.names, agent, record.localDay),
    record.followUp,
    record.leg,
    record.conversation,
    record.reason,
  ];
}

function ticketEventColumns(record: TicketEventRecord, context: StagingContext): StagedValue[] {
  return [
    record.externalId,
    record.ticket,
    seconds(record.at),
    record.localDay,
    record.activity,
    record.effect,
    agentId(record.agent, context),
    queueId(record.queue, context),
    customerKey(record.customer, context),
    record.reason,
    record.priority,
  ];
}

function surveyColumns(record: SurveyRecord, context: StagingContext): StagedValue[] {
  return [
    record.externalId,
    ...link(record.contact, context),
    record.milliPoints,
    seconds(record.answeredAt),
  ];
}

function complaintColumns(record: ComplaintRecord, context: StagingContext): StagedValue[] {
  return [
    record.externalId,
    ...link(record.contact, context),
    agentId(record.agent, context),
    queueId(record.queue, context),
    record.channel,
    customerKey(record.customer, context),
    seconds(record.receivedAt),
    record.localDay,
    record.upheld,
  ];
}

function outcomeColumns(record: OutcomeRecord, context: StagingContext): StagedValue[] {
  return [
    record.externalId,
    record.action,
    ...link(record.contact, context),
    agentId(record.agent, context),
    queueId(record.queue, context),
    record.channel,
    seconds(record.occurredAt),
    record.localDay,
    record.verified,
    record.amountMinor,
    record.currency,
  ];
}

function agentStateColumns(record: AgentStateRecord, context: StagingContext): StagedValue[] {
  return [
    record.externalId,
    agentId(record.agent, context),
    record.state,
    seconds(record.startsAt),
    seconds(record.endsAt),
  ];
}

function logEventColumns(record: LogEventRecord, context: StagingContext): StagedValue[] {
  return [
    record.externalId,
    seconds(record.at),
    record.localDay,
    record.activity,
    agentId(record.agent, context),
    queueId(record.queue, context),
    record.conversation,
    record.detail,
  ];
}
