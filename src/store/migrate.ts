/**
 * Brings the store's schema up to this code: `migrations/NNNN_name.sql` in order, each in its own
 * transaction with the row that says so. Refuses a store from the future and a history that was changed.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { inputError, invariant } from "../domain/shared/errors.ts";

/** A migration as its file gives it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** What `migrate` did: the names it applied now, and the number the store stands at. */
export interface MigrationReport {
  readonly applied: readonly string[];
  readonly version: number;
}

/** Any number will do, as long as it is ours: the advisory lock of those who migrate. */
const LOCK = 7_788_000_001;

/** PostgreSQL's code for what its user may not do. */
const INSUFFICIENT_PRIVILEGE = "42501";

/** The migrations of this checkout, wherever it was compiled to. */
export const MIGRATIONS_FOLDER: string = findMigrations();

/**
 * Applies what the store lacks. Processes that do so at once wait for one another. Throws InputError
 * `store_newer`, `migration_changed` and `database_rights`; a migration that fails leaves the store as it
 * was before it.
 */
export async function migrate(
  pool: pg.Pool,
  folder: string = MIGRATIONS_FOLDER,
): Promise<MigrationReport> {
  const migrations = readMigrations(folder);
  const client = await pool.connect();
  try {
    const done = await history(client);
    checkHistory(done, migrations);
    const applied: string[] = [];
    for (const migration of migrations) {
      if (done.has(migration.number)) continue;
      if (await apply(client, migration)) applied.push(migration.name);
    }
    // Another process may have been quicker, and newer.
    if (migrations.length > done.size) checkHistory(await history(client), migrations);
    return { applied, version: migrations.at(-1)?.number ?? 0 };
  } finally {
    client.release();
  }
}

/** Reads the migrations of a folder in order. Their numbers run from 1 without a gap. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return names.map((name, index) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    invariant(
      number === index + 1,
      `migration ${name} has a name NNNN_name.sql and the next number`,
    );
    // Line ends depend on git's settings and change nothing.
    const text = readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
    const sha256 = createHash("sha256").update(text).digest("hex");
    return { number, name, text, sha256 };
  });
}

type History = ReadonlyMap<number, { readonly name: string; readonly sha256: string }>;

async function history(client: pg.PoolClient): Promise<History> {
  const { rows } = await client.query("select to_regclass('migration') is not null as there");
  if (!rows[0]?.there) return new Map();
  const found = await client.query<{ number: number; name: string; sha256: string }>(
    "select number, name, sha256 from migration order by number",
  );
  return new Map(found.rows.map((row) => [row.number, row]));
}

function checkHistory(done: History, migrations: readonly Migration[]): void {
  for (const [number, { name, sha256 }] of done) {
    const ours = migrations[number - 1];
    if (ours === undefined) {
      throw inputError({
        code: "store_newer",
        path: "store",
        value: `migration ${name}`,
        expected: `at most ${migrations.length} migrations; a newer Muster made this store, update this one`,
      });
    }
    if (ours.sha256 !== sha256) {
      throw inputError({
        code: "migration_changed",
        path: `migrations/${ours.name}`,
        value: `sha256 ${ours.sha256.slice(0, 12)}`,
        expected:
          `the text that was applied as ${name}, sha256 ${sha256.slice(0, 12)}; ` +
          "put a change into a new migration",
      });
    }
  }
}

/** Applies one migration; false when another process had done it already. */
async function apply(client: pg.PoolClient, migration: Migration): Promise<boolean> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    await client.query(
      `create table if not exists migration (
        number int primary key,
        name text not null,
        sha256 text not null,
        applied_at timestamptz not null default now()
      )`,
    );
    // The row first: whatever gets past the lock still cannot apply a migration twice.
    const { rowCount } = await client.query(
      `insert into migration (number, name, sha256) values ($1, $2, $3)
       on conflict (number) do nothing`,
      [migration.number, migration.name, migration.sha256],
    );
    if (rowCount === 1) await run(client, migration);
    await client.query("commit");
    return rowCount === 1;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function run(client: pg.PoolClient, { name, text }: Migration): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    const { position, message, code } = error as pg.DatabaseError;
    if (code === INSUFFICIENT_PRIVILEGE) {
      const path = "DATABASE_URL";
      throw inputError({ code: "database_rights", path, expected: message }, { cause: error });
    }
    const before = text.slice(0, Number(position ?? 0));
    const line = before.split("\n").length;
    throw new Error(`migrations/${name}, line ${line}: ${message}`, { cause: error });
  }
}

/** The nearest folder of that name above this file: it runs from src and, compiled, from dist/src. */
function findMigrations(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "migrations"))) {
    const above = dirname(folder);
    invariant(above !== folder, "migrations lie beside the source");
    folder = above;
  }
  return join(folder, "migrations");
}
