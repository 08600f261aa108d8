/**
 * What the ingest tests share: text in pieces, everything a format gives as one block, the folder of
 * real data, and files made for one test.
 */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { InputError } from "../../src/domain/shared/errors.ts";
import type { ContactRecord, FactRecord, Reject } from "../../src/domain/shared/records.ts";
import type { Format, FormatOptions, ParsedBlock } from "../../src/ingest/format.ts";
import { readFormatFile } from "../../src/ingest/read-file.ts";

export async function* inPieces(...pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
}

/** A text cut at the given places. */
export function cutAt(text: string, places: readonly number[]): string[] {
  const cuts = [0, ...places.map((place) => place % (text.length + 1)), text.length];
  cuts.sort((a, b) => a - b);
  return cuts.slice(1).map((cut, index) => text.slice(cuts[index], cut));
}

export interface Whole extends ParsedBlock {
  readonly records: readonly FactRecord[];
  readonly contacts: readonly ContactRecord[];
  /** How many findings of each code. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Everything a format makes of a text; checks the law that no row is lost. */
export async function parseText(
  format: Format,
  text: string | readonly string[],
  options: Partial<FormatOptions> = {},
): Promise<Whole> {
  const pieces = typeof text === "string" ? [text] : text;
  return whole(format.parse(inPieces(...pieces), { zone: "UTC", mapping: null, ...options }));
}

export async function parseFile(
  format: Format,
  file: string,
  options: Partial<FormatOptions> = {},
): Promise<Whole> {
  const read = await readFormatFile(file, format, { zone: "UTC", mapping: null, ...options });
  return whole(read.blocks);
}

async function whole(blocks: AsyncIterable<ParsedBlock>): Promise<Whole> {
  const all: ParsedBlock[] = [];
  for await (const block of blocks) all.push(block);
  const taken = all.flatMap((block) => block.taken);
  const rejects = all.flatMap((block) => block.rejects);
  const findings = all.flatMap((block) => block.findings);
  const rows = all.reduce((sum, block) => sum + block.rows, 0);
  expect(taken.reduce((sum, one) => sum + one.rows, 0) + rejects.length).toBe(rows);
  const counts: Record<string, number> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  const records = taken.flatMap((one) => [one.record, ...one.also]);
  const contacts = records.filter((one) => one.kind === "contact");
  return { rows, taken, rejects, findings, records, contacts, counts };
}

/** What a failing promise says: the fault of the InputError it must fail with. */
export async function faultOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error(`no InputError but ${String(error)}`);
  return { code: error.code, message: error.message, faults: error.faults };
}

/** The telling parts of a reject. */
export function brief(reject: Reject | undefined) {
  return reject && [reject.line, reject.code, reject.field, reject.value];
}

/** Files for a test, gone after it. */
export function temporaryFiles() {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });
  return async (name: string, content: string | Buffer): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "muster-ingest-"));
    folders.push(folder);
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };
}
