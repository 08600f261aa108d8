/** Batches whose process has died are closed when their source is imported again; no others are. */

import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { expect, it } from "vitest";
import { openBatch } from "../../../src/store/import/batches.ts";
import { inTransaction } from "../../../src/store/transaction.ts";
import { testDatabase } from "../../support/database.ts";

const store = await testDatabase();

it("closes what is surely dead", async () => {
  await store.pool.query(
    `with site as (insert into site (name, zone) values ('s', 'UTC') returning id)
     insert into source (name, kind, format, site_id)
     select name, 'file', 'table', id from site, unnest(array['mine', 'other']) as name`,
  );
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  const [now, long] = [new Date(), new Date(Date.now() - 86_400_000)];
  const own = `${hostname()}:${process.pid}`;
  const running: readonly (readonly [string, string, string, Date])[] = [
    ["dead", "mine", `${hostname()}:${dead}`, now],
    ["dead, of another source", "other", `${hostname()}:${dead}`, now],
    ["of another host", "mine", `elsewhere:${dead}`, now],
    ["alive", "mine", `${hostname()}:${process.ppid}`, now],
    ["of this process", "mine", own, now],
    // A container's process has the same number after each start.
    ["of a former process of this number", "mine", own, long],
  ];
  for (const [file, source, owner, startedAt] of running) {
    await store.pool.query(
      `insert into batch (source_id, file_name, started_at, owner)
       select id, $1, $2, $3 from source where name = $4`,
      [file, startedAt, owner, source],
    );
  }
  const source = await store.pool.query("select id from source where name = 'mine'");
  const file = { name: "next", bytes: 1, modifiedAt: null };
  await inTransaction(store.pool, (client) =>
    openBatch(client, source.rows[0].id, file, { now, owner: own }),
  );
  const { rows } = await store.pool.query(
    "select file_name, finished_at is not null as ended from batch where state = 'interrupted' order by id",
  );
  expect(rows).toEqual([
    { file_name: "dead", ended: true },
    { file_name: "of a former process of this number", ended: true },
  ]);
});
