/** Tasks, who is signed on, and who has which task. */

import { sql } from "drizzle-orm";
import { bigint, doublePrecision, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { assignmentState, channel, pool, taskState } from "./enums.ts";
import { source } from "./facts.ts";
import { agent, queue, site, skill } from "./who.ts";

export const task = pgTable("task", {
  id: uuid("id").primaryKey().default(sql`uuid_v7()`),
  origin: text("origin").notNull().unique(),
  kind: text("kind").notNull(),
  channel: channel("channel").notNull(),
  siteId: integer("site_id").references(() => site.id),
  queueId: integer("queue_id").references(() => queue.id),
  skillId: integer("skill_id").references(() => skill.id),
  minProficiency: doublePrecision("min_proficiency").notNull().default(0),
  priority: integer("priority").notNull().default(0),
  dueAt: instant("due_at"),
  expectedSeconds: integer("expected_seconds").notNull().default(300),
  customerKey: bigint("customer_key", { mode: "bigint" }),
  contactSourceId: integer("contact_source_id").references(() => source.id),
  contactExternalId: text("contact_external_id"),
  detail: jsonb("detail").notNull().default({}),
  state: taskState("state").notNull().default("waiting"),
  notBefore: instant("not_before").notNull().defaultNow(),
  createdAt: instant("created_at").notNull().defaultNow(),
  doneAt: instant("done_at"),
  result: jsonb("result"),
});

export const agentPresence = pgTable("agent_presence", {
  agentId: integer("agent_id")
    .primaryKey()
    .references(() => agent.id),
  pool: pool("pool").notNull(),
  capacity: jsonb("capacity").notNull(),
  capacityTotal: integer("capacity_total").notNull(),
  state: text("state").notNull(),
  signedOnAt: instant("signed_on_at").notNull(),
  lastSeenAt: instant("last_seen_at").notNull(),
  freeSince: instant("free_since").notNull(),
});

export const assignment = pgTable("assignment", {
  id: uuid("id").primaryKey().default(sql`uuid_v7()`),
  taskId: uuid("task_id")
    .notNull()
    .references(() => task.id),
  agentId: integer("agent_id")
    .notNull()
    .references(() => agent.id),
  state: assignmentState("state").notNull().default("offered"),
  expectedCost: doublePrecision("expected_cost").notNull(),
  why: jsonb("why").notNull().default({}),
  offeredAt: instant("offered_at").notNull(),
  acceptedAt: instant("accepted_at"),
  endedAt: instant("ended_at"),
  leaseUntil: instant("lease_until").notNull(),
});
