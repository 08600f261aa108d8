/**
 * How pages of a Parquet file are unpacked: each to the size its header names, and never beyond.
 *
 * zlib's own gzip and brotli take a limit and are native. fzstd is what hyparquet-compressors uses too;
 * called from here it writes into a buffer of the right size, where a page that lies about its size
 * fails instead of filling the memory.
 */

import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { decompress as unpackZstd } from "fzstd";
import type { CompressionCodec, Compressors } from "hyparquet";
import { compressors } from "hyparquet-compressors";

/** Pages are 1 MiB by habit; a dictionary may be larger. */
const LARGEST_PAGE_BYTES = 256 * 1024 * 1024;

type Unpack = (input: Uint8Array, length: number) => Uint8Array;

const limited =
  (unpack: Unpack): Unpack =>
  (input, length) => {
    if (!(length <= LARGEST_PAGE_BYTES)) throw new Error(`a page of ${length} bytes`);
    return unpack(input, length);
  };

const ofLibrary = ({ SNAPPY, LZ4, LZ4_RAW }: Compressors) => ({ SNAPPY, LZ4, LZ4_RAW });
const native = (unpack: typeof gunzipSync): Unpack => {
  return (input, length) => unpack(input, { maxOutputLength: Math.max(1, length) });
};

export const CODECS: Compressors = Object.fromEntries(
  Object.entries({
    ...ofLibrary(compressors),
    GZIP: native(gunzipSync),
    BROTLI: native(brotliDecompressSync),
    ZSTD: (input: Uint8Array, length: number) => unpackZstd(input, new Uint8Array(length)),
  }).map(([name, unpack]) => [name, limited(unpack as Unpack)]),
);

export function isKnownCodec(codec: CompressionCodec): boolean {
  return codec === "UNCOMPRESSED" || CODECS[codec] !== undefined;
}
