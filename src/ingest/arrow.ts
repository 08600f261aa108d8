/**
 * Arrow IPC to rows, a record batch at a time: streams from front to back, and files (Feather) by the
 * directory at their end, since some writers leave the schema out of the front.
 */

import type { FileHandle } from "node:fs/promises";
import { RecordBatchReader, type Schema } from "apache-arrow";
import { inputError } from "../domain/shared/errors.ts";
import { arrowColumn } from "./arrow-cells.ts";
import { type ByteSource, damageTold } from "./byte-source.ts";
import { fileFault } from "./bytes.ts";
import type { RowBlock } from "./delimited.ts";
import {
  type RowsWish,
  rowBlocks,
  type TableRow,
  type TypedColumn,
  typedColumns,
  typedRow,
} from "./row-blocks.ts";

const MARK = "ARROW1";
const PIECE_BYTES = 256 * 1024;
const LARGEST_BATCH_BYTES = 1024 * 1024 * 1024;
const BATCH_ROWS = 4096;

/**
 * @throws InputError `damaged_file`, `nested_column`, `unsupported_column`, `unsupported_codec`,
 * `record_batch_too_large`.
 */
export function arrowFileRows(source: ByteSource, wish: RowsWish): AsyncGenerator<RowBlock> {
  const held = { bytes: 0 };
  const batches = async function* () {
    await requireDirectory(source);
    const reader = await RecordBatchReader.from(fileHandle(source, held));
    yield* batchesOf(reader, source.name, held);
  };
  return rowBlocks(damageTold(batches(), source, "Arrow file"), wish.columns);
}

/** @throws InputError as `arrowFileRows` does. */
export function arrowStreamRows(source: ByteSource, wish: RowsWish): AsyncGenerator<RowBlock> {
  const held = { bytes: 0 };
  const batches = async function* () {
    const reader = await RecordBatchReader.from(piecesOf(source, held));
    yield* batchesOf(reader, source.name, held);
  };
  return rowBlocks(damageTold(batches(), source, "Arrow stream"), wish.columns);
}

/** Without it the library would take the file for a stream. */
async function requireDirectory({ size, read }: ByteSource): Promise<void> {
  const tail = await read(Math.max(0, size - 10), 10);
  const isWhole = tail.length === 10 && tail.subarray(4).toString("latin1") === MARK;
  const bytes = isWhole ? tail.readInt32LE(0) : 0;
  if (bytes <= 0 || bytes > size - 18) throw new Error("its directory at the end is missing");
}

/** What was read since the last batch was given. */
interface Held {
  bytes: number;
}

async function* batchesOf(
  reader: RecordBatchReader,
  name: string,
  held: Held,
): AsyncGenerator<readonly TableRow[]> {
  try {
    // A file's dictionaries are read here already.
    await reader.open();
    if (!reader.schema) throw new Error("it has no schema");
    const columns = columnsOf(reader.schema);
    yield [{ line: 1, cells: columns.map((column) => column.name), faults: [] }];
    let line = 2;
    for await (const batch of reader) {
      held.bytes = 0;
      const vectors = columns.map((_, at) => batch.getChildAt(at));
      for (let from = 0; from < batch.numRows; from += BATCH_ROWS) {
        const to = Math.min(from + BATCH_ROWS, batch.numRows);
        const rows: TableRow[] = [];
        for (let row = from; row < to; row++) {
          rows.push(typedRow(columns, (at) => vectors[at]?.get(row), line++));
        }
        yield rows;
      }
    }
  } catch (error) {
    throw codecFault(error, name) ?? error;
  }
}

function columnsOf({ fields }: Schema): TypedColumn[] {
  return typedColumns(fields.map((field) => ({ name: field.name, column: arrowColumn(field) })));
}

/** The library says of a packed batch only this. */
function codecFault(cause: unknown, name: string) {
  if (!(cause instanceof Error) || !/codec not found/.test(cause.message)) return null;
  const expected = "an Arrow file that is not packed (compression: none)";
  const fault = { code: "unsupported_codec", path: "file", value: name, expected };
  return inputError(fault, { cause });
}

async function* piecesOf(source: ByteSource, held: Held): AsyncGenerator<Buffer> {
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    yield await readHeld(source, { position: at, length: PIECE_BYTES }, held);
  }
}

/** The library knows a file at any place by these; the number is never used. */
function fileHandle(source: ByteSource, held: Held) {
  const handle = {
    fd: -1,
    stat: async () => ({ size: source.size }),
    close: async () => {},
    async read(buffer: Uint8Array, offset: number, length: number, position: number) {
      const bytes = await readHeld(source, { position, length }, held);
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
  };
  return handle as unknown as FileHandle;
}

async function readHeld(
  source: ByteSource,
  { position, length }: { position: number; length: number },
  held: Held,
): Promise<Buffer> {
  held.bytes += length;
  if (held.bytes > LARGEST_BATCH_BYTES) {
    const expected = `record batches of at most ${LARGEST_BATCH_BYTES} bytes`;
    throw fileFault("record_batch_too_large", source.name, expected);
  }
  return source.read(position, length);
}
