/**
 * Takes stretches into the store, each in one transaction: facts, tallies, rejects and the counts of
 * the batch stand or fall together.
 *
 * Two things go on at once: one stretch is applied while the next is parsed and then carried to its
 * stage on another connection. They are applied in the order of the file, so that the later of two rows
 * with one id replaces the earlier. Parsing waits for the carrying: both want this process, and a stage
 * that is filled late leaves the database idle.
 */

import type { PoolClient } from "pg";
import type { FactKind } from "../../domain/shared/records.ts";
import type { Store } from "../../store/connection.ts";
import { applyFacts, stageFacts } from "../../store/import/apply.ts";
import { countBatch, saveRejects } from "../../store/import/batches.ts";
import type { BatchIdentity } from "../../store/import/classify.ts";
import { inTransaction } from "../../store/transaction.ts";
import type { Stretch } from "./stretch.ts";

export interface StretchCounts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
}

export interface StretchTaker {
  /** Resolves when the stretch is staged and the next may come, not when it has been taken. */
  take(stretch: Stretch): Promise<void>;
  /** Resolves when all have been taken; throws what one of them failed with. */
  finish(): Promise<void>;
}

/** One is applied and one staged; a third waits. */
const MOST_UNDER_WAY = 2;

export function stretchTaker(
  store: Store,
  batch: BatchIdentity,
  counted: (counts: StretchCounts, stretch: Stretch) => void,
): StretchTaker {
  const underWay: Promise<void>[] = [];
  let before: Promise<void> = Promise.resolve();
  return {
    take: async (stretch) => {
      if (underWay.length >= MOST_UNDER_WAY) await underWay.shift();
      const previous = before;
      let onStaged = () => {};
      const staged = new Promise<void>((resolve) => {
        onStaged = resolve;
      });
      before = takeStretch(store, batch, stretch, { previous, onStaged }).then((counts) =>
        counted(counts, stretch),
      );
      // Its failure is met when it is awaited; until then it must not count as unhandled.
      before.catch(onStaged);
      underWay.push(before);
      await staged;
    },
    finish: async () => {
      for (const taking of underWay) await taking;
    },
  };
}

/** Memory for the sorts and hashes of one stretch, which are larger than those of any other query. */
const APPLY_WORK_MEMORY = "96MB";

async function takeStretch(
  store: Store,
  batch: BatchIdentity,
  { pieces, rejects }: Stretch,
  { previous, onStaged }: { readonly previous: Promise<void>; readonly onStaged: () => void },
): Promise<StretchCounts> {
  return inTransaction(store.pool, async (client: PoolClient) => {
    await client.query(`set local work_mem = '${APPLY_WORK_MEMORY}'`);
    await stageFacts(client, pieces);
    onStaged();
    await previous;
    const applied = await applyFacts(client, batch, [...pieces.keys()] as FactKind[]);
    await saveRejects(client, batch, rejects);
    const counts = { ...applied, rejected: rejects.length };
    await countBatch(client, batch.batchId, counts);
    return counts;
  });
}
