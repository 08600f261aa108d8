/** The enumerated types of the database, in the words of the domain where it has them. */

import { pgEnum } from "drizzle-orm/pg-core";
import {
  AGENT_KINDS,
  AGENT_STATES,
  CHANNELS,
  CONTACT_OUTCOMES,
  PARTY_KINDS,
  POOLS,
  ROLES,
} from "../../domain/shared/vocabulary.ts";

export const channel = pgEnum("channel", CHANNELS);
export const contactOutcome = pgEnum("contact_outcome", CONTACT_OUTCOMES);
export const agentKind = pgEnum("agent_kind", AGENT_KINDS);
export const partyKind = pgEnum("party_kind", PARTY_KINDS);
export const pool = pgEnum("pool", POOLS);
export const agentStateKind = pgEnum("agent_state_kind", AGENT_STATES);
export const role = pgEnum("role", ROLES);
export const batchState = pgEnum("batch_state", ["running", "done", "failed", "interrupted"]);
export const taskState = pgEnum("task_state", [
  "waiting",
  "offered",
  "accepted",
  "done",
  "cancelled",
]);
export const assignmentState = pgEnum("assignment_state", [
  "offered",
  "accepted",
  "done",
  "returned",
  "expired",
]);
export const runState = pgEnum("run_state", [
  "running",
  "done",
  "failed",
  "stopped",
  "missed",
  "interrupted",
]);
