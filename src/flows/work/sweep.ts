/**
 * What time undoes: leases that ended, and agents not heard of any more. Safe to run anywhere,
 * twice.
 */

import type { Store } from "../../store/connection.ts";
import { inTransaction } from "../../store/transaction.ts";
import { type Ended, expireLeases, returnOffers } from "../../store/work/assignments.ts";
import { notifyWork } from "../../store/work/changes.ts";
import { deleteUnseenPresence } from "../../store/work/presence.ts";
import type { Sql } from "../../store/work/sql.ts";
import { releaseTasks } from "../../store/work/tasks.ts";
import { after, WORK_SETTINGS, type WorkSettings } from "./settings.ts";

export interface Swept {
  readonly expired: number;
  readonly signedOff: number;
  readonly returned: number;
}

export async function sweep(
  store: Store,
  now: Date,
  settings: WorkSettings = WORK_SETTINGS,
): Promise<Swept> {
  const expired = await inTransaction(store.pool, async (sql) => {
    const ended = await expireLeases(sql, now);
    await backToTheQueue(sql, ended);
    return ended.length;
  });
  // A transaction of its own: presence is locked before assignments, everywhere.
  return inTransaction(store.pool, async (sql) => {
    const gone = await deleteUnseenPresence(sql, after(now, -settings.seenSeconds));
    if (gone.length === 0) return { expired, signedOff: 0, returned: 0 };
    const ended = await returnOffers(sql, gone, now);
    await backToTheQueue(sql, ended);
    await notifyWork(sql, { dispatch: false, agents: gone });
    return { expired, signedOff: gone.length, returned: ended.length };
  });
}

async function backToTheQueue(sql: Sql, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return;
  await releaseTasks(
    sql,
    ended.map((each) => each.taskId),
  );
  await notifyWork(sql, {
    dispatch: true,
    agents: [...new Set(ended.map((each) => each.agentId))],
  });
}
