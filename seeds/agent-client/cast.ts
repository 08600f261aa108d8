/**
 * Who plays: some 40 people of all parties and all AI agents, of those who worked in the last
 * days.
 */

import type { z } from "zod";
import type { Channel, Pool } from "../../src/domain/shared/vocabulary.ts";
import type { dimensions, spread } from "../../src/http/contract/reading.ts";
import { integer, shuffled, stream } from "../random.ts";
import type { Api } from "./api.ts";

export interface Player {
  readonly id: string;
  readonly kind: "human" | "ai";
  readonly pool: Pool;
  readonly capacity: Readonly<Partial<Record<Channel, number>>>;
  readonly capacityTotal: number;
}

type Dimensions = z.infer<typeof dimensions.response>;
type AgentRows = z.infer<typeof spread.response>["agents"];

const RECENT_DAYS = 7;
/** One in so many of the bank's own people is on call. */
const ON_CALL_IN = 7;

export interface Stage {
  readonly players: readonly Player[];
  readonly queues: Dimensions["queues"];
}

export async function stageOf(api: Api, seed: number, humans: number): Promise<Stage> {
  const { parties, queues, lastDay } = await api.get<Dimensions>("/dimensions");
  const { agents } = await api.get<{ agents: AgentRows }>(
    `/spread?metric=meanHandleSeconds${recent(lastDay)}`,
  );
  const chance = stream(seed, "client/cast");
  const vendors = new Set(parties.filter(({ kind }) => kind === "vendor").map(({ name }) => name));
  const people = agents.filter((agent) => agent.kind === "human");
  const known = people.filter((agent) => agent.party !== null);
  const machines = agents.filter((agent) => agent.kind === "ai" && agent.party !== null);
  const players = shuffled(chance, known)
    .slice(0, humans)
    .map(({ agent, party }): Player => {
      const own = integer(chance, 1, ON_CALL_IN) === 1 ? "on_call" : "own";
      const pool = vendors.has(party ?? "") ? "vendor" : own;
      const capacity = { call: 1, chat: 2, email: 1, message: 2, ticket: 1 };
      return { id: agent, kind: "human", pool, capacity, capacityTotal: 2 };
    });
  return {
    queues,
    players: [
      ...players,
      ...machines.map(({ agent }): Player => {
        const capacity = { chat: 6, email: 4, message: 6 };
        return { id: agent, kind: "ai", pool: "ai", capacity, capacityTotal: 8 };
      }),
    ],
  };
}

function recent(lastDay: string | null): string {
  if (lastDay === null) return "";
  const at = Date.parse(`${lastDay}T00:00:00Z`);
  const dayAt = (days: number) => new Date(at + days * 86_400_000).toISOString().slice(0, 10);
  return `&from=${dayAt(1 - RECENT_DAYS)}&to=${dayAt(1)}`;
}
