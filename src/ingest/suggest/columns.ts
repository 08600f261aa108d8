/**
 * The columns of a sample with what is in their cells, and the pairs of a date column and a clock column
 * that together are a time.
 */

import { type TimeForm, timeForm } from "./time-forms.ts";
import { wordsOf } from "./words.ts";

export interface Column {
  /** One name, or two that are read together. */
  readonly names: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Trimmed, one a row. */
  readonly cells: readonly string[];
  readonly filled: readonly string[];
  /** How often each text stands in it, without the empty one. */
  readonly counts: ReadonlyMap<string, number>;
  readonly time: TimeForm | null;
  /** The second column is a fraction of the day. */
  readonly dayFraction: boolean;
}

const MOST_PAIRS = 40;

/**
 * All columns of the sample, pairs behind single ones. `named` gives the words' text where a file has
 * no header.
 */
export function columnsOfSample(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  named: readonly string[] = header,
): Column[] {
  const single = header.map((name, at) =>
    columnOf(
      [name],
      wordsOf(named[at] ?? name),
      rows.map((row) => (row[at] ?? "").trim()),
    ),
  );
  return [...single, ...pairsOf(single)];
}

export function columnTitle(column: Column): string {
  return column.names.map(shownText).join(" + ");
}

/** A text of the file on a terminal: no control characters, and not too long. */
export function shownText(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?");
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
}

export function isUnique(column: Column): boolean {
  return column.filled.length > 0 && column.counts.size === column.filled.length;
}

function columnOf(names: readonly string[], words: ReadonlySet<string>, cells: string[]): Column {
  const filled = cells.filter((cell) => cell !== "");
  const counts = new Map<string, number>();
  for (const cell of filled) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return { names, words, cells, filled, counts, time: timeForm(filled), dayFraction: false };
}

function pairsOf(columns: readonly Column[]): Column[] {
  const dates = columns.filter(({ time }) => time?.hasDate && !time.hasClock);
  const clocks = columns.filter(
    (column) => (column.time !== null && !column.time.hasDate) || isFraction(column),
  );
  const pairs: Column[] = [];
  for (const date of dates) {
    for (const clock of clocks) {
      if (pairs.length < MOST_PAIRS && belongTogether(date, clock)) pairs.push(pairOf(date, clock));
    }
  }
  return pairs.filter(({ time }) => time !== null);
}

/** A plain `date` goes with every clock; `end_date` only with `end_time`. */
function belongTogether(date: Column, clock: Column): boolean {
  const telling = (column: Column) => [...column.words].filter((word) => word !== "time");
  if (!clock.words.has("time") && telling(clock).length === 0) return false;
  const [first, second] = [telling(date), telling(clock)];
  return first.length === 0 || first.every((word) => second.includes(word));
}

function pairOf(date: Column, clock: Column): Column {
  const names = [...date.names, ...clock.names];
  const words = new Set([...clock.words, "time"]);
  // A clock that is empty makes no time, so those rows have none.
  const cells = date.cells.map((day, at) =>
    day === "" || clock.cells[at] === "" ? "" : `${day} ${clock.cells[at]}`,
  );
  if (!isFraction(clock)) return columnOf(names, words, cells);
  const time = date.time === null ? null : { ...date.time, hasClock: true };
  return { ...columnOf(names, words, cells), time, dayFraction: true };
}

function isFraction({ filled, counts, words }: Column): boolean {
  if (!words.has("time")) return false;
  const isOne = (text: string) => /^0?[.,]\d+$|^0$/.test(text);
  return filled.length > 0 && counts.size > 1 && [...counts.keys()].every(isOne);
}
