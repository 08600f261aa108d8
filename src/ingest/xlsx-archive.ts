/**
 * The parts of an XLSX (a ZIP archive), found by name and unpacked in pieces within limits.
 *
 * The limits count what really comes out while it is unpacked; what the directory of the archive says of
 * the sizes is not trusted. The checksum of a part is compared at its end, since damage within packed
 * bytes may give other rows without any other sign.
 */

import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl, { type Entry } from "yauzl";
import type { ByteSource } from "./byte-source.ts";
import { fileFault } from "./bytes.ts";

const MIB = 1024 * 1024;
const MOST_ENTRIES = 10_000;
const PIECE_BYTES = 256 * 1024;

/** XML of sheets is packed to a tenth or a thirtieth; deflate's limit is a thousandth. */
const MOST_RATIO = 250;
/** Below this the ratio says nothing: a small part of equal rows is packed very well. */
const RATIO_FROM_BYTES = 8 * MIB;
/** The same of all parts together: many small ones, or one that many names stand for, take a day too. */
const WHOLE_RATIO_FROM_BYTES = 32 * MIB;

export interface ArchiveLimits {
  /** Of a sheet, which is read in pieces. */
  readonly sheetBytes: number;
  /** Of a part that is held in memory: shared texts, styles, the list of sheets. */
  readonly heldBytes: number;
}

/** A sheet has at most 1,048,576 rows; a full one of 50 columns is about 2 GiB. */
export const ARCHIVE_LIMITS: ArchiveLimits = { sheetBytes: 8192 * MIB, heldBytes: 256 * MIB };

export interface Archive {
  readonly name: string;
  has(part: string): boolean;
  /** @throws InputError `zip_bomb`, `part_too_large`, `password_protected`. */
  unpack(part: string, mostBytes: number): AsyncGenerator<Buffer>;
}

export async function openArchive(source: ByteSource): Promise<Archive> {
  const options = { autoClose: false, lazyEntries: true };
  const zip = await yauzl.fromRandomAccessReaderPromise(
    new SourceReader(source),
    source.size,
    options,
  );
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= MOST_ENTRIES) {
      const expected = `a workbook of at most ${MOST_ENTRIES} parts`;
      throw fileFault("part_too_large", source.name, expected);
    }
    entries.set(entry.fileName.toLowerCase(), entry);
  }
  const archive = { name: source.name, bytes: source.size, packed: 0, unpacked: 0 };
  return {
    name: source.name,
    has: (part) => entries.has(part.toLowerCase()),
    async *unpack(part, mostBytes) {
      const entry = entries.get(part.toLowerCase());
      if (entry === undefined) throw new Error(`${part} is missing`);
      if (entry.isEncrypted()) throw passwordFault(source.name);
      const stream = await zip.openReadStreamPromise(entry);
      yield* guarded(stream, { entry, mostBytes, archive });
    },
  };
}

export function passwordFault(name: string) {
  const expected = "a workbook without a password; save it without one";
  return fileFault("password_protected", name, expected);
}

/** What has come out of an archive so far, whatever parts it was of. */
interface Whole {
  readonly name: string;
  /** Of the archive. */
  readonly bytes: number;
  /** Of the parts that were opened; more than the archive has where they are the same bytes. */
  packed: number;
  unpacked: number;
}

function isTooMuch({ bytes, packed, unpacked }: Whole): boolean {
  return unpacked > WHOLE_RATIO_FROM_BYTES && unpacked > MOST_RATIO * Math.min(packed, bytes);
}

async function* guarded(
  stream: AsyncIterable<Buffer>,
  { entry, mostBytes, archive }: { entry: Entry; mostBytes: number; archive: Whole },
): AsyncGenerator<Buffer> {
  const { name } = archive;
  archive.packed += entry.compressedSize;
  let bytes = 0;
  let checksum = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    archive.unpacked += piece.length;
    if (isTooMuch(archive)) {
      const expected = `a workbook unpacked to at most ${MOST_RATIO} times its size`;
      throw fileFault("zip_bomb", name, expected);
    }
    if (bytes > mostBytes) {
      const expected = `${entry.fileName} in it with at most ${mostBytes} bytes unpacked`;
      throw fileFault("part_too_large", name, expected);
    }
    if (bytes > RATIO_FROM_BYTES && bytes > MOST_RATIO * entry.compressedSize) {
      const expected = `${entry.fileName} in it unpacked to at most ${MOST_RATIO} times its size`;
      throw fileFault("zip_bomb", name, expected);
    }
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (checksum !== entry.crc32) throw new Error(`${entry.fileName} has another checksum`);
}

class SourceReader extends yauzl.RandomAccessReader {
  readonly source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(this.source, start, end), { objectMode: false });
  }
}

async function* piecesOf(source: ByteSource, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += PIECE_BYTES) {
    yield await source.read(at, Math.min(PIECE_BYTES, end - at));
  }
}
