/**
 * Gzip in pieces, giving everything up to the damage before saying that there is damage.
 *
 * A pipe of streams throws away what is still buffered when it fails. Here one compressed piece is
 * written at a time and its output collected before the next, so nothing before a truncation is lost
 * (within corrupt data, at most the last 64 KiB before the fault). A compressed piece is small, so that
 * a "bomb" (a thousandfold compression) still gives at most about 16 MiB at once.
 */

import { createGunzip } from "node:zlib";
import { inputError } from "../domain/shared/errors.ts";

const COMPRESSED_BYTES = 16 * 1024;

/** The unpacked bytes. @throws InputError `truncated_gzip` after all that could be unpacked. */
export async function* gunzipped(
  compressed: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<Buffer, void, undefined> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  let output: Buffer[] = [];
  let failure: Error | null = null;
  let wake = () => {};
  gunzip.on("data", (piece: Buffer) => output.push(piece));
  gunzip.on("end", () => wake());
  gunzip.on("error", (error) => {
    failure = error;
    wake();
  });
  const untilDone = (start: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      start(resolve);
    });
  const taken = () => {
    const pieces = output;
    output = [];
    return pieces;
  };
  try {
    for await (const piece of compressed) {
      for (let at = 0; at < piece.length && failure === null; at += COMPRESSED_BYTES) {
        const part = piece.subarray(at, at + COMPRESSED_BYTES);
        await untilDone((done) => gunzip.write(part, () => done()));
        yield* joined(taken());
      }
    }
    // `end` has to be waited for by its event: the callback comes before the last output.
    if (failure === null) await untilDone(() => gunzip.end());
    yield* joined(taken());
    if (failure !== null) throw damaged(name, failure);
  } finally {
    gunzip.destroy();
  }
}

function* joined(pieces: Buffer[]): Generator<Buffer> {
  if (pieces.length > 0) yield pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

function damaged(name: string, cause: Error) {
  const expected = `a whole .gz; it is cut off or damaged (${cause.message})`;
  return inputError({ code: "truncated_gzip", path: "file", value: name, expected }, { cause });
}
