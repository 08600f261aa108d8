/**
 * Which fields a `table` row can fill, for each kind of record: what they are and which must be there.
 * The mapping is checked against this table, and the documentation lists it.
 */

import { AGENT_STATES, CHANNELS, CONTACT_OUTCOMES } from "../domain/shared/vocabulary.ts";

export type FieldKind =
  | { readonly is: "text" }
  | { readonly is: "instant" }
  | { readonly is: "seconds" }
  | { readonly is: "integer" }
  | { readonly is: "flag" }
  | { readonly is: "score" }
  | { readonly is: "amount" }
  | { readonly is: "choice"; readonly of: readonly string[] };

export interface FieldDefinition {
  readonly kind: FieldKind;
  /** Must be mapped, and its cell must not be empty. */
  readonly required: boolean;
}

const text = optional({ is: "text" });
const textRequired = required({ is: "text" });
const instant = optional({ is: "instant" });
const instantRequired = required({ is: "instant" });
const seconds = optional({ is: "seconds" });
const flag = optional({ is: "flag" });
const channel = optional({ is: "choice", of: CHANNELS });
/** Points at a contact: its id, and the source it is in when that is another one. */
const contact = { contact: text, contactSource: text };

export const RECORD_FIELDS = {
  contact: {
    externalId: textRequired,
    conversation: text,
    leg: optional({ is: "integer" }),
    channel,
    queue: text,
    agent: text,
    customer: text,
    reason: text,
    outcome: optional({ is: "choice", of: CONTACT_OUTCOMES }),
    arrivedAt: instantRequired,
    answeredAt: instant,
    endedAt: instant,
    waitSeconds: seconds,
    talkSeconds: seconds,
    holdSeconds: seconds,
    wrapSeconds: seconds,
    transferred: flag,
    assisted: flag,
    followUp: flag,
  },
  ticket_event: {
    externalId: text,
    ticket: textRequired,
    activity: textRequired,
    agent: text,
    queue: text,
    customer: text,
    reason: text,
    priority: text,
    at: instantRequired,
    effect: optional({ is: "choice", of: ["opened", "resolved", "closed", "reopened"] }),
  },
  survey: {
    externalId: textRequired,
    contact: textRequired,
    contactSource: text,
    score: required({ is: "score" }),
    answeredAt: instantRequired,
  },
  complaint: {
    externalId: textRequired,
    ...contact,
    agent: text,
    queue: text,
    channel,
    customer: text,
    receivedAt: instantRequired,
    upheld: flag,
  },
  outcome: {
    externalId: textRequired,
    action: textRequired,
    ...contact,
    agent: text,
    queue: text,
    channel,
    occurredAt: instantRequired,
    verified: flag,
    amount: optional({ is: "amount" }),
    currency: text,
  },
  payment: {
    externalId: textRequired,
    ...contact,
    agent: text,
    queue: text,
    customer: text,
    paidAt: instantRequired,
    amount: required({ is: "amount" }),
    currency: textRequired,
    returnedAt: instant,
    reference: text,
  },
  agent_state: {
    externalId: text,
    agent: textRequired,
    state: required({ is: "choice", of: AGENT_STATES }),
    startsAt: instantRequired,
    endsAt: instantRequired,
  },
} as const satisfies Record<string, Record<string, FieldDefinition>>;

export type TableRecord = keyof typeof RECORD_FIELDS;

export const TABLE_RECORDS = Object.keys(RECORD_FIELDS) as readonly TableRecord[];

/** The fields of a record by name; a name that is none gives undefined. */
export function fieldsOf(record: TableRecord): Readonly<Record<string, FieldDefinition>> {
  return RECORD_FIELDS[record];
}

function optional(kind: FieldKind): FieldDefinition {
  return { kind, required: false };
}

function required(kind: FieldKind): FieldDefinition {
  return { kind, required: true };
}
