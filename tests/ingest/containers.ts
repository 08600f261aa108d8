/**
 * One table in every container, written by the writers of others, and ZIP archives made by hand, whose
 * heads may lie.
 */

import { crc32, deflateRawSync } from "node:zlib";
import {
  Bool,
  Float64,
  makeBuilder,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
} from "apache-arrow";
import ExcelJS from "exceljs";
import { parquetWriteBuffer } from "hyparquet-writer";

/** A row of the table that all containers hold. */
export interface Sample {
  readonly id: string;
  /** Wall time in milliseconds. */
  readonly at: number;
  readonly wait: number | null;
  readonly note: string | null;
  readonly moved: boolean | null;
}

const NAMES = ["id", "at", "wait", "note", "moved"] as const;

export function wallText(at: number): string {
  return new Date(at).toISOString().slice(0, -1);
}

export function csvOf(samples: readonly Sample[]): Buffer {
  const cell = (value: unknown) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const rows = samples.map((one) =>
    NAMES.map((name) => cell(name === "at" ? wallText(one.at) : one[name])).join(","),
  );
  return Buffer.from([NAMES.join(","), ...rows].join("\n"));
}

export async function xlsxOf(samples: readonly Sample[]): Promise<Buffer> {
  const rows = samples.map((one) =>
    NAMES.map((name) => (name === "at" ? new Date(one.at) : one[name])),
  );
  return sheetsOf({ Calls: [[...NAMES], ...rows] });
}

/** A workbook of sheets with these cells; a cell may be anything exceljs takes. */
export async function sheetsOf(
  sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.value instanceof Date) cell.numFmt = "yyyy-mm-dd hh:mm:ss.000";
      }),
    );
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export function parquetOf(samples: readonly Sample[], rowGroupSize = 3): Buffer {
  const columnData = NAMES.map((name) => ({
    name,
    data: samples.map((one) => (name === "at" ? BigInt(one.at) : one[name])),
  }));
  const optional = { repetition_type: "OPTIONAL" as const };
  const wall = { type: "TIMESTAMP" as const, isAdjustedToUTC: false, unit: "MILLIS" as const };
  const bytes = parquetWriteBuffer({
    columnData,
    rowGroupSize,
    schema: [
      { name: "root", num_children: 5 },
      { name: "id", type: "BYTE_ARRAY", converted_type: "UTF8", ...optional },
      { name: "at", type: "INT64", logical_type: wall, ...optional },
      { name: "wait", type: "DOUBLE", ...optional },
      { name: "note", type: "BYTE_ARRAY", converted_type: "UTF8", ...optional },
      { name: "moved", type: "BOOLEAN", ...optional },
    ],
  });
  return Buffer.from(bytes);
}

export function arrowOf(samples: readonly Sample[], kind: "file" | "stream"): Buffer {
  const column = (name: keyof Sample): Vector => {
    const type = {
      id: new Utf8(),
      at: new TimestampMillisecond(),
      wait: new Float64(),
      note: new Utf8(),
      moved: new Bool(),
    }[name];
    const builder = makeBuilder({ type, nullValues: [null] });
    for (const one of samples) builder.append(one[name] as never);
    return builder.finish().toVector();
  };
  const table = new Table(Object.fromEntries(NAMES.map((name) => [name, column(name)])));
  return Buffer.from(tableToIPC(table, kind));
}

/** A part of an archive; `size` and `checksum` are what its heads say instead of the truth. */
export interface Part {
  readonly content: string | Buffer;
  readonly size?: number;
  readonly checksum?: number;
}

export function zipOf(parts: Readonly<Record<string, string | Part>>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, given] of Object.entries(parts)) {
    const part = typeof given === "string" ? { content: given } : given;
    const content = Buffer.from(part.content);
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(part.checksum ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(part.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    const made = Buffer.from("PK\x01\x02\x14\x00", "latin1");
    directory.push(Buffer.concat([made, common, place, Buffer.from(name)]));
    bodies.push(body);
    offset += body.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

const TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A workbook of one sheet, `S`, from the XML of its rows; other parts may be put in or changed. */
export function rawXlsx(rows: string, more: Readonly<Record<string, string | Part>> = {}): Buffer {
  const relation = (id: string, type: string, target: string) =>
    `<Relationships><Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/></Relationships>`;
  return zipOf({
    "_rels/.rels": relation("a", "officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml":
      '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relation("b", "worksheet", "/xl/worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  });
}

/** An OLE file whose directory has one stream. */
export function oleOf(stream: string): Buffer {
  const head = Buffer.alloc(512);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(head);
  head.writeUInt16LE(9, 30);
  head.writeUInt32LE(0, 48);
  const directory = Buffer.alloc(512);
  directory.write(stream, 128, "utf16le");
  return Buffer.concat([head, directory]);
}
