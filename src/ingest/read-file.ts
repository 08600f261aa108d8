/**
 * A file of a format: opened, decoded (or read as a table that is no text) and parsed, with the file's
 * name in every error about a line.
 */

import { basename } from "node:path";
import { InputError } from "../domain/shared/errors.ts";
import type { Format, FormatOptions, ParsedBlock } from "./format.ts";
import { openTable } from "./table-file.ts";
import { openText, type TextOptions } from "./text.ts";

export interface ReadFile {
  /** Can be read once. Blocks before an error are good: what they hold may be kept. */
  readonly blocks: AsyncIterable<ParsedBlock>;
  /** Final when the blocks are at their end; see `text.ts`. */
  readonly encoding: string;
  readonly compressed: boolean;
  readonly totalBytes: number;
}

/** @throws InputError as `openTable` and `openText` do; the blocks throw what the format throws. */
export async function readFormatFile(
  file: string,
  format: Format,
  options: FormatOptions & TextOptions,
): Promise<ReadFile> {
  const { parseRows } = format;
  const table = parseRows === undefined ? null : await openTable(file, options.onBytes);
  if (parseRows !== undefined && table !== null) {
    const blocks = parseRows((wish) => table.rows(wish), options);
    const { totalBytes } = table;
    const whole = { encoding: "utf-8", compressed: false, totalBytes };
    return { blocks: named(basename(file), table, blocks), ...whole };
  }
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
  opened: { close(): Promise<void> },
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
