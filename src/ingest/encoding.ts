/**
 * Which encoding a file's bytes are in, and what a file that is no text looks like.
 *
 * Told apart: UTF-8 with and without byte order mark, UTF-16 with one, UTF-16 without one when most
 * of it is ASCII (every other byte is zero), and GB18030 (with GBK and GB2312 in it). A file counts as
 * GB18030 only when it is not valid UTF-8 and most of its two-byte characters lie in the rows of
 * GB2312 (both bytes from A1 up): western one-byte encodings are valid GB18030 by accident, with an
 * ASCII letter as second byte. For those the encoding must be said.
 */

import { isAscii } from "node:buffer";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/** How the file begins: its encoding and the length of the byte order mark. */
export interface Opening {
  readonly encoding: Encoding;
  readonly markBytes: number;
}

interface Signature {
  readonly bytes: readonly number[];
  readonly name: string;
}

const SIGNATURES: readonly Signature[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: "a PNG image" },
  { bytes: [0xff, 0xd8, 0xff], name: "a JPEG image" },
  { bytes: [0x47, 0x49, 0x46, 0x38], name: "a GIF image" },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: "a PDF document" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], name: "an old Office document (.xls or .doc)" },
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: "a ZIP archive" },
  { bytes: [0x42, 0x5a, 0x68], name: "a bzip2 archive" },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: "an xz archive" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: "a zstd archive" },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: "a 7z archive" },
  { bytes: [0x50, 0x41, 0x52, 0x31], name: "a Parquet file" },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], name: "a program (ELF)" },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], name: "an SQLite database" },
];

/** What the first bytes say the file is when it is no text; null when nothing says so. */
export function binaryKind(head: Buffer): string | null {
  const found = SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (found === undefined) return null;
  // An .xlsx is a ZIP whose first entries have names known from Office.
  const isOffice =
    found.name === "a ZIP archive" &&
    (head.includes("[Content_Types].xml") || head.includes("xl/") || head.includes("_rels/"));
  return isOffice ? "an Excel workbook (.xlsx)" : found.name;
}

/** Encoding by byte order mark and zero bytes; "utf-8" where nothing says otherwise (yet). */
export function openingOf(head: Buffer): Opening {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return { encoding: "utf-8", markBytes: 3 };
  }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", markBytes: 2 };
  return { encoding: unmarkedUtf16(head) ?? "utf-8", markBytes: 0 };
}

function unmarkedUtf16(head: Buffer): Encoding | null {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  if (pairs < 2) return null;
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const [one = 0, two = 0] = [head[pair * 2], head[pair * 2 + 1]];
    if (one === 0) first++;
    if (two === 0) second++;
    // Small numbers in a binary look the same, but text has no control characters.
    if ((one === 0 || two === 0) && !isTextual(one + two)) return null;
  }
  if (second > 0.6 * pairs && first < 0.05 * pairs) return "utf-16le";
  if (first > 0.6 * pairs && second < 0.05 * pairs) return "utf-16be";
  return null;
}

function isTextual(code: number): boolean {
  return code >= 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/**
 * The text of bytes that are not UTF-8 when they are plausible GB18030; null when they are not.
 * `bytes` must not begin or end within a character.
 */
export function asGb18030(bytes: Buffer): string | null {
  return isAscii(bytes) || looksChinese(bytes) ? decodeStrictly(bytes, "gb18030") : null;
}

/** The text of the bytes in the named encoding; null when they are not valid in it. */
export function decodeStrictly(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function looksChinese(bytes: Buffer): boolean {
  let inGb2312 = 0;
  let elsewhere = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const second = bytes[at + 1] ?? 0;
    if (second >= 0xa1) inGb2312++;
    // Four-byte characters have a digit in second place.
    else if (second >= 0x30 && second <= 0x39) at += 2;
    else elsewhere++;
    at++;
  }
  return inGb2312 > elsewhere;
}
