/**
 * The embedded PostgreSQL of a data folder: started by the first Muster that needs it, used by the
 * next ones, ended by the last. One that a crash left running is taken over and ended in turn.
 */

import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { inputError } from "../../domain/shared/errors.ts";
import { type Binaries, packagedNative, platformName, prepareBinaries } from "./binaries.ts";
import { CLUSTER_USER, clusterPassword, ensureCluster } from "./cluster.ts";
import { launch } from "./launch.ts";
import { withLock, withLockNow } from "./lock.ts";
import { onExit } from "./on-exit.ts";
import { findPlaces, type Places, ROOT_HOMES } from "./places.ts";
import { type Postmaster, runningPostmaster } from "./postmaster.ts";
import type { ServerSettings } from "./settings.ts";
import { checkSocketFolder } from "./socket-folder.ts";
import { type Stopping, stop, stopNow } from "./stop.ts";
import { countUsers, register, unregister } from "./users.ts";

export interface EmbeddedOptions {
  readonly dataFolder: string;
  /** Settings of PostgreSQL over those of `settings.ts`. They count for whoever starts the server. */
  readonly settings?: ServerSettings;
  /** Told in one line what a user should know: where data lives, what is being waited for. */
  readonly say?: (line: string) => void;
  /** Where npm put PostgreSQL, if not where its package says. */
  readonly native?: string;
  /** Folders for what root cannot keep in the data folder. */
  readonly rootHomes?: readonly string[];
}

/** How to reach a running embedded server. */
export interface EmbeddedServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Leaves the server; ends it if nobody else uses it. */
  close(): Promise<void>;
}

const DATABASE = "muster";
/** The holder of the lock may be making a cluster, or recovering one. */
const LOCK_MILLISECONDS = 600_000;
const LEAVING_LOCK_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 60_000;

/** Starts the server of a data folder, or joins the one that runs. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const say = options.say ?? (() => undefined);
  const platform = platformName();
  const native = options.native ?? packagedNative(platform);
  const places = findPlaces(options.dataFolder, say, options.rootHomes ?? ROOT_HOMES);
  return withFolderErrors(places, () =>
    withLock(places.lock, LOCK_MILLISECONDS, async () => {
      const binaries = prepareBinaries(native, places.home, places.account, platform);
      const user = register(places.users);
      const leaving = leave(places, binaries, user);
      const forget = onExit(leaving.now);
      try {
        const server = await joinServer(places, binaries, options.settings ?? {}, say);
        const password = clusterPassword(places);
        const found = { host: server.host, port: server.port, user: CLUSTER_USER, password };
        await ensureDatabase(found);
        const close = async (): Promise<void> => {
          await leaving.inTime();
          forget();
        };
        return { ...found, database: DATABASE, close };
      } catch (error) {
        await leaving.withLockHeld();
        forget();
        throw error;
      }
    }),
  );
}

/** The running server of the cluster; waits for one that is on its way up or down. */
async function joinServer(
  places: Places,
  binaries: Binaries,
  settings: ServerSettings,
  say: (line: string) => void,
): Promise<Postmaster> {
  await ensureCluster(places, binaries, { sync: settings.fsync !== "off" });
  const patience = setTimeout(say, 3_000, `waiting for PostgreSQL (its log: ${places.log})`);
  try {
    while (true) {
      const running =
        runningPostmaster(places.cluster) ?? (await launch(places, binaries, settings));
      if (running.ready) {
        checkSocketFolder(running.host, places.account);
        return running;
      }
      await sleep(20);
    }
  } finally {
    clearTimeout(patience);
  }
}

/** The ways of leaving: with time, with the lock held already, and without an event loop. */
function leave(places: Places, binaries: Binaries, user: string) {
  const stopping: Stopping = {
    cluster: places.cluster,
    binaries,
    limitMilliseconds: STOP_MILLISECONDS,
  };
  const isLast = (): boolean => {
    unregister(user);
    return countUsers(places.users) === 0;
  };
  const withLockHeld = async (): Promise<void> => {
    if (isLast()) await stop(stopping);
  };
  return {
    withLockHeld,
    inTime: () => withLock(places.lock, LOCK_MILLISECONDS, withLockHeld),
    now: () =>
      withLockNow(places.lock, LEAVING_LOCK_MILLISECONDS, () => {
        if (isLast()) stopNow(stopping);
      }),
  };
}

/** The cluster comes with the database `postgres` only. */
async function ensureDatabase(server: Omit<EmbeddedServer, "database" | "close">): Promise<void> {
  const client = new pg.Client({ ...server, database: "postgres" });
  await client.connect();
  try {
    const found = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** A folder that another user made is the user's to sort out, not a fault of ours. */
async function withFolderErrors<T>(places: Places, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM" && code !== "EROFS" && code !== "ENOSPC") throw error;
    throw inputError(
      {
        code: code === "ENOSPC" ? "disk_full" : "data_folder",
        path: "MUSTER_DATA",
        value: places.data,
        expected: `a folder that this user may write in, on a disk with room (${message})`,
      },
      { cause: error },
    );
  }
}
