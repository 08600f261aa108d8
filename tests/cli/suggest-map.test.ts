/** `muster import --suggest-map`: the mapping alone on standard output, the reasons on standard error. */

import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { tableMapping } from "../../src/ingest/table-mapping.ts";
import { arrowOf, parquetOf, type Sample, sheetsOf } from "../ingest/containers.ts";
import { runMuster } from "../support/muster-process.ts";
import { testFolder } from "./bank-file.ts";

const { file } = testFolder();
const suggest = (path: string, ...more: string[]) =>
  runMuster(null, ["import", "--suggest-map", path, ...more]);

const HEADER = "call_id;call_start;agent;talk";
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => `c${at};${(at % 28) + 1}.01.2024 09:00;Ann;${at % 90}`);

it("prints a mapping, and says why and how many rows it would take", async () => {
  const text = [HEADER, ...rows(2990), "x;soon;Ann;5"].join("\r\n");
  for (const path of [file("calls.csv", text), file("calls.csv.gz", gzipSync(text))]) {
    const ended = await suggest(path);
    expect(ended.exit).toBe(0);
    const mapping = tableMapping(ended.json<unknown>());
    expect(mapping).toMatchObject({
      record: "contact",
      fields: { arrivedAt: { column: "call_start", format: "d.MM.yyyy HH:mm" } },
    });
    expect(ended.err).toMatch(
      /^arrivedAt +<- call_start \(d\.MM\.yyyy HH:mm, 2000 of 2000 rows\)$/m,
    );
    expect(ended.err).toContain("--zone is needed");
    expect(ended.err).toContain("of 2000 rows sampled 2000 would be taken, 0 rejected");
  }
}, 30_000);

it("counts the rows it would reject, and takes --zone", async () => {
  const text = [HEADER, ...rows(99), "x;soon;Ann;5"].join("\n");
  const ended = await suggest(file("dirty.csv", text), "--zone", "Asia/Shanghai");
  expect(ended.json<{ zone: string }>().zone).toBe("Asia/Shanghai");
  expect(ended.err).toContain(
    "of 100 rows sampled 99 would be taken, 1 rejected: invalid_date in arrivedAt (1)",
  );
}, 30_000);

it("reads JSON lines by path", async () => {
  const line = JSON.stringify({
    call: { id: "c1" },
    call_start: "2024-01-02T09:00:00Z",
    agent: "A",
  });
  const mapping = (await suggest(file("calls.jsonl", `${line}\n`))).json<unknown>();
  expect(mapping).toMatchObject({
    layout: "json_lines",
    zone: "UTC",
    fields: { externalId: { column: "call.id" } },
  });
}, 30_000);

it("reads a sheet of a workbook, Parquet and Arrow", async () => {
  const samples = Array.from({ length: 40 }, (_, at): Sample => {
    return { id: `c${at}`, at: Date.UTC(2024, 0, 2, 9, at), wait: at, note: null, moved: at > 5 };
  });
  const cells = samples.map(({ id, at, wait }) => [id, new Date(at), wait]);
  const sheets = { Notes: [], Calls: [["call id", "call start", "wait"], ...cells], More: cells };
  for (const [name, content, columns] of [
    ["calls.xlsx", await sheetsOf(sheets), ["call id", "call start", "wait"]],
    ["calls.parquet", parquetOf(samples), ["id", "at", "wait"]],
    ["calls.arrow", arrowOf(samples, "file"), ["id", "at", "wait"]],
    ["calls.arrows", arrowOf(samples, "stream"), ["id", "at", "wait"]],
  ] as const) {
    const ended = await suggest(file(name, content));
    const mapping = ended.json<{ sheet?: string }>();
    expect(mapping, name).toMatchObject({
      record: "contact",
      fields: {
        externalId: { column: columns[0] },
        arrivedAt: { column: columns[1], format: "iso" },
        waitSeconds: { column: columns[2] },
      },
    });
    expect(mapping.sheet).toBe(name === "calls.xlsx" ? "Calls" : undefined);
    expect(ended.err).toContain("of 40 rows sampled 40 would be taken, 0 rejected");
  }
}, 60_000);

it.each([
  ["empty.csv", "", /^empty_file: .*empty\.csv/],
  ["header.csv", `${HEADER}\n`, /^empty_file: .*header\.csv/],
  ["picture.csv", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /^binary_file: .*PNG/],
  ["fruit.csv", "fruit,colour\npear,green\n", /contact: no column for externalId, arrivedAt/],
])(
  "%s: exit code 2, and why",
  async (name, content, why) => {
    const ended = await suggest(file(name, content));
    expect([ended.exit, ended.out]).toEqual([2, ""]);
    expect(ended.err).toMatch(why);
  },
  30_000,
);

it("needs no format, but an import still does", async () => {
  const path = file("some.csv", HEADER);
  const without = await runMuster(null, ["import", path]);
  expect([without.exit, without.err]).toEqual([2, expect.stringContaining("--format")]);
  const both = await suggest(path, path);
  expect([both.exit, both.err]).toEqual([2, expect.stringContaining("--suggest-map")]);
}, 30_000);
