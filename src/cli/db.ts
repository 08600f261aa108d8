/** `muster db migrate` and `muster db check`: the store's schema, and whether its contents agree. */

import type { Command } from "commander";
import { getTableName, sql } from "drizzle-orm";
import type { Config } from "../config.ts";
import { checkTallies, type TallyCheck } from "../flows/jobs/check-tallies.ts";
import { openStore, type Store } from "../store/connection.ts";
import { MIGRATIONS_FOLDER, migrate, readMigrations } from "../store/migrate.ts";
import { type Orphans, orphanIds, tasksWithTwoOwners } from "../store/schema/integrity.ts";
import { migration } from "../store/schema/operation.ts";
import { printJson, printLine } from "./output.ts";

interface DbOptions {
  readonly json?: boolean;
}

export interface StoreCheck {
  readonly ok: boolean;
  /** Migrations of this Muster that the store lacks; with any, nothing else was looked at. */
  readonly pendingMigrations: readonly string[];
  /** Ids in facts that belong to nothing. */
  readonly orphans: readonly Orphans[];
  /** Tasks that more than one agent holds. */
  readonly tasksWithTwoOwners: readonly string[];
  /** Cells of the tallies, and those that a recount found otherwise and put right. */
  readonly tallies: TallyCheck | null;
}

const JSON_TEXT = "one JSON document on standard output, nothing else there";

export function dbCommand(program: Command, config: () => Config): void {
  const db = program.command("db").description("the store: its schema and its soundness");
  db.command("migrate")
    .description("bring the schema up to this version of Muster")
    .option("--json", JSON_TEXT)
    .action((options: DbOptions) =>
      withStore(config(), async (store) => {
        const report = await migrate(store.pool);
        if (options.json) return printJson(report);
        for (const name of report.applied) printLine(`applied ${name}`);
        printLine(`the store stands at migration ${report.version}`);
      }),
    );
  db.command("check")
    .description("prove ids, owners and tallies; exit 1 where something is wrong")
    .option("--json", JSON_TEXT)
    .action((options: DbOptions) =>
      withStore(config(), async (store) => {
        const check = await checkStore(store);
        if (options.json) printJson(check);
        else printCheck(check);
        if (!check.ok) process.exitCode = 1;
      }),
    );
}

/** Everything that can be wrong with a store and still be stored. */
export async function checkStore(store: Store): Promise<StoreCheck> {
  const pendingMigrations = await pending(store);
  if (pendingMigrations.length > 0) {
    const unseen = { orphans: [], tasksWithTwoOwners: [], tallies: null };
    return { ok: false, pendingMigrations, ...unseen };
  }
  const orphans = await orphanIds(store.db);
  const twoOwners = await tasksWithTwoOwners(store.db);
  const tallies = await checkTallies(store);
  const wrong = orphans.length + twoOwners.length + tallies.differences.length;
  return { ok: wrong === 0, pendingMigrations, orphans, tasksWithTwoOwners: twoOwners, tallies };
}

async function pending(store: Store): Promise<string[]> {
  const known = readMigrations(MIGRATIONS_FOLDER);
  const { rows } = await store.db.execute<{ there: boolean }>(
    sql`select to_regclass(${getTableName(migration)}) is not null as there`,
  );
  if (rows[0]?.there !== true) return known.map(({ name }) => name);
  const done = await store.db.select({ number: migration.number }).from(migration);
  const numbers = new Set(done.map(({ number }) => number));
  return known.filter(({ number }) => !numbers.has(number)).map(({ name }) => name);
}

/** The store as it is: unlike other commands, these do not migrate it first. */
async function withStore(config: Config, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataFolder: config.dataFolder,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

function printCheck(check: StoreCheck): void {
  for (const name of check.pendingMigrations) printLine(`not applied: migration ${name}`);
  for (const { table, column, rows } of check.orphans) {
    printLine(`${table}.${column}: ${rows} rows with an id of nothing`);
  }
  for (const task of check.tasksWithTwoOwners) printLine(`task ${task}: more than one owner`);
  for (const { tally, cells } of check.tallies?.differences ?? []) {
    printLine(`${tally}: ${cells} cells were wrong, now put right`);
  }
  if (check.ok)
    printLine(`all is well: ${check.tallies?.cells ?? 0} cells of tallies counted again`);
}
