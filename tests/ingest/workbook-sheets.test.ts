/**
 * Which sheet of a workbook is read, workbooks that unpack to more than they should, and packed Arrow
 * files: each is told in one clear fault, early.
 */

import {
  CompressionType,
  compressionRegistry,
  Table,
  tableToIPC,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { table } from "../../src/ingest/table.ts";
import { type Part, rawXlsx, sheetsOf } from "./containers.ts";
import { faultOf, parseFile, temporaryFiles } from "./reading.ts";

const temporary = temporaryFiles();
const MAPPING = { record: "contact", fields: { externalId: "id", arrivedAt: "at" } };
const MIB = 1024 * 1024;

async function parse(content: Buffer, mapping: unknown = MAPPING) {
  return parseFile(table, await temporary("a.xlsx", content), { mapping });
}

async function refused(content: Buffer, mapping: unknown = MAPPING) {
  return faultOf(parse(content, mapping));
}

const header = ["id", "at"];
const call = (id: string) => [id, "2024-01-01"];

describe("of a workbook", () => {
  const hundred = (rowsOf: (index: number) => string[][]) =>
    sheetsOf(
      Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`Sheet ${at}`, rowsOf(at)])),
    );

  it("the only sheet with the mapped columns is read, wherever it stands", async () => {
    const content = await hundred((at) =>
      at === 73 ? [header, call("c1")] : at % 2 === 0 ? [] : [["note"], [`of ${at}`]],
    );
    expect((await parse(content)).contacts.map((one) => one.externalId)).toEqual(["c1"]);
  });

  it("whose sheets all have them, none is taken for the others", async () => {
    const content = await hundred((at) => [header, call(`c${at}`)]);
    const fault = await refused(content);
    expect(fault.code).toBe("sheet_not_named");
    expect(fault.message).toMatch(
      /^invalid mapping\.sheet, expected one of the sheets that fit: Sheet 0, Sheet 1, Sheet 2/,
    );
    expect(fault.message.length).toBeLessThan(1200);
    const named = await parse(content, { ...MAPPING, sheet: "Sheet 99" });
    expect(named.contacts.map((one) => one.externalId)).toEqual(["c99"]);
  });

  it("none of whose sheets has them, the first with rows says what it has", async () => {
    const content = await sheetsOf({ Empty: [], Notes: [["note"], ["x"]], Staff: [["name"]] });
    const { faults } = await refused(content);
    expect(faults).toEqual([
      {
        ...{ code: "missing_column", path: "mapping.fields.externalId", value: "id" },
        expected: "a column of the file: note",
      },
      {
        ...{ code: "missing_column", path: "mapping.fields.arrivedAt", value: "at" },
        expected: "a column of the file: note",
      },
    ]);
  });
});

it("a bomb of many small sheets stops where the whole has come to too much", async () => {
  const count = 200;
  const names = Array.from({ length: count }, (_, at) => `sheet${at}`);
  // Each of them unpacks to less than what a single part is asked for.
  const empty = `<worksheet><sheetData>${"<row/>".repeat(MIB)}</sheetData></worksheet>`;
  const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
  const parts: Record<string, string | Part> = {
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${names
      .map((name) => `<sheet name="${name}" r:id="${name}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names
      .map(
        (name) => `<Relationship Id="${name}" Type="${type}" Target="/xl/worksheets/${name}.xml"/>`,
      )
      .join("")}</Relationships>`,
  };
  for (const name of names) parts[`xl/worksheets/${name}.xml`] = empty;
  const content = rawXlsx("", parts);
  // 1.2 GiB of rows in little more than a MiB; 32 MiB of them are enough to tell.
  expect(content.length).toBeLessThan(3 * MIB);
  const before = process.memoryUsage().rss;
  const fault = await refused(content);
  expect(fault.code).toBe("zip_bomb");
  expect(fault.message).toContain("a workbook unpacked to at most 250 times its size");
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * MIB);
}, 60_000);

it.each([
  ["LZ4_FRAME", CompressionType.LZ4_FRAME, "04224d1840"],
  ["ZSTD", CompressionType.ZSTD, "28b52ffd"],
] as const)("an Arrow file packed by %s is refused for that", async (_, packing, magic) => {
  const content = new Table({ id: vectorFromArray(["a".repeat(100)]) });
  // Nobody unpacks it: the mark of the packing is enough to write one.
  const encode = (bytes: Uint8Array) => Buffer.concat([Buffer.from(magic, "hex"), bytes]);
  for (const kind of ["file", "stream"] as const) {
    compressionRegistry.set(packing, { encode });
    const packed = Buffer.from(tableToIPC(content, kind, packing));
    compressionRegistry.set(packing, undefined as never);
    const file = await temporary("packed.arrow", packed);
    const { faults } = await faultOf(parseFile(table, file, { mapping: MAPPING }));
    expect(faults).toEqual([
      {
        ...{ code: "unsupported_codec", path: "file", value: "packed.arrow" },
        expected: "an Arrow file that is not packed (compression: none)",
      },
    ]);
  }
});
