/**
 * The words of the field, as types. One word, one meaning; `src/domain/README.md` explains each.
 */

export const CHANNELS = ["call", "chat", "email", "message", "ticket"] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * How a contact ended.
 * - `handled` an agent served it
 * - `abandoned` the customer left while waiting in the queue
 * - `redirected` it left the queue by key, timeout or overflow, without being served there
 * - `left_before_queue` the customer left in the menu, before any queue
 * - `phantom` the log says it is to be ignored
 * - `unfinished` the log holds no end of it (yet)
 */
export const CONTACT_OUTCOMES = [
  "handled",
  "abandoned",
  "redirected",
  "left_before_queue",
  "phantom",
  "unfinished",
] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

/** Outcomes of contacts that were offered to a queue and have ended: the base of service level. */
export const OFFERED_OUTCOMES: readonly ContactOutcome[] = ["handled", "abandoned", "redirected"];

export const AGENT_KINDS = ["human", "ai"] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

export const PARTY_KINDS = ["client", "vendor"] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** Where capacity comes from. */
export const POOLS = ["own", "vendor", "on_call", "ai"] as const;
export type Pool = (typeof POOLS)[number];

/**
 * What an agent's time was spent as. `signed_on` holds `available` (waiting for work), `aux` (breaks,
 * training: signed on but not to be had) and contact work; `scheduled` is what the roster said and
 * `paid` what is paid for, so the five overlap on purpose.
 */
export const AGENT_STATES = ["signed_on", "available", "aux", "scheduled", "paid"] as const;
export type AgentState = (typeof AGENT_STATES)[number];

export const ROLES = ["administrator", "manager", "planner", "vendor", "agent"] as const;
export type Role = (typeof ROLES)[number];

/** What figures can be grouped by. Weeks begin on Monday; all but agents to channels are local time. */
export const GROUPINGS = [
  "agent",
  "team",
  "party",
  "queue",
  "channel",
  "hour",
  "day",
  "week",
  "month",
] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A local calendar day, `YYYY-MM-DD`, in the site's zone. */
export type Day = string;

/** A half-open range of days: `from` is in it, `to` is not. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}
