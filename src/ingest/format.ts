/**
 * What every foreign log format is: text in, our records and rejects out, nothing lost.
 *
 * A format streams. It takes the text of one file in pieces of any size and yields blocks; it never
 * holds more than one block and what is still open (a call without its end yet). The law of every
 * format: over all blocks, the sum of `taken[].rows` plus the number of `rejects` is the sum of `rows`.
 */

import type { FactRecord, Reject, RowFinding } from "../domain/shared/records.ts";
import type { RowBlock } from "./delimited.ts";
import type { RowsWish } from "./row-blocks.ts";

/** One fact and the input rows it was made from. */
export interface TakenRow {
  /** The line of the file (from 1) on which the row begins; of the first of several. */
  readonly line: number;
  /** How many rows of the input this record accounts for. */
  readonly rows: number;
  readonly record: FactRecord;
  /** Further facts the same row holds (the survey score beside its call). They count no rows. */
  readonly also: readonly FactRecord[];
}

/** A few thousand rows, parsed. */
export interface ParsedBlock {
  /** The header of a delimited table as it stands in the file; the first block has it. */
  readonly header?: string | undefined;
  /** Data rows read; headers and blank lines are not rows. */
  readonly rows: number;
  readonly taken: readonly TakenRow[];
  readonly rejects: readonly Reject[];
  readonly findings: readonly RowFinding[];
}

export interface FormatOptions {
  /** IANA zone of local times in the file, and of the days it is counted in. */
  readonly zone: string;
  /** The mapping of the `table` and `event-log` formats, as read from its file; null where there is none. */
  readonly mapping: unknown;
}

export interface Format {
  /** As given to `--format`. */
  readonly name: string;
  readonly summary: string;
  /** The zone such files are always in; null where it must be said. */
  readonly zone: string | null;
  /**
   * @throws InputError when the text is not of this format at all (wrong header, wrong mapping).
   */
  parse(text: AsyncIterable<string>, options: FormatOptions): AsyncIterable<ParsedBlock>;
  /**
   * The same from the rows of a table that is no text (XLSX, Parquet, Arrow). A format without it refuses
   * such files as binary. `open` takes what the mapping wants of the table; it is called once.
   */
  parseRows?(
    open: (wish: RowsWish) => AsyncIterable<RowBlock>,
    options: FormatOptions,
  ): AsyncIterable<ParsedBlock>;
}
