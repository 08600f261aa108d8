/**
 * The bytes of a file in pieces: opened, counted, cut at line ends, put back after a look at the first.
 */

import { open } from "node:fs/promises";
import { type InputError, inputError } from "../domain/shared/errors.ts";

const READ_BYTES = 256 * 1024;
const LONGEST_UNCUT_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** @throws InputError `file_not_found`, `file_unreadable`, `not_a_file`. */
export async function openFile(file: string) {
  const handle = await open(file, "r").catch((cause: NodeJS.ErrnoException) => {
    const missing = cause.code === "ENOENT";
    const code = missing ? "file_not_found" : "file_unreadable";
    throw inputError({ code, path: "file", value: file, expected: "a readable file" }, { cause });
  });
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    throw fileFault("not_a_file", file, "a file, not a folder or device");
  }
  return { handle, total: stats.size };
}

/** @throws InputError as `openFile` does. */
export async function openBytes(
  file: string,
  onBytes: ((read: number, total: number) => void) | undefined,
) {
  const { handle, total } = await openFile(file);
  async function* pieces(): AsyncGenerator<Buffer> {
    let read = 0;
    for await (const piece of handle.createReadStream({ highWaterMark: READ_BYTES })) {
      read += piece.length;
      onBytes?.(read, total);
      yield piece as Buffer;
    }
  }
  return { totalBytes: total, pieces: pieces() };
}

/** The first piece; empty when there is none. */
export async function firstOf(pieces: AsyncGenerator<Buffer>): Promise<Buffer> {
  const first = await pieces.next();
  return first.done ? Buffer.alloc(0) : first.value;
}

/** The pieces from the beginning again, after their first was looked at. */
export async function* withFirst(
  head: Buffer,
  rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (head.length > 0) yield head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** Cuts after line ends; a line beyond 1 MiB is cut after an ASCII byte that ends no character. */
export async function* wholeLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer = Buffer.alloc(0);
  for await (const piece of bytes) {
    const joined = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
    let end = Math.max(joined.lastIndexOf(NEWLINE), joined.lastIndexOf(RETURN)) + 1;
    if (end === 0 && joined.length > LONGEST_UNCUT_BYTES) end = lastAscii(joined) + 1;
    if (end > 0) yield joined.subarray(0, end);
    kept = joined.subarray(end);
  }
  if (kept.length > 0) yield kept;
}

/** Bytes below 0x30 end no character of UTF-8 or GB18030; the very end when there is none. */
function lastAscii(bytes: Buffer): number {
  const at = bytes.findLastIndex((byte) => byte < 0x30);
  return at === -1 ? bytes.length - 1 : at;
}

/** A fault of the file as a whole. */
export function fileFault(code: string, name: string, expected: string): InputError {
  return inputError({ code, path: "file", value: name, expected });
}
