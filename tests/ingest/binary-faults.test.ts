/**
 * Files that pretend to be workbooks, Parquet or Arrow, or are broken ones: each is refused with one
 * clear fault, and nothing of it fills the memory.
 */

import { readFile } from "node:fs/promises";
import { Field, Int32, List, makeBuilder, Struct, Table, tableToIPC, Utf8 } from "apache-arrow";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { byteSource } from "../../src/ingest/byte-source.ts";
import { openFile } from "../../src/ingest/bytes.ts";
import { eventLog } from "../../src/ingest/event-log.ts";
import { FORMATS } from "../../src/ingest/formats.ts";
import { readFormatFile } from "../../src/ingest/read-file.ts";
import { table } from "../../src/ingest/table.ts";
import { xlsxRows } from "../../src/ingest/xlsx.ts";
import {
  arrowOf,
  oleOf,
  parquetOf,
  rawXlsx,
  type Sample,
  sheetsOf,
  xlsxOf,
  zipOf,
} from "./containers.ts";
import { faultOf, parseFile, temporaryFiles } from "./reading.ts";

const temporary = temporaryFiles();
const mapping = { record: "contact", fields: { externalId: "id", arrivedAt: "at" } };
const SAMPLES = Array.from({ length: 500 }, (_, index): Sample => {
  return { id: `c${(index * 7919) % 1000}`, at: index * 1e6, wait: index, note: null, moved: true };
});
const MIB = 1024 * 1024;

async function refused(content: Buffer, more: Record<string, unknown> = {}) {
  const file = await temporary("a.bin", content);
  const { faults, message } = await faultOf(
    parseFile(table, file, { mapping: { ...mapping, ...more } }),
  );
  return { ...faults[0], message };
}

const row = (line: number, cells: string) => `<row r="${line}">${cells}</row>`;
const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;

describe("workbooks", () => {
  it("that are another ZIP", async () => {
    const document = zipOf({
      "_rels/.rels":
        '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="w.xml"/></Relationships>',
      "w.xml": "<document/>",
    });
    for (const content of [zipOf({ "a.txt": "hello" }), document]) {
      expect(await refused(content)).toMatchObject({ code: "not_a_workbook", value: "a.bin" });
    }
  });

  it("with a password, or of the old kind", async () => {
    expect((await refused(oleOf("EncryptedPackage"))).code).toBe("password_protected");
    const old = await refused(oleOf("Workbook"));
    expect([old.code, old.message]).toEqual([
      "binary_file",
      "invalid file: a.bin, expected text; it looks like an old Office document (.xls or .doc)",
    ]);
  });

  it("of 100 sheets without the one that is named", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `Sheet ${index}`);
    const content = await sheetsOf(Object.fromEntries(names.map((name) => [name, [["id"]]])));
    const fault = await refused(content, { sheet: "Calls" });
    expect(fault).toMatchObject({ code: "unknown_sheet", path: "mapping.sheet", value: "Calls" });
    expect(fault.expected).toContain("Sheet 0, Sheet 1, Sheet 2");
    expect(fault.expected?.length).toBeLessThan(1100);
  });

  it("that are a bomb, by ratio and by size, whatever their heads say", async () => {
    const rows = `${row(1, cell("A1", "id"))}${"<row/>".repeat(4 * MIB)}`;
    expect((await refused(rawXlsx(rows))).code).toBe("zip_bomb");
    const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
    const lying = { "xl/worksheets/sheet1.xml": { content: sheet, size: 1000 } };
    expect((await refused(rawXlsx("", lying))).code).toBe("damaged_file");
  });

  it("with a part beyond its limit", async () => {
    const file = await temporary("a.xlsx", await xlsxOf(SAMPLES));
    const { handle, total } = await openFile(file);
    const source = byteSource(handle, { name: "a.xlsx", size: total }, undefined);
    const rows = (limits: { sheetBytes: number; heldBytes: number }) =>
      faultOf(
        (async () => {
          for await (const _ of xlsxRows(source, { sheet: null, columns: [] }, limits));
        })(),
      );
    const sheet = await rows({ sheetBytes: 1000, heldBytes: MIB });
    expect(sheet.message).toContain("xl/worksheets/sheet1.xml in it with at most 1000 bytes");
    expect((await rows({ sheetBytes: MIB, heldBytes: 2000 })).code).toBe("part_too_large");
    await handle.close();
  });

  it("whose packed bytes were changed", async () => {
    const sheet = {
      content: `<worksheet><sheetData>${row(1, cell("A1", "id"))}</sheetData></worksheet>`,
    };
    const wrong = { "xl/worksheets/sheet1.xml": { ...sheet, checksum: 1 } };
    const fault = await refused(rawXlsx("", wrong));
    expect(fault.code).toBe("damaged_file");
    expect(fault.message).toContain("another checksum");
  });

  it.each([
    ["no XML", "<row", "damaged_file"],
    ["a document type", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>', "damaged_file"],
    ["rows out of order", row(2, cell("A2", "a")) + row(1, cell("A1", "b")), "malformed_sheet"],
    ["a shared text that is not there", row(1, '<c r="A1" t="s"><v>7</v></c>'), "damaged_file"],
    ["too many columns", row(1, cell("BXY1", "a")), "too_many_columns"],
    ["a row too long", row(1, cell("A1", "a".repeat(MIB + 1))), "line_too_long"],
    ["no rows", "", "empty_file"],
  ])("with %s", async (_, rows, code) => {
    const isWhole = rows.startsWith("<!DOCTYPE");
    const part = { "xl/worksheets/sheet1.xml": rows };
    expect((await refused(isWhole ? rawXlsx("", part) : rawXlsx(rows))).code).toBe(code);
  });

  it("give the rows before the damage", async () => {
    const good = Array.from({ length: 20 }, (_, index) =>
      row(index + 2, cell("A", `c${index}`) + cell("B", "2024-01-01")),
    );
    const rows = row(1, cell("A1", "id") + cell("B1", "at")) + good.join("") + row(5, "");
    const file = await temporary("late.xlsx", rawXlsx(rows));
    const read = await readFormatFile(file, table, { zone: "UTC", mapping });
    let taken = 0;
    const fault = await faultOf(
      (async () => {
        for await (const block of read.blocks) taken += block.taken.length;
      })(),
    );
    expect(fault.message).toMatch(/^line 21: invalid row in late\.xlsx: 5/);
    expect(taken).toBe(20);
  });
});

describe("cut off anywhere, a file is damaged and not short", () => {
  it.each(["xlsx", "parquet", "arrow file", "arrow stream"])("%s", async (kind) => {
    const contents: Record<string, () => Buffer | Promise<Buffer>> = {
      xlsx: () => xlsxOf(SAMPLES),
      parquet: () => parquetOf(SAMPLES, 200),
      "arrow file": () => arrowOf(SAMPLES, "file"),
      "arrow stream": () => arrowOf(SAMPLES, "stream"),
    };
    const content = await contents[kind]?.();
    if (content === undefined) throw new Error(kind);
    for (const share of [0.01, 0.3, 0.6, 0.99]) {
      const cut = content.subarray(0, Math.floor(content.length * share));
      // Eight bytes are the end mark of a stream; without it a stream is as good as whole.
      if (kind === "arrow stream" && content.length - cut.length <= 8) continue;
      expect((await refused(cut)).code, `${share}`).toBe("damaged_file");
    }
  });

  it("or its directory points nowhere", async () => {
    const parquet = parquetOf(SAMPLES);
    parquet.writeUInt32LE(0x7fffffff, parquet.length - 8);
    expect((await refused(parquet)).code).toBe("damaged_file");
    const arrow = arrowOf(SAMPLES, "file");
    arrow.writeUInt32LE(0x7fffffff, arrow.length - 10);
    expect((await refused(arrow)).code).toBe("damaged_file");
  });
});

describe("Parquet", () => {
  const write = (more: object) =>
    Buffer.from(
      parquetWriteBuffer({
        columnData: [{ name: "id", data: ["a", "b"], type: "STRING" }],
        ...more,
      }),
    );

  it("with nested columns, each named", async () => {
    const data = [{ tags: ["a"], id: "1" }].map((one) => one.tags);
    const content = write({
      columnData: [{ name: "tags", data }],
      schema: [
        { name: "root", num_children: 1 },
        { name: "tags", num_children: 1, converted_type: "LIST", repetition_type: "OPTIONAL" },
        { name: "list", num_children: 1, repetition_type: "REPEATED" },
        {
          name: "element",
          type: "BYTE_ARRAY",
          converted_type: "UTF8",
          repetition_type: "OPTIONAL",
        },
      ],
    });
    const fault = await refused(content);
    expect(fault).toMatchObject({ code: "nested_column", path: "columns in a.bin", value: "tags" });
  });

  it("packed in a way that is unknown", async () => {
    const content = write({ codec: "LZO", compressors: { LZO: (input: Uint8Array) => input } });
    expect(await refused(content)).toMatchObject({ code: "unsupported_codec", value: "id (LZO)" });
  });

  it("of too many columns", async () => {
    const columns = Array.from({ length: 2001 }, (_, index) => ({ name: `c${index}`, data: [1] }));
    expect((await refused(write({ columnData: columns }))).code).toBe("too_many_columns");
  });
});

describe("Arrow", () => {
  it("with nested columns, each named", async () => {
    const list = makeBuilder({ type: new List(new Field("item", new Int32())) });
    list.append([1]);
    const record = makeBuilder({ type: new Struct([new Field("a", new Utf8())]) });
    record.append({ a: "b" });
    const columns = { list: list.finish().toVector(), record: record.finish().toVector() };
    const content = Buffer.from(tableToIPC(new Table(columns as never), "stream"));
    const file = await temporary("a.arrow", content);
    const { faults } = await faultOf(parseFile(table, file, { mapping }));
    expect(faults.map(({ code, value }) => [code, value])).toEqual([
      ["nested_column", "list"],
      ["nested_column", "record"],
    ]);
  });
});

it("other formats refuse all of them as before", async () => {
  const contents = [
    [await xlsxOf(SAMPLES), "text; it looks like an Excel workbook (.xlsx)"],
    [parquetOf(SAMPLES), "text; it looks like a Parquet file"],
    [arrowOf(SAMPLES, "file"), "text; it looks like a binary (it holds zero bytes)"],
    [arrowOf(SAMPLES, "stream"), "text; it looks like a binary (it holds zero bytes)"],
  ] as const;
  expect(FORMATS.filter((format) => format.parseRows !== undefined)).toEqual([table]);
  for (const [content, expected] of contents) {
    const file = await temporary("a.bin", content);
    expect((await readFile(file)).length).toBe(content.length);
    const { faults } = await faultOf(parseFile(eventLog, file));
    expect(faults).toEqual([{ code: "binary_file", path: "file", value: "a.bin", expected }]);
  }
});

it("a missing column is told with those there are", async () => {
  const content = await sheetsOf({
    S: [
      ["id", "when"],
      ["1", "2024-01-01"],
    ],
  });
  expect((await refused(content)).message).toBe(
    "invalid mapping.fields.arrivedAt: at, expected a column of the file: id, when",
  );
});
