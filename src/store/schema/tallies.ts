/** What is counted from the facts: additive, rebuildable. Id 0 is "no agent" and "no queue". */

import { boolean, date, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { count, instant } from "./columns.ts";
import { channel } from "./enums.ts";

export const tallyAgentDay = pgTable(
  "tally_agent_day",
  {
    agentId: integer("agent_id").notNull(),
    localDay: date("local_day").notNull(),
    queueId: integer("queue_id").notNull(),
    channel: channel("channel").notNull(),
    assisted: boolean("assisted").notNull(),
    contacts: count("contacts").notNull().default(0),
    handled: count("handled").notNull().default(0),
    abandoned: count("abandoned").notNull().default(0),
    redirected: count("redirected").notNull().default(0),
    leftBeforeQueue: count("left_before_queue").notNull().default(0),
    phantom: count("phantom").notNull().default(0),
    unfinished: count("unfinished").notNull().default(0),
    transferred: count("transferred").notNull().default(0),
    talkSeconds: count("talk_seconds").notNull().default(0),
    holdSeconds: count("hold_seconds").notNull().default(0),
    wrapSeconds: count("wrap_seconds").notNull().default(0),
    handleSeconds: count("handle_seconds").notNull().default(0),
    handleSecondsSquared: count("handle_seconds_squared").notNull().default(0),
    answeredWaitSeconds: count("answered_wait_seconds").notNull().default(0),
    abandonedWaitSeconds: count("abandoned_wait_seconds").notNull().default(0),
    customerKnown: count("customer_known").notNull().default(0),
    repeated1d: count("repeated_1d").notNull().default(0),
    repeated7d: count("repeated_7d").notNull().default(0),
    repeated14d: count("repeated_14d").notNull().default(0),
    repeated30d: count("repeated_30d").notNull().default(0),
    surveys: count("surveys").notNull().default(0),
    surveyMilliPoints: count("survey_milli_points").notNull().default(0),
    surveyMilliPointsSquared: count("survey_milli_points_squared").notNull().default(0),
    complaints: count("complaints").notNull().default(0),
    complaintsUpheld: count("complaints_upheld").notNull().default(0),
    actions: count("actions").notNull().default(0),
    actionsVerified: count("actions_verified").notNull().default(0),
    handOffs: count("hand_offs").notNull().default(0),
    ticketsResolved: count("tickets_resolved").notNull().default(0),
  },
  (table) => [
    primaryKey({
      columns: [table.agentId, table.localDay, table.queueId, table.channel, table.assisted],
    }),
  ],
);

export const tallyAgentTime = pgTable(
  "tally_agent_time",
  {
    agentId: integer("agent_id").notNull(),
    localDay: date("local_day").notNull(),
    signedOnSeconds: count("signed_on_seconds").notNull().default(0),
    availableSeconds: count("available_seconds").notNull().default(0),
    auxSeconds: count("aux_seconds").notNull().default(0),
    scheduledSeconds: count("scheduled_seconds").notNull().default(0),
    paidSeconds: count("paid_seconds").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.localDay] })],
);

export const tallyInterval = pgTable(
  "tally_interval",
  {
    queueId: integer("queue_id").notNull(),
    channel: channel("channel").notNull(),
    startsAt: instant("starts_at").notNull(),
    localDay: date("local_day").notNull(),
    offered: count("offered").notNull().default(0),
    handled: count("handled").notNull().default(0),
    abandoned: count("abandoned").notNull().default(0),
    redirected: count("redirected").notNull().default(0),
    handleSeconds: count("handle_seconds").notNull().default(0),
    answeredWaitSeconds: count("answered_wait_seconds").notNull().default(0),
    abandonedWaitSeconds: count("abandoned_wait_seconds").notNull().default(0),
    answeredWithin10s: count("answered_within_10s").notNull().default(0),
    answeredWithin20s: count("answered_within_20s").notNull().default(0),
    answeredWithin30s: count("answered_within_30s").notNull().default(0),
    answeredWithin60s: count("answered_within_60s").notNull().default(0),
    answeredWithin120s: count("answered_within_120s").notNull().default(0),
    answeredWithin300s: count("answered_within_300s").notNull().default(0),
    abandonedWithin10s: count("abandoned_within_10s").notNull().default(0),
    abandonedWithin20s: count("abandoned_within_20s").notNull().default(0),
    abandonedWithin30s: count("abandoned_within_30s").notNull().default(0),
    abandonedWithin60s: count("abandoned_within_60s").notNull().default(0),
    abandonedWithin120s: count("abandoned_within_120s").notNull().default(0),
    abandonedWithin300s: count("abandoned_within_300s").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.queueId, table.channel, table.startsAt, table.localDay] }),
  ],
);
