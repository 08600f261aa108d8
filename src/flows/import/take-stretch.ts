/**
 * Takes stretches into the store, each in one transaction: facts, tallies, rejects and the counts of
 * the batch stand or fall together.
 *
 * One stretch is counted while the next is parsed and, at the same time, carried on another connection.
 * They are taken in the order of the file, so that the later of two rows with one id replaces the
 * earlier; and one that is taken carefully is taken whole before the next is carried, which could
 * otherwise hold a row that the careful one has to wait for.
 */

import type { PoolClient } from "pg";
import { inBackground } from "../../store/background.ts";
import type { Store } from "../../store/connection.ts";
import { applyStaged, carryFacts, countCarried, stageFacts } from "../../store/import/apply.ts";
import { countBatch, saveRejects } from "../../store/import/batches.ts";
import type { RowCounts } from "../../store/import/classify.ts";
import type { BatchIdentity } from "../../store/import/copy-binary.ts";
import { inTransaction } from "../../store/transaction.ts";
import type { Stretch } from "./stretch.ts";

export interface StretchCounts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
}

export interface StretchTaker {
  /** Begins to carry a stretch, which may still be filled. Resolves when there is room for it. */
  begin(stretch: Stretch): Promise<void>;
  /** Resolves when all have been taken; throws what one of them failed with. */
  finish(): Promise<void>;
}

/** A stretch that has been handed over: when the next may be carried, and when it has been taken. */
interface UnderWay {
  readonly carried: Promise<unknown>;
  readonly taken: Promise<unknown>;
}

/** Rows of a stretch from which on it gives way to others. */
const MANY_ROWS = 5000;
/** One is counted and one carried. */
const MOST_UNDER_WAY = 2;

export function stretchTaker(
  store: Store,
  batch: BatchIdentity,
  counted: (counts: StretchCounts, stretch: Stretch) => void,
): StretchTaker {
  const underWay: UnderWay[] = [];
  let begun: Stretch | null = null;
  let latest: UnderWay = { carried: Promise.resolve(), taken: Promise.resolve() };
  return {
    begin: async (stretch) => {
      if (begun === stretch) return;
      if (underWay.length >= MOST_UNDER_WAY) await underWay.shift()?.taken;
      begun = stretch;
      const previous = latest;
      let onCarried = () => {};
      const carried = new Promise<void>((resolve) => {
        onCarried = resolve;
      });
      const taken = takeStretch(store, batch, stretch, { previous, onCarried })
        .then((counts) => counted(counts, stretch))
        .finally(onCarried);
      // Its failure is met when it is awaited; until then it must not count as unhandled.
      taken.catch(() => undefined);
      latest = { carried, taken };
      underWay.push(latest);
    },
    finish: async () => {
      for (const { taken } of underWay) await taken;
    },
  };
}

interface Turn {
  readonly previous: UnderWay;
  readonly onCarried: () => void;
}

/**
 * The hopeful way, and where a row is not new the careful way (see `apply.ts`). What has come whole when
 * it is begun is a few rows, which the hopeful way would have to look for in the whole table.
 */
async function takeStretch(
  store: Store,
  batch: BatchIdentity,
  stretch: Stretch,
  turn: Turn,
): Promise<StretchCounts> {
  let isCarried = false;
  const { previous } = turn;
  const onCarried = () => {
    isCarried = true;
    turn.onCarried();
  };
  const isSmall = stretch.isClosed;
  await previous.carried;
  if (isSmall) return takeCarefully(store, batch, stretch, previous);
  try {
    return await takeHopefully(store, batch, stretch, { previous, onCarried });
  } catch (error) {
    if (isCarried || (error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
  }
  return takeCarefully(store, batch, stretch, previous);
}

const UNIQUE_VIOLATION = "23505";

async function takeHopefully(
  store: Store,
  batch: BatchIdentity,
  stretch: Stretch,
  { previous, onCarried }: Turn,
): Promise<StretchCounts> {
  return inBackground(store.pool, async (client) => {
    const changes = await carryFacts(client, stretch.feeds);
    for (const feed of stretch.feeds.values()) feed.drop();
    onCarried();
    await previous.taken;
    await prepare(client);
    await countCarried(client, changes);
    return close(client, batch, stretch, { accepted: stretch.taken, duplicates: 0, replaced: 0 });
  });
}

async function takeCarefully(
  store: Store,
  batch: BatchIdentity,
  stretch: Stretch,
  previous: UnderWay,
): Promise<StretchCounts> {
  // A few rows are soon taken, and a connection of their own would cost more than they do.
  const within = stretch.rows < MANY_ROWS ? inTransaction : inBackground;
  return within(store.pool, async (client) => {
    await prepare(client);
    await stageFacts(client, stretch.feeds);
    await previous.taken;
    const counts = await applyStaged(client, [...stretch.feeds.keys()]);
    return close(client, batch, stretch, counts);
  });
}

/**
 * Memory for the sorts and hashes of one stretch, which are larger than those of any other query; and a
 * price for each look into an index that makes it hash a hundred thousand customers (0.4 s) instead of
 * looking them up one by one (0.9 s).
 */
export async function prepare(client: PoolClient): Promise<void> {
  await client.query("set local work_mem = '96MB'; set local random_page_cost = 4");
}

async function close(
  client: PoolClient,
  batch: BatchIdentity,
  { rejects }: Stretch,
  taken: RowCounts,
): Promise<StretchCounts> {
  await saveRejects(client, batch, rejects);
  const counts = { ...taken, rejected: rejects.length };
  await countBatch(client, batch.batchId, counts);
  return counts;
}
