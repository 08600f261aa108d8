/**
 * What the dispatcher knows of waiting tasks and free agents, and what it answers with.
 *
 * Instants are milliseconds since 1970-01-01T00:00Z, costs are in the currency of the agents' rates
 * (one currency an installation), proficiency is the share of full speed an agent works at, 0 to 1.
 */

import type { Channel, Pool } from "../shared/vocabulary.ts";

export interface WaitingTask {
  readonly id: string;
  readonly channel: Channel;
  /** null: any agent will do. */
  readonly skill: string | null;
  readonly minProficiency: number;
  /** 0 for an ordinary task; each step up is worth PRIORITY_WORTH. */
  readonly priority: number;
  readonly dueAt: number | null;
  /** Of an agent at full proficiency. */
  readonly expectedSeconds: number;
  readonly waitingSince: number;
  /** Agents who gave it back a short while ago: they are not asked again now. */
  readonly declinedBy: readonly number[];
}

export interface FreeAgent {
  readonly id: number;
  readonly pool: Pool;
  readonly skills: Readonly<Record<string, number>>;
  /** How many more tasks the agent takes now, by channel and in all. */
  readonly room: Readonly<Partial<Record<Channel, number>>>;
  readonly roomInAll: number;
  readonly costPerHour: number;
  readonly costPerTask: number;
  readonly freeSince: number;
}

export interface Offer {
  readonly taskId: string;
  readonly agentId: number;
  /** Money: what the work is expected to cost. */
  readonly expectedCost: number;
  readonly why: Why;
}

/** The reasons, for people to read beside the assignment. */
export interface Why {
  readonly skill: string | null;
  readonly proficiency: number;
  readonly expectedCost: number;
  readonly expectedSeconds: number;
  /** Negative when overdue; null without a deadline. */
  readonly secondsToDeadline: number | null;
  /** How many other free agents could have taken it. */
  readonly alternatives: number;
}
