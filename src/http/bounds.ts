/** What bounds a caller by role, and the store that each caller gets. */

import type { Bounds } from "../flows/read/scope.ts";
import { type Access, boundedStore } from "../store/bounded.ts";
import type { Caller, RouteContext } from "./mount.ts";

/** No row has it: who should be bound to a party or agent and is not sees nothing. */
const NOTHING = -1;

/** A manager, planner or administrator sees everything, a vendor its party, an agent itself. */
export function boundsOf(caller: Caller): Bounds {
  return {
    partyId: caller.role === "vendor" ? (caller.partyId ?? NOTHING) : null,
    agentId: caller.role === "agent" ? (caller.agentId ?? NOTHING) : null,
  };
}

/** The context of one request: a bounded caller's store is bounded by the database too. */
export function contextFor(context: RouteContext, caller: Caller, access: Access): RouteContext {
  const bounds = boundsOf(caller);
  if (bounds.partyId === null && bounds.agentId === null) return context;
  const { userId } = caller;
  return { ...context, store: boundedStore(context.store, { ...bounds, userId }, access) };
}
