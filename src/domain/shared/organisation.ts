/**
 * Who works here: parties, their teams and agents, what these can do, which assistant helps them,
 * what they cost, and the queues work arrives in.
 *
 * Everything that can change carries the days it holds, half-open: `fromDay` is in it, `toDay` is
 * not, null is "until further notice" or until the next of its kind begins. Names are keys; who is renamed
 * keeps its identity by its former name. Prices are decimal strings in major units.
 *
 * @example
 * entryKey("team", "North", "Cards") // => '["team","North","Cards"]'
 * entryKey("cost_rate", null, "North", null, "2026-01-01") // => '["cost_rate","","North","","2026-01-01"]'
 */

import type { AgentKind, Day, PartyKind } from "./vocabulary.ts";

export interface Validity {
  readonly fromDay: Day;
  readonly toDay: Day | null;
}

export interface Party {
  readonly name: string;
  readonly kind: PartyKind;
  readonly formerName?: string | undefined;
}

/** A team's name is unique within its party. */
export interface Team {
  readonly party: string;
  readonly name: string;
  readonly formerName?: string | undefined;
}

export interface Membership extends Validity {
  readonly party: string;
  readonly team: string;
}

export interface AgentSkill extends Validity {
  readonly skill: string;
  /** Above 0, at most 1. */
  readonly proficiency: number;
}

export interface Adoption extends Validity {
  readonly assistant: string;
}

export interface Agent {
  readonly name: string;
  readonly formerName?: string | undefined;
  readonly kind: AgentKind;
  readonly hiredOn: Day | null;
  readonly leftOn: Day | null;
  /** Further names that logs use for the agent. */
  readonly aliases: readonly string[];
  /** At most one team a day. */
  readonly memberships: readonly Membership[];
  readonly skills: readonly AgentSkill[];
  readonly adoptions: readonly Adoption[];
}

/** Of one agent, or of a party's agents of one kind, or of all agents of a party. */
export interface CostRate extends Validity {
  readonly agent: string | null;
  readonly party: string | null;
  readonly agentKind: AgentKind | null;
  readonly perHour: string;
  readonly perContact: string;
  readonly perAction: string;
  /** ISO 4217. */
  readonly currency: string;
}

export interface Organisation {
  readonly parties: readonly Party[];
  readonly teams: readonly Team[];
  readonly skills: readonly string[];
  readonly assistants: readonly string[];
  readonly queues: readonly string[];
  readonly agents: readonly Agent[];
  readonly costRates: readonly CostRate[];
}

/** An agent as a row of a table tells of one: what is undefined stays as it is. */
export interface AgentChange extends Omit<Agent, "kind" | "hiredOn" | "leftOn"> {
  readonly kind?: AgentKind | undefined;
  readonly hiredOn?: Day | null | undefined;
  readonly leftOn?: Day | null | undefined;
}

/** What is to be made or changed; whatever is not mentioned stays. A whole document is one too. */
export interface OrganisationChange extends Omit<Organisation, "agents"> {
  readonly agents: readonly AgentChange[];
}

export type EntryKind =
  | "party"
  | "team"
  | "skill"
  | "assistant"
  | "queue"
  | "agent"
  | "alias"
  | "membership"
  | "agent_skill"
  | "adoption"
  | "cost_rate";

/** Key of what the organisation says of one thing, such as a team or a membership, to what it says. */
export type OrganisationEntries = ReadonlyMap<string, string>;

/** The key of an entry: its kind and the names and days that make it one. */
export function entryKey(kind: EntryKind, ...parts: readonly (string | null)[]): string {
  return JSON.stringify([kind, ...parts.map((part) => part ?? "")]);
}

/** The keys of all that a document or a change mentions. */
export function keysOfChange(change: OrganisationChange): string[] {
  const { parties, teams, skills, assistants, queues, agents, costRates } = change;
  return [
    ...parties.map(({ name }) => entryKey("party", name)),
    ...teams.map(({ party, name }) => entryKey("team", party, name)),
    ...skills.map((name) => entryKey("skill", name)),
    ...assistants.map((name) => entryKey("assistant", name)),
    ...queues.map((name) => entryKey("queue", name)),
    ...agents.flatMap(keysOfAgent),
    ...costRates.map(({ agent, party, agentKind, fromDay }) =>
      entryKey("cost_rate", agent, party, agentKind, fromDay),
    ),
  ];
}

function keysOfAgent({ name, aliases, memberships, skills, adoptions }: AgentChange): string[] {
  return [
    entryKey("agent", name),
    ...aliases.map((alias) => entryKey("alias", alias)),
    ...memberships.map(({ fromDay }) => entryKey("membership", name, fromDay)),
    ...skills.map(({ skill, fromDay }) => entryKey("agent_skill", name, skill, fromDay)),
    ...adoptions.map(({ assistant, fromDay }) => entryKey("adoption", name, assistant, fromDay)),
  ];
}
