/**
 * Whose figures an answer holds is kept before the answer goes out. Not kept: agents who look at
 * themselves, and answers in which nobody can be told.
 */

import type { Queryable } from "../store/connection.ts";
import { namesOf } from "../store/dimensions.ts";
import { saveIndividualView } from "../store/individual-views.ts";

export interface Looked {
  readonly caller: { readonly userId: string; readonly agentId: number | null };
  readonly route: string;
  readonly query: unknown;
  readonly at: Date;
  /** Ids of the API. */
  readonly agents: ReadonlySet<string>;
}

/** Where in a list one is: no part of what was asked. */
const PLACES: ReadonlySet<string> = new Set(["cursor", "limit"]);

export async function keepIndividualView(db: Queryable, looked: Looked): Promise<void> {
  const { caller, route, at } = looked;
  const agents = new Set(looked.agents);
  if (caller.agentId !== null && agents.size > 0) {
    const self = (await namesOf(db, "agent", [caller.agentId])).get(caller.agentId);
    if (self !== undefined) agents.delete(self.uuid);
  }
  if (agents.size === 0) return;
  const question = Object.fromEntries(
    Object.entries(looked.query ?? {}).filter(([name]) => !PLACES.has(name)),
  );
  const { userId } = caller;
  await saveIndividualView(db, { at, userId, route, agents: [...agents], question });
}
