/**
 * The fact tables as an importer sees them: which columns a staged row has, in the fact's own types.
 * One list, from which staging, classifying and writing are all made.
 */

import type { FactKind } from "../../domain/shared/records.ts";

export interface FactColumn {
  readonly name: string;
  readonly type: string;
}

export interface FactTable {
  readonly kind: FactKind;
  readonly table: string;
  /** What the fact says; where it came from is in `PROVENANCE`. */
  readonly columns: readonly FactColumn[];
}

const typed = (name: string, type: string): FactColumn => ({ name, type });
const text = (name: string): FactColumn => typed(name, "text");
const integer = (name: string): FactColumn => typed(name, "integer");
const bigint = (name: string): FactColumn => typed(name, "bigint");
const flag = (name: string): FactColumn => typed(name, "boolean");
const day = (name: string): FactColumn => typed(name, "date");
const instant = (name: string): FactColumn => typed(name, "timestamptz");

const FINDINGS: FactColumn = typed("findings", "text[]");

const CONTACT_LINK = [integer("contact_source_id"), text("contact_external_id")];

export const FACT_TABLES: Readonly<Record<FactKind, FactTable>> = {
  contact: {
    kind: "contact",
    table: "contact",
    columns: [
      text("external_id"),
      instant("arrived_at"),
      instant("answered_at"),
      instant("ended_at"),
      bigint("customer_key"),
      day("local_day"),
      integer("agent_id"),
      integer("queue_id"),
      integer("wait_seconds"),
      integer("talk_seconds"),
      integer("hold_seconds"),
      integer("wrap_seconds"),
      typed("channel", "channel"),
      typed("outcome", "contact_outcome"),
      flag("transferred"),
      flag("assisted"),
      flag("follow_up"),
      typed("leg", "smallint"),
      text("conversation"),
      text("reason"),
      FINDINGS,
    ],
  },
  ticket_event: {
    kind: "ticket_event",
    table: "ticket_event",
    columns: [
      text("external_id"),
      text("ticket_external_id"),
      instant("at"),
      day("local_day"),
      text("activity"),
      text("effect"),
      integer("agent_id"),
      integer("queue_id"),
      bigint("customer_key"),
      text("reason"),
      text("priority"),
      FINDINGS,
    ],
  },
  survey: {
    kind: "survey",
    table: "survey",
    columns: [
      text("external_id"),
      ...CONTACT_LINK,
      integer("milli_points"),
      instant("answered_at"),
      FINDINGS,
    ],
  },
  complaint: {
    kind: "complaint",
    table: "complaint",
    columns: [
      text("external_id"),
      ...CONTACT_LINK,
      integer("agent_id"),
      integer("queue_id"),
      typed("channel", "channel"),
      bigint("customer_key"),
      instant("received_at"),
      day("local_day"),
      flag("upheld"),
      FINDINGS,
    ],
  },
  outcome: {
    kind: "outcome",
    table: "outcome",
    columns: [
      text("external_id"),
      text("action"),
      ...CONTACT_LINK,
      integer("agent_id"),
      integer("queue_id"),
      typed("channel", "channel"),
      instant("occurred_at"),
      day("local_day"),
      flag("verified"),
      bigint("amount_minor"),
      text("currency"),
      FINDINGS,
    ],
  },
  payment: {
    kind: "payment",
    table: "payment",
    columns: [
      text("external_id"),
      ...CONTACT_LINK,
      integer("agent_id"),
      integer("queue_id"),
      bigint("customer_key"),
      instant("paid_at"),
      day("local_day"),
      bigint("amount_minor"),
      text("currency"),
      instant("returned_at"),
      text("reference"),
      FINDINGS,
    ],
  },
  agent_state: {
    kind: "agent_state",
    table: "agent_state",
    columns: [
      text("external_id"),
      integer("agent_id"),
      typed("state", "agent_state_kind"),
      instant("starts_at"),
      instant("ends_at"),
      FINDINGS,
    ],
  },
  log_event: {
    kind: "log_event",
    table: "log_event",
    columns: [
      text("external_id"),
      instant("at"),
      day("local_day"),
      text("activity"),
      integer("agent_id"),
      integer("queue_id"),
      text("conversation"),
      text("detail"),
      FINDINGS,
    ],
  },
};

/** Where a fact came from: before its own columns, and behind them. */
export const PROVENANCE = {
  before: ["source_id", "batch_id"],
  behind: ["line", "input_rows"],
} as const;

/** The names of all columns that an importer writes, in the order in which it carries them. */
export function columnNames(fact: FactTable): string {
  const own = fact.columns.map((column) => column.name);
  return [...PROVENANCE.before, ...own, ...PROVENANCE.behind].join(", ");
}
