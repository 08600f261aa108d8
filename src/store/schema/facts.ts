/**
 * Where rows came from and what happened. Facts carry ids without foreign keys; `integrity.ts`
 * proves them.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, count, currencyCode, instant } from "./columns.ts";
import { agentStateKind, batchState, channel, contactOutcome } from "./enums.ts";
import { upload } from "./pages.ts";
import { agent, queue, site } from "./who.ts";

export const source = pgTable("source", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  name: text("name").notNull().unique(),
  kind: text("kind").notNull(),
  place: text("place"),
  format: text("format").notNull(),
  mapping: jsonb("mapping"),
  schedule: text("schedule"),
  paused: boolean("paused").notNull().default(false),
  siteId: integer("site_id")
    .notNull()
    .references(() => site.id),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const batch = pgTable("batch", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  sourceId: integer("source_id")
    .notNull()
    .references(() => source.id),
  fileName: text("file_name").notNull(),
  fileBytes: count("file_bytes"),
  fileModifiedAt: instant("file_modified_at"),
  state: batchState("state").notNull().default("running"),
  startedAt: instant("started_at").notNull(),
  finishedAt: instant("finished_at"),
  rows: count("rows").notNull().default(0),
  accepted: count("accepted").notNull().default(0),
  duplicates: count("duplicates").notNull().default(0),
  replaced: count("replaced").notNull().default(0),
  rejected: count("rejected").notNull().default(0),
  error: jsonb("error"),
  owner: text("owner"),
  uploadId: uuid("upload_id").references(() => upload.id),
  header: text("header"),
});

export const reject = pgTable(
  "reject",
  {
    sourceId: integer("source_id")
      .notNull()
      .references(() => source.id),
    rawDigest: bytea("raw_digest").notNull(),
    batchId: integer("batch_id")
      .notNull()
      .references(() => batch.id),
    line: count("line").notNull(),
    code: text("code").notNull(),
    field: text("field").notNull(),
    value: text("value").notNull(),
    expected: text("expected").notNull(),
    raw: text("raw").notNull(),
    rejectedAt: instant("rejected_at").notNull().defaultNow(),
    takenAt: instant("taken_at"),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.rawDigest] })],
);

export const qualityFinding = pgTable("quality_finding", {
  sourceId: integer("source_id")
    .notNull()
    .references(() => source.id),
  code: text("code").notNull(),
  day: date("day"),
  agentId: integer("agent_id").references(() => agent.id),
  queueId: integer("queue_id").references(() => queue.id),
  count: count("count").notNull(),
  detail: jsonb("detail").notNull().default({}),
  batchId: integer("batch_id").references(() => batch.id),
  foundAt: instant("found_at").notNull().defaultNow(),
});

/** Where in its batch's file a fact stands. */
const PLACE_IN_FILE = {
  line: integer("line"),
  inputRows: integer("input_rows").notNull().default(1),
};

export const contact = pgTable(
  "contact",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    arrivedAt: instant("arrived_at").notNull(),
    answeredAt: instant("answered_at"),
    endedAt: instant("ended_at"),
    customerKey: bigint("customer_key", { mode: "bigint" }),
    localDay: date("local_day").notNull(),
    agentId: integer("agent_id"),
    queueId: integer("queue_id"),
    waitSeconds: integer("wait_seconds").notNull(),
    talkSeconds: integer("talk_seconds").notNull(),
    holdSeconds: integer("hold_seconds").notNull(),
    wrapSeconds: integer("wrap_seconds").notNull(),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
    channel: channel("channel").notNull(),
    outcome: contactOutcome("outcome").notNull(),
    transferred: boolean("transferred").notNull().default(false),
    assisted: boolean("assisted").notNull().default(false),
    followUp: boolean("follow_up").notNull().default(false),
    leg: smallint("leg").notNull().default(1),
    conversation: text("conversation"),
    reason: text("reason"),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const agentState = pgTable(
  "agent_state",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    agentId: integer("agent_id").notNull(),
    state: agentStateKind("state").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const ticket = pgTable(
  "ticket",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    openedAt: instant("opened_at").notNull(),
    closedAt: instant("closed_at"),
    agentId: integer("agent_id"),
    queueId: integer("queue_id"),
    customerKey: bigint("customer_key", { mode: "bigint" }),
    reason: text("reason"),
    priority: text("priority"),
    events: integer("events").notNull(),
    handOffs: integer("hand_offs").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const ticketEvent = pgTable(
  "ticket_event",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    ticketExternalId: text("ticket_external_id").notNull(),
    at: instant("at").notNull(),
    localDay: date("local_day").notNull(),
    activity: text("activity").notNull(),
    effect: text("effect"),
    agentId: integer("agent_id"),
    queueId: integer("queue_id"),
    customerKey: bigint("customer_key", { mode: "bigint" }),
    reason: text("reason"),
    priority: text("priority"),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const survey = pgTable(
  "survey",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    contactSourceId: integer("contact_source_id").notNull(),
    contactExternalId: text("contact_external_id").notNull(),
    milliPoints: integer("milli_points").notNull(),
    answeredAt: instant("answered_at").notNull(),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const complaint = pgTable(
  "complaint",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    contactSourceId: integer("contact_source_id"),
    contactExternalId: text("contact_external_id"),
    agentId: integer("agent_id"),
    queueId: integer("queue_id"),
    channel: channel("channel").notNull(),
    customerKey: bigint("customer_key", { mode: "bigint" }),
    receivedAt: instant("received_at").notNull(),
    localDay: date("local_day").notNull(),
    upheld: boolean("upheld"),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const payment = pgTable(
  "payment",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    contactSourceId: integer("contact_source_id"),
    contactExternalId: text("contact_external_id"),
    agentId: integer("agent_id"),
    queueId: integer("queue_id"),
    customerKey: bigint("customer_key", { mode: "bigint" }),
    paidAt: instant("paid_at").notNull(),
    localDay: date("local_day").notNull(),
    amountMinor: count("amount_minor").notNull(),
    currency: currencyCode("currency").notNull(),
    returnedAt: instant("returned_at"),
    reference: text("reference"),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const outcome = pgTable(
  "outcome",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    action: text("action").notNull(),
    contactSourceId: integer("contact_source_id"),
    contactExternalId: text("contact_external_id"),
    agentId: integer("agent_id"),
    queueId: integer("queue_id"),
    channel: channel("channel").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    localDay: date("local_day").notNull(),
    verified: boolean("verified").notNull(),
    amountMinor: bigint("amount_minor", { mode: "bigint" }),
    currency: currencyCode("currency"),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);

export const logEvent = pgTable(
  "log_event",
  {
    sourceId: integer("source_id").notNull(),
    externalId: text("external_id").notNull(),
    at: instant("at").notNull(),
    localDay: date("local_day").notNull(),
    activity: text("activity").notNull(),
    agentId: integer("agent_id"),
    queueId: integer("queue_id"),
    conversation: text("conversation"),
    detail: text("detail").notNull(),
    findings: text("findings").array(),
    batchId: integer("batch_id").notNull(),
    ...PLACE_IN_FILE,
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.externalId] })],
);
