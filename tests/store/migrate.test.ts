import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/connection.ts";
import { MIGRATIONS_FOLDER, migrate, readMigrations } from "../../src/store/migrate.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const store = await testDatabase();

/** A folder of migrations, one for each text. */
function migrations(...texts: string[]): string {
  const folder = temporaryFolder();
  for (const [index, text] of texts.entries()) add(folder, index + 1, text);
  return folder;
}

function add(folder: string, number: number, text: string): void {
  writeFileSync(join(folder, `${String(number).padStart(4, "0")}_step.sql`), text);
}

/** A schema of its own for each test: the migrations table and all else land there. */
async function emptySchema(name: string): Promise<pg.Pool> {
  await store.pool.query(`create schema ${name}`);
  const separator = store.url.includes("?") ? "&" : "?";
  const options = encodeURIComponent(`-c search_path=${name}`);
  const databaseUrl = `${store.url}${separator}options=${options}`;
  const own = await openStore({ databaseUrl, maxConnections: 3 });
  return own.pool;
}

async function names(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query("select name from migration order by number");
  return rows.map((row) => row.name);
}

test("the template holds all migrations of the checkout, and a second run changes nothing", async () => {
  const all = readMigrations(MIGRATIONS_FOLDER).map(({ name }) => name);
  expect(all[0]).toBe("0001_spine.sql");
  expect(await names(store.pool)).toEqual(all);
  expect(await migrate(store.pool)).toEqual({ applied: [], version: all.length });
});

test("applies in order, and later only what is new", async () => {
  const pool = await emptySchema("in_order");
  const folder = migrations("create table a (n int);", "insert into a values (1); select 1;");
  expect(await migrate(pool, folder)).toEqual({
    applied: ["0001_step.sql", "0002_step.sql"],
    version: 2,
  });
  add(folder, 3, "insert into a values (2);");
  expect(await migrate(pool, folder)).toEqual({ applied: ["0003_step.sql"], version: 3 });
  expect((await pool.query("select n from a order by n")).rows).toEqual([{ n: 1 }, { n: 2 }]);
  await pool.end();
});

test("those who migrate at once apply each migration once", async () => {
  const pool = await emptySchema("at_once");
  const folder = migrations(
    "create table a (n int); select pg_sleep(0.1);",
    "insert into a values (1);",
  );
  const reports = await Promise.all([1, 2, 3].map(() => migrate(pool, folder)));
  const applied = reports.flatMap((report) => report.applied);
  expect(applied.sort()).toEqual(["0001_step.sql", "0002_step.sql"]);
  expect((await pool.query("select n from a")).rows).toEqual([{ n: 1 }]);
  await pool.end();
});

test("one that fails leaves no trace, names its line, and those before it stay", async () => {
  const pool = await emptySchema("fails");
  const folder = migrations(
    "create table a (n int);",
    "create table b (n int);\n\nselect 1 / nought;",
  );
  await expect(migrate(pool, folder)).rejects.toThrow(
    'migrations/0002_step.sql, line 3: column "nought" does not exist',
  );
  expect(await names(pool)).toEqual(["0001_step.sql"]);
  expect((await pool.query("select to_regclass('b') as b")).rows).toEqual([{ b: null }]);
  add(folder, 2, "create table b (n int);");
  expect((await migrate(pool, folder)).applied).toEqual(["0002_step.sql"]);
  await pool.end();
});

test("refuses a store that a newer Muster made", async () => {
  const pool = await emptySchema("newer");
  const folder = migrations("select 1;", "select 2;");
  await migrate(pool, folder);
  rmSync(join(folder, "0002_step.sql"));
  const refused = migrate(pool, folder);
  await expect(refused).rejects.toMatchObject({ code: "store_newer" });
  await expect(refused).rejects.toThrow(/expected at most 1 migrations; a newer Muster/);
  await pool.end();
});

test("refuses an applied migration whose text was changed; line ends do not count", async () => {
  const pool = await emptySchema("changed");
  const folder = migrations("select 1;\nselect 2;\n");
  await migrate(pool, folder);
  writeFileSync(join(folder, "0001_step.sql"), "select 1;\r\nselect 2;\r\n");
  expect((await migrate(pool, folder)).applied).toEqual([]);
  appendFileSync(join(folder, "0001_step.sql"), "select 3;\n");
  await expect(migrate(pool, folder)).rejects.toMatchObject({ code: "migration_changed" });
  await pool.end();
});

test("the numbers of migrations have no gap", () => {
  const folder = migrations("select 1;");
  add(folder, 3, "select 3;");
  expect(() => readMigrations(folder)).toThrow("0003_step.sql");
});
