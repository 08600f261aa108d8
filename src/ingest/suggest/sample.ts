/**
 * The start of a file as rows: at most 2000 rows or 4 Mi characters, through the readers of the `table`
 * format, and a way to read just these rows again with a mapping.
 */

import { inputError } from "../../domain/shared/errors.ts";
import { delimitedRows, type RowBlock } from "../delimited.ts";
import type { FormatOptions, ParsedBlock } from "../format.ts";
import { jsonRows } from "../json-lines.ts";
import { guessDelimiter } from "../row-cutting.ts";
import { table } from "../table.ts";
import { type ContainerKind, type OpenedTable, openTable } from "../table-file.ts";
import { openText } from "../text.ts";

export interface FileSample {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly layout: "delimited" | "json_lines";
  readonly container: ContainerKind | "delimited" | "json_lines";
  /** Of a text. */
  readonly encoding: string | null;
  readonly compressed: boolean;
  readonly delimiter: string | null;
  /** The sheets of a workbook, and the one that was read. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  /** These rows by the mapping. @throws InputError as the `table` format does. */
  read(options: FormatOptions): AsyncIterable<ParsedBlock>;
}

export interface SampleWish {
  readonly encoding?: string | undefined;
  /** Of a delimited text; not said: found out. */
  readonly delimiter?: string | undefined;
  /** Of a workbook; not said: the first that has rows. */
  readonly sheet?: string | undefined;
}

const MOST_ROWS = 2000;
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** A row may have line ends within it. */
const MOST_LINES = 2 * MOST_ROWS;
const MOST_PATHS = 500;
const MOST_DEPTH = 4;

/**
 * @throws InputError as `openText`, `openTable` and the readers of rows do, `empty_file` without a row.
 */
export async function readSample(file: string, wish: SampleWish = {}): Promise<FileSample> {
  const opened = await openTable(file, undefined);
  const sample =
    opened === null ? await textSample(file, wish) : await tableSample(opened, wish.sheet);
  if (sample.rows.length === 0) {
    throw inputError({ code: "empty_file", path: "file", expected: "a header and rows" });
  }
  return sample;
}

async function tableSample(opened: OpenedTable, asked: string | undefined): Promise<FileSample> {
  try {
    const sheets = await opened.sheets();
    const sheet = asked ?? sheets?.firstWithRows ?? null;
    const blocks: RowBlock[] = [];
    let count = 0;
    for await (const block of opened.rows({ sheet, columns: [] })) {
      blocks.push(block);
      count += block.rows.length;
      if (count >= MOST_ROWS) break;
    }
    const { kind } = opened;
    return {
      header: blocks[0]?.header ?? [],
      rows: blocks.flatMap((block) => block.rows).slice(0, MOST_ROWS),
      ...{ layout: "delimited", container: kind, encoding: null, compressed: false },
      ...{ delimiter: null, sheets: sheets?.names ?? [], sheet },
      read: (options) =>
        (table.parseRows as NonNullable<typeof table.parseRows>)(() => again(blocks), options),
    };
  } finally {
    await opened.close();
  }
}

async function* again(blocks: readonly RowBlock[]): AsyncGenerator<RowBlock> {
  yield* blocks;
}

async function textSample(file: string, wish: SampleWish): Promise<FileSample> {
  const { text, isWhole, ...about } = await startOf(file, wish.encoding);
  const isJson = wish.delimiter === undefined && text.trimStart().startsWith("{");
  const delimiter = wish.delimiter ?? guessDelimiter(text);
  const sample = await (isJson
    ? jsonSample(text, isWhole)
    : delimitedSample(text, isWhole, delimiter));
  return {
    ...sample,
    ...about,
    container: sample.layout,
    sheets: [],
    sheet: null,
    read: (options) => table.parse(piece(sample.text), options),
  };
}

async function startOf(file: string, encoding: string | undefined) {
  const opened = await openText(file, { encoding });
  let text = "";
  let isWhole = true;
  try {
    for await (const piece of opened.text) {
      text += piece;
      if (text.length < MOST_CHARACTERS && linesIn(text) < MOST_LINES) continue;
      isWhole = false;
      break;
    }
  } finally {
    await opened.close();
  }
  const { compressed } = opened;
  return { text: text.replace(/\r\n?/g, "\n"), isWhole, encoding: opened.encoding, compressed };
}

/** Header and rows of a text, and the text of just these, line ends as LF. */
interface CutSample extends Pick<FileSample, "header" | "rows" | "layout" | "delimiter"> {
  readonly text: string;
}

async function delimitedSample(
  text: string,
  isWhole: boolean,
  delimiter: string,
): Promise<CutSample> {
  const blocks = await collected(delimitedRows(piece(text), { delimiter }));
  const lines = blocks.flatMap((block) => block.lines);
  const all = blocks.flatMap((block) => block.rows);
  // The last row of a cut text may be half a row.
  const most = Math.min(MOST_ROWS, isWhole ? all.length : all.length - 1);
  const end = lines[most];
  return {
    header: blocks[0]?.header ?? [],
    rows: all.slice(0, most),
    layout: "delimited",
    delimiter,
    text: end === undefined ? text : text.slice(0, startOfLine(text, end)),
  };
}

async function jsonSample(text: string, isWhole: boolean): Promise<CutSample> {
  const lines = text.split("\n").slice(0, isWhole ? undefined : -1);
  const kept = lines.filter((line) => line.trim() !== "").slice(0, MOST_ROWS);
  const paths = new Set<string>();
  for (const line of kept) addPaths(paths, parsedOrNull(line), "", 1);
  const cut = kept.join("\n");
  const blocks = await collected(jsonRows(piece(cut), [...paths]));
  const rows = blocks.flatMap((block) => block.rows);
  return { header: [...paths], rows, layout: "json_lines", delimiter: null, text: cut };
}

function addPaths(paths: Set<string>, value: unknown, before: string, depth: number): void {
  if (!isObject(value)) return;
  for (const [key, one] of Object.entries(value)) {
    const path = before + key;
    if (isObject(one) && depth < MOST_DEPTH) addPaths(paths, one, `${path}.`, depth + 1);
    else if (paths.size < MOST_PATHS && path !== "") paths.add(path);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsedOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function collected(blocks: AsyncIterable<RowBlock>): Promise<RowBlock[]> {
  const all: RowBlock[] = [];
  for await (const block of blocks) all.push(block);
  return all;
}

async function* piece(text: string): AsyncGenerator<string> {
  yield text;
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Where a line, counted from 1, begins. */
function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count++) at = text.indexOf("\n", at) + 1;
  return at;
}
