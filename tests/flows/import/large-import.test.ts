/**
 * Imports large enough to be carried straight into their tables: what is new is found again among what
 * was there, in gaps too, and a file that is not all new after all is taken by the careful way.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { BENCH_MAPPING, writeBenchFile } from "../../../src/bench/bench-file.ts";
import { type ImportReport, importFile } from "../../../src/flows/import/import-file.ts";
import { testDatabase } from "../../support/database.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { call } from "./hand-made.ts";
import { carryStraight, emptyStore, importRecords, recount } from "./record-store.ts";

const store = await testDatabase();
const ROWS = 20_000;

beforeEach(() => emptyStore(store));

function take(file: string, source: string, onWait?: () => void): Promise<ImportReport> {
  return importFile(store, {
    ...{ file, format: "table", source, mapping: BENCH_MAPPING, zone: "UTC" },
    ...{ installationKey: Buffer.alloc(32, 7), owner: "test", now: () => new Date() },
    ...(onWait === undefined ? {} : { onWait }),
  });
}

async function madeFile(folder: string, name: string, seed: number): Promise<string> {
  const file = join(folder, name);
  await writeBenchFile(file, ROWS, seed);
  return file;
}

const one = async (sql: string) => (await store.pool.query(sql)).rows[0];
const stages = () => one("select count(*)::int as n from pg_class where relname like 'stage_%'");

it("carries large imports straight, small ones by a stage", async () => {
  carryStraight(true);
  await importRecords(store, "alpha", "UTC", [call("a", 1)]);
  expect(await stages()).toEqual({ n: 0 });
  carryStraight(false);
  await importRecords(store, "alpha", "UTC", [call("b", 1)]);
  expect(await stages()).toEqual({ n: 1 });
});

it("finds what is new among what was there, and in the gaps of the table", async () => {
  const folder = temporaryFolder();
  const first = await take(await madeFile(folder, "first.csv", 1), "first");
  expect(first).toMatchObject({ rows: ROWS, accepted: ROWS });
  await store.pool.query("delete from contact where external_id like '%7'");
  await store.pool.query("vacuum contact");
  // The tallies still hold what was deleted: a recount puts that right before the next import.
  await recount(store);
  const gaps = "select count(*)::int as n from contact where ctid < '(50,0)' and source_id = ";
  const second = await take(await madeFile(folder, "second.csv", 2), "second");
  expect(second).toMatchObject({ rows: ROWS, accepted: ROWS });
  const { id } = await one("select id from source where name = 'second'");
  expect((await one(`${gaps}${id}`)).n).toBeGreaterThan(100);
  expect((await recount(store)).differences).toEqual([]);
});

it("takes a file carefully whose later rows are known, and says of each what became of it", async () => {
  const folder = temporaryFolder();
  const whole = await madeFile(folder, "whole.csv", 3);
  const [header = "", ...lines] = readFileSync(whole, "utf8").trimEnd().split("\n");
  const part = join(folder, "part.csv");
  // Every tenth row of the second half is known, and every hundredth of it otherwise.
  const known = lines.filter((_, at) => at >= ROWS / 2 && at % 10 === 0);
  const otherwise = known.map((line, at) => (at % 10 === 0 ? line.replace(/[^,]+$/, "odd") : line));
  writeFileSync(part, `${[header, ...otherwise].join("\n")}\n`);
  expect(await take(part, "calls")).toMatchObject({ accepted: ROWS / 20 });
  expect(await take(whole, "calls")).toMatchObject({
    rows: ROWS,
    accepted: ROWS - ROWS / 20,
    duplicates: ROWS / 20 - ROWS / 200,
    replaced: ROWS / 200,
  });
  expect((await recount(store)).differences).toEqual([]);
  expect(await take(whole, "calls")).toMatchObject({ rows: ROWS, duplicates: ROWS });
  expect((await recount(store)).differences).toEqual([]);
});

it("keeps the line of each row in its file", async () => {
  const folder = temporaryFolder();
  const file = await madeFile(folder, "calls.csv", 4);
  await take(file, "calls");
  const lines = readFileSync(file, "utf8").split("\n");
  const { rows } = await store.pool.query<{ line: number; id: string }>(
    "select line, external_id as id from contact where line % 1000 = 0",
  );
  expect(rows.length).toBe(ROWS / 1000);
  for (const { line, id } of rows) expect(lines[line - 1]?.split(",")[0]).toBe(id);
});

it("lets one import of a source wait for the other, and takes nothing twice", async () => {
  const folder = temporaryFolder();
  const file = await madeFile(folder, "calls.csv", 5);
  let waits = 0;
  const both = await Promise.all([1, 2].map(() => take(file, "calls", () => waits++)));
  expect(waits).toBe(1);
  expect(both.map(({ accepted }) => accepted).sort((a, b) => a - b)).toEqual([0, ROWS]);
  expect(both.map(({ duplicates }) => duplicates).sort((a, b) => a - b)).toEqual([0, ROWS]);
  expect((await recount(store)).differences).toEqual([]);
});
