/**
 * The migrated schema beside the text of it in git, so that a migration shows in review as what it
 * makes. `MUSTER_WRITE_SCHEMA=1 npx vitest run tests/store/schema-dump.test.ts` writes the text anew.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";
import { schemaDump } from "../support/schema-dump.ts";

const FILE = new URL("schema.txt", import.meta.url);
const store = await testDatabase();

it("is the schema that migrations make", async () => {
  const dump = await schemaDump(store.pool);
  if (process.env.MUSTER_WRITE_SCHEMA) writeFileSync(FILE, dump);
  expect(dump).toBe(readFileSync(FILE, "utf8"));
});

it("shows every kind of change", async () => {
  const before = await schemaDump(store.pool);
  await store.pool.query(`create table added (
    id integer primary key, name text not null default 'x', check (id > 0))`);
  await store.pool.query("create index added_by_name on added (name)");
  const added = (await schemaDump(store.pool)).split("\n");
  await store.pool.query("drop table added");
  expect(added.filter((line) => !before.includes(line))).toEqual([
    "table added",
    "  name text not null default 'x'::text",
    "  added_pkey: PRIMARY KEY (id)",
    "  added_id_check: CHECK ((id > 0))",
    "  CREATE INDEX added_by_name ON added USING btree (name)",
  ]);
  expect(await schemaDump(store.pool)).toBe(before);
});
