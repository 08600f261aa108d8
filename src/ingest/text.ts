/**
 * A file as text: plain or gzip (told by its first bytes, not by its name), in whichever encoding, in
 * pieces, without ever holding more than a piece.
 *
 * Pieces end at line ends wherever a line is shorter than 1 MiB, so that nothing is decoded across a
 * cut and a damaged file gives whole lines up to the damage. Whether a line is too long is for the
 * reader of lines to say, who knows its number.
 *
 * UTF-8 is assumed until bytes come that are none. When everything before them was ASCII and they
 * are plausible GB18030, the rest is read as GB18030; `encoding` then says so, which makes it final
 * only once the text has been read to its end. `--encoding` overrides all guessing.
 */

import { isAscii, isUtf8 } from "node:buffer";
import { basename } from "node:path";
import { inputError } from "../domain/shared/errors.ts";
import { fileFault, firstOf, openBytes, wholeLines, withFirst } from "./bytes.ts";
import { asGb18030, binaryKind, openingOf } from "./encoding.ts";
import { gunzipped } from "./gunzip.ts";

/** Characters kept back at most while no line ends. */
const LONGEST_UNCUT = 1024 * 1024;

export interface OpenedText {
  /** The text in pieces; can be read once. */
  readonly text: AsyncIterable<string>;
  /** Final when the text is at its end; see the head of the file. */
  readonly encoding: string;
  readonly compressed: boolean;
  readonly totalBytes: number;
  /** Lets go of the file when the text is not read to its end. */
  close(): Promise<void>;
}

export interface TextOptions {
  /** As given by `--encoding`: any label of the WHATWG Encoding Standard. Not given: detected. */
  readonly encoding?: string | undefined;
  /** Told how many bytes of the file have been read so far. */
  readonly onBytes?: ((read: number, total: number) => void) | undefined;
}

/**
 * Opens a file as text. What can be told from its first bytes is refused here, what shows later is
 * thrown by the text.
 *
 * @throws InputError `file_not_found`, `not_a_file`, `file_unreadable`, `empty_file`, `binary_file`,
 * `unknown_encoding`; while reading also `truncated_gzip`.
 */
export async function openText(file: string, options: TextOptions = {}): Promise<OpenedText> {
  const name = basename(file);
  if (options.encoding !== undefined) requireKnown(options.encoding);
  const { totalBytes, pieces } = await openBytes(file, options.onBytes);
  try {
    const head = await firstOf(pieces);
    const compressed = head[0] === 0x1f && head[1] === 0x8b;
    const whole = withFirst(head, pieces);
    const plain = compressed ? gunzipped(whole, name) : whole;
    const plainHead = await firstOf(plain);
    if (plainHead.length === 0) throw fileFault("empty_file", name, "a file with rows in it");
    const opening = openingOf(plainHead);
    const state = { encoding: options.encoding?.toLowerCase() ?? opening.encoding };
    refuseBinary(plainHead, name, state.encoding);
    const rest = withFirst(plainHead.subarray(opening.markBytes), plain);
    const isGuess = options.encoding === undefined && state.encoding === "utf-8";
    const text = isGuess ? detectedText(rest, name, state) : decodedText(rest, name, state);
    return {
      text,
      get encoding() {
        return state.encoding;
      },
      compressed,
      totalBytes,
      close: async () => {
        await pieces.return(undefined);
      },
    };
  } catch (error) {
    await pieces.return(undefined);
    throw error;
  }
}

/** UTF-8, or GB18030 from the first line that is no UTF-8 when all before it was ASCII. */
async function* detectedText(
  bytes: AsyncIterable<Buffer>,
  name: string,
  state: { encoding: string },
): AsyncGenerator<string> {
  let onlyAscii = true;
  for await (const piece of wholeLines(bytes)) {
    if (piece.includes(0)) throw binaryFault(name, "a binary (it holds zero bytes)");
    if (isAscii(piece)) {
      yield piece.toString("latin1");
    } else if (state.encoding === "utf-8" && isUtf8(piece)) {
      onlyAscii = false;
      yield piece.toString("utf8");
    } else {
      const text = onlyAscii ? asGb18030(piece) : null;
      if (text === null) throw unknownEncoding(name);
      state.encoding = "gb18030";
      yield text;
    }
  }
}

/** Text in an encoding that is known from the start. */
async function* decodedText(
  bytes: AsyncIterable<Buffer>,
  name: string,
  state: { encoding: string },
): AsyncGenerator<string> {
  const decoder = new TextDecoder(state.encoding, { fatal: true });
  const decode = (piece?: Buffer) => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch (cause) {
      const code = "unknown_encoding";
      const expected = `text in ${state.encoding}`;
      throw inputError({ code, path: "file", value: name, expected }, { cause });
    }
  };
  // The last, unended line is kept back, so that damage further on leaves whole lines only.
  let kept = "";
  for await (const piece of bytes) {
    const text = kept + decode(piece);
    if (text.includes("\0")) throw binaryFault(name, "a binary (it holds zero characters)");
    const cut = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
    const end = cut === 0 && text.length > LONGEST_UNCUT ? text.length : cut;
    if (end > 0) yield text.slice(0, end);
    kept = text.slice(end);
  }
  kept += decode();
  if (kept !== "") yield kept;
}

function refuseBinary(head: Buffer, name: string, encoding: string): void {
  const kind = binaryKind(head);
  if (kind !== null) throw binaryFault(name, kind);
  if (!encoding.startsWith("utf-16") && head.includes(0))
    throw binaryFault(name, "a binary (it holds zero bytes)");
}

function requireKnown(encoding: string): void {
  try {
    new TextDecoder(encoding);
  } catch (cause) {
    const expected = "the name of an encoding, such as utf-8, gb18030 or windows-1252";
    const fault = { code: "unknown_encoding", path: "encoding", value: encoding, expected };
    throw inputError(fault, { cause });
  }
}

function unknownEncoding(name: string) {
  const expected =
    "UTF-8, UTF-16 or GB18030 text; it is none of them, so name its encoding (--encoding)";
  return fileFault("unknown_encoding", name, expected);
}

function binaryFault(name: string, kind: string) {
  return fileFault("binary_file", name, `text; it looks like ${kind}`);
}
