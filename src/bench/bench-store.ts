/** A database of the bench's own on the same server, made empty and dropped at the end. */

import { openStore, type Store } from "../store/connection.ts";
import { migrate } from "../store/migrate.ts";

export async function withBenchStore<T>(
  store: Store,
  work: (bench: Store) => Promise<T>,
): Promise<T> {
  const name = `muster_bench_${process.pid}`;
  await store.pool.query(`drop database if exists ${name}`);
  await store.pool.query(`create database ${name} template template0 encoding 'UTF8'`);
  // The embedded server's address has no host, which URL refuses.
  const databaseUrl = store.url.replace(/\/[^/?]*(?=\?|$)/, `/${name}`);
  try {
    const bench = await openStore({ databaseUrl });
    try {
      await migrate(bench.pool);
      return await work(bench);
    } finally {
      await bench.close();
    }
  } finally {
    await store.pool.query(`drop database if exists ${name} with (force)`);
  }
}

/** Seconds that a piece of work took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
