/**
 * Who waits for whom among importers.
 *
 * One import of a source at a time: rows of two could clash on a key before either has counted, and
 * each wait for the other. One transaction at a time counts, whatever its source. The numbers are any
 * that nothing else locks.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase, Pool } from "pg";

const FACTS_LOCK = 7_305_411;
const IMPORT_LOCKS = 7_305_412;
const ORGANISATION_LOCK = 7_305_419;
const ASK_AGAIN_MS = 200;

/** Waits for other transactions that count; held until the transaction ends. */
export async function lockFacts(client: ClientBase): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [FACTS_LOCK]);
}

/** Waits for other transactions that change who works here; held until the transaction ends. */
export async function lockOrganisation(client: ClientBase): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [ORGANISATION_LOCK]);
}

/**
 * Does work while nobody else imports from the source, in this process or another. A process that dies
 * lets go with its connection. `onWait` is told once, if it has to wait.
 */
export async function asOnlyImporter<T>(
  pool: Pool,
  sourceId: number,
  { signal, onWait }: { readonly signal?: AbortSignal | undefined; onWait?: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const ask = async (question: string) => {
    const { rows } = await client.query<{ yes: boolean }>(`select ${question}($1, $2) as yes`, [
      IMPORT_LOCKS,
      sourceId,
    ]);
    return rows[0]?.yes === true;
  };
  try {
    for (let waits = 0; !(await ask("pg_try_advisory_lock")); waits++) {
      if (waits === 0) onWait?.();
      signal?.throwIfAborted();
      await sleep(ASK_AGAIN_MS);
    }
    try {
      return await work();
    } finally {
      // A connection that cannot let go is closed, which lets go.
      await ask("pg_advisory_unlock").catch((failure: Error) => {
        broken = failure;
      });
    }
  } finally {
    client.release(broken);
  }
}
