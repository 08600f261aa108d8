/**
 * Text in pieces of any size to lines, with their numbers. A line ends with LF, CRLF or CR.
 */

import { LONGEST_ROW_CHARACTERS, lineTooLong } from "./limits.ts";

export interface LineBlock {
  /** The number (from 1) of the first of the lines. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/**
 * The lines of a text, a block a piece. An empty last line (after the final line end) is none.
 *
 * @throws InputError `line_too_long` as soon as a line exceeds 1 MiB.
 */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<LineBlock> {
  let firstLine = 1;
  let kept = "";
  for await (const piece of evenLineEnds(text)) {
    const cut = piece.lastIndexOf("\n");
    if (cut === -1) {
      kept += piece;
      if (kept.length > LONGEST_ROW_CHARACTERS) throw lineTooLong(firstLine, kept);
      continue;
    }
    const lines = (kept + piece.slice(0, cut)).split("\n");
    kept = piece.slice(cut + 1);
    const long = lines.findIndex((line) => line.length > LONGEST_ROW_CHARACTERS);
    if (long !== -1) throw lineTooLong(firstLine + long, lines[long] ?? "");
    yield { firstLine, lines };
    firstLine += lines.length;
    if (kept.length > LONGEST_ROW_CHARACTERS) throw lineTooLong(firstLine, kept);
  }
  if (kept !== "") yield { firstLine, lines: [kept] };
}

/** CRLF and CR become LF, also where a piece ends between the two. */
export async function* evenLineEnds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let endsInReturn = false;
  for await (const piece of text) {
    if (piece === "") continue;
    const whole: string = endsInReturn ? `\r${piece}` : piece;
    endsInReturn = whole.endsWith("\r");
    const ready = endsInReturn ? whole.slice(0, -1) : whole;
    yield ready.includes("\r") ? ready.replaceAll("\r\n", "\n").replaceAll("\r", "\n") : ready;
  }
  if (endsInReturn) yield "\n";
}
