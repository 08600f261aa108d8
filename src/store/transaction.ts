/** One transaction on one connection: committed when the work returns, rolled back when it throws. */

import type { Pool, PoolClient } from "pg";

export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return transact(await pool.connect(), work);
}

/** The same on a connection of the pool, which goes back to it, or is closed where `closing`. */
export async function transact<T>(
  client: PoolClient,
  work: (client: PoolClient) => Promise<T>,
  closing = false,
): Promise<T> {
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away instead of going back to the pool.
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken ?? closing);
  }
}

const TAKEN_BACK = Symbol("taken back");

/** The same, but everything is rolled back at its end: what would come of it, and nothing has. */
export async function inTrial<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  let result: { readonly of: T } | null = null;
  const trial = inTransaction(pool, async (client) => {
    result = { of: await work(client) };
    throw TAKEN_BACK;
  });
  await trial.catch((error: unknown) => {
    if (error !== TAKEN_BACK) throw error;
  });
  return (result as unknown as { readonly of: T }).of;
}
