/**
 * The way into the store: a pool of connections to the PostgreSQL that `DATABASE_URL` names, or to
 * the embedded one. Every connection is in UTC and reads numbers and days the same way.
 */

import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import type { PgDatabase } from "drizzle-orm/pg-core";
import pg from "pg";
import { inputError } from "../domain/shared/errors.ts";
import { columnTypes, readTypesAlike } from "./column-types.ts";
import { type EmbeddedServer, startEmbedded } from "./embedded/embedded.ts";
import type { ServerSettings } from "./embedded/settings.ts";

export interface StoreOptions {
  /** A server of the user's own. Without it the embedded one of `dataFolder` is used. */
  readonly databaseUrl?: string | undefined;
  readonly dataFolder?: string | undefined;
  readonly maxConnections?: number;
  /** Settings of the embedded server over its own. */
  readonly settings?: ServerSettings;
  /** Told in one line what a user should know about the embedded server. */
  readonly say?: (line: string) => void;
}

/** An open store. */
export interface Store {
  readonly pool: pg.Pool;
  readonly db: NodePgDatabase;
  /** For a client beside the pool (`new pg.Client(store.connection)`). */
  readonly connection: pg.ClientConfig;
  /** The same as one line, password included: for child processes, never for logs. */
  readonly url: string;
  /** Closes the pool, and ends the embedded server if nobody else uses it. */
  close(): Promise<void>;
}

/** What SQL runs on: the store's `db`, or a transaction of it. */
export type Queryable = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;

const OLDEST_VERSION = 150_000;

/**
 * Opens the store. Throws InputError: `database_unreachable`, `database_version` (older than 15),
 * `database_encoding` (not UTF8), and the codes of the embedded server.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.databaseUrl !== undefined) {
    return openUrl(options.databaseUrl, options, async () => undefined);
  }
  const server = await startEmbedded({ ...options, dataFolder: options.dataFolder ?? "./data" });
  return openUrl(embeddedUrl(server), options, () => server.close());
}

async function openUrl(
  url: string,
  options: StoreOptions,
  leaveServer: () => Promise<void>,
): Promise<Store> {
  const connection: pg.ClientConfig = {
    connectionString: inUtc(url),
    application_name: "muster",
    types: columnTypes,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...connection, max: options.maxConnections ?? 10 });
  // The pool replaces connections that break; whoever used one hears of it by the query's error.
  pool.on("error", () => undefined);
  // One that breaks while it is lent out fails its query; without a listener it would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("connect", readTypesAlike);
  try {
    await checkServer(pool, url);
  } catch (error) {
    await pool.end();
    await leaveServer();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= pool.end().then(leaveServer);
    return closing;
  };
  return { pool, db: drizzle({ client: pool }), connection, url, close };
}

async function checkServer(pool: pg.Pool, url: string): Promise<void> {
  const { version, name, encoding } = await askServer(pool, url);
  const path = `DATABASE_URL (${withoutPassword(url)})`;
  if (version < OLDEST_VERSION) {
    const expected = "PostgreSQL 15 or newer";
    throw inputError({ code: "database_version", path, value: `PostgreSQL ${name}`, expected });
  }
  if (encoding !== "UTF8") {
    const expected = "a database with encoding UTF8";
    throw inputError({ code: "database_encoding", path, value: encoding, expected });
  }
}

async function askServer(
  pool: pg.Pool,
  url: string,
): Promise<{ version: number; name: string; encoding: string }> {
  try {
    const { rows } = await pool.query<{ version: number; name: string; encoding: string }>(
      `select current_setting('server_version_num')::int as version,
        current_setting('server_version') as name, current_setting('server_encoding') as encoding`,
    );
    return rows[0] ?? { version: 0, name: "unknown", encoding: "unknown" };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw inputError(
      {
        code: "database_unreachable",
        path: "DATABASE_URL",
        value: withoutPassword(url),
        expected: `a PostgreSQL server that lets Muster in (${message || code})`,
      },
      { cause: error },
    );
  }
}

/** Adds the zone to what the server is told at the start of each connection. */
function inUtc(url: string): string {
  const utc = encodeURIComponent("-c timezone=UTC");
  const given = /([?&]options=)([^&#]*)/;
  if (given.test(url)) return url.replace(given, `$1$2%20${utc}`);
  return `${url}${url.includes("?") ? "&" : "?"}options=${utc}`;
}

function embeddedUrl({ host, port, user, password, database }: EmbeddedServer): string {
  const where = new URLSearchParams({ host, port: String(port) });
  return `postgresql://${user}:${password}@/${database}?${where}`;
}

function withoutPassword(url: string): string {
  return url.replace(/^([a-z]+:\/\/[^:@/]*):[^@/]*@/, "$1@").replace(/([?&]password=)[^&]*/, "$1…");
}
