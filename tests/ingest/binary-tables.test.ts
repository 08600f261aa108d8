/**
 * Tables that are no text: the law that CSV, XLSX, Parquet and Arrow of the same rows give the same, and
 * what each kind of value becomes. The files are written by exceljs, hyparquet-writer and apache-arrow.
 */

import { readFileSync } from "node:fs";
import {
  Binary,
  DateDay,
  Decimal,
  Dictionary,
  Float32,
  Int32,
  Int64,
  makeBuilder,
  Table,
  TimeMicrosecond,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
} from "apache-arrow";
import ExcelJS from "exceljs";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import type { FactRecord } from "../../src/domain/shared/records.ts";
import type { RowBlock } from "../../src/ingest/delimited.ts";
import { table } from "../../src/ingest/table.ts";
import { openTable } from "../../src/ingest/table-file.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { arrowOf, csvOf, parquetOf, rawXlsx, type Sample, sheetsOf, xlsxOf } from "./containers.ts";
import { brief, parseFile, temporaryFiles } from "./reading.ts";

const temporary = temporaryFiles();
const MAPPING = {
  record: "contact",
  fields: {
    externalId: "id",
    arrivedAt: "at",
    waitSeconds: { column: "wait", default: "0" },
    reason: "note",
    transferred: { column: "moved", default: "no" },
  },
};

async function parsed(name: string, content: Buffer) {
  const { rows, taken, rejects } = await parseFile(table, await temporary(name, content), {
    zone: "Europe/Berlin",
    mapping: MAPPING,
  });
  return { rows, taken, rejects };
}

/** The cells of a file as the containers give them. */
async function cells(content: Buffer, sheet: string | null = null, columns: string[] = []) {
  const opened = await openTable(await temporary("cells", content), undefined);
  const blocks: RowBlock[] = [];
  for await (const block of opened?.rows({ sheet, columns }) ?? []) blocks.push(block);
  await opened?.close();
  return {
    header: blocks[0]?.header,
    rows: blocks.flatMap((block) => block.rows),
    lines: blocks.flatMap((block) => block.lines),
    rejects: blocks.flatMap((block) => block.rejects),
    raws: blocks.flatMap((block) => block.rows.map((_, index) => block.raw(index))),
    blocks: blocks.length,
  };
}

const sampleOf = fc.record({
  id: fc.stringMatching(/^[a-z0-9äß漢 _-]{1,12}x$/),
  at: fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) }),
  wait: fc.option(
    fc.oneof(
      fc.nat(1e6),
      fc.integer({ min: -50, max: 5e6 }).map((n) => n / 1000),
    ),
  ),
  note: fc.option(fc.stringMatching(/^[a-z,"é=]{1,8}$/)),
  moved: fc.option(fc.boolean()),
});

describe("the same rows in every container", () => {
  it("give the same records and rejects", async () => {
    const samples = fc.array(sampleOf, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(samples, async (rows: Sample[]) => {
        const expected = await parsed("calls.csv", csvOf(rows));
        expect(expected.rows).toBe(rows.length);
        const withoutRaw = ({ taken, rejects }: typeof expected) => ({
          taken,
          rejects: rejects.map(({ raw: _, ...reject }) => reject),
        });
        for (const [name, content] of [
          ["calls.xlsx", await xlsxOf(rows)],
          ["calls.parquet", parquetOf(rows)],
          ["calls.arrow", arrowOf(rows, "file")],
          ["calls.arrows", arrowOf(rows, "stream")],
        ] as const) {
          expect(withoutRaw(await parsed(name, content)), name).toEqual(withoutRaw(expected));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("in blocks, with the rows' numbers", async () => {
    const rows = Array.from({ length: 10_000 }, (_, index): Sample => {
      return { id: `c${index}`, at: index * 1000, wait: index, note: null, moved: null };
    });
    for (const content of [
      await xlsxOf(rows),
      parquetOf(rows, 6000),
      arrowOf(rows, "file"),
      arrowOf(rows, "stream"),
    ]) {
      const read = await cells(content);
      expect(read.blocks).toBe(3);
      expect(read.lines).toEqual(rows.map((_, index) => index + 2));
      expect(read.rows.map((row) => row[0])).toEqual(rows.map((row) => row.id));
      expect(read.raws[9999]).toBe("c9999,1970-01-01T02:46:39.000,9999,,");
    }
  });

  it("without any row still have a header", async () => {
    for (const content of [await xlsxOf([]), parquetOf([]), arrowOf([], "stream")]) {
      const read = await cells(content);
      expect([read.header, read.rows]).toEqual([["id", "at", "wait", "note", "moved"], []]);
    }
  });
});

describe("cells of a workbook", () => {
  it("are text by their kind", async () => {
    const content = await sheetsOf({
      S: [
        ["kind", "value"],
        ["formula", { formula: "1+1", result: 2 }],
        ["rich", { richText: [{ text: "a " }, { font: { bold: true }, text: "b" }] }],
        ["link", { text: "here", hyperlink: "http://h/" }],
        ["flag", true],
        ["small", 1e-7],
        ["large", 123456789012345],
        ["sum", 0.1 + 0.2],
        ["error", { error: "#N/A" }],
        ["sign", "a_x000A_\tb"],
        ["date", new Date(Date.UTC(2024, 1, 29, 23, 59, 59, 999))],
      ],
    });
    // What exceljs was given, in the words of the format; 0.1 + 0.2 is this double.
    expect((await cells(content)).rows.map((row) => row[1])).toEqual([
      "2",
      "a b",
      "here",
      "true",
      "0.0000001",
      "123456789012345",
      "0.30000000000000004",
      "#N/A",
      "a\n\tb",
      "2024-02-29T23:59:59.999",
    ]);
  });

  it.each([
    // Serials and texts as a spreadsheet shows them; 1904 is four years and a day later.
    ["dd/mm/yyyy", 45356.5, "2024-03-05T12:00:00.000", "2028-03-06T12:00:00.000"],
    ["h:mm:ss", 0.3840046296296296, "09:12:58", "09:12:58"],
    ["[h]:mm:ss", 1.5, "36:00:00", "36:00:00"],
    ["[$-409]d-mmm-yy;@", 1, "1900-01-01T00:00:00.000", "1904-01-02T00:00:00.000"],
    ["mmm", 61, "1900-03-01T00:00:00.000", "1904-03-02T00:00:00.000"],
    ['0.00" days"', 45356.5, "45356.5", "45356.5"],
    ["[Red]0.00E+00", 0.5, "0.5", "0.5"],
    ["General", -1.25, "-1.25", "-1.25"],
    ["yyyy", -1, "-1", "1903-12-31T00:00:00.000"],
  ])("a number shown as %s", async (format, serial, from1900, from1904) => {
    for (const [date1904, expected] of [
      [false, from1900],
      [true, from1904],
    ] as const) {
      const workbook = new ExcelJS.Workbook();
      workbook.properties.date1904 = date1904;
      const sheet = workbook.addWorksheet("S");
      sheet.addRow(["a"]);
      sheet.addRow([serial]).getCell(1).numFmt = format;
      const content = Buffer.from(await workbook.xlsx.writeBuffer());
      expect((await cells(content)).rows).toEqual([[expected]]);
    }
  });

  it("stand where their addresses say, in prefixed XML, with reading aids left out", async () => {
    const text = (at: string, value: string) =>
      `<x:c r="${at}" t="inlineStr"><x:is>${value}</x:is></x:c>`;
    const rows =
      `<x:row r="3">${text("B3", "<x:t>a</x:t>")}${text("D3", "<x:t>b</x:t>")}</x:row>` +
      `<x:row r="4"><x:c r="A4" s="9"/></x:row>` +
      `<x:row r="7">${text("D7", "<x:r><x:t>東</x:t></x:r><x:rPh><x:t>to</x:t></x:rPh>")}</x:row>`;
    const read = await cells(rawXlsx(rows));
    expect(read.header).toEqual(["column_1", "a", "column_3", "b"]);
    expect([read.rows, read.lines]).toEqual([[["", "", "", "東"]], [7]]);
  });

  it("that cannot be told are rejects where they are mapped", async () => {
    const content = await sheetsOf({
      S: [
        ["id", "at", "wait", "note"],
        [{ formula: "A1" }, "2024-01-01", 1, "a"],
        [2 ** 60, "2024-01-01", 1, "a"],
        ["z_x0000_", "2024-01-01", 1, "a"],
        ["n", "2024-01-01", 1e300, "a", "more"],
        ["m", "2024-01-01", 1, { formula: "A1" }],
      ],
    });
    const { rows, rejects } = await cells(content, null, ["id"]);
    expect(rejects.map(brief)).toEqual([
      [2, "formula_without_result", "id", ""],
      [3, "unsafe_number", "id", "1152921504606847000"],
      [4, "zero_character", "id", "z\uFFFD"],
      [5, "wrong_columns", "row", "5 columns"],
    ]);
    expect(rows).toEqual([["m", "2024-01-01", "1", ""]]);
  });
});

describe("sheets", () => {
  const sheets = () =>
    sheetsOf({ Notes: [], Calls: [["id"], ["1"]], "Täglich & mehr": [["id"], ["2"], ["3"]] });

  it("the first that has rows, or the one that is named", async () => {
    expect((await cells(await sheets())).rows).toEqual([["1"]]);
    expect((await cells(await sheets(), "Täglich & mehr")).rows).toEqual([["2"], ["3"]]);
  });

  it("are named by the mapping, which serves a CSV as well", async () => {
    const content = await sheetsOf({
      A: [["x"], [1]],
      B: [
        ["id", "at"],
        ["7", "2024-01-01"],
      ],
    });
    const mapping = {
      record: "contact",
      sheet: "B",
      fields: { externalId: "id", arrivedAt: "at" },
    };
    const workbook = await parseFile(table, await temporary("b.xlsx", content), { mapping });
    const csv = await temporary("b.csv", "id,at\n7,2024-01-01\n");
    expect(workbook.records).toEqual((await parseFile(table, csv, { mapping })).records);
    expect(workbook.records).toHaveLength(1);
  });
});

describe("cells of Parquet", () => {
  const write = (element: Record<string, unknown>, data: unknown[], more = {}) =>
    Buffer.from(
      parquetWriteBuffer({
        columnData: [{ name: "a", data }] as never,
        schema: [
          { name: "root", num_children: 1 },
          { name: "a", repetition_type: "OPTIONAL", ...element } as never,
        ],
        ...more,
      }),
    );
  const timestamp = (isAdjustedToUTC: boolean, unit: string) => ({
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC, unit },
  });

  it.each([
    ["a decimal", { type: "INT64" }, 12345678901234567n, "12345678901234567"],
    ["an instant", timestamp(true, "MICROS"), 1709642096789123n, "2024-03-05T12:34:56.789Z"],
    ["a wall time", timestamp(false, "NANOS"), -1n, "1969-12-31T23:59:59.999"],
    ["a day", { type: "INT32", converted_type: "DATE" }, 19787, "2024-03-05T00:00:00.000"],
    ["a time of day", { type: "INT32", converted_type: "TIME_MILLIS" }, 33_178_250, "09:12:58.250"],
    ["a float", { type: "FLOAT" }, Math.fround(0.1), "0.1"],
    ["a double", { type: "DOUBLE" }, 1e21, "1000000000000000000000"],
    ["bytes of text", { type: "BYTE_ARRAY" }, Buffer.from("ä"), "ä"],
    ["other bytes", { type: "BYTE_ARRAY" }, Uint8Array.of(0xff, 1), "ff01"],
    ["a flag", { type: "BOOLEAN" }, false, "false"],
  ])("%s", async (_, element, value, text) => {
    expect((await cells(write(element, [value, null]))).rows).toEqual([[text], [""]]);
  });

  it("decimals exactly, as whole numbers and as bytes", async () => {
    // The writer takes decimals as floats: 0.07 times 100 is 7.000000000000001 there.
    const decimal = { converted_type: "DECIMAL", scale: 2, precision: 18 };
    const bytes = write({ type: "INT32", ...decimal }, [1.25, -0.5, 0, 1234567.5]);
    expect((await cells(bytes)).rows).toEqual([["1.25"], ["-0.50"], ["0.00"], ["1234567.50"]]);
    const fixed = { type: "FIXED_LEN_BYTE_ARRAY", type_length: 8 };
    const long = write({ ...fixed, ...decimal }, [-12.75, 90071992547.25]);
    expect((await cells(long)).rows).toEqual([["-12.75"], ["90071992547.25"]]);
  });

  it("of a mapped column that may stand for others are rejects", async () => {
    const file = write({ type: "DOUBLE" }, [2 ** 60, 1]);
    const { rows, rejects } = await cells(file, null, ["a"]);
    expect(rejects.map(brief)).toEqual([[2, "unsafe_number", "a", "1152921504606847000"]]);
    expect(rows).toEqual([["1"]]);
  });
});

it("cells of Arrow", async () => {
  // 2024-03-05 is day 19787; the decimal's words are the lowest first.
  const values = [
    ["int", new Int64(), 12345678901234567n, "12345678901234567"],
    ["single", new Float32(), Math.fround(0.1), "0.1"],
    ["decimal", new Decimal(2, 20, 128), Uint32Array.of(0xffffff83, -1, -1, -1), "-1.25"],
    ["day", new DateDay(), new Date(Date.UTC(2024, 2, 5)), "2024-03-05T00:00:00.000"],
    ["wall", new TimestampMicrosecond(), Date.UTC(2024, 2, 5, 1), "2024-03-05T01:00:00.000"],
    ["instant", new TimestampMicrosecond("Asia/Tokyo"), 1, "1970-01-01T00:00:00.001Z"],
    ["clock", new TimeMicrosecond(), 33_178_250_000n, "09:12:58.250"],
    ["word", new Dictionary(new Utf8(), new Int32()), "ä", "ä"],
    ["bytes", new Binary(), Uint8Array.of(0xff, 1), "ff01"],
  ] as const;
  const columns = values.map(([name, type, value]) => {
    const builder = makeBuilder({ type, nullValues: [null] } as never);
    builder.append(value as never);
    builder.append(null as never);
    return [name, builder.finish().toVector()];
  });
  const content = Buffer.from(tableToIPC(new Table(Object.fromEntries(columns)), "file"));
  const { header, rows } = await cells(content);
  expect(header).toEqual(values.map(([name]) => name));
  expect(rows).toEqual([values.map(([, , , text]) => text), values.map(() => "")]);
});

describe.skipIf(REAL_DATA === null)("a real workbook", () => {
  const mapping = (name: string) =>
    JSON.parse(readFileSync(new URL(`./mappings/${name}.json`, import.meta.url), "utf8"));

  it("gives the records of its CSV, whose times are cut to the minute", async () => {
    const plain = await parseFile(table, realFile("pwc/Call-Center-Dataset.csv"), {
      mapping: mapping("pwc"),
    });
    const given = mapping("pwc");
    const iso = { ...given, fields: { ...given.fields, arrivedAt: { columns: ["Date", "Time"] } } };
    const file = realFile("pwc/01 Call-Center-Dataset.xlsx");
    const workbook = await parseFile(table, file, { mapping: iso });
    expect([workbook.rows, workbook.rejects]).toEqual([5000, []]);
    const cut = (at: number) => Math.floor(at / 60_000) * 60_000;
    const toTheMinute = (one: FactRecord): FactRecord => {
      if (one.kind === "contact") return { ...one, arrivedAt: cut(one.arrivedAt) };
      if (one.kind === "survey") return { ...one, answeredAt: cut(one.answeredAt) };
      return one.kind === "outcome" ? { ...one, occurredAt: cut(one.occurredAt) } : one;
    };
    expect(workbook.records.map(toTheMinute)).toEqual(plain.records);
  });
});
