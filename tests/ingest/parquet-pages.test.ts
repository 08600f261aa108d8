/**
 * Pages of Parquet in every packing and encoding: the same cells come out whichever it is. The packers are
 * Node's own, and two written here to the letter of their formats (RFC 8878, the LZ4 block format).
 */

import { brotliCompressSync, gzipSync } from "node:zlib";
import type { CompressionCodec, Encoding } from "hyparquet";
import { parquetMetadata } from "hyparquet";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { expect, it } from "vitest";
import { openTable } from "../../src/ingest/table-file.ts";
import { temporaryFiles } from "./reading.ts";

const temporary = temporaryFiles();
const ROWS = 3000;

/** Few texts, so that a dictionary pays, and repeats within each, so that packing does. */
const WORDS = ["cards cards cards", "loans, 贷款", "👩🏽‍💻 desk", "خدمة العملاء"];
const NUMBERS = Array.from({ length: ROWS }, (_, at) => BigInt(at) * 1_000_000_007n);
const NAMES = NUMBERS.map((_, at) => `${WORDS[at % WORDS.length]} ${at % 97}`);
const SHARES = NUMBERS.map((_, at) => at / 8);

async function cells(content: ArrayBuffer): Promise<readonly (readonly string[])[]> {
  const opened = await openTable(await temporary("pages.parquet", Buffer.from(content)), undefined);
  const rows: (readonly string[])[] = [];
  for await (const block of opened?.rows({ sheet: null, columns: ["name"] }) ?? []) {
    expect(block.rejects).toEqual([]);
    rows.push(...block.rows);
  }
  await opened?.close();
  return rows;
}

const EXPECTED = NUMBERS.map((number, at) => [String(number), NAMES[at], String(SHARES[at])]);

/** One frame of blocks as they are, of which a decoder has to know the layout all the same. */
function zstdFrame(input: Uint8Array): Uint8Array {
  const head = Buffer.alloc(9);
  head.writeUInt32LE(0xfd2fb528, 0);
  // A single segment, and four bytes for the size of the content.
  head[4] = 0xa0;
  head.writeUInt32LE(input.length, 5);
  const parts: Uint8Array[] = [head];
  for (let at = 0; at === 0 || at < input.length; at += 65_536) {
    const block = input.subarray(at, at + 65_536);
    const isLast = at + 65_536 >= input.length;
    const size = Buffer.alloc(3);
    size.writeUIntLE((block.length << 3) | (isLast ? 1 : 0), 0, 3);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}

/** Greedy: whatever stood 4 bytes before or more is copied from there. */
function lz4Block(input: Uint8Array): Uint8Array {
  const bytes = Buffer.from(input);
  const out: number[] = [];
  const seen = new Map<number, number>();
  let start = 0;
  const put = (length: number) => {
    for (let rest = length - 15; rest >= 0; rest -= 255) out.push(Math.min(rest, 255));
  };
  let at = 0;
  // The last five bytes are never part of a match, which begins twelve before the end at the latest.
  while (at < bytes.length - 12) {
    const key = bytes.readUInt32LE(at);
    const from = seen.get(key);
    seen.set(key, at);
    if (from === undefined || at - from > 65_535) {
      at++;
      continue;
    }
    let length = 4;
    while (at + length < bytes.length - 5 && bytes[from + length] === bytes[at + length]) length++;
    const literals = at - start;
    out.push((Math.min(literals, 15) << 4) | Math.min(length - 4, 15));
    put(literals);
    out.push(...bytes.subarray(start, at), (at - from) & 255, (at - from) >> 8);
    put(length - 4);
    at += length;
    start = at;
  }
  const literals = bytes.length - start;
  out.push(Math.min(literals, 15) << 4);
  put(literals);
  out.push(...bytes.subarray(start));
  return Uint8Array.from(out);
}

/** As Hadoop wrote it: both sizes before the block. */
function lz4Hadoop(input: Uint8Array): Uint8Array {
  const block = lz4Block(input);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(input.length, 0);
  sizes.writeUInt32BE(block.length, 4);
  return Buffer.concat([sizes, block]);
}

const PACKERS: Readonly<Record<string, (input: Uint8Array) => Uint8Array>> = {
  GZIP: (input) => gzipSync(input),
  BROTLI: (input) => brotliCompressSync(input),
  ZSTD: zstdFrame,
  LZ4: lz4Hadoop,
  LZ4_RAW: lz4Block,
};

function written(codec: CompressionCodec, encodings: Readonly<Record<string, Encoding>> = {}) {
  const columns: ColumnSource[] = [
    { name: "number", data: NUMBERS, type: "INT64" },
    { name: "name", data: NAMES, type: "STRING" },
    { name: "share", data: SHARES, type: "DOUBLE" },
  ];
  const columnData = columns.map((column) => {
    const encoding = encodings[column.name];
    return encoding === undefined ? column : { ...column, encoding };
  });
  const more = { codec, compressors: PACKERS, pageSize: 8192, rowGroupSize: 1000 };
  return parquetWriteBuffer({ columnData, ...more });
}

it.each(["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4", "LZ4_RAW"] as const)(
  "packed by %s",
  async (codec) => {
    const content = written(codec);
    const used = parquetMetadata(content).row_groups.flatMap(({ columns }) =>
      columns.map((one) => one.meta_data?.codec),
    );
    expect(new Set(used)).toEqual(new Set([codec]));
    expect(await cells(content)).toEqual(EXPECTED);
  },
);

it.each([
  ["RLE_DICTIONARY", { name: "RLE_DICTIONARY" }],
  ["DELTA_BINARY_PACKED", { number: "DELTA_BINARY_PACKED" }],
  ["DELTA_LENGTH_BYTE_ARRAY", { name: "DELTA_LENGTH_BYTE_ARRAY" }],
  ["DELTA_BYTE_ARRAY", { name: "DELTA_BYTE_ARRAY" }],
  ["BYTE_STREAM_SPLIT", { share: "BYTE_STREAM_SPLIT" }],
  ["PLAIN", { number: "PLAIN", name: "PLAIN", share: "PLAIN" }],
] as const)("encoded as %s", async (encoding, encodings) => {
  for (const codec of ["SNAPPY", "ZSTD"] as const) {
    const content = written(codec, encodings);
    const used = parquetMetadata(content).row_groups.flatMap(({ columns }) =>
      columns.flatMap((one) => one.meta_data?.encodings ?? []),
    );
    expect(used).toContain(encoding);
    expect(await cells(content)).toEqual(EXPECTED);
  }
});
