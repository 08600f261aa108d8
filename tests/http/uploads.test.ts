/** Files dropped in a browser, over the real application: brought, looked at, tried, imported, refused. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmdirSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { contacts } from "../../src/http/contract/reading.ts";
import type { Route } from "../../src/http/contract/route.ts";
import type * as contract from "../../src/http/contract/uploads.ts";
import { bankText } from "../cli/bank-file.ts";
import { oleOf, parquetOf, rawXlsx, sheetsOf } from "../ingest/containers.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { problemIn, startServer, type TestServer, takeCentre } from "./support.ts";

const store = await testDatabase({ maxConnections: 12 });
await takeCentre(store, temporaryDirectory());
const server = await startServer(store, [], { mostUploadBytes: 3 * 1024 * 1024 });
const token = await server.token("planner");

const BYTES = { "content-type": "application/octet-stream" };

function bring(name: string, content: string | Buffer, on: TestServer = server, as = token) {
  const body = Buffer.from(content);
  const path = `/uploads?name=${encodeURIComponent(name)}`;
  return on.ask(path, as, { method: "POST", headers: BYTES, body });
}

async function brought(name: string, content: string | Buffer): Promise<string> {
  const response = await bring(name, content);
  expect(response.status, await response.clone().text()).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

type ShapeOf<R extends Route> = z.output<R["response"]>;
type ImportShape = ShapeOf<typeof contract.importOf>;

async function json<Shape>(path: string, body?: object): Promise<Shape> {
  const wish = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await server.ask(path, token, wish);
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return (await response.json()) as Shape;
}

const preview = (id: string, search = "") =>
  json<ShapeOf<typeof contract.previewUpload>>(`/uploads/${id}/preview${search}`);

const trial = (id: string, body: object) =>
  json<ShapeOf<typeof contract.tryUpload>>(`/uploads/${id}/trial`, body);

const begun = (id: string, body: object) => json<ImportShape>(`/uploads/${id}/import`, body);

const stateOf = (id: string) => json<ImportShape>(`/imports/${id}`);

async function ended(id: string): Promise<ImportShape> {
  const state = async () => (await stateOf(id)).state;
  await expect.poll(state, { timeout: 20_000 }).not.toMatch(/waiting|running/);
  return stateOf(id);
}

const batches = async () => (await store.pool.query("select from batch")).rowCount;

const CALLS = [
  "Call Id;Started;Agent;Wait",
  "c1;05.03.2026 09:00;Ann;5",
  "c2;05.03.2026 09:10;Ben;7",
  "c3;soon;Ann;2",
  "c4;06.03.2026 09:10;Ben;-1",
].join("\r\n");
const MAPPING = {
  record: "contact",
  fields: {
    externalId: "Call Id",
    agent: "Agent",
    arrivedAt: { column: "Started", format: "dd.MM.yyyy HH:mm" },
    waitSeconds: "Wait",
  },
};
const READING = { format: "table", mapping: MAPPING, zone: "UTC" };

describe("a file", () => {
  it("is looked at, tried, imported, and counted", async () => {
    const before = await batches();
    const id = await brought("calls März.csv", CALLS);
    const shown = await preview(id);
    expect(shown).toMatchObject({
      upload: { id, name: "calls März.csv", bytes: Buffer.byteLength(CALLS) },
      ...{ format: "table", container: "delimited", delimiter: ";", encoding: "utf-8" },
      ...{ sheets: [], zone: null },
    });
    expect(shown.columns.map(({ name }) => name)).toEqual(CALLS.split("\r\n")[0]?.split(";"));
    expect(shown.columns[2]?.values).toEqual([
      { text: "Ann", count: 2 },
      { text: "Ben", count: 2 },
    ]);
    expect(shown.rows[2]).toEqual(["c3", "soon", "Ann", "2"]);
    const tried = await trial(id, READING);
    expect(tried).toMatchObject({ rows: 4, taken: 2, rejected: 2, isWhole: true, faults: [] });
    expect(tried.first[1]).toEqual({
      line: 3,
      kind: "contact",
      values: expect.objectContaining({ arrivedAt: "2026-03-05 09:10:00", agent: "Ben" }),
    });
    expect(tried.reasons).toEqual([
      {
        ...{ code: "invalid_date", field: "arrivedAt", count: 1 },
        rows: [{ line: 4, value: "soon", expected: expect.any(String), raw: "c3;soon;Ann;2" }],
      },
      { code: "negative_duration", field: "waitSeconds", count: 1, rows: [expect.anything()] },
    ]);
    expect(await batches()).toBe(before);
    const started = await begun(id, { ...READING, source: "dropped" });
    expect(started).toMatchObject({ upload: id, source: "dropped", file: "calls März.csv" });
    expect(await ended(started.id)).toMatchObject({
      ...{ state: "done", rows: 4, accepted: 2, rejected: 2, duplicates: 0, error: null },
      ...{ bytesRead: Buffer.byteLength(CALLS), bytes: Buffer.byteLength(CALLS) },
      days: { first: "2026-03-05", last: "2026-03-05" },
    });
    const again = await begun(id, { ...READING, source: "dropped" });
    expect(await ended(again.id)).toMatchObject({ state: "done", duplicates: 2, accepted: 0 });
    const { rows } = await json<ShapeOf<typeof contacts>>(
      "/contacts?from=2026-03-05&to=2026-03-06",
    );
    expect(rows.map(({ file }) => file)).toEqual(["calls März.csv", "calls März.csv"]);
    const list = await json<ShapeOf<typeof contract.imports>>("/imports");
    expect(list.rows.map((row) => row.id)).toEqual([again.id, started.id]);
  });

  it("is offered the mapping that its source had before, and no other", async () => {
    const id = await brought("next.csv", CALLS);
    const { sources } = await preview(id);
    expect(sources).toEqual([{ name: "dropped", format: "table", zone: "UTC", mapping: MAPPING }]);
    const other = await brought("other.csv", "a,b\n1,2\n");
    expect((await preview(other)).sources).toEqual([]);
  });

  it.each([
    ["queue_log", "1704100000|c1|sales|NONE|ENTERQUEUE||4711|1\n", "asterisk-queue-log", null],
    ["bank.txt", bankText(3), "anonymous-bank", "Asia/Jerusalem"],
    ["steps.csv", "Case ID,Activity,Timestamp\nt1,Open,2024-01-02T09:00Z\n", "event-log", null],
    ["calls.jsonl", '{"id":"c1","at":"2024-01-02T09:00Z"}\n', "table", null],
  ])("%s is known for what it is", async (name, content, format, zone) => {
    const id = await brought(name, content);
    const shown = await preview(id);
    expect([shown.format, shown.zone]).toEqual([format, zone]);
    const tried = await trial(id, {
      ...{ format, zone: zone ?? "UTC" },
      mapping: { record: "contact", fields: { externalId: "id", arrivedAt: "at" } },
      ...(format === "table" ? {} : { mapping: null }),
    });
    expect([tried.faults, tried.rejected]).toEqual([[], 0]);
    expect(tried.rows).toBeGreaterThan(0);
  });

  it("of Parquet or of a hundred sheets shows its columns, and the sheet that is asked for", async () => {
    const samples = [{ id: "c1", at: Date.UTC(2026, 2, 5), wait: 3, note: null, moved: true }];
    const parquet = await brought("calls.parquet", parquetOf(samples));
    expect(await preview(parquet)).toMatchObject({
      container: "parquet",
      mapping: { record: "contact", fields: { arrivedAt: { column: "at", format: "iso" } } },
    });
    const names = Array.from({ length: 100 }, (_, at) => `Sheet ${at + 1}`);
    const sheets = Object.fromEntries(
      names.map((name, at) => [
        name,
        at < 40
          ? []
          : [
              [`id ${at}`, "call start"],
              [`c${at}`, "x"],
            ],
      ]),
    );
    const id = await brought("many.xlsx", await sheetsOf(sheets));
    const first = await preview(id);
    expect(first.sheets).toEqual(names);
    expect([first.sheet, first.columns[0]?.name]).toEqual(["Sheet 41", "id 40"]);
    const last = await preview(id, "?sheet=Sheet%20100");
    expect([last.sheet, last.columns[0]?.name]).toEqual(["Sheet 100", "id 99"]);
    const none = await server.ask(`/uploads/${id}/preview?sheet=None`, token);
    expect(await problemIn(none)).toEqual({ status: 400, code: "unknown_sheet" });
    const empty = await server.ask(`/uploads/${id}/preview?sheet=Sheet%201`, token);
    expect(await problemIn(empty)).toEqual({ status: 400, code: "empty_file" });
  });
});

it("of the organisation is tried and taken whole, by administrators alone", async () => {
  const id = await brought("teams.csv", "party,team\nBank,Blue\nBank,Green\n");
  const teams = "select name from team order by name";
  const before = (await store.pool.query(teams)).rows;
  expect((await preview(id)).format).toBe("organisation");
  const reading = { format: "organisation", mapping: null, zone: "UTC" };
  const body = JSON.stringify(reading);
  const refused = await server.ask(`/uploads/${id}/trial`, token, { method: "POST", body });
  expect(await problemIn(refused)).toEqual({ status: 403, code: "format_not_allowed" });
  const administrator = await server.token("administrator");
  const asked = async <Shape>(path: string, more: object = {}) => {
    const wish = { method: "POST", body: JSON.stringify({ ...reading, ...more }) };
    return (await server.ask(`/uploads/${id}/${path}`, administrator, wish)).json() as Shape;
  };
  const tried = await asked<ShapeOf<typeof contract.tryUpload>>("trial");
  expect(tried).toMatchObject({ rows: 2, taken: 2, rejected: 0, isWhole: true, faults: [] });
  expect((await store.pool.query(teams)).rows).toEqual(before);
  const { id: batch } = await asked<ImportShape>("import", { source: "who works where" });
  expect(await ended(batch)).toMatchObject({ state: "done", rows: 2, accepted: 1, duplicates: 1 });
  const after = (await store.pool.query(teams)).rows.map(({ name }) => name);
  expect(after).toEqual([...before.map(({ name }) => name), "Green"].sort());
});

describe("a mapping that is wrong", async () => {
  const id = await brought("wrong.csv", CALLS);
  const triedBy = (mapping: object) => trial(id, { ...READING, mapping });

  it("says which columns there are when it fits none", async () => {
    const fields = { externalId: "Nummer", arrivedAt: { column: "Beginn" } };
    const { rows, faults } = await triedBy({ record: "contact", fields });
    expect(rows).toBe(0);
    expect(faults.map(({ code, value }) => [code, value])).toEqual([
      ["missing_column", "Nummer"],
      ["missing_column", "Beginn"],
    ]);
    expect(faults[0]?.expected).toContain("Call Id, Started, Agent, Wait");
    const started = await begun(id, {
      ...READING,
      ...{ mapping: { record: "contact", fields }, source: "fits none" },
    });
    expect(await ended(started.id)).toMatchObject({
      ...{ state: "failed", rows: 0 },
      error: { code: "missing_column", faults: [{ value: "Nummer" }, { value: "Beginn" }] },
    });
  });

  it("locates every fault by its field", async () => {
    const fields = { agent: { column: "Agent", format: "iso" }, colour: "Wait" };
    const { faults } = await triedBy({ record: "contact", fields });
    expect(faults.map(({ path }) => path).sort()).toEqual([
      "mapping.fields.agent.format",
      "mapping.fields.arrivedAt",
      "mapping.fields.colour",
      "mapping.fields.externalId",
    ]);
  });

  it("says so of a zone that is none, and of a source that is in another", async () => {
    const mapping = { ...MAPPING, zone: "Mars/Olympus" };
    expect((await triedBy(mapping)).faults[0]?.path).toContain("zone");
    const wish = { ...READING, zone: "Asia/Tokyo", source: "dropped" };
    const response = await server.ask(`/uploads/${id}/import`, token, {
      method: "POST",
      body: JSON.stringify(wish),
    });
    expect(await problemIn(response)).toEqual({ status: 400, code: "zone_of_source" });
  });
});

describe("what is no good", () => {
  it.each([
    ["bomb.xlsx", bomb(), "zip_bomb"],
    ["locked.xlsx", oleOf("EncryptedPackage"), "password_protected"],
    ["picture.csv", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "binary_file"],
    ["cut.parquet", Buffer.from("PAR1 and no more"), "damaged_file"],
    ["header.csv", "a,b\n", "empty_file"],
  ])("%s is refused with its reason", async (name, content, code) => {
    const id = await brought(name, content);
    const refused = await server.ask(`/uploads/${id}/preview`, token);
    expect(await problemIn(refused)).toEqual({ status: 400, code });
    const { rows, faults } = await trial(id, READING);
    // A header without rows is a table: it has nothing that could be taken.
    const expected = name === "header.csv" ? "missing_column" : code;
    expect([rows, faults[0]?.code]).toEqual([0, expected]);
  });

  it("a bomb behind good rows ends the import with its reason, and keeps the rows", async () => {
    const rows = Array.from({ length: 20 }, (_, at) => [`b${at}`, "05.03.2026 09:00", "Ann", 1]);
    const cells = [["Call Id", "Started", "Agent", "Wait"], ...rows].map(
      (row, at) => `<row r="${at + 1}">${row.map(inlineCell).join("")}</row>`,
    );
    const padding = "<row></row>".repeat(4_000_000);
    const id = await brought("late.xlsx", rawXlsx(`${cells.join("")}${padding}`));
    const tried = await trial(id, READING);
    expect(tried.faults.map(({ code }) => code)).toEqual(["zip_bomb"]);
    const started = await begun(id, { ...READING, source: "bomb" });
    const state = await ended(started.id);
    expect(state).toMatchObject({ state: "failed", accepted: 20, error: { code: "zip_bomb" } });
  });

  it("an empty file is none", async () => {
    const response = await bring("empty.csv", "");
    expect(await problemIn(response)).toEqual({ status: 400, code: "empty_file" });
  });

  it("a file that is too large leaves nothing, whether it says so or not", async () => {
    const before = await filesKept();
    const large = Buffer.alloc(3 * 1024 * 1024 + 1, 0x41);
    expect(await problemIn(await bring("large.csv", large))).toEqual({
      status: 413,
      code: "upload_too_large",
    });
    const pieces = (async function* () {
      for (let at = 0; at < 8; at++) yield large.subarray(0, 1024 * 1024);
    })();
    const streamed = await server.ask("/uploads?name=large.csv", token, {
      ...{ method: "POST", headers: BYTES, body: pieces as never },
      ...({ duplex: "half" } as object),
    });
    expect(await problemIn(streamed)).toEqual({ status: 413, code: "upload_too_large" });
    expect(await filesKept()).toEqual(before);
  });

  it("a file that is cut off on its way leaves nothing", async () => {
    const before = await filesKept();
    await new Promise<void>((resolve) => {
      const sending = request(`${server.api}/uploads?name=cut.csv`, {
        method: "POST",
        headers: { ...BYTES, authorization: `Bearer ${token}`, "content-length": "1000000" },
      });
      sending.on("error", () => resolve());
      sending.write(Buffer.alloc(100_000, 0x41), () => setTimeout(() => sending.destroy(), 200));
    });
    await expect.poll(filesKept).toEqual(before);
    expect(server.log.filter((line) => line.includes("failed"))).toEqual([]);
  });

  it("its name is no path", async () => {
    const response = await bring("../../../etc/passwd\0", CALLS);
    expect(response.status).toBe(400);
    const { name } = (await (await bring("../..\\x/..csv", CALLS)).json()) as { name: string };
    expect(name).toBe("__.._x_..csv");
  });

  it("needs its type, and other routes take none", async () => {
    const asText = await server.ask("/uploads?name=a.csv", token, {
      ...{ method: "POST", body: CALLS, headers: { "content-type": "text/csv" } },
    });
    expect(await problemIn(asText)).toEqual({ status: 415, code: "unsupported_media_type" });
    const bytes = await server.ask("/tasks", token, { method: "POST", body: "x", headers: BYTES });
    expect(await problemIn(bytes)).toEqual({ status: 415, code: "unsupported_media_type" });
  });
});

it("an import waits for another of its source, can be stopped, and is then interrupted", async () => {
  const id = await brought("waits.csv", CALLS);
  const { rows } = await store.pool.query("select id from source where name = 'dropped'");
  const other = await store.pool.connect();
  await other.query("select pg_advisory_lock(7305412, $1)", [rows[0].id]);
  try {
    const { id: batch } = await begun(id, { ...READING, source: "dropped" });
    await expect.poll(async () => (await stateOf(batch)).state).toBe("waiting");
    const used = await server.ask(`/uploads/${id}`, token, { method: "DELETE" });
    expect(await problemIn(used)).toEqual({ status: 409, code: "upload_in_use" });
    const stopped = await json<ImportShape>(`/imports/${batch}/stop`, {});
    expect(stopped).toMatchObject({ state: "interrupted", error: { code: "import_stopped" } });
    const twice = await server.ask(`/imports/${batch}/stop`, token, { method: "POST" });
    expect(await problemIn(twice)).toEqual({ status: 409, code: "import_not_running" });
  } finally {
    await other.query("select pg_advisory_unlock_all()");
    other.release();
  }
  const removed = await server.ask(`/uploads/${id}`, token, { method: "DELETE" });
  expect(removed.status).toBe(204);
  const gone = await server.ask(`/uploads/${id}/preview`, token);
  expect(await problemIn(gone)).toEqual({ status: 404, code: "unknown_upload" });
});

it.each([
  ["vendor", { party: "Lotus" }],
  ["agent", { agent: "Dee" }],
] as const)("is nothing for a role such as %s", async (role, of) => {
  const id = await brought("mine.csv", CALLS);
  const other = await server.token(role, of);
  expect((await bring("theirs.csv", CALLS, server, other)).status).toBe(403);
  for (const path of [`/uploads/${id}/preview`, "/imports", "/import-fields"]) {
    const refused = await server.ask(path, other);
    expect(await problemIn(refused)).toEqual({ status: 403, code: "role_not_allowed" });
  }
  const removing = await server.ask(`/uploads/${id}`, other, { method: "DELETE" });
  expect(removing.status).toBe(403);
  expect((await bring("x.csv", CALLS, server, "mst_none")).status).toBe(401);
});

it("ids that name nothing are not found", async () => {
  for (const id of ["x", "01900000-0000-7000-8000-000000000000"]) {
    const upload = await server.ask(`/uploads/${id}/preview`, token);
    expect(await problemIn(upload)).toEqual({ status: 404, code: "unknown_upload" });
    const batch = await server.ask(`/imports/${id}`, token);
    expect(await problemIn(batch)).toEqual({ status: 404, code: "unknown_import" });
  }
});

const small = smallFolder();

it.skipIf(small === null)(
  "a disk that is full is said, and nothing of the file stays",
  async () => {
    const tight = await startServer(store, [], { uploads: small ?? "" });
    const response = await bring("large.csv", Buffer.alloc(2 * 1024 * 1024, 0x41), tight);
    expect(await problemIn(response)).toEqual({ status: 507, code: "disk_full" });
    expect(readdirSync(small ?? "")).toEqual([]);
  },
);

/** A file system of 1 MB; null where that cannot be had. */
function smallFolder(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "muster-small-"));
  try {
    const options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder];
    execFileSync("mount", options, { stdio: "pipe" });
    afterAll(() => {
      execFileSync("umount", ["-l", folder]);
      rmdirSync(folder);
    });
    return folder;
  } catch (error) {
    console.warn(`SKIPPED: no small file system for the test of a full disk: ${error}`);
    rmdirSync(folder);
    return null;
  }
}

/** What the table knows and what lies in the folder, which are the same files. */
async function filesKept() {
  const { rows } = await store.pool.query("select id from upload where removed_at is null");
  const known = rows.map((row) => row.id as string).sort();
  const folders = existsSync(server.uploads) ? readdirSync(server.uploads).sort() : [];
  return { known, folders };
}

function inlineCell(value: unknown): string {
  return `<c t="inlineStr"><is><t>${String(value)}</t></is></c>`;
}

/** A workbook whose only sheet unpacks to a thousand times its size, without a row. */
function bomb(): Buffer {
  return rawXlsx("<row></row>".repeat(4_000_000));
}
