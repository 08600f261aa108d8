/**
 * The fact tables as an importer sees them: which columns a staged row has, and how each becomes the
 * column of the fact. One list, from which staging, classifying and writing are all made.
 *
 * A staged instant is seconds since 1970 as a float, because PostgreSQL reads a number several times
 * faster than a date in words.
 */

import type { FactKind } from "../../domain/shared/records.ts";

export interface FactColumn {
  readonly name: string;
  /** Its type while staged. */
  readonly staged: string;
  /** From the staged column to the fact's; the column itself where it is not said. */
  readonly convert?: string;
}

export interface FactTable {
  readonly kind: FactKind;
  readonly table: string;
  /** Without source_id, batch_id: those are the same for a whole batch. */
  readonly columns: readonly FactColumn[];
  /** The order in which many new rows are best written. */
  readonly writeOrder?: string;
}

const text = (name: string): FactColumn => ({ name, staged: "text" });
const integer = (name: string): FactColumn => ({ name, staged: "integer" });
const bigint = (name: string): FactColumn => ({ name, staged: "bigint" });
const flag = (name: string): FactColumn => ({ name, staged: "boolean" });
const day = (name: string): FactColumn => ({ name, staged: "date" });
const instant = (name: string): FactColumn => ({
  name,
  staged: "double precision",
  convert: `to_timestamp(${name})`,
});
const typed = (name: string, type: string): FactColumn => ({ name, staged: type });

const FINDINGS: FactColumn = typed("findings", "text[]");

const CONTACT_LINK = [integer("contact_source_id"), text("contact_external_id")];

export const FACT_TABLES: Readonly<Record<FactKind, FactTable>> = {
  contact: {
    kind: "contact",
    table: "contact",
    writeOrder: "customer_key",
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

/** The names of the fact's own columns, comma between. */
export function columnNames(fact: FactTable): string {
  return fact.columns.map((column) => column.name).join(", ");
}

/** The staged columns as the fact's columns, to be selected from `stage_<table>`. */
export function convertedColumns(fact: FactTable): string {
  return fact.columns
    .map((column) => (column.convert ? `${column.convert} as ${column.name}` : column.name))
    .join(", ");
}
