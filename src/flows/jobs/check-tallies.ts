/**
 * Proves the tallies: counts everything anew beside them and compares, cell by cell. Differences mean a
 * defect of ours; they are put right by the recount and reported loudly.
 */

import type { Store } from "../../store/connection.ts";
import { lockFacts } from "../../store/import/locks.ts";
import { compareWithRecount, type TallyDifference } from "../../store/tally/rebuild.ts";
import { inTransaction } from "../../store/transaction.ts";

export interface TallyCheck {
  readonly cells: number;
  readonly differences: readonly TallyDifference[];
}

export async function checkTallies(store: Store): Promise<TallyCheck> {
  return inTransaction(store.pool, async (client) => {
    await lockFacts(client);
    return compareWithRecount(client);
  });
}
