/**
 * Carries rows into a temporary table by COPY, the fastest way into PostgreSQL.
 *
 * A staged row is a list of values in the order of the fact's columns, then the line it came from
 * and how many rows of the input it accounts for.
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { FactTable } from "./fact-tables.ts";

export type StagedValue = string | number | bigint | boolean | null | readonly string[];
export type StagedRow = readonly StagedValue[];

/** The name of the temporary table of a fact. It empties itself at the end of each transaction. */
export function stageName(fact: FactTable): string {
  return `stage_${fact.table}`;
}

/** Makes the temporary table on this connection where it is not there yet. */
export async function createStage(client: ClientBase, fact: FactTable): Promise<void> {
  const columns = fact.columns.map((column) => `${column.name} ${column.staged}`).join(", ");
  await client.query(
    `create temporary table if not exists ${stageName(fact)}
       (${columns}, line bigint, input_rows integer) on commit delete rows`,
  );
}

/** Copies lines, as `copyLine` makes them, into the stage of the fact. */
export async function copyIntoStage(
  client: ClientBase,
  fact: FactTable,
  pieces: readonly Buffer[],
): Promise<void> {
  const copy = client.query(copyFrom(`copy ${stageName(fact)} from stdin`));
  await pipeline(Readable.from(pieces, { objectMode: true }), copy);
}

/** One row in the text form of COPY. */
export function copyLine(row: StagedRow): string {
  let line = "";
  for (let i = 0; i < row.length; i++) {
    if (i > 0) line += "\t";
    line += copyField(row[i] as StagedValue);
  }
  return `${line}\n`;
}

function copyField(value: StagedValue): string {
  switch (typeof value) {
    case "string":
      return escaped(value);
    case "boolean":
      return value ? "t" : "f";
    case "number":
    case "bigint":
      return `${value}`;
    default:
      return value === null ? "\\N" : escaped(arrayText(value));
  }
}

const SPECIAL = /[\\\t\n\r\0]/;
const SPECIALS = /[\\\t\n\r\0]/g;
// PostgreSQL text cannot hold a zero character; the readers refuse files that have one.
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\0": "\uFFFD",
};

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (found) => ESCAPES[found] ?? found) : text;
}

function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
