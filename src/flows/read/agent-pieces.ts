/**
 * What is answered by agent when there are very many. Agents are looked at a piece at a time, so that no
 * more than a piece is ever held and other requests are answered between two. A list for a page ends after
 * the most rows that it may have, with those who handled most in it; a file has them all.
 */

import { addDays } from "../../domain/shared/days.ts";
import type { Grouping } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../../store/connection.ts";
import { namesOfPersons } from "../../store/dimensions.ts";
import { agentRanks, moreAgentsThan } from "../../store/reports/agent-ranks.ts";
import type { Asking } from "./scope.ts";

/** Rows that are made at a time: some 100 ms of work. */
const ROWS_A_PIECE = 1000;

/** How many agents are listed, and of how many. */
export interface AgentCut {
  readonly listed: number;
  readonly of: number;
}

export interface ManyAgents {
  /** Null where all are listed. */
  readonly cut: AgentCut | null;
  /** Who is listed, by the store's ids. */
  readonly agents: readonly number[];
  /** The question a piece of the agents at a time. */
  readonly askings: () => AsyncIterable<Asking>;
}

/** Null where the agents of the question are so few that they are one piece. */
export async function manyAgents(
  store: Store,
  asking: Asking,
  { by, mostRows }: { readonly by: readonly Grouping[]; readonly mostRows: number | null },
): Promise<ManyAgents | null> {
  const rowsOfOne = rowsOfAgent(asking, by);
  const piece = Math.max(1, Math.floor(ROWS_A_PIECE / rowsOfOne));
  if (!(await moreAgentsThan(store.db, piece))) return null;
  const { agents, nobodys } = await agentRanks(store, asking.scope);
  if (agents.length <= piece) return null;
  const most = mostRows === null ? agents.length : Math.max(1, Math.floor(mostRows / rowsOfOne));
  const listed = agents.slice(0, most);
  const isCut = listed.length < agents.length;
  return {
    cut: isCut ? { listed: listed.length, of: agents.length } : null,
    agents: listed,
    askings: async function* () {
      for (let from = 0; from < listed.length; from += piece) {
        const names = await namesOfPersons(store.db, listed.slice(from, from + piece));
        // Contacts that nobody had stand first.
        const own = from === 0 && nobodys ? [0, ...names] : names;
        yield { ...asking, scope: { ...asking.scope, agents: own } };
      }
    },
  };
}

/** The rows that one agent has at most, as far as the period tells. */
function rowsOfAgent({ scope }: Asking, by: readonly Grouping[]): number {
  let days = 0;
  for (let day = scope.from; day < scope.to; day = addDays(day, 1)) days += 1;
  if (by.includes("day")) return Math.max(1, days);
  if (by.includes("week")) return Math.ceil(days / 7) + 1;
  return by.includes("month") ? Math.ceil(days / 28) + 1 : 1;
}
