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

/** The row being written: its values in the order of the fact's columns, then `end`. */
export interface StagedRow {
  text(value: string | null): void;
  integer(value: number | null): void;
  smallint(value: number): void;
  bigint(value: bigint | null): void;
  flag(value: boolean | null): void;
  day(value: Day): void;
  /** Milliseconds since 1970; staged in seconds. */
  instant(milliseconds: number | null): void;
  texts(values: readonly string[] | null): void;
}

export interface RowWriter extends StagedRow {
  begin(): void;
  /** `line` is where the row stands in its file, `inputRows` how many rows of it are accounted for. */
  end(line: number, inputRows: number): void;
  /** The rows written since the last call, in pieces. */
  take(): Buffer[];
}

const PIECE_BYTES = 1 << 20;
/** Room for all of a row but its texts, which ask for their own. */
const ROW_BYTES = 1024;
const NULL_LENGTH = -1;
const TEXT_OID = 25;
/** Days from 1970-01-01 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_DAYS = 10_957;
const TWO_TO_32 = 2 ** 32;

export const COPY_HEADER: Buffer = Buffer.concat([
  Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"),
  Buffer.alloc(8),
]);
export const COPY_TRAILER: Buffer = Buffer.from([0xff, 0xff]);

/** Makes the writer of a fact's staged rows. */
export function rowWriter(fact: FactTable): RowWriter {
  const fields = fact.columns.length + 2;
  let buffer = Buffer.allocUnsafe(PIECE_BYTES);
  let at = 0;
  let rowStart = 0;
  let written = 0;
  let pieces: Buffer[] = [];
  let lastDay: Day = "2000-01-01";
  let lastDayNumber = 0;

  /** Begins a new buffer, and carries over what there is of the row. */
  const makeRoom = (bytes: number) => {
    if (at + bytes <= buffer.length) return;
    const begun = buffer.subarray(rowStart, at);
    const next = Buffer.allocUnsafe(Math.max(PIECE_BYTES, begun.length + bytes));
    begun.copy(next);
    if (rowStart > 0) pieces.push(buffer.subarray(0, rowStart));
    at = begun.length;
    rowStart = 0;
    buffer = next;
  };
  const putNull = () => {
    at = buffer.writeInt32BE(NULL_LENGTH, at);
  };
  const putInt32 = (value: number) => {
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(value, at);
  };
  /** Short ASCII, which is nearly everything, goes byte by byte: half the time of Buffer.write. */
  const putText = (text: string) => {
    makeRoom(4 + text.length * 3 + ROW_BYTES);
    const start = at + 4;
    let i = 0;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127 || code === 0) break;
      buffer[start + i] = code;
    }
    // PostgreSQL text cannot hold a zero character; the readers of logs refuse files that have one.
    const length =
      i === text.length ? i : buffer.write(text.replaceAll("\0", "\uFFFD"), start, "utf8");
    buffer.writeInt32BE(length, at);
    at = start + length;
  };

  return {
    begin: () => {
      rowStart = at;
      makeRoom(ROW_BYTES);
      at = buffer.writeInt16BE(fields, at);
      written = 0;
    },
    text: (value) => {
      written++;
      if (value === null) putNull();
      else putText(value);
    },
    integer: (value) => {
      written++;
      if (value === null) putNull();
      else putInt32(value);
    },
    smallint: (value) => {
      written++;
      at = buffer.writeInt32BE(2, at);
      at = buffer.writeInt16BE(value, at);
    },
    bigint: (value) => {
      written++;
      if (value === null) {
        putNull();
        return;
      }
      at = buffer.writeInt32BE(8, at);
      at = buffer.writeBigInt64BE(value, at);
    },
    flag: (value) => {
      written++;
      if (value === null) {
        putNull();
        return;
      }
      at = buffer.writeInt32BE(1, at);
      buffer[at++] = value ? 1 : 0;
    },
    day: (value) => {
      written++;
      // The rows of a log follow one another: most often it is the day of the row before.
      if (value !== lastDay) {
        lastDay = value;
        lastDayNumber = dayNumber(value) - EPOCH_DAYS;
      }
      putInt32(lastDayNumber);
    },
    instant: (milliseconds) => {
      written++;
      if (milliseconds === null) {
        putNull();
        return;
      }
      at = buffer.writeInt32BE(8, at);
      at = buffer.writeDoubleBE(milliseconds / 1000, at);
    },
    texts: (values) => {
      written++;
      if (values === null) {
        putNull();
        return;
      }
      // One dimension: how many, has nulls, type of the elements, length, lower bound, elements.
      const before = values.reduce((bytes, value) => bytes + 4 + value.length * 3, 32);
      makeRoom(before + ROW_BYTES);
      const lengthAt = at;
      at += 4;
      const head = values.length === 0 ? [0, 0, TEXT_OID] : [1, 0, TEXT_OID, values.length, 1];
      for (const number of head) at = buffer.writeInt32BE(number, at);
      for (const value of values) putText(value);
      buffer.writeInt32BE(at - lengthAt - 4, lengthAt);
    },
    end: (line, inputRows) => {
      invariant(written === fields - 2, `a row of ${fact.table} has a value for each column`);
      at = buffer.writeInt32BE(8, at);
      at = buffer.writeInt32BE(Math.floor(line / TWO_TO_32), at);
      at = buffer.writeUInt32BE(line % TWO_TO_32, at);
      putInt32(inputRows);
      rowStart = at;
    },
    take: () => {
      if (at > 0) pieces.push(buffer.subarray(0, at));
      buffer = Buffer.allocUnsafe(PIECE_BYTES);
      at = 0;
      rowStart = 0;
      const taken = pieces;
      pieces = [];
      return taken;
    },
  };
}
