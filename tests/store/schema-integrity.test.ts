/** `muster db check` finds what the database's constraints let through, `muster db migrate` migrates. */

import { Command } from "commander";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { checkStore, dbCommand } from "../../src/cli/db.ts";
import { readConfig } from "../../src/config.ts";
import { MIGRATIONS_FOLDER, readMigrations } from "../../src/store/migrate.ts";
import { temporaryDirectory } from "../http/folder.ts";
import { takeCentre } from "../http/support.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase();
const empty = await testDatabase({ empty: true });
const fresh = await testDatabase({ empty: true });
await takeCentre(store, temporaryDirectory());
const names = readMigrations(MIGRATIONS_FOLDER).map(({ name }) => name);

/** Runs a command; what it printed and the exit code it left. */
async function run(url: string, ...words: string[]): Promise<{ text: string; exitCode: unknown }> {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const exitBefore = process.exitCode;
  onTestFinished(() => {
    process.exitCode = exitBefore;
  });
  try {
    const program = new Command().exitOverride();
    dbCommand(program, () => readConfig({ DATABASE_URL: url }));
    await program.parseAsync(["db", ...words], { from: "user" });
    const text = written.mock.calls.map(([piece]) => String(piece)).join("");
    return { text, exitCode: process.exitCode };
  } finally {
    written.mockRestore();
    process.exitCode = exitBefore;
  }
}

/** Does something to the store in a transaction of its own, and undoes it after the test. */
async function spoil(text: string, undo: string): Promise<void> {
  await store.pool.query(text);
  onTestFinished(async () => {
    await store.pool.query(undo);
  });
}

describe("muster db check", () => {
  it("finds nothing in a sound store", async () => {
    const { text, exitCode } = await run(store.url, "check", "--json");
    const check = JSON.parse(text);
    expect(exitCode).toBeUndefined();
    expect(check).toMatchObject({
      ok: true,
      pendingMigrations: [],
      orphans: [],
      tasksWithTwoOwners: [],
      tallies: { differences: [] },
    });
    expect(check.tallies.cells).toBeGreaterThan(0);
    expect((await run(store.url, "check")).text).toMatch(/^all is well: /);
  });

  it.each([
    ["agent_id", 3],
    ["queue_id", 4],
    ["batch_id", 5],
  ])("finds %s that belong to nothing", async (column, rows) => {
    const ids = `(select external_id from contact where ${column} is not null
      order by external_id limit ${rows})`;
    const { rows: was } = await store.pool.query(
      `select ${column} as id, external_id from contact where external_id in ${ids}`,
    );
    await store.pool.query(`update contact set ${column} = 999999 where external_id in ${ids}`);
    const { text, exitCode } = await run(store.url, "check", "--json");
    for (const { id, external_id } of was) {
      await store.pool.query(`update contact set ${column} = $1 where external_id = $2`, [
        id,
        external_id,
      ]);
    }
    expect(exitCode).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      ok: false,
      orphans: [{ table: "contact", column, rows }],
    });
    // The recount followed the spoilt rows, so that the next is the repair.
    await checkStore(store);
  });

  it("finds tallies that are not what a recount gives, and puts them right", async () => {
    await store.pool.query("update tally_agent_day set handled = handled + 1");
    const { text, exitCode } = await run(store.url, "check");
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^tally_agent_day: \d+ cells were wrong, now put right\n$/);
    expect(await checkStore(store)).toMatchObject({ ok: true });
  });

  it("finds a task with two owners where the index that forbids it is gone", async () => {
    await spoil(
      "drop index assignment_one_owner",
      `truncate task cascade; create unique index assignment_one_owner on assignment (task_id)
       where state in ('offered', 'accepted')`,
    );
    const { rows } = await store.pool.query<{ id: string }>(
      "insert into task (origin, kind, channel) values ('test', 'a', 'call') returning id",
    );
    await store.pool.query(
      `insert into assignment (task_id, agent_id, expected_cost, offered_at, lease_until)
       select $1, agent.id, 0, now(), now() from agent order by agent.id limit 2`,
      [rows[0]?.id],
    );
    expect(await checkStore(store)).toMatchObject({ ok: false, tasksWithTwoOwners: [rows[0]?.id] });
  });

  it("says which migrations a store lacks, and looks no further", async () => {
    const { text, exitCode } = await run(empty.url, "check", "--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(text)).toMatchObject({ ok: false, pendingMigrations: names, tallies: null });
  });
});

describe("muster db migrate", () => {
  it("applies what is missing, once", async () => {
    const first = await run(fresh.url, "migrate", "--json");
    expect(JSON.parse(first.text)).toEqual({ applied: names, version: names.length });
    const second = await run(fresh.url, "migrate");
    expect(second.text).toBe(`the store stands at migration ${names.length}\n`);
    expect(await checkStore(fresh)).toMatchObject({ ok: true });
  });
});
