/**
 * What most commands need: the settings, the open and migrated store, the installation's key, and a
 * signal that Ctrl-C fires. The store is closed whatever happens, and the embedded server with it.
 */

import { hostname } from "node:os";
import type { Config } from "../config.ts";
import { installationKey } from "../flows/installation.ts";
import { openStore, type Store } from "../store/connection.ts";
import { migrate } from "../store/migrate.ts";

export interface Session {
  readonly config: Config;
  readonly store: Store;
  readonly installationKey: Uint8Array;
  /** Which process this is, in ledgers: host and process id. */
  readonly owner: string;
  readonly now: () => Date;
  /** Fires at Ctrl-C and at termination. */
  readonly signal: AbortSignal;
}

export async function withSession<T>(
  config: Config,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error("stopped"));
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataFolder: config.dataFolder,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    await migrate(store.pool);
    const place = { key: config.key, dataFolder: config.dataFolder };
    return await work({
      config,
      store,
      installationKey: await installationKey(store, place),
      owner: `${hostname()}:${process.pid}`,
      now: () => new Date(),
      signal: stop.signal,
    });
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    await store.close();
  }
}
