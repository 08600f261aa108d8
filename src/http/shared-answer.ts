/** The answer of a shared route: made once for all requests that everything it depends on is the same of. */

import type { Answer, Answers } from "./answers.ts";
import { boundsOf } from "./bounds.ts";
import type { Handler, MountedRoute, RouteContext } from "./mount.ts";
import { isInPieces, jsonOfPieces } from "./pieces.ts";

/** A day begins on a quarter of an hour in every zone there is. */
const QUARTER_MS = 900_000;

type Input = Parameters<Handler<MountedRoute["route"]>>[0];

interface SharedRim {
  readonly answers: Answers;
  /** Of the server: it sees all data, and its version. */
  readonly context: RouteContext;
  readonly stopping: AbortSignal;
}

export function sharedAnswer(
  { route, handle }: MountedRoute,
  input: Input,
  { answers, context, stopping }: SharedRim,
): Promise<Answer> {
  return answers.to(questionOf(route.path, input, context.now()), context.store, async () => {
    const shown = new Set<string>();
    const shows = (agents: Iterable<string>) => {
      for (const agent of agents) shown.add(agent);
    };
    const shownIds: number[] = [];
    const showsMany = (agentIds: readonly number[]) => {
      for (const id of agentIds) shownIds.push(id);
    };
    // Others may wait for it when the one who asked first has gone.
    const body = await handle({ ...input, shows, showsMany, signal: stopping });
    const json = isInPieces(body)
      ? await jsonOfPieces(body, route)
      : Buffer.from(JSON.stringify(body));
    return { json, shown, shownIds };
  });
}

function questionOf(path: string, { params, query, caller, naming }: Input, now: Date): string {
  const { role, userId } = caller;
  const { partyId, agentId } = boundsOf(caller);
  // Whoever is bounded shares with nobody: an answer under one's bounds is for no other account.
  const alone = partyId === null && agentId === null ? null : userId;
  const quarter = Math.floor(now.getTime() / QUARTER_MS);
  const rights = [role, partyId, agentId, alone];
  return JSON.stringify([path, params, query ?? null, rights, naming.kind, quarter]);
}
