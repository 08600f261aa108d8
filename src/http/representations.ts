/** Lists that can be large travel as JSON, as Arrow IPC or as CSV, as the Accept header asks. */

import { tableFromJSON, tableToIPC } from "apache-arrow";
import { stringify } from "csv-stringify/sync";
import type { Request, Response } from "express";

export const ARROW = "application/vnd.apache.arrow.stream";
const CSV = "text/csv";
const JSON_TYPE = "application/json";

type Row = Record<string, unknown>;

/** Sends a body, or only its rows where Arrow or CSV is asked for. */
export function sendBody(
  request: Request,
  response: Response,
  body: unknown,
  rowsKey: string | undefined,
): void {
  if (rowsKey === undefined) {
    response.json(body);
    return;
  }
  response.vary("Accept");
  const rows = (body as Record<string, Row[]>)[rowsKey] ?? [];
  switch (request.accepts([JSON_TYPE, ARROW, CSV])) {
    case ARROW:
      response.type(ARROW).send(Buffer.from(tableToIPC(tableFromJSON(rows), "stream")));
      return;
    case CSV:
      // A cell that a spreadsheet would take for a formula is escaped.
      response.type(CSV).send(stringify(rows, { header: true, escape_formulas: true }));
      return;
    default:
      response.json(body);
  }
}
