/**
 * Parquet files to rows: a row group at a time, and of a large one a stretch of rows at a time, so that
 * what is held is bounded by the packed size of one row group and the cells of one stretch.
 */

import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type RowGroup,
} from "hyparquet";
import { InputError } from "../domain/shared/errors.ts";
import { type ByteSource, damageTold } from "./byte-source.ts";
import { fileFault } from "./bytes.ts";
import type { RowBlock } from "./delimited.ts";
import { parquetColumn, RAW_VALUES, withRawDecimals } from "./parquet-cells.ts";
import { CODECS, isKnownCodec } from "./parquet-codecs.ts";
import {
  type RowsWish,
  rowBlocks,
  type TableRow,
  type TypedColumn,
  typedColumns,
  typedRow,
} from "./row-blocks.ts";

const LARGEST_ROW_GROUP_BYTES = 1024 * 1024 * 1024;
/** Each stretch unpacks its columns' dictionaries again, so it should not be small. */
const STRETCH_CELLS = 1024 * 1024;

/**
 * @throws InputError `damaged_file`, `nested_column`, `unsupported_column`, `unsupported_codec`,
 * `row_group_too_large`.
 */
export function parquetRows(source: ByteSource, wish: RowsWish): AsyncGenerator<RowBlock> {
  return rowBlocks(damageTold(batches(source), source, "Parquet file"), wish.columns);
}

async function* batches(source: ByteSource): AsyncGenerator<readonly TableRow[]> {
  const file = asyncBuffer(source);
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const columns = columnsOf(metadata);
  refuseCodecs(metadata);
  yield [{ line: 1, cells: columns.map((column) => column.name), faults: [] }];
  const raw = withRawDecimals(metadata);
  const stretch = Math.max(1, Math.floor(STRETCH_CELLS / columns.length));
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    refuseLarge(group, source.name);
    const groupEnd = groupStart + Number(group.num_rows);
    for (let start = groupStart; start < groupEnd; start += stretch) {
      const end = Math.min(start + stretch, groupEnd);
      const rows = await rowsBetween({ file, metadata: raw, rowStart: start, rowEnd: end });
      if (rows.length !== end - start) throw new Error("rows are missing");
      yield rows.map((values, index) => typedRow(columns, (at) => values[at], start + index + 2));
    }
    groupStart = groupEnd;
  }
}

async function rowsBetween(range: {
  file: AsyncBuffer;
  metadata: FileMetaData;
  rowStart: number;
  rowEnd: number;
}): Promise<unknown[][]> {
  let rows: unknown[][] = [];
  const onComplete = (all: unknown[][]) => {
    rows = all;
  };
  const reading = { compressors: CODECS, parsers: RAW_VALUES, utf8: false, geoparquet: false };
  await parquetRead({ ...range, ...reading, rowFormat: "array", onComplete });
  return rows;
}

function columnsOf(metadata: FileMetaData): TypedColumn[] {
  return typedColumns(
    parquetSchema(metadata).children.map(({ element, children: below }) => {
      const isNested = below.length > 0 || element.repetition_type === "REPEATED";
      const { name } = element;
      return { name, column: isNested ? "nested_column" : parquetColumn(element) };
    }),
  );
}

function refuseCodecs({ row_groups: groups }: FileMetaData): void {
  for (const { columns } of groups) {
    const unknown = columns.find((one) => one.meta_data && !isKnownCodec(one.meta_data.codec));
    if (unknown?.meta_data === undefined) continue;
    const { codec, path_in_schema: path } = unknown.meta_data;
    const expected = `a column packed with ${Object.keys(CODECS).join(", ")}, or not at all`;
    const value = `${path.join(".")} (${codec})`;
    throw new InputError([
      { code: "unsupported_codec", path: "columns", value, expected, line: 1 },
    ]);
  }
}

function refuseLarge({ columns }: RowGroup, name: string): void {
  const sizes = columns.map((one) => Number(one.meta_data?.total_compressed_size ?? 0));
  if (sizes.reduce((sum, size) => sum + size, 0) <= LARGEST_ROW_GROUP_BYTES) return;
  const expected = `row groups of at most ${LARGEST_ROW_GROUP_BYTES} bytes`;
  throw fileFault("row_group_too_large", name, expected);
}

function asyncBuffer(source: ByteSource): AsyncBuffer {
  return {
    byteLength: source.size,
    async slice(start, end = source.size) {
      const bytes = await source.read(start, end - start);
      if (start < 0 || bytes.length < end - start) throw new Error("it ends too early");
      // A buffer of its own, as long as what was read.
      return bytes.buffer as ArrayBuffer;
    },
  };
}
