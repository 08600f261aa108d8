/**
 * Tables that are no text, told by their first bytes: which kind, and the rows of it.
 */

import { basename } from "node:path";
import { arrowFileRows, arrowStreamRows } from "./arrow.ts";
import { type ByteSource, byteSource } from "./byte-source.ts";
import { openFile } from "./bytes.ts";
import type { RowBlock } from "./delimited.ts";
import { parquetRows } from "./parquet.ts";
import type { RowsWish } from "./row-blocks.ts";
import { type WorkbookSheets, workbookSheets, xlsxRows } from "./xlsx.ts";
import { passwordFault } from "./xlsx-archive.ts";

type ReadRows = (source: ByteSource, wish: RowsWish) => AsyncGenerator<RowBlock>;

export type ContainerKind = "xlsx" | "parquet" | "arrow";

interface Container {
  readonly kind: ContainerKind;
  readonly magic: readonly number[];
  readonly rows: ReadRows;
}

const CONTAINERS: readonly Container[] = [
  { kind: "xlsx", magic: [0x50, 0x4b, 0x03, 0x04], rows: xlsxRows },
  { kind: "parquet", magic: [0x50, 0x41, 0x52, 0x31], rows: parquetRows },
  { kind: "arrow", magic: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31, 0x00, 0x00], rows: arrowFileRows },
  { kind: "arrow", magic: [0xff, 0xff, 0xff, 0xff], rows: arrowStreamRows },
];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

export interface OpenedTable {
  readonly kind: ContainerKind;
  /** The sheets of a workbook; null for a table that has none. */
  sheets(): Promise<WorkbookSheets | null>;
  /** Can be read once. */
  rows(wish: RowsWish): AsyncIterable<RowBlock>;
  readonly totalBytes: number;
  close(): Promise<void>;
}

/**
 * Null for a file that is no such table: it is text, or something that the reader of texts refuses.
 *
 * @throws InputError `file_not_found`, `not_a_file`, `file_unreadable`, `password_protected`.
 */
export async function openTable(
  file: string,
  onBytes: ((read: number, total: number) => void) | undefined,
): Promise<OpenedTable | null> {
  const { handle, total } = await openFile(file);
  try {
    const source = byteSource(handle, { name: basename(file), size: total }, onBytes);
    const head = Buffer.alloc(8);
    await handle.read(head, 0, 8, 0);
    const begins = (magic: readonly number[]) => magic.every((byte, at) => head[at] === byte);
    if (begins(OLE) && (await isEncryptedPackage(source))) throw passwordFault(source.name);
    const container = CONTAINERS.find(({ magic }) => begins(magic));
    if (container !== undefined) {
      const { kind } = container;
      return {
        kind,
        sheets: async () => (kind === "xlsx" ? workbookSheets(source) : null),
        rows: (wish) => container.rows(source, wish),
        totalBytes: total,
        close: () => handle.close(),
      };
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

/**
 * A workbook with a password is an OLE file with a stream of this name. The stream's name stands in the
 * directory, whose first sector the head of the file tells (MS-CFB 2.2).
 */
async function isEncryptedPackage(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, 512);
  if (head.length < 512) return false;
  const sectorBytes = head.readUInt16LE(30) === 12 ? 4096 : 512;
  const directory = (head.readUInt32LE(48) + 1) * sectorBytes;
  const names = await source.read(directory, 16 * 1024);
  return names.includes(Buffer.from("EncryptedPackage", "utf16le"));
}
