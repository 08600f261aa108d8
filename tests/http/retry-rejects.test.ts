/** Rejected rows tried again a portion at a time, from tables that are no text, and without a mapping. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { HEADER } from "../../src/ingest/bank-row.ts";
import { compareWithRecount } from "../../src/store/tally/rebuild.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { emptyStore } from "../flows/import/record-store.ts";
import { arrowOf, parquetOf, type Sample, xlsxOf } from "../ingest/containers.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { INSTALLATION_KEY, NOW, problemIn, startServer } from "./support.ts";

const store = await testDatabase();
const folder = temporaryDirectory();
const server = await startServer(store);
const planner = await server.token("planner");

const mapping = (values: Readonly<Record<string, string>>) => ({
  record: "contact",
  fields: {
    externalId: "id",
    arrivedAt: "at",
    waitSeconds: { column: "wait", default: "0" },
    outcome: { column: "note", values },
  },
});
const AT_FIRST = mapping({ ok: "handled" });
const PUT_RIGHT = mapping({ ok: "handled", later: "unfinished" });

const sample = (id: string, note: string): Sample => ({
  ...{ id, note, wait: 1.5, moved: null, at: Date.parse("2026-03-10T09:00:00Z") },
});

async function take(name: string, content: Buffer, format = "table") {
  const file = join(folder, name);
  writeFileSync(file, content);
  const asked = format === "table" ? { mapping: AT_FIRST, zone: "UTC" } : {};
  return importFile(store, {
    ...{ file, format, source: "calls", ...asked },
    ...{ installationKey: INSTALLATION_KEY, owner: "test", now: () => NOW },
  });
}

async function sourceId(): Promise<string> {
  const { rows } = await store.pool.query("select uuid from source where name = 'calls'");
  return rows[0].uuid;
}

const retry = async (body: object) =>
  server.ask(`/sources/${await sourceId()}/rejects/retry`, planner, {
    method: "POST",
    body: JSON.stringify(body),
  });

interface Report {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly saved: boolean;
  readonly open: number | null;
  readonly next: string | null;
}

async function retried(body: object): Promise<Report> {
  const answer = await retry(body);
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as Report;
}

async function count(what: string): Promise<number> {
  return (await store.pool.query(`select count(*)::int as count from ${what}`)).rows[0].count;
}

beforeEach(() => emptyStore(store));

describe("a portion", () => {
  const LEFT = "reject where taken_at is null";
  /** Seven rows that the first mapping cannot take, in two files; every third stays whatever comes. */
  beforeEach(async () => {
    const rows = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) =>
        sample(`c${from + at}`, (from + at) % 3 === 2 ? "never" : "later"),
      );
    await take("one.parquet", parquetOf(rows(0, 4)));
    await take("two.parquet", parquetOf(rows(4, 7)));
    expect(await count(LEFT)).toBe(7);
  });

  it("reads so many rows and says where the next begins, until all have been read once", async () => {
    const reports: Report[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const at = cursor === "" ? {} : { cursor };
      const report = await retried({ mapping: PUT_RIGHT, limit: 3, save: true, ...at });
      reports.push(report);
      cursor = report.next;
    }
    expect(reports.map(({ rows, accepted, rejected }) => [rows, accepted, rejected])).toEqual([
      [3, 2, 1],
      [3, 2, 1],
      [1, 1, 0],
    ]);
    // How many there are in all is counted once, and the mapping is kept with the last.
    expect(reports.map(({ open }) => open)).toEqual([7, null, null]);
    expect(reports.map(({ saved }) => saved)).toEqual([false, false, true]);
    expect([await count("contact"), await count(LEFT)]).toEqual([5, 2]);
    expect(await inTransaction(store.pool, compareWithRecount)).toMatchObject({ differences: [] });
  });

  it("that ends with the last row has none after it", async () => {
    expect(await retried({ mapping: PUT_RIGHT, limit: 7, dryRun: true })).toMatchObject({
      ...{ rows: 7, accepted: 5, rejected: 2, open: 7, next: null },
    });
    expect(await count("contact")).toBe(0);
  });

  it("keeps what it took where nobody asks for the next", async () => {
    await retried({ mapping: PUT_RIGHT, limit: 2, save: true });
    expect([await count("contact"), await count(LEFT)]).toEqual([2, 5]);
    const { rows } = await store.pool.query("select mapping from source");
    expect(rows).toEqual([{ mapping: AT_FIRST }]);
  });

  it("counts and reads only what has the reason that is asked for", async () => {
    const wish = { mapping: PUT_RIGHT, limit: 1, dryRun: true };
    expect(await retried({ ...wish, code: "unknown_value" })).toMatchObject({ open: 7 });
    expect(await retried({ ...wish, code: "other" })).toMatchObject({ open: 0, next: null });
  });

  it("is refused past its size, and after a place that is none", async () => {
    const large = await problemIn(await retry({ mapping: PUT_RIGHT, limit: 20_001 }));
    expect(large).toEqual({ status: 400, code: "invalid_input" });
    const nowhere = await problemIn(await retry({ mapping: PUT_RIGHT, cursor: "eHh4" }));
    expect(nowhere).toEqual({ status: 400, code: "invalid_cursor" });
  });
});

describe("rows of tables that are no text", () => {
  const SAMPLES = [sample("c1", "ok"), sample("c2", "later"), sample('c3, "new"', "later")];

  it.each([
    ["calls.parquet", async () => parquetOf(SAMPLES)],
    ["calls.arrow", async () => arrowOf(SAMPLES, "file")],
    ["calls.arrows", async () => arrowOf(SAMPLES, "stream")],
    ["calls.xlsx", () => xlsxOf(SAMPLES)],
  ])("%s are taken with every value as the file has it", async (name, made) => {
    expect(await take(name, await made())).toMatchObject({ accepted: 1, rejected: 2 });
    expect(await retried({ mapping: PUT_RIGHT })).toMatchObject({ accepted: 2, rejected: 0 });
    const { rows } = await store.pool.query(
      `select external_id as id, arrived_at as at, wait_seconds as wait, outcome from contact
       order by external_id`,
    );
    const at = new Date("2026-03-10T09:00:00Z");
    const [first, ...others] = rows;
    expect(first).toMatchObject({ id: "c1", at, outcome: "handled" });
    const { wait } = first;
    expect(others).toEqual([
      { id: "c2", at, wait, outcome: "unfinished" },
      { id: 'c3, "new"', at, wait, outcome: "unfinished" },
    ]);
  });
});

describe("a format without a mapping", () => {
  const row = (id: string, date: string) =>
    [
      ...["AA0101", id, "27997683", "2", "PS", date, "6:55:20", "6:55:26", "6"],
      ...["6:55:26", "6:55:43", "17", "AGENT", "6:55:43", "6:56:37", "54", "MICHAL"],
    ].join("\t");
  const LINES = [HEADER.join("\t"), row("33118", "990101"), row("33119", "991301")];

  it("is read again as it is, and says the same of the same row", async () => {
    const file = Buffer.from(`${LINES.join("\n")}\n`);
    expect(await take("bank.txt", file, "anonymous-bank")).toMatchObject({ rejected: 1 });
    const before = (await store.pool.query("select code, field, value from reject")).rows;
    expect(await retried({})).toMatchObject({ rows: 1, accepted: 0, rejected: 1, next: null });
    expect((await store.pool.query("select code, field, value from reject")).rows).toEqual(before);
    expect(await problemIn(await retry({ mapping: PUT_RIGHT }))).toEqual({
      status: 400,
      code: "mapping_not_wanted",
    });
  });

  it("takes what is read otherwise than it was at first", async () => {
    const file = Buffer.from(`${LINES.join("\n")}\n`);
    await take("bank.txt", file, "anonymous-bank");
    // As a version that read dates worse would have left a good row behind.
    const left = await store.pool.query("update reject set raw = $1 returning raw", [
      row("33120", "990102"),
    ]);
    expect(left.rowCount).toBe(1);
    expect(await retried({})).toMatchObject({ rows: 1, accepted: 1, rejected: 0 });
    expect(await count("contact")).toBe(2);
  });
});
