/**
 * Who sees agents by their names: the one place that decides it. Whoever answers for people sees names, a
 * vendor those of its own people, agents their own. Planners need to tell agents apart and not who they
 * are, so each agent has a lasting pseudonym for them.
 * Findings and rows that were not taken stand as in the files, for whoever may put them right: a name that
 * is written two ways cannot be told under a pseudonym. Each look at them is kept as one at figures is.
 */

import { type NameLanguage, pseudonymOf } from "../../domain/shared/pseudonym.ts";
import type { Role } from "../../domain/shared/vocabulary.ts";

interface Called {
  readonly uuid: string;
  readonly name: string;
}

export interface AgentNaming {
  /** Two of one kind call every agent alike. */
  readonly kind: "names" | NameLanguage;
  /** What an agent is called, as far as the reader may know. */
  readonly nameOf: (agent: Called) => string;
}

export const BY_NAME: AgentNaming = { kind: "names", nameOf: ({ name }) => name };

export function seesNames(role: Role): boolean {
  return role !== "planner";
}

export function namingFor(role: Role, language: NameLanguage): AgentNaming {
  if (seesNames(role)) return BY_NAME;
  return { kind: language, nameOf: ({ uuid }) => pseudonymOf(uuid, language) };
}
