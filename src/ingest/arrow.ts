/**
 * Arrow IPC to rows, a record batch at a time: streams from front to back, and files (Feather) by the
 * directory at their end, since some writers leave the schema out of the front.
 */

import type { FileHandle } from "node:fs/promises";
import { RecordBatchReader, type Schema, type Vector } from "apache-arrow";
import { type Fault, InputError, inputError } from "../domain/shared/errors.ts";
import { type ArrowColumn, arrowColumn } from "./arrow-cells.ts";
import { type ByteSource, damageTold } from "./byte-source.ts";
import { fileFault } from "./bytes.ts";
import { isUnsafe } from "./cell-text.ts";
import type { RowBlock } from "./delimited.ts";
import { MOST_COLUMNS, tooManyColumns } from "./limits.ts";
import {
  type CellFault,
  type RowsWish,
  rowBlocks,
  type TableRow,
  UNSAFE_NUMBER,
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
  await reader.open();
  if (!reader.schema) throw new Error("it has no schema");
  const columns = columnsOf(reader.schema);
  yield [{ line: 1, cells: columns.map((column) => column.name), faults: [] }];
  let line = 2;
  try {
    for await (const batch of reader) {
      held.bytes = 0;
      const vectors = columns.map((_, at) => batch.getChildAt(at));
      for (let from = 0; from < batch.numRows; from += BATCH_ROWS) {
        const to = Math.min(from + BATCH_ROWS, batch.numRows);
        const rows: TableRow[] = [];
        for (let row = from; row < to; row++) rows.push(tableRow(vectors, columns, row, line++));
        yield rows;
      }
    }
  } catch (error) {
    throw codecFault(error, name) ?? error;
  }
}

function tableRow(
  vectors: readonly (Vector | null)[],
  columns: readonly ArrowColumn[],
  row: number,
  line: number,
): TableRow {
  const cells: string[] = [];
  let faults: CellFault[] = NO_FAULTS;
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at] as ArrowColumn;
    const value: unknown = vectors[at]?.get(row);
    cells.push(column.text(value));
    if (column.isDouble && isUnsafe(value as number)) {
      faults = [...faults, { column: at, ...UNSAFE_NUMBER }];
    }
  }
  return { line, cells, faults };
}

const NO_FAULTS: CellFault[] = [];

function columnsOf({ fields }: Schema): ArrowColumn[] {
  if (fields.length > MOST_COLUMNS) throw tooManyColumns(1, fields.length);
  if (fields.length === 0) throw new Error("no columns");
  const faults: Fault[] = [];
  const columns = fields.flatMap((field): ArrowColumn[] => {
    const column = arrowColumn(field);
    if (typeof column !== "string") return [column];
    const expected =
      column === "nested_column"
        ? "columns of single values, no lists, maps or records"
        : "a column of numbers, texts, flags or times";
    faults.push({ code: column, path: "columns", value: field.name, expected, line: 1 });
    return [];
  });
  if (faults.length > 0) throw new InputError(faults);
  return columns;
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
