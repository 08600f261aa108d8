/**
 * Rows that were not taken: browsed, tried on a mapping, taken. What every count goes back to is the file
 * below: 8 rows, of which the mapping at first takes 3.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { beforeEach, describe, expect, it } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { compareWithRecount } from "../../src/store/tally/rebuild.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { emptyStore } from "../flows/import/record-store.ts";
import { sheetsOf } from "../ingest/containers.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { INSTALLATION_KEY, NOW, problemIn, startServer } from "./support.ts";

const store = await testDatabase();
const folder = temporaryDirectory();
const server = await startServer(store);
const planner = await server.token("planner");

const LINES = [
  "id;who;at;result;talk",
  "c1;Ann;2026-03-10 09:00;handled;60",
  "c2;Ann;2026-03-10 09:10;handled;61",
  'c3;"Eve; new";10.03.2026 09:20;handled;62',
  "c4;Ann;10.03.2026 09:30;handled;63",
  "c5;Ben;2026-03-10 09:40;perhaps;64",
  'c6;"two',
  'lines";2026-03-10 09:50;perhaps;65',
  "c7;Ben;2026-03-10 10:00;handled;66",
  "c8;Ben;2026-03-10 10:10;handled",
];
const MAPPING = {
  record: "contact",
  fields: {
    externalId: "id",
    agent: "who",
    arrivedAt: { column: "at", format: "yyyy-MM-dd HH:mm" },
    outcome: { column: "result", values: { handled: "handled" } },
    talkSeconds: "talk",
  },
};
const field = (name: keyof typeof MAPPING.fields, rule: unknown) => ({
  ...MAPPING,
  fields: { ...MAPPING.fields, [name]: rule },
});
const WITH_DATES = field("arrivedAt", {
  column: "at",
  formats: ["yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm"],
});
const WITH_RESULTS = field("outcome", {
  column: "result",
  values: { handled: "handled", perhaps: "unfinished" },
});

async function take(name: string, content: readonly string[] | Buffer, mapping: unknown = MAPPING) {
  const file = join(folder, name);
  writeFileSync(file, Buffer.isBuffer(content) ? content : `${content.join("\n")}\n`);
  return importFile(store, {
    ...{ file, format: "table", source: "calls", mapping, zone: "UTC" },
    ...{ installationKey: INSTALLATION_KEY, owner: "test", now: () => NOW },
  });
}

beforeEach(async () => {
  await emptyStore(store);
  await store.pool.query("delete from agent_alias; delete from agent");
  // c1, c2 and c7 are taken; c3 and c4 have other dates, c5 and c6 an unknown result, c8 no talk.
  expect(await take("calls.csv", LINES)).toMatchObject({ rows: 8, accepted: 3, rejected: 5 });
});

const sourceId = async () =>
  (await store.pool.query("select uuid from source where name = 'calls'")).rows[0].uuid;

interface Report {
  readonly rows: number;
  readonly [key: string]: unknown;
}

async function retry(body: object, token = planner): Promise<Response> {
  const request = { method: "POST", body: JSON.stringify(body) };
  return server.ask(`/sources/${await sourceId()}/rejects/retry`, token, request);
}

async function retried(body: object): Promise<Report> {
  const answer = await retry(body);
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as Report;
}

async function open(query: Record<string, string> = {}) {
  const answer = await server.ask(`/rejects?${new URLSearchParams(query)}`, planner);
  const { rows, next } = (await answer.json()) as {
    rows: { line: number; code: string; field: string; raw: string }[];
    next: string | null;
  };
  return { rows, next, lines: rows.map(({ line }) => line) };
}

const contacts = async () =>
  (
    await store.pool.query(
      `select c.external_id as id, c.line, batch.file_name as file, agent.name as agent, c.outcome
       from contact c join batch on batch.id = c.batch_id left join agent on agent.id = c.agent_id
       order by c.line`,
    )
  ).rows;

const batches = async () =>
  (
    await store.pool.query(
      "select rows, accepted, duplicates, replaced, rejected from batch order by id",
    )
  ).rows;

/** All that a trial must leave alone. */
const everything = async () => ({
  contacts: await contacts(),
  batches: await batches(),
  open: (await open()).rows,
  agents: (await store.pool.query("select name from agent order by 1")).rows,
  tallies: (await store.pool.query("select * from tally_agent_day order by 1, 2")).rows,
  mapping: (await store.pool.query("select mapping from source")).rows,
});

describe("rows not taken", () => {
  it("are browsed by source, reason and field, in the order of their lines", async () => {
    expect((await open()).rows).toMatchObject([
      { line: 4, code: "invalid_date", field: "arrivedAt", raw: LINES[3] },
      { line: 5, code: "invalid_date", field: "arrivedAt", raw: LINES[4] },
      { line: 6, code: "unknown_value", field: "outcome", raw: LINES[5] },
      { line: 7, code: "unknown_value", field: "outcome", raw: `${LINES[6]}\n${LINES[7]}` },
      { line: 10, code: "wrong_columns", field: "row", raw: LINES[9] },
    ]);
    expect((await open({ code: "invalid_date" })).lines).toEqual([4, 5]);
    expect((await open({ field: "outcome" })).lines).toEqual([6, 7]);
    expect((await open({ source: await sourceId(), code: "wrong_columns" })).lines).toEqual([10]);
    expect((await open({ source: "01900000-0000-7000-8000-000000000000" })).lines).toEqual([]);
  });

  it("come in pages, each row once", async () => {
    const seen: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await open({ limit: "2", ...(cursor === "" ? {} : { cursor }) });
      expect(page.lines.length).toBeLessThanOrEqual(2);
      seen.push(...page.lines);
      cursor = page.next;
    }
    expect(seen).toEqual([4, 5, 6, 7, 10]);
    const bad = await server.ask("/rejects?cursor=eHh4", planner);
    expect(await problemIn(bad)).toEqual({ status: 400, code: "invalid_cursor" });
  });

  it("also travel as CSV and Arrow", async () => {
    const accept = async (type: string) =>
      server.ask("/rejects?field=arrivedAt", planner, { headers: { accept: type } });
    const csv = await (await accept("text/csv")).text();
    expect(csv).toContain("source,file,line,code,field,value,expected,raw,rejectedAt");
    expect(csv).toContain('"c3;""Eve; new"";10.03.2026 09:20;handled;62"');
    const arrow = await accept("application/vnd.apache.arrow.stream");
    const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
    expect(table.getChild("line")?.toJSON()).toEqual([4, 5]);
  });

  it("are not for vendors and agents, and tried again by planners and administrators", async () => {
    await store.pool.query(
      "insert into party (name, kind) values ('Lotus', 'vendor') on conflict do nothing",
    );
    const vendor = await server.token("vendor", { party: "Lotus" });
    expect((await server.ask("/rejects", vendor)).status).toBe(403);
    const manager = await server.token("manager");
    expect((await server.ask("/rejects", manager)).status).toBe(200);
    expect((await retry({ dryRun: true }, manager)).status).toBe(403);
  });
});

describe("trying again", () => {
  it("says in a trial what would happen, and changes nothing", async () => {
    const before = await everything();
    const report = await retried({ mapping: WITH_DATES, dryRun: true, save: true });
    expect(report).toMatchObject({
      ...{ rows: 5, accepted: 2, duplicates: 0, replaced: 0, rejected: 3, saved: false },
      reasons: [
        { code: "unknown_value", field: "outcome", count: 2 },
        { code: "wrong_columns", field: "row", count: 1 },
      ],
    });
    expect(await everything()).toEqual(before);
  });

  it("takes what can be taken now with its file and line, and keeps the rest", async () => {
    const report = await retried({ mapping: WITH_DATES });
    expect(report).toMatchObject({ rows: 5, accepted: 2, rejected: 3, saved: false });
    const file = "calls.csv";
    expect(await contacts()).toEqual([
      { id: "c1", line: 2, file, agent: "Ann", outcome: "handled" },
      { id: "c2", line: 3, file, agent: "Ann", outcome: "handled" },
      { id: "c3", line: 4, file, agent: "Eve; new", outcome: "handled" },
      { id: "c4", line: 5, file, agent: "Ann", outcome: "handled" },
      { id: "c7", line: 9, file, agent: "Ben", outcome: "handled" },
    ]);
    expect((await open()).lines).toEqual([6, 7, 10]);
    expect(await batches()).toEqual([
      { rows: 8, accepted: 5, duplicates: 0, replaced: 0, rejected: 3 },
    ]);
    expect(await inTransaction(store.pool, compareWithRecount)).toMatchObject({ differences: [] });
  });

  it("counts the same as if the file had come with that mapping at first", async () => {
    await retried({ mapping: WITH_DATES });
    await retried({ mapping: WITH_RESULTS });
    const tallies = `select agent.name, t.local_day, t.channel, t.contacts, t.handled, t.unfinished,
      t.talk_seconds from tally_agent_day t left join agent on agent.id = agent_id order by 1, 2`;
    const { rows } = await store.pool.query(tallies);
    await emptyStore(store);
    await take("calls.csv", LINES, {
      ...WITH_DATES,
      fields: { ...WITH_DATES.fields, outcome: WITH_RESULTS.fields.outcome },
    });
    expect((await store.pool.query(tallies)).rows).toEqual(rows);
  });

  it("reads only what is asked for, row by row even where a row has lines of its own", async () => {
    const report = await retried({
      mapping: WITH_RESULTS,
      code: "unknown_value",
      field: "outcome",
    });
    expect(report).toMatchObject({ rows: 2, accepted: 2, rejected: 0, reasons: [] });
    expect((await contacts()).filter(({ line }) => line > 5)).toMatchObject([
      { id: "c5", line: 6, outcome: "unfinished" },
      { id: "c6", line: 7, agent: "two\nlines" },
      { id: "c7", line: 9 },
    ]);
  });

  it("is counted nowhere as rejected any more", async () => {
    await retried({ mapping: WITH_DATES });
    const quality = await (await server.ask("/quality", planner)).json();
    expect((quality as { rejects: unknown[] }).rejects).toEqual([
      { source: "calls", code: "unknown_value", field: "outcome", count: 2 },
      { source: "calls", code: "wrong_columns", field: "row", count: 1 },
    ]);
    const sources = await (await server.ask("/sources", planner)).json();
    expect((sources as { sources: unknown[] }).sources).toMatchObject([{ rows: 5, rejects: 3 }]);
    const before = (await retried({ mapping: WITH_DATES })).rows;
    expect(before).toBe(3);
  });

  it("keeps the mapping where that is asked, and the file again brings nothing new", async () => {
    expect(await retried({ mapping: WITH_DATES, save: true })).toMatchObject({ saved: true });
    const { rows } = await store.pool.query("select mapping from source");
    expect(rows).toEqual([{ mapping: WITH_DATES }]);
    const again = await take("calls.csv", LINES, null);
    expect(again).toMatchObject({ accepted: 0, duplicates: 5, rejected: 3 });
    expect((await open()).lines).toEqual([6, 7, 10]);
  });

  it("writes down a new reason, and does not put an old row in place of a newer one", async () => {
    const late = field("arrivedAt", { column: "at", format: "dd.MM.yyyy HH:mm" });
    const head = LINES[0] as string;
    await take("newer.csv", [head, "c4;Ben;10.03.2026 11:00;handled;7"], late);
    expect(await retried({ mapping: WITH_DATES, code: "invalid_date" })).toMatchObject({
      ...{ accepted: 1, duplicates: 1, replaced: 0, rejected: 0 },
    });
    const c4 = (await contacts()).find(({ id }) => id === "c4");
    expect(c4).toMatchObject({ file: "newer.csv", agent: "Ben" });
    // These dates are no dates of that form: another reason than the result.
    expect(await retried({ mapping: late, field: "outcome" })).toMatchObject({ rejected: 2 });
    expect((await open({ code: "invalid_date" })).lines).toEqual([6, 7]);
  });

  it("says what a mapping lacks, and of rows whose header was not kept", async () => {
    expect(await problemIn(await retry({ mapping: { record: "contact", fields: {} } }))).toEqual({
      status: 400,
      code: "invalid_mapping",
    });
    const nowhere = await retried({ mapping: field("agent", "whom"), dryRun: true });
    expect(nowhere).toMatchObject({
      ...{ rows: 5, accepted: 0, rejected: 5 },
      reasons: [{ code: "missing_column", field: "whom", count: 5 }],
    });
    await store.pool.query("update batch set header = null");
    expect(await retried({ mapping: WITH_DATES })).toMatchObject({
      ...{ accepted: 0, rejected: 5 },
      reasons: [{ code: "header_not_kept", field: "row", count: 5 }],
    });
    expect((await open({ code: "invalid_date" })).lines).toEqual([4, 5]);
    for (const [format, code] of [
      ["asterisk-queue-log", "rows_not_alone"],
      ["organisation", "rows_of_whole_file"],
    ]) {
      await store.pool.query("update source set format = $1", [format]);
      expect(await problemIn(await retry({}))).toEqual({ status: 400, code });
    }
  });

  it("reads JSON lines without a header", async () => {
    await emptyStore(store);
    const at = (time: string) => `{"id":"j${time}","who":"Ann","at":"${time}","result":"handled"}`;
    const lines = [at("2026-03-10 09:00"), at("10.03.2026 09:20"), '{"id": broken'];
    const { talkSeconds: _, ...fields } = MAPPING.fields;
    expect(await take("calls.jsonl", lines, { ...MAPPING, fields })).toMatchObject({ rejected: 2 });
    const dates = { ...fields, arrivedAt: WITH_DATES.fields.arrivedAt };
    const report = await retried({ mapping: { ...MAPPING, fields: dates } });
    expect(report).toMatchObject({
      accepted: 1,
      rejected: 1,
      reasons: [{ code: "malformed_row" }],
    });
    expect((await open()).lines).toEqual([3]);
  });

  it("reads rows of a workbook by the header of their sheet", async () => {
    await emptyStore(store);
    const rows = LINES.slice(0, 5).map((line) => line.replaceAll('"', "").split(";").slice(0, 5));
    const sheet = await sheetsOf({
      Calls: rows.filter((row) => row.length === 5 && row[0] !== "c3"),
    });
    expect(await take("calls.xlsx", sheet)).toMatchObject({ accepted: 2, rejected: 1 });
    expect(await retried({ mapping: WITH_DATES })).toMatchObject({ accepted: 1, rejected: 0 });
    expect((await contacts()).at(-1)).toMatchObject({ id: "c4", file: "calls.xlsx", line: 4 });
  });

  it("is refused while the source is being imported", async () => {
    const client = await store.pool.connect();
    const { rows } = await client.query("select id from source");
    await client.query("select pg_advisory_lock(7305412, $1)", [rows[0].id]);
    expect(await problemIn(await retry({ mapping: WITH_DATES }))).toEqual({
      status: 409,
      code: "import_running",
    });
    await client.query("select pg_advisory_unlock(7305412, $1)", [rows[0].id]);
    client.release();
    expect(await retried({ mapping: WITH_DATES })).toMatchObject({ accepted: 2 });
  });
});
