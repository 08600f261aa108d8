/** A folder that files are dropped in: each is taken once, and what is no good is said and left. */

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { pull } from "../../../src/flows/jobs/pull.ts";
import { bankText } from "../../cli/bank-file.ts";
import { testDatabase } from "../../support/database.ts";
import { emptyStore } from "../import/record-store.ts";

const store = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "muster-pull-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = new Date("2024-06-01T00:00:00Z");
const identity = { installationKey: Buffer.alloc(32, 7), owner: "test:1" };
const run = (signal = new AbortController().signal) =>
  pull({ store, now: () => NOW, signal, progress: () => undefined }, identity);

/** A file that was changed some seconds before now. */
function drop(name: string, content: string, secondsAgo: number): void {
  const path = join(folder, name);
  writeFileSync(path, content);
  const at = NOW.getTime() / 1000 - secondsAgo;
  utimesSync(path, at, at);
}

async function source(place: string): Promise<void> {
  await store.pool.query(
    `with site as (insert into site (name, zone) values ('bank', 'Asia/Jerusalem')
       on conflict (name) do update set zone = excluded.zone returning id)
     insert into source (name, kind, place, format, site_id)
     select 'calls', 'folder', $1, 'anonymous-bank', id from site`,
    [place],
  );
}

beforeEach(async () => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  await emptyStore(store);
  await source(folder);
});

const states = async () =>
  (await store.pool.query("select file_name, state from batch order by id")).rows.map(
    ({ file_name, state }) => [file_name, state],
  );

it("takes what is new, oldest first, once; a file that grew is taken again without doubles", async () => {
  drop("b.txt", bankText(20, 100), 60);
  drop("a.txt", bankText(10), 30);
  drop("still-written.txt", bankText(5, 500), 1);
  drop("half.txt.part", bankText(5, 600), 60);
  expect(await run()).toMatchObject({ files: 2, accepted: 30, duplicates: 0, failures: [] });
  expect(await states()).toEqual([
    ["b.txt", "done"],
    ["a.txt", "done"],
  ]);
  expect(await run()).toMatchObject({ files: 0, accepted: 0 });
  drop("a.txt", bankText(15), 20);
  expect(await run()).toMatchObject({ files: 1, accepted: 5, duplicates: 10, rejected: 0 });
});

it("says which file is no good, keeps it in the ledger, takes the others and does not try it again", async () => {
  drop("bad.txt", "id,agent\n1,Ann\n", 60);
  drop("empty.txt", "", 50);
  drop("good.txt", bankText(10), 40);
  const first = await run();
  expect(first).toMatchObject({ files: 1, accepted: 10 });
  expect(first.failures).toEqual([
    { file: join(folder, "bad.txt"), code: "wrong_format" },
    { file: join(folder, "empty.txt"), code: "empty_file" },
  ]);
  expect(await states()).toEqual([
    ["bad.txt", "failed"],
    ["empty.txt", "failed"],
    ["good.txt", "done"],
  ]);
  expect(await run()).toMatchObject({ files: 0, failures: [] });
});

it("takes a file again whose import was broken off by a full disk, and loses nothing", async () => {
  drop("calls.txt", bankText(10), 60);
  await store.pool.query(`
    create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'no space' using errcode = '53100'; end $$;
    create trigger full_disk before insert on contact execute function full_disk()`);
  expect(await run()).toMatchObject({ failures: [{ code: "disk_full" }], accepted: 0 });
  await store.pool.query("drop function full_disk cascade");
  expect(await run()).toMatchObject({ files: 1, accepted: 10, failures: [] });
  expect(await states()).toEqual([
    ["calls.txt", "interrupted"],
    ["calls.txt", "done"],
  ]);
});

it("says that a folder is not there", async () => {
  await store.pool.query("update source set place = place || '-gone'");
  expect(await run()).toMatchObject({
    failures: [{ file: `${folder}-gone`, code: "folder_unreadable" }],
  });
});
