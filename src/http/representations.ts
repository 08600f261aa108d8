/** Lists that can be large travel as JSON, as Arrow IPC or as CSV, as the Accept header asks. */

import { Bool, Float64, Table, tableToIPC, Utf8, type Vector, vectorFromArray } from "apache-arrow";
import { stringify } from "csv-stringify/sync";
import type { Request, Response } from "express";
import { z } from "zod";
import type { Route } from "./contract/route.ts";
import { HttpError } from "./errors.ts";

export const ARROW = "application/vnd.apache.arrow.stream";
export const CSV = "text/csv";
export const JSON_TYPE = "application/json";
const TYPES = [JSON_TYPE, ARROW, CSV];

export type Row = Readonly<Record<string, unknown>>;
export type Cell = string | number | boolean | null;

/** Does a request want the whole body, as JSON? */
export function wantsJson(request: Request, { rowsKey }: Pick<Route, "rowsKey">): boolean {
  return request.accepts(rowsKey === undefined ? [JSON_TYPE] : TYPES) === JSON_TYPE;
}

/** Sends a body that is JSON already. */
export function sendJson(
  response: Response,
  json: Buffer,
  { rowsKey }: Pick<Route, "rowsKey">,
): void {
  if (rowsKey !== undefined) response.vary("Accept");
  response.type(JSON_TYPE).send(json);
}

/** Sends a body, or only its rows where Arrow or CSV is asked for. @throws HttpError 406. */
export function sendBody(
  request: Request,
  response: Response,
  body: unknown,
  route: Pick<Route, "rowsKey" | "response">,
): void {
  const { rowsKey } = route;
  const accepted = acceptedType(request, response, route);
  if (rowsKey === undefined || accepted === JSON_TYPE) {
    response.json(body);
    return;
  }
  const rows = (body as Record<string, Row[]>)[rowsKey] ?? [];
  const columns = columnsOf(rows, rowSchema(route.response, rowsKey));
  linkToNext(request, response, body);
  if (accepted === ARROW) response.type(ARROW).send(arrowOf(rows, columns));
  else response.type(CSV).send(csvOf(rows, columns));
}

/** Is what the request asks for rows alone? */
export function asksForFile(request: Request, { rowsKey }: Pick<Route, "rowsKey">): boolean {
  const accepted = rowsKey !== undefined && request.accepts(TYPES);
  return accepted === ARROW || accepted === CSV;
}

/** The type that the answer has. @throws HttpError 406. */
export function acceptedType(
  request: Request,
  response: Response,
  { rowsKey }: Pick<Route, "rowsKey">,
): string {
  const accepted = request.accepts(rowsKey === undefined ? [JSON_TYPE] : TYPES);
  if (accepted === false) {
    throw new HttpError(406, "not_acceptable", `${request.get("accept")} is not to be had`);
  }
  if (rowsKey !== undefined) response.vary("Accept");
  return accepted;
}

/** Rows alone cannot say where the next page begins: a Link header does (RFC 8288). */
function linkToNext(request: Request, response: Response, body: unknown): void {
  const { next } = body as { next?: unknown };
  if (typeof next !== "string") return;
  const address = new URL(request.originalUrl, "http://localhost");
  address.searchParams.set("cursor", next);
  response.set("Link", `<${address.pathname}${address.search}>; rel="next"`);
}

export function rowSchema(response: z.ZodType, rowsKey: string): z.ZodType | undefined {
  const list = response instanceof z.ZodObject ? response.shape[rowsKey] : undefined;
  return list instanceof z.ZodArray ? (list.element as z.ZodType) : undefined;
}

/** The columns of the contract, so that no rows still have a head; else those that any row has. */
export function columnsOf(rows: readonly Row[], schema: z.ZodType | undefined): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** What is no single value is carried as its JSON. */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : (value as Cell);
}

function arrowOf(rows: readonly Row[], columns: readonly string[]): Buffer {
  const vectors = columns.map((column) => vectorOf(rows.map((row) => cellOf(row[column]))));
  const table = new Table(
    Object.fromEntries(columns.map((name, i) => [name, vectors[i] as Vector])),
  );
  return Buffer.from(tableToIPC(table, "stream"));
}

/** Numbers where every value is one, truth values likewise, text otherwise. */
function vectorOf(cells: readonly Cell[]): Vector {
  const every = (type: string) =>
    cells.every((cell) => cell === null || typeof cell === type) &&
    cells.some((cell) => cell !== null);
  if (every("number")) return vectorFromArray(cells as (number | null)[], new Float64());
  if (every("boolean")) return vectorFromArray(cells as (boolean | null)[], new Bool());
  const texts = cells.map((cell) => (cell === null ? null : String(cell)));
  return vectorFromArray(texts, new Utf8());
}

export function csvOf(rows: readonly Row[], columns: readonly string[], header = true): string {
  const cells = rows.map((row) => columns.map((column) => cellOf(row[column])));
  return stringify(cells, {
    header,
    columns: [...columns],
    // A cell that a spreadsheet would take for a formula is escaped; numbers are none.
    escape_formulas: true,
    cast: { boolean: (value) => String(value) },
  });
}
