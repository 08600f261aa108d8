/**
 * A file of a format: opened, decoded and parsed, with the file's name in every error about a line.
 */

import { basename } from "node:path";
import { InputError } from "../domain/shared/errors.ts";
import type { Format, FormatOptions, ParsedBlock } from "./format.ts";
import { type OpenedText, openText, type TextOptions } from "./text.ts";

export interface ReadFile {
  /** Can be read once. Blocks before an error are good: what they hold may be kept. */
  readonly blocks: AsyncIterable<ParsedBlock>;
  /** Final when the blocks are at their end; see `text.ts`. */
  readonly encoding: string;
  readonly compressed: boolean;
  readonly totalBytes: number;
}

/** @throws InputError as `openText` does; the blocks throw what `Format.parse` throws. */
export async function readFormatFile(
  file: string,
  format: Format,
  options: FormatOptions & TextOptions,
): Promise<ReadFile> {
  const opened = await openText(file, options);
  return {
    blocks: named(basename(file), opened, format.parse(opened.text, options)),
    get encoding() {
      return opened.encoding;
    },
    compressed: opened.compressed,
    totalBytes: opened.totalBytes,
  };
}

/** The grammar "line 3: invalid row: ..." becomes "line 3: invalid row in calls.csv: ...". */
async function* named(
  file: string,
  opened: OpenedText,
  blocks: AsyncIterable<ParsedBlock>,
): AsyncGenerator<ParsedBlock> {
  try {
    yield* blocks;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const faults = error.faults.map((fault) =>
      fault.line === undefined ? fault : { ...fault, path: `${fault.path} in ${file}` },
    );
    throw new InputError(faults, { cause: error });
  } finally {
    // A mapping may be refused before anything was read.
    await opened.close();
  }
}
