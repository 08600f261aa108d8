/** Who works here and where work arrives: small tables with an integer key inside and a UUID outside. */

import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  date,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { currencyCode, price } from "./columns.ts";
import { agentKind, partyKind } from "./enums.ts";

export const site = pgTable("site", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  name: text("name").notNull().unique(),
  zone: text("zone").notNull(),
});

export const party = pgTable("party", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  name: text("name").notNull().unique(),
  kind: partyKind("kind").notNull(),
});

export const team = pgTable("team", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  partyId: integer("party_id")
    .notNull()
    .references(() => party.id),
  name: text("name").notNull(),
});

export const agent = pgTable("agent", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  siteId: integer("site_id")
    .notNull()
    .references(() => site.id),
  name: text("name").notNull(),
  kind: agentKind("kind").notNull().default("human"),
  hiredOn: date("hired_on"),
  leftOn: date("left_on"),
  registered: boolean("registered").notNull().default(false),
  joinedInto: integer("joined_into").references((): AnyPgColumn => agent.id),
});

export const agentAlias = pgTable(
  "agent_alias",
  {
    siteId: integer("site_id")
      .notNull()
      .references(() => site.id),
    name: text("name").notNull(),
    agentId: integer("agent_id")
      .notNull()
      .references(() => agent.id),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.name] })],
);

export const membership = pgTable(
  "membership",
  {
    agentId: integer("agent_id")
      .notNull()
      .references(() => agent.id),
    teamId: integer("team_id")
      .notNull()
      .references(() => team.id),
    fromDay: date("from_day").notNull(),
    toDay: date("to_day"),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.fromDay] })],
);

export const skill = pgTable("skill", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  name: text("name").notNull().unique(),
});

export const agentSkill = pgTable(
  "agent_skill",
  {
    agentId: integer("agent_id")
      .notNull()
      .references(() => agent.id),
    skillId: integer("skill_id")
      .notNull()
      .references(() => skill.id),
    proficiency: doublePrecision("proficiency").notNull(),
    fromDay: date("from_day").notNull(),
    toDay: date("to_day"),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.skillId, table.fromDay] })],
);

export const assistant = pgTable("assistant", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  name: text("name").notNull().unique(),
});

export const adoption = pgTable(
  "adoption",
  {
    assistantId: integer("assistant_id")
      .notNull()
      .references(() => assistant.id),
    agentId: integer("agent_id")
      .notNull()
      .references(() => agent.id),
    fromDay: date("from_day").notNull(),
    toDay: date("to_day"),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.assistantId, table.fromDay] })],
);

export const costRate = pgTable("cost_rate", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  agentId: integer("agent_id").references(() => agent.id),
  partyId: integer("party_id").references(() => party.id),
  agentKind: agentKind("agent_kind"),
  perHour: price("per_hour").notNull().default("0"),
  perContact: price("per_contact").notNull().default("0"),
  perAction: price("per_action").notNull().default("0"),
  currency: currencyCode("currency").notNull(),
  fromDay: date("from_day").notNull(),
  toDay: date("to_day"),
});

export const queue = pgTable("queue", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  uuid: uuid("uuid").notNull().unique().default(sql`uuid_v7()`),
  siteId: integer("site_id")
    .notNull()
    .references(() => site.id),
  name: text("name").notNull(),
  registered: boolean("registered").notNull().default(false),
});
