/** Dropped files in the data folder: removed when they are old; their imports when the server ends. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openImportDesk } from "../../../src/flows/import/import-desk.ts";
import { keepUpload, removeOldUploads, safeName } from "../../../src/flows/import/uploads.ts";
import { temporaryDirectory } from "../../http/folder.ts";
import { testDatabase } from "../../support/database.ts";

const store = await testDatabase({ maxConnections: 10 });
const room = { folder: temporaryDirectory(), mostBytes: 1000 };
const { rows: users } = await store.pool.query<{ id: string }>(
  "insert into app_user (name, role) values ('u', 'planner') returning id",
);
const userId = users[0]?.id ?? "";
const now = new Date("2026-03-12T12:00:00Z");
const CALLS = "id,at\nc1,2026-03-05T09:00:00Z\n";
const READING = {
  ...{ format: "table", source: "dropped", zone: "UTC", encoding: undefined },
  mapping: { record: "contact", fields: { externalId: "id", arrivedAt: "at" } },
};

function kept(name: string, at: Date) {
  const bytes = (async function* () {
    yield Buffer.from(CALLS);
  })();
  return keepUpload(store, room, { name, bytes, announcedBytes: null, userId, now: at });
}

const desk = () =>
  openImportDesk(store, {
    ...{ installationKey: Buffer.alloc(32, 7), owner: `${hostname()}:${process.pid}` },
    ...{ now: () => now, onError: (error: unknown) => expect(error).toBeUndefined() },
  });

const stateOf = async (batch: string) =>
  (await store.pool.query("select state, error from batch where uuid = $1", [batch])).rows[0];

it("uploads older than seven days go, with what a crash left; one being imported stays", async () => {
  const before = new Date(now.getTime() - 7 * 86_400_000);
  const old = await kept("old.csv", before);
  const young = await kept("young.csv", new Date(before.getTime() + 1));
  const busy = await kept("busy.csv", before);
  await store.pool.query(
    `with site as (insert into site (name, zone) values ('UTC', 'UTC') returning id),
       source as (insert into source (name, kind, format, site_id)
         select 'busy', 'file', 'table', id from site returning id)
     insert into batch (source_id, file_name, started_at, upload_id)
     select id, 'busy.csv', $1, $2 from source`,
    [now, busy.id],
  );
  const half = join(room.folder, "01900000-0000-7000-8000-000000000000");
  const foreign = join(room.folder, "not ours");
  for (const folder of [half, foreign]) {
    mkdirSync(folder);
    writeFileSync(join(folder, "half.csv"), "id,a");
    utimesSync(folder, before, before);
  }
  expect(await removeOldUploads(store, room, { before, now })).toBe(1);
  expect(await removeOldUploads(store, room, { before, now })).toBe(0);
  expect([existsSync(old.path), existsSync(young.path), existsSync(busy.path)]).toEqual([
    ...[false, true, true],
  ]);
  expect(readdirSync(room.folder).sort()).toEqual([young.id, busy.id, "not ours"].sort());
  const { rows } = await store.pool.query("select id from upload where removed_at is not null");
  expect(rows).toEqual([{ id: old.id }]);
  await store.pool.query("delete from batch");
});

it("an import that a server left running is interrupted when the next one starts", async () => {
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  const { rows } = await store.pool.query<{ uuid: string }>(
    `insert into batch (source_id, file_name, started_at, owner)
     select id, 'left.csv', $1, $2 from source where name = 'busy' returning uuid`,
    [now, `${hostname()}:${dead}`],
  );
  const opened = await desk();
  expect(await opened.stateOf(rows[0]?.uuid ?? "")).toMatchObject({
    ...{ state: "interrupted", file: "left.csv", finishedAt: now, waits: false, progress: null },
  });
  await opened.close();
});

it("an import that runs or waits when the server stops is interrupted, and can be taken again", async () => {
  const opened = await desk();
  const upload = await kept("calls.csv", now);
  const first = await opened.start(upload, READING);
  await expect.poll(async () => (await stateOf(first.id)).state).toBe("done");
  const { rows } = await store.pool.query("select id from source where name = 'dropped'");
  const other = await store.pool.connect();
  await other.query("select pg_advisory_lock(7305412, $1)", [rows[0].id]);
  const waiting = await opened.start(upload, READING);
  await expect.poll(async () => (await opened.stateOf(waiting.id)).waits).toBe(true);
  await opened.close();
  await other.query("select pg_advisory_unlock_all()");
  other.release();
  expect(await stateOf(waiting.id)).toMatchObject({
    ...{ state: "interrupted", error: { code: "server_stopped" } },
  });
  const next = await desk();
  const again = await next.start(upload, READING);
  await expect.poll(async () => (await stateOf(again.id)).state).toBe("done");
  expect(await next.stateOf(again.id)).toMatchObject({ duplicates: 1, accepted: 0 });
  await next.close();
});

it.each([
  ["calls.csv", "calls.csv"],
  ["../../etc/passwd", "__.._etc_passwd"],
  ["..", "_"],
  ["客服记录 🎧.xlsx", "客服记录 🎧.xlsx"],
  ['a<b>:"c"|?*.csv', "a_b___c____.csv"],
  [`${"長".repeat(300)}.csv`, `${"長".repeat(66)}.csv`],
  ["", "file"],
])("%s is kept as %s", (name, expected) => {
  expect(safeName(name)).toBe(expected);
});
