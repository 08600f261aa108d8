/** A file that is the body of a request, in pieces as they come in. */

import type { Request, Response } from "express";
import { HttpError } from "./errors.ts";
import type { IncomingFile } from "./mount.ts";

const TYPE = "application/octet-stream";

/** For routes that take none. */
export const NO_FILE: IncomingFile = { pieces: nothing(), announcedBytes: null };

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** @throws HttpError 415 for a body of another type; the pieces throw 400 `body_cut_off`. */
export function fileIn(request: Request, response: Response): IncomingFile {
  if (request.is(TYPE) === false) {
    throw new HttpError(415, "unsupported_media_type", `the file is sent as ${TYPE}`);
  }
  // What is left of a file that was refused is let go by, or its sender would never read the answer.
  response.on("finish", () => request.resume());
  const length = Number(request.get("content-length") ?? "none");
  return { pieces: piecesOf(request), announcedBytes: Number.isNaN(length) ? null : length };
}

async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) yield piece as Buffer;
  } catch (cause) {
    const error = new HttpError(400, "body_cut_off", "the file ended before it was whole");
    error.cause = cause;
    throw error;
  }
}
