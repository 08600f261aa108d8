/**
 * A file read at any place, for containers whose directory stands at the end, and what is said when
 * such a file is damaged.
 */

import type { FileHandle } from "node:fs/promises";
import { InputError, inputError } from "../domain/shared/errors.ts";

export interface ByteSource {
  /** The file's name, for faults. */
  readonly name: string;
  readonly size: number;
  /** The bytes at a place; fewer where the file ends before. */
  read(position: number, length: number): Promise<Buffer>;
}

export function byteSource(
  handle: FileHandle,
  { name, size }: { name: string; size: number },
  onBytes: ((read: number, total: number) => void) | undefined,
): ByteSource {
  let counted = 0;
  return {
    name,
    size,
    async read(position, length) {
      const wanted = Math.max(0, Math.min(length, size - position));
      const buffer = Buffer.allocUnsafeSlow(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await handle.read(buffer, filled, wanted - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      // Some places are read twice, so the count may come to the end before the rows do.
      counted = Math.min(size, counted + filled);
      onBytes?.(counted, size);
      return buffer.subarray(0, filled);
    },
  };
}

/** What `values` throws that is neither a fault nor of the disk is told as damage of the file. */
export async function* damageTold<Value>(
  values: AsyncIterable<Value>,
  { name }: ByteSource,
  what: string,
): AsyncGenerator<Value> {
  try {
    yield* values;
  } catch (error) {
    throw damage(error, name, what);
  }
}

function damage(error: unknown, name: string, what: string): unknown {
  const isOfDisk = error instanceof Error && "syscall" in error;
  if (error instanceof InputError || isOfDisk) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const expected = `a whole ${what}; it is cut off or damaged (${reason.slice(0, 200)})`;
  return inputError(
    { code: "damaged_file", path: "file", value: name, expected },
    { cause: error },
  );
}
