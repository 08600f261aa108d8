/**
 * Where rows of quoted CSV end: a line end inside quotes is part of a cell.
 *
 * RFC 4180 with the customary leniency: a quote opens only at the beginning of a cell, a doubled quote
 * is one quote, spaces may follow a closing quote. Anything else after a closing quote, or quotes that
 * never close, is malformed. A malformed row is given up at the end of its first line and reading goes
 * on with the next line: one stray quote must not swallow the rows after it.
 */

import { LONGEST_ROW_CHARACTERS } from "./limits.ts";

export interface RowEnd {
  /** Where the next row begins (behind the line end, or the end of the text). */
  readonly next: number;
  readonly malformed: boolean;
}

/**
 * The end of the row that begins at `start`; null when the text ends within it and more may come,
 * "too_long" when already its first line exceeds 1 MiB. A row of several lines that exceeds it is
 * malformed: its quotes run on. The text has no CR; `delimiter` is one character.
 */
export function rowEnd(
  text: string,
  start: number,
  delimiter: string,
  isLastText: boolean,
): RowEnd | "too_long" | null {
  const end = quotedRowEnd(text, start, delimiter, isLastText);
  const reach = end === null ? text.length : end.next;
  if (reach - start <= LONGEST_ROW_CHARACTERS + 1) return end;
  // Whether the end has been read yet or not, the answer is the same: no cut of the text may matter.
  const first = firstLineEnd(text, start);
  return first.next - start > LONGEST_ROW_CHARACTERS + 1 ? "too_long" : first;
}

function quotedRowEnd(text: string, start: number, delimiter: string, isLastText: boolean) {
  let cell = start;
  for (;;) {
    const end =
      text[cell] === '"'
        ? quotedCellEnd(text, cell, delimiter)
        : plainCellEnd(text, cell, delimiter);
    if (end === "malformed") {
      const first = firstLineEnd(text, start);
      return isLastText || text[first.next - 1] === "\n" ? first : null;
    }
    if (end === "open") return isLastText ? firstLineEnd(text, start) : null;
    if (end === text.length) return isLastText ? { next: end, malformed: false } : null;
    if (text[end] === "\n") return { next: end + 1, malformed: false };
    cell = end + 1;
  }
}

function plainCellEnd(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "\n" || character === delimiter) return at;
  }
  return text.length;
}

/** The index behind a quoted cell. A quote at the very end of the text may be one half of two. */
function quotedCellEnd(text: string, from: number, delimiter: string) {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return "open" as const;
    if (text[quote + 1] === '"') {
      at = quote + 2;
      continue;
    }
    let end = quote + 1;
    while (text[end] === " " && delimiter !== " ") end++;
    const isEnd = end === text.length || text[end] === "\n" || text[end] === delimiter;
    return isEnd ? end : ("malformed" as const);
  }
}

/** The row is reported as malformed up to its first line end. */
function firstLineEnd(text: string, start: number): RowEnd {
  const newline = text.indexOf("\n", start);
  return { next: newline === -1 ? text.length : newline + 1, malformed: true };
}
