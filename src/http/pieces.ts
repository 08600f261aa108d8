/**
 * An answer whose rows come in pieces, written as they come: no more than a piece is held, and the next is
 * made when the client has taken the one before. A fault on the way breaks the connection off: half an
 * answer is not to be taken for a whole one.
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  Bool,
  type DataType,
  Float64,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import type { Request, Response } from "express";
import type { Route } from "./contract/route.ts";
import type { InPieces } from "./mount.ts";
import {
  acceptedType,
  CSV,
  cellOf,
  columnsOf,
  csvOf,
  JSON_TYPE,
  type Row,
  rowSchema,
} from "./representations.ts";

export function isInPieces(body: unknown): body is InPieces {
  return typeof body === "object" && body !== null && "pieces" in body && "head" in body;
}

export async function sendPieces(
  request: Request,
  response: Response,
  body: InPieces,
  route: Pick<Route, "rowsKey" | "response">,
): Promise<void> {
  const accepted = acceptedType(request, response, route);
  const rowsKey = route.rowsKey ?? "rows";
  // What goes wrong before the first piece is still an answer of its own.
  const pieces = body.pieces[Symbol.asyncIterator]();
  const first = await pieces.next();
  const rest = { first, pieces };
  response.type(accepted);
  try {
    const texts =
      accepted === JSON_TYPE
        ? jsonTexts(rest, body.head, rowsKey)
        : fileTexts(rest, { body, accepted, columns: columnsIn(first.value, route, rowsKey) });
    await pipeline(Readable.from(texts, { highWaterMark: 1 }), response);
  } catch (error) {
    // A client that left asks for no more pieces, and has nothing to be told.
    if ((error as { code?: unknown }).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    await pieces.return?.();
  }
}

interface Coming {
  readonly first: IteratorResult<readonly object[]>;
  readonly pieces: AsyncIterator<readonly object[]>;
}

async function* eachPiece({ first, pieces }: Coming): AsyncIterable<readonly Row[]> {
  for (let piece = first; piece.done !== true; piece = await pieces.next()) {
    yield piece.value as readonly Row[];
  }
}

const columnsIn = (
  rows: readonly object[] | undefined,
  { response }: Pick<Route, "response">,
  key: string,
) => columnsOf((rows ?? []) as readonly Row[], rowSchema(response, key));

async function* jsonTexts(coming: Coming, head: Row, rowsKey: string): AsyncIterable<string> {
  const before = JSON.stringify(head).slice(0, -1);
  yield `${before}${before === "{" ? "" : ","}${JSON.stringify(rowsKey)}:[`;
  let between = "";
  for await (const rows of eachPiece(coming)) {
    if (rows.length === 0) continue;
    yield `${between}${JSON.stringify(rows).slice(1, -1)}`;
    between = ",";
  }
  yield "]}";
}

/** The whole answer, for those who share it. */
export async function jsonOfPieces(
  { head, pieces }: InPieces,
  { rowsKey = "rows" }: Pick<Route, "rowsKey">,
): Promise<Buffer> {
  const coming = pieces[Symbol.asyncIterator]();
  const texts: Buffer[] = [];
  const rest = { first: await coming.next(), pieces: coming };
  for await (const text of jsonTexts(rest, head, rowsKey)) texts.push(Buffer.from(text));
  return Buffer.concat(texts);
}

interface FileWish {
  readonly body: InPieces;
  readonly accepted: string;
  readonly columns: readonly string[];
}

function fileTexts(coming: Coming, wish: FileWish): AsyncIterable<string | Uint8Array> {
  return wish.accepted === CSV ? csvTexts(coming, wish.columns) : arrowBytes(coming, wish);
}

async function* csvTexts(coming: Coming, columns: readonly string[]): AsyncIterable<string> {
  let header = true;
  for await (const rows of eachPiece(coming)) {
    yield csvOf(rows, columns, header);
    header = false;
  }
}

/** A message of an Arrow stream begins with a word, then the length of its description. */
const PREFIX = 8;
/** The end of a stream: a message of no length. */
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/** Each piece as a stream of its own; of all but the first the schema is left out. */
async function* arrowBytes(coming: Coming, { body, columns }: FileWish): AsyncIterable<Uint8Array> {
  const texts = new Set(body.texts);
  const truths = new Set(body.truths);
  const typeOf = (column: string): DataType =>
    texts.has(column) ? new Utf8() : truths.has(column) ? new Bool() : new Float64();
  let isFirst = true;
  for await (const rows of eachPiece(coming)) {
    const vectors = columns.map((column): [string, Vector] => {
      const cells = rows.map((row) => cellOf(row[column]));
      return [column, vectorFromArray(cells, typeOf(column))];
    });
    const bytes = tableToIPC(new Table(Object.fromEntries(vectors)), "stream");
    const schema = PREFIX + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
    yield bytes.subarray(isFirst ? 0 : schema, bytes.length - END.length);
    isFirst = false;
  }
  yield END;
}
