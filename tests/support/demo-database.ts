/** The demo centre for a test file: made once in a run of the tests, then copied. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import type { Session } from "../../src/cli/session.ts";
import { readConfig } from "../../src/config.ts";
import { DEMO_SEED, makeDemo } from "../../src/demo.ts";
import { openStore, type Store } from "../../src/store/connection.ts";
import { copyOf } from "./database.ts";
import { databaseUrl } from "./database-url.ts";

const LOCK = 7_301_201;

/** A session of the tests: their key, no settings of the environment. */
export function testSession(store: Store, dataFolder: string): Session {
  return {
    config: { ...readConfig({}), dataFolder, logLevel: "error" },
    store,
    installationKey: Buffer.alloc(32, 7),
    owner: `test:${process.pid}`,
    now: () => new Date(),
    signal: new AbortController().signal,
  };
}

/** Opens a copy of the demo centre. Call it at the top of a test file. */
export async function demoDatabase(maxConnections = 12): Promise<Store> {
  return copyOf(await demoTemplate(), "file_copy", maxConnections);
}

/** Whoever comes first makes it, and the others wait. */
async function demoTemplate(): Promise<string> {
  const prefix = inject("databasePrefix");
  const name = `${prefix}_demo`;
  const client = new pg.Client({ connectionString: inject("adminUrl") });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      // Under another name until it is whole: a process that dies on the way leaves no half of it.
      const unfinished = `${name}_${process.pid}`;
      await client.query(`create database ${unfinished} template ${prefix} encoding 'UTF8'`);
      await fill(databaseUrl(inject("adminUrl"), unfinished));
      await client.query(`alter database ${unfinished} rename to ${name}`);
    }
    return name;
  } finally {
    await client.end();
  }
}

async function fill(url: string): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), "muster-demo-"));
  const store = await openStore({ databaseUrl: url });
  try {
    await makeDemo(testSession(store, dataFolder), DEMO_SEED);
  } finally {
    await store.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
