/** The installation, its users and their tokens, the run ledger, and which migrations were applied. */

import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, count, instant } from "./columns.ts";
import { role, runState } from "./enums.ts";
import { agent, party } from "./who.ts";

export const installation = pgTable("installation", {
  onlyRow: boolean("only_row").primaryKey().default(true),
  keyFingerprint: text("key_fingerprint").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  demo: jsonb("demo"),
});

export const appUser = pgTable("app_user", {
  id: uuid("id").primaryKey().default(sql`uuid_v7()`),
  name: text("name").notNull().unique(),
  role: role("role").notNull(),
  partyId: integer("party_id").references(() => party.id),
  agentId: integer("agent_id").references(() => agent.id),
  createdAt: instant("created_at").notNull().defaultNow(),
  disabledAt: instant("disabled_at"),
  passwordHash: text("password_hash"),
});

export const accessToken = pgTable("access_token", {
  id: uuid("id").primaryKey().default(sql`uuid_v7()`),
  userId: uuid("user_id")
    .notNull()
    .references(() => appUser.id),
  name: text("name").notNull(),
  tokenDigest: bytea("token_digest").notNull().unique(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  revokedAt: instant("revoked_at"),
  lastUsedAt: instant("last_used_at"),
});

export const session = pgTable("session", {
  id: uuid("id").primaryKey().default(sql`uuid_v7()`),
  userId: uuid("user_id")
    .notNull()
    .references(() => appUser.id),
  accessTokenId: uuid("access_token_id").references(() => accessToken.id, { onDelete: "cascade" }),
  secretDigest: bytea("secret_digest").notNull().unique(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  endedAt: instant("ended_at"),
});

export const failedSignIn = pgTable("failed_sign_in", {
  id: count("id").primaryKey().generatedAlwaysAsIdentity(),
  userName: text("user_name").notNull(),
  address: text("address").notNull(),
  failedAt: instant("failed_at").notNull(),
});

export const auditEntry = pgTable("audit_entry", {
  id: count("id").primaryKey().generatedAlwaysAsIdentity(),
  at: instant("at").notNull(),
  userId: uuid("user_id").references(() => appUser.id),
  action: text("action").notNull(),
  subject: text("subject"),
  detail: jsonb("detail").notNull().default({}),
});

export const jobRun = pgTable("job_run", {
  id: uuid("id").primaryKey().default(sql`uuid_v7()`),
  job: text("job").notNull(),
  scheduledFor: instant("scheduled_for").notNull(),
  state: runState("state").notNull(),
  startedAt: instant("started_at"),
  finishedAt: instant("finished_at"),
  owner: text("owner"),
  heartbeatAt: instant("heartbeat_at"),
  stopRequestedAt: instant("stop_requested_at"),
  progress: jsonb("progress"),
  result: jsonb("result"),
  error: jsonb("error"),
  reason: text("reason").notNull().default("scheduled"),
});

export const idempotencyKey = pgTable(
  "idempotency_key",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => appUser.id),
    key: text("key").notNull(),
    requestDigest: bytea("request_digest").notNull(),
    status: integer("status"),
    response: jsonb("response"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] })],
);

export const migration = pgTable("migration", {
  number: integer("number").primaryKey(),
  name: text("name").notNull(),
  sha256: text("sha256").notNull(),
  appliedAt: instant("applied_at").notNull().defaultNow(),
});
