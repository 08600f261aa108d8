/**
 * One dispatch: reads who waits and who is free, lets the domain decide, writes the offers.
 *
 * All in one transaction under a lock that only one dispatcher holds at a time, whichever process
 * it is in. The lock goes with the transaction's connection: a dispatcher whose connection is gone
 * can neither hold the lock nor write. Were the lock to fail, the unique index of the assignments
 * would refuse a second owner.
 */

import { assign } from "../../domain/dispatch/assign.ts";
import type { Store } from "../../store/connection.ts";
import { inTransaction } from "../../store/transaction.ts";
import { insertOffers } from "../../store/work/assignments.ts";
import { notifyWork } from "../../store/work/changes.ts";
import { freeAgents, takeDispatchLock, waitingTasks } from "../../store/work/situation.ts";
import { setTaskState } from "../../store/work/tasks.ts";
import { after, WORK_SETTINGS, type WorkSettings } from "./settings.ts";

export type Dispatched =
  | { readonly ran: true; readonly offered: number }
  /** Another dispatcher is at it this moment. */
  | { readonly ran: false };

export async function dispatch(
  store: Store,
  now: Date,
  settings: WorkSettings = WORK_SETTINGS,
): Promise<Dispatched> {
  return inTransaction(store.pool, async (sql) => {
    if (!(await takeDispatchLock(sql))) return { ran: false };
    const agents = await freeAgents(sql, now);
    if (agents.length === 0) return { ran: true, offered: 0 };
    const room = agents.reduce((sum, agent) => sum + agent.roomInAll, 0);
    const tasks = await waitingTasks(sql, {
      agents,
      now,
      limit: Math.min(room, settings.dispatchLimit),
      declinedSince: after(now, -settings.declineSeconds),
    });
    const offers = assign({ tasks, agents, now: now.getTime() });
    if (offers.length === 0) return { ran: true, offered: 0 };
    await insertOffers(sql, offers, { now, leaseUntil: after(now, settings.offerSeconds) });
    await setTaskState(
      sql,
      offers.map((offer) => offer.taskId),
      "offered",
    );
    const told = [...new Set(offers.map((offer) => offer.agentId))];
    await notifyWork(sql, { dispatch: false, agents: told });
    return { ran: true, offered: offers.length };
  });
}
