/**
 * How columns become JavaScript, for our connections only and not for every user of `pg`: counts
 * (int8) are numbers, days are "YYYY-MM-DD", numeric stays the text that it is.
 */

import pg from "pg";
import { invariant } from "../domain/shared/errors.ts";

type Parser = (text: string) => unknown;

const INT8 = 20;
const TEXT_ARRAY: number = 1009;
const INT8_ARRAY = 1016;
const DATE = 1082;
const DATE_ARRAY = 1182;

/** An int8 as a number. Nothing we count or price comes near 2^53, so anything larger is a fault. */
export function parseCount(text: string): number {
  const count = Number(text);
  invariant(Number.isSafeInteger(count), `${text} is a count that a number can hold`);
  return count;
}

const parseTexts = pg.types.getTypeParser(TEXT_ARRAY, "text") as (
  text: string,
) => (string | null)[];

const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [INT8, parseCount],
  [INT8_ARRAY, (text) => parseTexts(text).map((item) => (item === null ? null : parseCount(item)))],
  [DATE, (text) => text],
  [DATE_ARRAY, parseTexts],
]);

const COUNTS: ReadonlySet<number> = new Set([INT8, INT8_ARRAY]);

/** For the `types` of a client or pool. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    own(oid, format) ?? pg.types.getTypeParser(oid, format as "text"),
};

/**
 * Drizzle brings its own reading of each query's columns, in which int8 is text. It keeps its way
 * with instants and days; counts become numbers there too, so that they are numbers everywhere.
 */
export function readTypesAlike(client: pg.PoolClient): void {
  const query = client.query as (...words: unknown[]) => unknown;
  const wrapped = (first: unknown, ...rest: unknown[]): unknown =>
    query.call(client, withCounts(first), ...rest);
  client.query = wrapped as typeof client.query;
}

function withCounts(first: unknown): unknown {
  // Queries that bring their own class (COPY streams, cursors) are to be handed on as they are.
  if (!isPlain(first) || first.types === undefined) return first;
  const theirs = first.types;
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid: number, format?: "text" | "binary") =>
      (COUNTS.has(oid) ? own(oid, format) : undefined) ??
      theirs.getTypeParser(oid, format as "text"),
  };
  return { ...first, types };
}

function own(oid: number, format: string | undefined): Parser | undefined {
  return format === "binary" ? undefined : PARSERS.get(oid);
}

function isPlain(value: unknown): value is { types?: pg.CustomTypesConfig } {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
