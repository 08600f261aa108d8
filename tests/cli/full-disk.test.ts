/**
 * A disk that is full: a real one, a small file system in memory as a tablespace of the test server.
 * That needs root, `mount`, and a server on this machine; elsewhere it is skipped, loudly.
 */

import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, inject, it } from "vitest";
import { openStore } from "../../src/store/connection.ts";
import { recount } from "../flows/import/record-store.ts";
import { databaseUrl } from "../support/database-url.ts";
import { runMuster } from "../support/muster-process.ts";
import { bankText, testFolder } from "./bank-file.ts";

const NAME = `${inject("databasePrefix")}_full`;
const { file } = testFolder();
const undo: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

/** A database on a file system of 24 MB; null where that cannot be had. */
async function smallDatabase() {
  try {
    const admin = new pg.Client({ connectionString: inject("adminUrl") });
    await admin.connect();
    undo.push(() => admin.end());
    const { rows } = await admin.query("show data_directory");
    const owner = statSync(rows[0].data_directory);
    const folder = mkdtempSync(join(tmpdir(), "muster-small-"));
    undo.push(() => rmdirSync(folder));
    const options = (mebibytes: number) => `size=${mebibytes}m,mode=700`;
    execFileSync("mount", ["-t", "tmpfs", "-o", options(24), "tmpfs", folder], { stdio: "pipe" });
    // The server may keep a dropped file open until its next checkpoint: detach now, free then.
    undo.push(() => execFileSync("umount", ["-l", folder]));
    chownSync(folder, owner.uid, owner.gid);
    await admin.query(`create tablespace ${NAME} location '${folder}'`);
    undo.push(() => admin.query(`drop tablespace ${NAME}`));
    await admin.query(
      `create database ${NAME} template ${inject("databasePrefix")} tablespace ${NAME}`,
    );
    undo.push(() => admin.query(`drop database ${NAME} with (force)`));
    const store = await openStore({ databaseUrl: databaseUrl(inject("adminUrl"), NAME) });
    undo.push(() => store.close());
    const grow = () =>
      execFileSync("mount", ["-o", `remount,${options(300)}`, folder], { stdio: "pipe" });
    return { store, grow };
  } catch (error) {
    console.warn(`SKIPPED: no small file system for the test of a full disk: ${error}`);
    return null;
  }
}

const small = await smallDatabase();

it.skipIf(small === null)(
  "is said, nothing taken is lost, and a retry completes",
  async () => {
    if (small === null) return;
    const { store, grow } = small;
    const counted = async () => {
      const { rows } = await store.pool.query("select count(*)::int8 as count from contact");
      return rows[0]?.count as number;
    };
    const fits = file("fits.txt", bankText(2000));
    const toomuch = file("toomuch.txt", bankText(120_000, 2000));
    const words = ["import", fits, toomuch, "--format", "anonymous-bank", "--json"];
    const ended = await runMuster(store, words);
    expect(ended.err).toMatch(/^disk_full: .*toomuch\.txt, expected free space/);
    expect([ended.exit, ended.out]).toEqual([2, ""]);
    const before = await counted();
    expect(before).toBeGreaterThanOrEqual(2000);
    expect(before).toBeLessThan(122_000);
    grow();
    expect((await recount(store)).differences).toEqual([]);
    const again = (await runMuster(store, words)).json();
    expect(again).toMatchObject({ rows: 122_000, duplicates: before, accepted: 122_000 - before });
    expect([again.replaced, again.rejected, await counted()]).toEqual([0, 0, 122_000]);
    const { rows: ledger } = await store.pool.query(
      "select file_name, state from batch order by id",
    );
    expect(ledger.map(({ file_name, state }) => [file_name, state])).toEqual([
      ["fits.txt", "done"],
      ["toomuch.txt", "interrupted"],
      ["fits.txt", "done"],
      ["toomuch.txt", "done"],
    ]);
  },
  60_000,
);
