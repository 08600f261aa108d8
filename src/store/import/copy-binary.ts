/**
 * Rows in the binary form of COPY, written straight into buffers: numbers stay numbers on the way, so
 * neither side prints or parses them, and no array is made of a row.
 *
 * The form: PostgreSQL documentation, COPY, "Binary Format".
 */

import { dayNumber } from "../../domain/shared/days.ts";
import { invariant } from "../../domain/shared/errors.ts";
import type { Day } from "../../domain/shared/vocabulary.ts";
import type { FactTable } from "./fact-tables.ts";

/**
 * The rows of one fact on their way: a row is begun, its values are put in the order of the fact's
 * columns, and it is ended. One object for all rows, so that nothing is allocated by value.
 */
export interface CopySheet {
  readonly table: string;
  /** Columns of the stage: those of the fact, then line and input_rows. */
  readonly fields: number;
  buffer: Buffer;
  at: number;
  rowStart: number;
  /** Values put since the row was begun. */
  put: number;
  full: Buffer[];
  lastDay: Day;
  lastDayNumber: number;
}

const PIECE_BYTES = 1 << 20;
/** Room for all of a row but its texts, which ask for their own. */
const ROW_BYTES = 1024;
const NULL_LENGTH = -1;
const TEXT_OID = 25;
/** Days from 1970-01-01 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_DAYS = 10_957;
const EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 2 ** 32;

export const COPY_HEADER: Buffer = Buffer.concat([
  Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"),
  Buffer.alloc(8),
]);
export const COPY_TRAILER: Buffer = Buffer.from([0xff, 0xff]);

/** An empty sheet for the rows of a fact. */
export function copySheet(fact: FactTable): CopySheet {
  return {
    table: fact.table,
    fields: fact.columns.length + 2,
    buffer: Buffer.allocUnsafe(PIECE_BYTES),
    at: 0,
    rowStart: 0,
    put: 0,
    full: [],
    lastDay: "2000-01-01",
    lastDayNumber: 0,
  };
}

/** The rows written so far, in pieces; the sheet begins anew. */
export function takePieces(sheet: CopySheet): Buffer[] {
  const pieces = sheet.full;
  if (sheet.at > 0) pieces.push(sheet.buffer.subarray(0, sheet.at));
  sheet.full = [];
  sheet.buffer = Buffer.allocUnsafe(PIECE_BYTES);
  sheet.at = 0;
  sheet.rowStart = 0;
  return pieces;
}

export function beginRow(sheet: CopySheet): void {
  sheet.rowStart = sheet.at;
  makeRoom(sheet, ROW_BYTES);
  sheet.at = sheet.buffer.writeInt16BE(sheet.fields, sheet.at);
  sheet.put = 0;
}

/** `line` is where the row stands in its file, `inputRows` how many rows of it are accounted for. */
export function endRow(sheet: CopySheet, line: number, inputRows: number): void {
  invariant(sheet.put === sheet.fields - 2, `a row of ${sheet.table} has a value for each column`);
  writeInt64(sheet, line);
  writeInt32(sheet, inputRows);
  sheet.rowStart = sheet.at;
}

export function putText(sheet: CopySheet, value: string | null): void {
  sheet.put++;
  if (value === null) writeNull(sheet);
  else writeText(sheet, value);
}

export function putInteger(sheet: CopySheet, value: number | null): void {
  sheet.put++;
  if (value === null) writeNull(sheet);
  else writeInt32(sheet, value);
}

export function putSmallint(sheet: CopySheet, value: number): void {
  sheet.put++;
  sheet.at = sheet.buffer.writeInt32BE(2, sheet.at);
  sheet.at = sheet.buffer.writeInt16BE(value, sheet.at);
}

export function putBigint(sheet: CopySheet, value: bigint | null): void {
  sheet.put++;
  if (value === null) {
    writeNull(sheet);
    return;
  }
  sheet.at = sheet.buffer.writeInt32BE(8, sheet.at);
  sheet.at = sheet.buffer.writeBigInt64BE(value, sheet.at);
}

export function putFlag(sheet: CopySheet, value: boolean | null): void {
  sheet.put++;
  if (value === null) {
    writeNull(sheet);
    return;
  }
  sheet.at = sheet.buffer.writeInt32BE(1, sheet.at);
  sheet.buffer[sheet.at++] = value ? 1 : 0;
}

/** The rows of a log follow one another: most often it is the day of the row before. */
export function putDay(sheet: CopySheet, value: Day): void {
  sheet.put++;
  if (value !== sheet.lastDay) {
    sheet.lastDay = value;
    sheet.lastDayNumber = dayNumber(value) - EPOCH_DAYS;
  }
  writeInt32(sheet, sheet.lastDayNumber);
}

/** Milliseconds since 1970; PostgreSQL counts microseconds since 2000. */
export function putInstant(sheet: CopySheet, milliseconds: number | null): void {
  sheet.put++;
  if (milliseconds === null) {
    writeNull(sheet);
    return;
  }
  writeInt64(sheet, Math.round((milliseconds - EPOCH_MS) * 1000));
}

/** One dimension: how many, has nulls, type of the elements, length, lower bound, elements. */
export function putTexts(sheet: CopySheet, values: readonly string[] | null): void {
  sheet.put++;
  if (values === null) {
    writeNull(sheet);
    return;
  }
  const bytes = values.reduce((total, value) => total + 4 + value.length * 3, 32);
  makeRoom(sheet, bytes + ROW_BYTES);
  const lengthAt = sheet.at;
  sheet.at += 4;
  const head = values.length === 0 ? [0, 0, TEXT_OID] : [1, 0, TEXT_OID, values.length, 1];
  for (const number of head) sheet.at = sheet.buffer.writeInt32BE(number, sheet.at);
  for (const value of values) writeText(sheet, value);
  sheet.buffer.writeInt32BE(sheet.at - lengthAt - 4, lengthAt);
}

/** Begins a new buffer where this one is full, and carries over what there is of the row. */
function makeRoom(sheet: CopySheet, bytes: number): void {
  if (sheet.at + bytes <= sheet.buffer.length) return;
  const begun = sheet.buffer.subarray(sheet.rowStart, sheet.at);
  const next = Buffer.allocUnsafe(Math.max(PIECE_BYTES, begun.length + bytes));
  begun.copy(next);
  if (sheet.rowStart > 0) sheet.full.push(sheet.buffer.subarray(0, sheet.rowStart));
  sheet.at = begun.length;
  sheet.rowStart = 0;
  sheet.buffer = next;
}

function writeNull(sheet: CopySheet): void {
  sheet.at = sheet.buffer.writeInt32BE(NULL_LENGTH, sheet.at);
}

function writeInt32(sheet: CopySheet, value: number): void {
  sheet.at = sheet.buffer.writeInt32BE(4, sheet.at);
  sheet.at = sheet.buffer.writeInt32BE(value, sheet.at);
}

/** A safe integer, in two halves: a BigInt would be an object. */
function writeInt64(sheet: CopySheet, value: number): void {
  const high = Math.floor(value / TWO_TO_32);
  sheet.at = sheet.buffer.writeInt32BE(8, sheet.at);
  sheet.at = sheet.buffer.writeInt32BE(high, sheet.at);
  sheet.at = sheet.buffer.writeUInt32BE(value - high * TWO_TO_32, sheet.at);
}

/** Short ASCII, which is nearly everything, goes byte by byte: half the time of Buffer.write. */
function writeText(sheet: CopySheet, text: string): void {
  makeRoom(sheet, 4 + text.length * 3 + ROW_BYTES);
  const { buffer, at } = sheet;
  const start = at + 4;
  let length = 0;
  for (; length < text.length; length++) {
    const code = text.charCodeAt(length);
    if (code > 127 || code === 0) break;
    buffer[start + length] = code;
  }
  if (length < text.length) {
    // PostgreSQL text cannot hold a zero character; the readers of logs refuse files that have one.
    length = buffer.write(text.replaceAll("\0", "\uFFFD"), start, "utf8");
  }
  buffer.writeInt32BE(length, at);
  sheet.at = start + length;
}
