/**
 * Files that are not what they should be, through the command line: exit code 2 and a message that
 * names the file, the line and the field; what came before stays, and a retry takes nothing twice.
 */

import { execFileSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";
import { type Ended, runMuster } from "../support/muster-process.ts";
import { bankText, testFolder } from "./bank-file.ts";

const store = await testDatabase();
const { folder, file } = testFolder();

const bank = (path: string, source: string): Promise<Ended> =>
  runMuster(store, ["import", path, "--format", "anonymous-bank", "--source", source, "--json"]);

const MAPPING = file(
  "calls.json",
  JSON.stringify({
    record: "contact",
    zone: "Asia/Shanghai",
    fields: {
      externalId: "id",
      channel: { constant: "call" },
      agent: "agent",
      arrivedAt: { column: "when", format: "dd.MM.yyyy HH:mm" },
      outcome: { constant: "handled" },
      talkSeconds: "talk",
    },
  }),
);

const table = (path: string, source: string): Promise<Ended> =>
  runMuster(store, [
    ...["import", path, "--format", "table", "--map", MAPPING, "--source", source, "--json"],
  ]);

async function stored(source: string): Promise<number> {
  const { rows } = await store.pool.query<{ count: number }>(
    `select count(*)::int8 as count from contact join source on id = source_id where name = $1`,
    [source],
  );
  return rows[0]?.count ?? 0;
}

function bigFile(name: string, piece: string, times: number): string {
  const path = join(folder, name);
  const to = openSync(path, "w");
  for (let at = 0; at < times; at++) writeSync(to, piece);
  closeSync(to);
  return path;
}

describe("a file that is refused", () => {
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  it.each([
    ["other.csv", "id,agent\n1,Ann\n", /^wrong_format: line 1: .*header.* in other\.csv/],
    ["picture.txt", png, /^binary_file: .*picture\.txt.*PNG/],
    ["nothing.txt", "", /^empty_file: .*nothing\.txt/],
    [
      "columns.csv",
      `${"c\t".repeat(999_999)}c\n`,
      /^(too_many_columns|line_too_long): line 1: .*columns\.csv/,
    ],
  ])("%s: exit code 2, and why, in one line", async (name, content, why) => {
    const ended = await bank(file(name, content), name);
    expect(ended.err).toMatch(why);
    expect([ended.exit, ended.out, ended.err.trim().split("\n").length]).toEqual([2, "", 1]);
    expect(await stored(name)).toBe(0);
    const { rows } = await store.pool.query(
      "select state, file_name from batch order by id desc limit 1",
    );
    expect(rows[0]).toEqual({ state: "failed", file_name: name });
  });

  it("a line of 100 MB: within bounded memory, and the rows before it stay", async () => {
    const start = bankText(20);
    const path = bigFile("long.txt", "x".repeat(1_000_000), 100);
    execFileSync("sh", [
      "-c",
      'printf %s "$1" | cat - "$0" > "$0.2" && mv "$0.2" "$0"',
      path,
      start,
    ]);
    const ended = await bank(path, "long");
    expect(ended.err).toMatch(/^line_too_long: line 22: invalid row in long\.txt/);
    expect([ended.exit, await stored("long")]).toEqual([2, 20]);
    expect(ended.peakMiB).toBeLessThan(400);
  });

  it("a .gz cut off: the whole rows before the cut are taken, once, however often it is tried", async () => {
    const text = bankText(3000);
    const packed = gzipSync(text);
    const cut = file("cut.txt.gz", packed.subarray(0, packed.length * 0.6));
    // What zcat can still unpack, whole lines, less the header.
    const whole = execFileSync("sh", [
      "-c",
      'zcat "$0" 2>/dev/null | head -c -1 | wc -l; true',
      cut,
    ]);
    const taken = Number(whole) - 1;
    expect(taken).toBeGreaterThan(500);
    for (const _ of ["first", "retry"]) {
      const ended = await bank(cut, "cut");
      expect([ended.exit, ended.err]).toEqual([2, expect.stringMatching(/^truncated_gzip: .*cut/)]);
      expect(Math.abs((await stored("cut")) - taken)).toBeLessThanOrEqual(1);
    }
    const before = await stored("cut");
    const mended = (await bank(file("cut.txt.gz", packed), "cut")).json();
    expect(mended).toMatchObject({ rows: 3000, duplicates: before, accepted: 3000 - before });
    expect([mended.rejected, mended.replaced, await stored("cut")]).toEqual([0, 0, 3000]);
  }, 30_000);

  it("that is not there, and a mapping that is not there", async () => {
    const ended = await bank(join(folder, "gone.txt"), "gone");
    expect([ended.exit, ended.err]).toEqual([
      2,
      expect.stringMatching(/^file_not_found: .*gone\.txt/),
    ]);
    const { rows } = await store.pool.query("select from source where name = 'gone'");
    expect(rows).toEqual([]);
  });
});

describe("a file that is odd and is taken", () => {
  const rows = "id,agent,when,talk\n1,王芳,02.01.2024 09:00,60\n2,李娜,02.01.2024 09:05,30\n";

  it.each([
    ["utf-16le", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(rows, "utf16le")])],
    // 王芳 and 李娜 by GB 18030: CD F5 B7 BC, C0 EE C4 C8.
    [
      "gb18030",
      Buffer.from(
        Buffer.from(rows, "utf8")
          .toString("hex")
          .replace(Buffer.from("王芳").toString("hex"), "cdf5b7bc")
          .replace(Buffer.from("李娜").toString("hex"), "c0eec4c8"),
        "hex",
      ),
    ],
  ])("in %s, which is found out and said", async (encoding, content) => {
    const ended = await table(file(`${encoding}.csv`, content), encoding);
    expect([ended.exit, ended.err]).toEqual([0, ""]);
    const report = ended.json();
    expect([report.accepted, report.files[0]?.encoding]).toEqual([2, encoding]);
    const { rows: agents } = await store.pool.query(
      `select agent.name from contact join agent on agent.id = agent_id
       join source on source.id = source_id where source.name = $1 order by external_id`,
      [encoding],
    );
    expect(agents.map(({ name }) => name)).toEqual(["王芳", "李娜"]);
  });

  it("with formulas, wrong dates and wrong numbers: those rows are kept whole and named", async () => {
    const bad = [
      "3,\"=cmd|' /C calc'!A0\",03.01.2024 09:00,60",
      "4,Ann,01/31/2024 09:00,60",
      "5,Ann,31.02.2024 09:00,60",
      "6,Ann,04.01.2024 09:00,-5",
      ",Ann,04.01.2024 09:00,5",
    ];
    const path = file("odd.csv", `${rows}${bad.join("\n")}\n`);
    const ended = await table(path, "odd");
    const report = ended.json();
    expect([ended.exit, report.rows, report.accepted, report.rejected]).toEqual([0, 7, 2, 5]);
    expect(report.rejects.map((one) => [one.line, one.code, one.field, one.value])).toEqual([
      [4, "formula_in_cell", "agent", "=cmd|' /C calc'!A0"],
      [5, "invalid_date", "arrivedAt", "01/31/2024 09:00"],
      [6, "invalid_date", "arrivedAt", "31.02.2024 09:00"],
      [7, "negative_duration", "talkSeconds", "-5"],
      [8, "missing_field", "externalId", ""],
    ]);
    const kept = await store.pool.query(
      `select raw from reject join source on source.id = source_id
       where source.name = 'odd' order by line`,
    );
    expect(kept.rows.map(({ raw }) => raw)).toEqual(bad);
  });

  it("JSON lines with a zero character: that row is a reject, its neighbours are not", async () => {
    const line = (id: string, agent: string) =>
      JSON.stringify({ id, agent, when: "02.01.2024 09:00", talk: "60" });
    const text = [line("1", "Ann"), line("2", "A\u0000nn"), line("3", "\ud800")].join("\n");
    const report = (await table(file("zero.jsonl", text), "zero")).json();
    expect(report.rows).toBe(3);
    expect(report.rejects[0]).toMatchObject({ line: 2, field: "agent" });
    expect(report.accepted + report.rejected).toBe(3);
  });
});

it("an unknown format, a missing --format and a zone that is none end with 2 before anything is opened", async () => {
  const path = file("any.txt", bankText(1));
  for (const [words, why] of [
    [["--format", "fax"], /fax/],
    [["--format", "event-log"], /missing_zone|missing_column/],
    [["--format", "anonymous-bank", "--zone", "Mars/Olympus"], /Mars\/Olympus/],
  ] as const) {
    const ended = await runMuster(store, ["import", path, ...words, "--source", "any"]);
    expect([ended.exit, ended.out]).toEqual([2, ""]);
    expect(ended.err).toMatch(why);
  }
});
