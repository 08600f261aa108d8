/** Kept rows read again: each comes out once, at home on its own line, whatever its neighbours are like. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventLog } from "../../src/ingest/event-log.ts";
import { FORMATS, ORGANISATION } from "../../src/ingest/formats.ts";
import {
  checkHeader,
  checkReadsRows,
  type KeptRow,
  needsHeader,
  readRowsAgain,
  rowsAgainWay,
} from "../../src/ingest/rows-again.ts";
import { table } from "../../src/ingest/table.ts";

const MAPPING = {
  record: "contact",
  fields: { externalId: "id", agent: "who", arrivedAt: { column: "at", format: "iso" } },
};
const OPTIONS = { zone: "UTC", mapping: MAPPING };
const HEADER = "id,who,at";

const good = (id: string) => `${id},Ann,2026-03-10T09:00:00Z`;
const twoLines = (id: string) => `${id},"Ann\nBo",2026-03-10T09:00:00Z`;

const rowsOf = (raws: readonly string[]): KeptRow[] =>
  raws.map((raw, at) => ({ line: 100 + 10 * at, raw }));

const read = (raws: readonly string[]) =>
  readRowsAgain(table, { header: HEADER, rows: rowsOf(raws) }, OPTIONS);

describe("rows read again", () => {
  it("are taken or rejected, each once and with its own line, however they are mixed", async () => {
    const kinds = fc.constantFrom<readonly [string, boolean]>(
      ["good", true],
      ["two lines", true],
      ["a quote that never closes", false],
      ["another number of cells", false],
      ["no date", false],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { minLength: 1, maxLength: 12 }), async (made) => {
        const raws = made.map(([kind], at) => {
          if (kind === "good") return good(`r${at}`);
          if (kind === "two lines") return twoLines(`r${at}`);
          if (kind === "no date") return `r${at},Ann,soon`;
          return kind === "another number of cells" ? `r${at},Ann` : `r${at},"Ann,2026-03-10`;
        });
        const { taken, rejects } = await read(raws);
        const lines = (list: readonly { row: KeptRow }[]) =>
          list.map(({ row }) => row.line).sort((a, b) => a - b);
        const expected = (isGood: boolean) =>
          made.flatMap(([, is], at) => (is === isGood ? [100 + 10 * at] : []));
        expect(lines(taken)).toEqual(expected(true));
        expect(lines(rejects)).toEqual(expected(false));
        for (const { row, taken: one } of taken) {
          expect(one.line).toBe(row.line);
          expect(row.raw.startsWith(`${one.record.externalId},`)).toBe(true);
        }
        for (const { row, reject } of rejects) expect(reject).toMatchObject(row);
      }),
    );
  });

  it("say why they still cannot be taken", async () => {
    const { rejects } = await read(["r1,Ann,soon", "r2,Ann", 'r3,"Ann,2026-03-10']);
    expect(rejects.map(({ reject }) => reject.code).sort()).toEqual([
      "invalid_date",
      "malformed_row",
      "wrong_columns",
    ]);
  });

  it("of an event log are read by its header", async () => {
    const rows = rowsOf(["T1,Open,2026-03-10T09:00:00Z"]);
    const again = { header: "case,activity,timestamp", rows };
    const { taken } = await readRowsAgain(eventLog, again, { zone: "UTC", mapping: null });
    expect(taken[0]?.taken).toMatchObject({
      line: 100,
      record: { ticket: "T1", effect: "opened" },
    });
  });
});

describe("what can be read again", () => {
  it("is a row that says everything itself, under a mapping that is one", () => {
    expect(() => checkReadsRows("table", MAPPING)).not.toThrow();
    expect(() => checkReadsRows("table", { record: "contact" })).toThrow(/invalid mapping/);
    expect(() => checkReadsRows("anonymous-bank", null)).not.toThrow();
    for (const [name, mapping, code] of [
      ["anonymous-bank", MAPPING, "mapping_not_wanted"],
      ["asterisk-queue-log", null, "rows_not_alone"],
      ["organisation", null, "rows_of_whole_file"],
    ] as const) {
      expect(() => checkReadsRows(name, mapping)).toThrow(expect.objectContaining({ code }));
    }
  });

  it("is said of every format there is", () => {
    const names = [...FORMATS, ORGANISATION].map(({ name }) => name);
    expect(names.map((name) => [name, rowsAgainWay(name)])).toEqual([
      ["anonymous-bank", "as_they_are"],
      ["asterisk-queue-log", "not_alone"],
      ["event-log", "by_mapping"],
      ["table", "by_mapping"],
      ["organisation", "whole_file"],
    ]);
    expect(rowsAgainWay("")).toBeNull();
  });

  it("needs its header unless it is an object", async () => {
    expect(needsHeader(table, MAPPING, good("r1"))).toBe(true);
    expect(needsHeader(table, MAPPING, '{"id": "r1"}')).toBe(false);
    expect(needsHeader(table, { ...MAPPING, layout: "delimited" }, '{"id": "r1"}')).toBe(true);
    await expect(checkHeader(table, "id,who", OPTIONS)).rejects.toMatchObject({
      faults: [{ code: "missing_column", value: "at" }],
    });
  });
});
