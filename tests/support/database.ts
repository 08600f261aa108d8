/** A database of its own for a test file, copied from the migrated template in some 25 ms. */

import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { openStore, type Store } from "../../src/store/connection.ts";
import { databaseUrl } from "./database-url.ts";

let made = 0;

/**
 * Makes a database and opens it. Call it at the top of a test file (`const store = await
 * testDatabase()`): it is closed and dropped after the last test. `empty` leaves out the schema.
 */
export async function testDatabase(
  options: { readonly empty?: boolean; readonly maxConnections?: number } = {},
): Promise<Store> {
  const template = options.empty ? "template0" : inject("databasePrefix");
  return copyOf(template, "wal_log", options.maxConnections);
}

/**
 * A copy of a database that nobody uses, opened; dropped after the last test of the file. A large one is
 * copied file by file, which costs a checkpoint; a small one through the log.
 */
export async function copyOf(
  template: string,
  strategy: "wal_log" | "file_copy",
  maxConnections = 5,
): Promise<Store> {
  made += 1;
  const name = `${inject("databasePrefix")}_${process.pid}_${made}`;
  await administer(
    `create database ${name} template ${template} encoding 'UTF8' strategy ${strategy}`,
  );
  const store = await openStore({
    databaseUrl: databaseUrl(inject("adminUrl"), name),
    maxConnections,
  });
  afterAll(async () => {
    await store.close();
    await administer(`drop database if exists ${name} with (force)`);
  });
  return store;
}

const RETRIES = 40;
const RETRY_MS = 500;

/**
 * Dropping a database asks for a checkpoint, which fails while another test fills a disk of the same
 * server: then it is asked for again.
 */
async function administer(statement: string, retries = RETRIES): Promise<void> {
  try {
    await once(statement);
  } catch (error) {
    if (retries === 0 || !/checkpoint request failed/.test(String(error))) throw error;
    await pause(RETRY_MS);
    await administer(statement, retries - 1);
  }
}

async function once(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("adminUrl") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
