/** Carries rows into tables by COPY, the fastest way into PostgreSQL. */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { COPY_HEADER, COPY_TRAILER } from "./copy-binary.ts";
import { columnNames, type FactTable } from "./fact-tables.ts";

/** Rows in the binary form of COPY, cut anywhere between two rows. */
export type RowPieces = AsyncIterable<Buffer>;

/** Copies rows as they come into a table with the columns of the fact. How many there were. */
export async function copyRows(
  client: ClientBase,
  fact: FactTable,
  table: string,
  pieces: RowPieces,
): Promise<number> {
  const copy = client.query(
    copyFrom(`copy ${table} (${columnNames(fact)}) from stdin (format binary)`),
  );
  await pipeline(Readable.from(wholeCopy(pieces), { objectMode: true }), copy);
  return copy.rowCount;
}

async function* wholeCopy(pieces: RowPieces): AsyncGenerator<Buffer> {
  yield COPY_HEADER;
  yield* pieces;
  yield COPY_TRAILER;
}

/** The name of the temporary table of a fact. It empties itself at the end of each transaction. */
export function stageName(fact: FactTable): string {
  return `stage_${fact.table}`;
}

/** Carries rows into a temporary table like that of the fact, made where it is not there yet. */
export async function stageRows(
  client: ClientBase,
  fact: FactTable,
  pieces: RowPieces,
): Promise<void> {
  const stage = stageName(fact);
  await client.query(
    `create temporary table if not exists ${stage} (like ${fact.table}) on commit delete rows`,
  );
  await copyRows(client, fact, stage, pieces);
}

/**
 * Tells the planner what is in a table that has grown fourfold since it was looked at; later PostgreSQL
 * does so by itself. Of a table without statistics it expects a few rows of everything, and sorts
 * where it should hash: without this the tallies of a first import took twice the time.
 */
export async function analyzeGrown(client: ClientBase, { table }: FactTable): Promise<void> {
  const { rows } = await client.query<{ grown: boolean }>(
    `select reltuples < 0 or pg_relation_size(oid) > 4 * relpages * current_setting('block_size')::int8
       as grown from pg_class where oid = $1::regclass`,
    [table],
  );
  if (rows[0]?.grown === true) await client.query(`analyze ${table}`);
}
