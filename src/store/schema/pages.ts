/** What people add to the pages, who saw whose figures, dropped files, and names joined to one agent. */

import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { count, instant } from "./columns.ts";
import { appUser } from "./operation.ts";
import { agent, party } from "./who.ts";

const ID = () => uuid("id").primaryKey().default(sql`uuid_v7()`);

const MADE = {
  createdBy: uuid("created_by")
    .notNull()
    .references(() => appUser.id),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at").notNull(),
};

export const annotation = pgTable("annotation", {
  id: ID(),
  fromDay: date("from_day").notNull(),
  toDay: date("to_day").notNull(),
  text: text("text").notNull(),
  partyId: integer("party_id").references(() => party.id),
  ...MADE,
});

export const savedView = pgTable("saved_view", {
  id: ID(),
  userId: uuid("user_id")
    .notNull()
    .references(() => appUser.id),
  name: text("name").notNull(),
  page: text("page").notNull(),
  search: text("search").notNull(),
  shared: boolean("shared").notNull().default(false),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at").notNull(),
});

export const threshold = pgTable("threshold", {
  id: ID(),
  metric: text("metric").notNull(),
  direction: text("direction").notNull(),
  value: doublePrecision("value").notNull(),
  grouping: text("grouping"),
  days: integer("days").notNull(),
  filter: jsonb("filter").notNull().default({}),
  partyId: integer("party_id").references(() => party.id),
  ...MADE,
});

export const alertDismissal = pgTable(
  "alert_dismissal",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => appUser.id),
    thresholdId: uuid("threshold_id")
      .notNull()
      .references(() => threshold.id, { onDelete: "cascade" }),
    groupId: text("group_id").notNull(),
    day: date("day").notNull(),
    dismissedAt: instant("dismissed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.thresholdId, table.groupId] })],
);

export const individualView = pgTable("individual_view", {
  id: count("id").primaryKey().generatedAlwaysAsIdentity(),
  at: instant("at").notNull(),
  userId: uuid("user_id")
    .notNull()
    .references(() => appUser.id),
  route: text("route").notNull(),
  agents: integer("agents").array().notNull(),
  query: jsonb("query").notNull(),
});

export const upload = pgTable("upload", {
  id: ID(),
  fileName: text("file_name").notNull(),
  bytes: count("bytes").notNull(),
  uploadedBy: uuid("uploaded_by")
    .notNull()
    .references(() => appUser.id),
  uploadedAt: instant("uploaded_at").notNull(),
  removedAt: instant("removed_at"),
});

export const agentJoin = pgTable("agent_join", {
  id: ID(),
  agentId: integer("agent_id")
    .notNull()
    .references(() => agent.id),
  intoAgentId: integer("into_agent_id")
    .notNull()
    .references(() => agent.id),
  joinedBy: uuid("joined_by").references(() => appUser.id),
  joinedAt: instant("joined_at").notNull(),
  undoneBy: uuid("undone_by").references(() => appUser.id),
  undoneAt: instant("undone_at"),
});
