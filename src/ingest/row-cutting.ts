/**
 * Delimited text to cells, before its header is known: pieces are put together and cut where a row ends,
 * and papaparse cuts the rows into cells. A piece without any quote takes its fast mode.
 */

import Papa from "papaparse";
import type { Reject } from "../domain/shared/records.ts";
import { LONGEST_ROW_CHARACTERS, lineTooLong } from "./limits.ts";
import { rowEnd } from "./row-ends.ts";

const DELIMITERS = [",", ";", "\t", "|"];
const SAMPLE_CHARACTERS = 64 * 1024;

export interface CutRows {
  readonly cells: string[][];
  readonly lines: readonly number[];
  readonly malformed: readonly Reject[];
  raw(index: number): string;
}

interface Reader {
  readonly delimiter: string;
  /** Line on which the text still to be cut begins. */
  line: number;
}

/** The text has LF only. A delimiter that is null is found out. @throws InputError `line_too_long`. */
export async function* cutRows(
  text: AsyncIterable<string>,
  delimiter: string | null,
): AsyncGenerator<CutRows> {
  let reader: Reader | null = delimiter === null ? null : { delimiter, line: 1 };
  let kept = "";
  for await (const piece of text) {
    kept += piece;
    if (reader === null && kept.length < SAMPLE_CHARACTERS) continue;
    reader ??= { delimiter: guessDelimiter(kept), line: 1 };
    const { rows, rest } = cutPiece(kept, reader, false);
    kept = rest;
    yield rows;
  }
  reader ??= { delimiter: guessDelimiter(kept), line: 1 };
  if (kept !== "") yield cutPiece(kept, reader, true).rows;
}

/** The delimiter that cuts the first rows of a text most evenly. */
export function guessDelimiter(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const whole = sample.slice(0, sample.lastIndexOf("\n") + 1) || sample;
  const options = { preview: 20, delimitersToGuess: DELIMITERS, newline: "\n" as const };
  return Papa.parse(whole.replace(/\n+$/, ""), { ...options, skipEmptyLines: true }).meta.delimiter;
}

function cutPiece(text: string, reader: Reader, isLast: boolean) {
  if (text.includes('"')) return cutQuoted(text, reader, isLast);
  const cut = isLast && !text.endsWith("\n") ? text.length : text.lastIndexOf("\n");
  const rest = isLast ? "" : text.slice(cut + 1);
  const rows = cut === -1 ? noRows : cutPlain(text.slice(0, cut), reader);
  if (rest.length > LONGEST_ROW_CHARACTERS) throw lineTooLong(reader.line, rest);
  return { rows, rest };
}

const noRows: CutRows = { cells: [], lines: [], malformed: [], raw: () => "" };

/** Rows without any quote: a line each. */
function cutPlain(text: string, reader: Reader): CutRows {
  const { delimiter } = reader;
  const all = text === "" ? [[""]] : parsed(text, delimiter, true);
  const cells: string[][] = [];
  const lines: number[] = [];
  const mayBeLong = text.length > LONGEST_ROW_CHARACTERS;
  for (let index = 0; index < all.length; index++) {
    const row = all[index] as string[];
    if (row.length === 1 && row[0] === "") continue;
    const line = reader.line + index;
    if (mayBeLong && row.join(delimiter).length > LONGEST_ROW_CHARACTERS) {
      throw lineTooLong(line, row.join(delimiter));
    }
    cells.push(row);
    lines.push(line);
  }
  reader.line += all.length;
  return { cells, lines, malformed: [], raw: (index) => (cells[index] ?? []).join(delimiter) };
}

/** Rows of a text with quotes in it: their ends are found first, then the cells by papaparse. */
function cutQuoted(text: string, reader: Reader, isLast: boolean) {
  const raws: string[] = [];
  const lines: number[] = [];
  const malformed: Reject[] = [];
  let start = 0;
  let quote = text.indexOf('"');
  while (start < text.length) {
    if (quote !== -1 && quote < start) quote = text.indexOf('"', start);
    const newline = text.indexOf("\n", start);
    const isPlain = newline !== -1 && (quote === -1 || quote > newline);
    const isShort = newline - start <= LONGEST_ROW_CHARACTERS;
    const end =
      isPlain && isShort
        ? { next: newline + 1, malformed: false }
        : rowEnd(text, start, reader.delimiter, isLast);
    if (end === "too_long") throw lineTooLong(reader.line, text.slice(start, start + 80));
    if (end === null) break;
    const row = text.slice(start, text[end.next - 1] === "\n" ? end.next - 1 : end.next);
    if (end.malformed) {
      malformed.push(malformedRow(reader.line, row));
    } else if (row !== "") {
      raws.push(row);
      lines.push(reader.line);
    }
    reader.line += end.malformed || isPlain ? 1 : linesIn(row);
    start = end.next;
  }
  const cells = quotedCells(raws, reader.delimiter);
  const rows = { cells, lines, malformed, raw: (index: number) => raws[index] ?? "" };
  return { rows, rest: text.slice(start) };
}

/** All rows at once; should papaparse see other rows than we, a row at a time, so that none is lost. */
function quotedCells(raws: readonly string[], delimiter: string): string[][] {
  if (raws.length === 0) return [];
  // A last line end, for papaparse knows spaces behind a closing quote only before one; it gives one
  // empty row more.
  const cells = parsed(`${raws.join("\n")}\n`, delimiter, false);
  if (cells.length === raws.length + 1) return cells.slice(0, -1);
  return raws.map((raw) => parsed(`${raw}\n`, delimiter, false)[0] ?? []);
}

function parsed(text: string, delimiter: string, fastMode: boolean): string[][] {
  if (text === "") return [];
  return Papa.parse<string[]>(text, { delimiter, newline: "\n", fastMode }).data;
}

function linesIn(row: string): number {
  let count = 1;
  for (let at = row.indexOf("\n"); at !== -1; at = row.indexOf("\n", at + 1)) count++;
  return count;
}

function malformedRow(line: number, raw: string): Reject {
  const value = raw.slice(0, 200);
  const expected = "quotes in pairs around a whole cell, doubled inside of it";
  return { line, code: "malformed_row", field: "row", value, expected, raw };
}
