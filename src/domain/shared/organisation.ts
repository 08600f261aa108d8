/**
 * Who works here: parties, their teams and agents, what these can do, which assistant helps them,
 * what they cost, and the queues work arrives in.
 *
 * Everything that can change carries the days it holds, half-open: `fromDay` is in it, `toDay` is
 * not, null is "until further notice". Names are keys. Prices are decimal strings in major units.
 */

import type { AgentKind, Day, PartyKind } from "./vocabulary.ts";

export interface Validity {
  readonly fromDay: Day;
  readonly toDay: Day | null;
}

export interface Party {
  readonly name: string;
  readonly kind: PartyKind;
}

/** A team's name is unique within its party. */
export interface Team {
  readonly party: string;
  readonly name: string;
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
