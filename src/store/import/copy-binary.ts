/**
 * Rows in the binary form of COPY, written straight into buffers: numbers stay numbers on the way, so
 * neither side prints or parses them, and no array is made of a row.
 *
 * The form: PostgreSQL documentation, COPY, "Binary Format".
 */

import { dayNumber } from "../../domain/shared/days.ts";
import { invariant } from "../../domain/shared/errors.ts";
import type { Day } from "../../domain/shared/vocabulary.ts";
import { type FactTable, PROVENANCE } from "./fact-tables.ts";

/** The batch that rows are of, and its source. */
export interface BatchIdentity {
  readonly sourceId: number;
  readonly batchId: number;
}

/**
 * The rows of one fact on their way: a row is begun, its values are put in the order of the fact's
 * columns, and it is ended. One object for all rows, so that nothing is allocated by value.
 */
export interface CopySheet {
  readonly table: string;
  /** How every row begins: the number of its fields, its source and its batch. */
  readonly opening: Buffer;
  /** Columns of the fact's own. */
  readonly columns: number;
  buffer: Buffer;
  /** Of the same bytes: its numbers are in the order of the network. */
  view: DataView;
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
/** Of a longer file the lines beyond are not known. */
const MOST_LINES = 2 ** 31 - 1;

export const COPY_HEADER: Buffer = Buffer.concat([
  Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"),
  Buffer.alloc(8),
]);
export const COPY_TRAILER: Buffer = Buffer.from([0xff, 0xff]);

/** An empty sheet for the rows of a fact in one batch. */
export function copySheet(fact: FactTable, batch: BatchIdentity): CopySheet {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  return {
    table: fact.table,
    opening: openingOf(fact, batch),
    columns: fact.columns.length,
    buffer,
    view: viewOf(buffer),
    at: 0,
    rowStart: 0,
    put: 0,
    full: [],
    lastDay: "2000-01-01",
    lastDayNumber: 0,
  };
}

function openingOf(fact: FactTable, { sourceId, batchId }: BatchIdentity): Buffer {
  const { before, behind } = PROVENANCE;
  const opening = Buffer.alloc(2 + before.length * 8);
  let at = opening.writeInt16BE(before.length + fact.columns.length + behind.length, 0);
  for (const id of [sourceId, batchId]) {
    at = opening.writeInt32BE(4, at);
    at = opening.writeInt32BE(id, at);
  }
  return opening;
}

/** The pieces that are full; the sheet lets go of them. */
export function fullPieces(sheet: CopySheet): Buffer[] {
  const pieces = sheet.full;
  if (pieces.length > 0) sheet.full = [];
  return pieces;
}

/** The pieces that are left, full or not. The last of a sheet. */
export function allPieces(sheet: CopySheet): Buffer[] {
  return sheet.at === 0 ? sheet.full : [...sheet.full, sheet.buffer.subarray(0, sheet.at)];
}

export function beginRow(sheet: CopySheet): void {
  sheet.rowStart = sheet.at;
  makeRoom(sheet, ROW_BYTES);
  sheet.buffer.set(sheet.opening, sheet.at);
  sheet.at += sheet.opening.length;
  sheet.put = 0;
}

/** `line` is where the row stands in its file, `inputRows` how many rows of it are accounted for. */
export function endRow(sheet: CopySheet, line: number, inputRows: number): void {
  invariant(sheet.put === sheet.columns, `a row of ${sheet.table} has a value for each column`);
  if (line > MOST_LINES) writeNull(sheet);
  else writeInt32(sheet, line);
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
  writeLength(sheet, 2);
  sheet.view.setInt16(sheet.at, value);
  sheet.at += 2;
}

export function putBigint(sheet: CopySheet, value: bigint | null): void {
  sheet.put++;
  if (value === null) {
    writeNull(sheet);
    return;
  }
  writeLength(sheet, 8);
  sheet.view.setBigInt64(sheet.at, value);
  sheet.at += 8;
}

export function putFlag(sheet: CopySheet, value: boolean | null): void {
  sheet.put++;
  if (value === null) {
    writeNull(sheet);
    return;
  }
  writeLength(sheet, 1);
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
  for (const number of head) writeLength(sheet, number);
  for (const value of values) writeText(sheet, value);
  sheet.view.setInt32(lengthAt, sheet.at - lengthAt - 4);
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
  continueIn(sheet, next);
}

function continueIn(sheet: CopySheet, buffer: Buffer): void {
  sheet.buffer = buffer;
  sheet.view = viewOf(buffer);
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}

function writeNull(sheet: CopySheet): void {
  writeLength(sheet, NULL_LENGTH);
}

function writeLength(sheet: CopySheet, bytes: number): void {
  sheet.view.setInt32(sheet.at, bytes);
  sheet.at += 4;
}

function writeInt32(sheet: CopySheet, value: number): void {
  sheet.view.setInt32(sheet.at, 4);
  sheet.view.setInt32(sheet.at + 4, value);
  sheet.at += 8;
}

/** A safe integer, in two halves: a BigInt would be an object. */
function writeInt64(sheet: CopySheet, value: number): void {
  const high = Math.floor(value / TWO_TO_32);
  writeLength(sheet, 8);
  sheet.view.setInt32(sheet.at, high);
  sheet.view.setUint32(sheet.at + 4, value - high * TWO_TO_32);
  sheet.at += 8;
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
  sheet.view.setInt32(at, length);
  sheet.at = start + length;
}
