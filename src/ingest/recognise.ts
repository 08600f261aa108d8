/**
 * Which format a file is of, told by its start: a table that is no text by its first bytes, a log of a
 * known kind by its header or its first line, and anything else is a table that a mapping explains.
 */

import { InputError } from "../domain/shared/errors.ts";
import { queueLine } from "./asterisk-line.ts";
import { HEADER } from "./bank-row.ts";
import { columnNames, delimitedRows } from "./delimited.ts";
import { eventColumns, eventLogMapping } from "./event-log-mapping.ts";
import { openTable } from "./table-file.ts";
import { openText } from "./text.ts";

export interface Recognised {
  /** As `--format` takes it. */
  readonly format: string;
  /** The first lines of a text that is no table: an event each. */
  readonly lines: readonly string[];
  readonly encoding: string | null;
  readonly compressed: boolean;
}

const MOST_LINES = 20;
const TABLE: Recognised = { format: "table", lines: [], encoding: null, compressed: false };

/** @throws InputError as `openTable` and `openText` do. */
export async function recognise(file: string, encoding: string | undefined): Promise<Recognised> {
  const table = await openTable(file, undefined);
  if (table !== null) {
    await table.close();
    return TABLE;
  }
  const opened = await openText(file, { encoding });
  try {
    let text = "";
    for await (const piece of opened.text) {
      text = piece;
      if (text.trim() !== "") break;
    }
    const { compressed } = opened;
    const lines = text.split(/\r\n?|\n/, MOST_LINES).filter((line) => line !== "");
    if (queueLine(lines[0] ?? "", 1) === null) {
      const format = await formatOfTable(text);
      return { format, lines: [], encoding: opened.encoding, compressed };
    }
    return { format: "asterisk-queue-log", lines, encoding: opened.encoding, compressed };
  } finally {
    await opened.close();
  }
}

async function formatOfTable(text: string): Promise<string> {
  if (text.trimStart().startsWith("{")) return "table";
  const tabs = columnNames((text.split(/\r\n?|\n/, 1)[0] ?? "").split("\t"));
  if (tabs.length === HEADER.length && tabs.every((name, at) => name === HEADER[at])) {
    return "anonymous-bank";
  }
  return (await hasEventColumns(text)) ? "event-log" : "table";
}

/** Names that logs of events customarily have; what cannot be cut into rows has none. */
async function hasEventColumns(text: string): Promise<boolean> {
  const pieces = (async function* () {
    yield text;
  })();
  try {
    for await (const { header } of delimitedRows(pieces, { delimiter: null })) {
      eventColumns(eventLogMapping(null), header);
      return true;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return false;
}
