/**
 * What an importer hands over: one record a fact, already in our words, instants in UTC.
 *
 * Names (`agent`, `queue`, `party`) are the source's own; the store turns them into ids. Instants are
 * milliseconds since 1970-01-01T00:00Z. Durations are whole seconds. `customer` is still the raw id:
 * the flow replaces it with an HMAC before anything is written. `externalId` is unique within its source.
 */

import type { AgentState, Channel, ContactOutcome, Day } from "./vocabulary.ts";

/** Points at a contact by the id it has in its own source; `source` null means "the same source". */
export interface ContactReference {
  readonly source: string | null;
  readonly externalId: string;
}

/** One leg of one customer's contact with one queue or agent. */
export interface ContactRecord {
  readonly kind: "contact";
  readonly externalId: string;
  /** Legs of one conversation share it; null where the log does not say. */
  readonly conversation: string | null;
  /** 1 for the leg that began the conversation, 2 for the next after a transfer, and so on. */
  readonly leg: number;
  readonly channel: Channel;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly customer: string | null;
  readonly reason: string | null;
  readonly outcome: ContactOutcome;
  readonly arrivedAt: number;
  /** The local calendar day of `arrivedAt` in the site's zone. */
  readonly localDay: Day;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly waitSeconds: number;
  readonly talkSeconds: number;
  readonly holdSeconds: number;
  readonly wrapSeconds: number;
  /** Passed on to another agent or queue at its end. */
  readonly transferred: boolean;
  /** Was an AI assistant at the agent's side? null: look it up in the adoption of the day. */
  readonly assisted: boolean | null;
  /** Does somebody still have to do something for this customer? Makes a task. */
  readonly followUp: boolean;
}

/** One step in the life of a ticket. */
export interface TicketEventRecord {
  readonly kind: "ticket_event";
  readonly externalId: string;
  readonly ticket: string;
  readonly activity: string;
  readonly agent: string | null;
  readonly queue: string | null;
  readonly customer: string | null;
  readonly reason: string | null;
  readonly priority: string | null;
  readonly at: number;
  readonly localDay: Day;
  /** What the step does to the ticket; null where the activity does not say. */
  readonly effect: "opened" | "resolved" | "closed" | "reopened" | null;
}

/** A customer's satisfaction with one contact. `milliPoints`: 1000 to 5000 on the scale 1 to 5. */
export interface SurveyRecord {
  readonly kind: "survey";
  readonly externalId: string;
  readonly contact: ContactReference;
  readonly milliPoints: number;
  readonly answeredAt: number;
}

export interface ComplaintRecord {
  readonly kind: "complaint";
  readonly externalId: string;
  readonly contact: ContactReference | null;
  readonly agent: string | null;
  readonly queue: string | null;
  readonly channel: Channel;
  readonly customer: string | null;
  readonly receivedAt: number;
  readonly localDay: Day;
  readonly upheld: boolean | null;
}

/** A result worth paying for: a refund made, a promise kept, an amount recovered. */
export interface OutcomeRecord {
  readonly kind: "outcome";
  readonly externalId: string;
  readonly action: string;
  readonly contact: ContactReference | null;
  readonly agent: string | null;
  readonly queue: string | null;
  readonly channel: Channel;
  readonly occurredAt: number;
  readonly localDay: Day;
  readonly verified: boolean;
  /** Minor units of `currency`, where the outcome is an amount. */
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
}

/**
 * A customer's payment as the bank's books have it: evidence of outcomes such as a promise kept. One that
 * came back is the same payment with `returnedAt`, never a second one with an amount below zero.
 */
export interface PaymentRecord {
  readonly kind: "payment";
  readonly externalId: string;
  readonly contact: ContactReference | null;
  readonly agent: string | null;
  readonly queue: string | null;
  readonly customer: string | null;
  readonly paidAt: number;
  readonly localDay: Day;
  /** Minor units of `currency`. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** When it was returned unpaid; null where it stands. */
  readonly returnedAt: number | null;
  /** What the books say it is for, such as the number of an instalment. */
  readonly reference: string | null;
}

/** A stretch of one agent's time, half-open. */
export interface AgentStateRecord {
  readonly kind: "agent_state";
  readonly externalId: string;
  readonly agent: string;
  readonly state: AgentState;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Something a log tells that is no contact: a ring without answer, a restart, a member added. */
export interface LogEventRecord {
  readonly kind: "log_event";
  readonly externalId: string;
  readonly at: number;
  readonly localDay: Day;
  /** The log's own word for it, such as RINGNOANSWER. */
  readonly activity: string;
  readonly agent: string | null;
  readonly queue: string | null;
  readonly conversation: string | null;
  readonly detail: string;
}

export type FactRecord =
  | ContactRecord
  | TicketEventRecord
  | SurveyRecord
  | ComplaintRecord
  | OutcomeRecord
  | PaymentRecord
  | AgentStateRecord
  | LogEventRecord;

export type FactKind = FactRecord["kind"];

/** A row that could not be taken: which line, which field, why, and the row itself, whole. */
export interface Reject {
  readonly line: number;
  /** Stable: `missing_field`, `invalid_date`, `invalid_number`, `negative_duration`, ... */
  readonly code: string;
  readonly field: string;
  readonly value: string;
  readonly expected: string;
  readonly raw: string;
}

/** A row that was taken and looks wrong. Counted by code, day and agent; never repaired. */
export interface RowFinding {
  readonly code: string;
  readonly day: Day | null;
  readonly agent: string | null;
  readonly line: number;
}
