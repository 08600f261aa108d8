/**
 * Takes one file into the store: text, rows, records, facts, tallies. It streams: while the database
 * takes one stretch of rows the next is parsed, and no more than that is held.
 *
 * What was taken before a failure stays taken, because each stretch is its own transaction; the same
 * file again finds those rows as duplicates. Counts always add up: accepted + duplicates + replaced +
 * rejected = rows.
 */

import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { InputError, inputError } from "../../domain/shared/errors.ts";
import type { Reject } from "../../domain/shared/records.ts";
import type { Format, ParsedBlock } from "../../ingest/format.ts";
import { openText } from "../../ingest/text.ts";
import type { Store } from "../../store/connection.ts";
import {
  type BatchFile,
  closeBatch,
  ensureSource,
  findSource,
  openBatch,
  type SourceRow,
} from "../../store/import/batches.ts";
import { loadSiteNames } from "../../store/import/dimensions.ts";
import { inTransaction } from "../../store/transaction.ts";
import { customerKeys } from "./customer-key.ts";
import type { StagingContext } from "./staged-rows.ts";
import { type BlockCounts, takeBlocks } from "./take-block.ts";

export interface ImportWish {
  readonly file: string;
  readonly format: Format;
  readonly source: string;
  readonly kind?: "file" | "folder";
  readonly place?: string | null;
  readonly mapping?: unknown;
  /** The zone of local times and days; the format's own, or the source's, where it is not said. */
  readonly zone?: string | undefined;
  readonly encoding?: string | undefined;
  readonly installationKey: Uint8Array;
  readonly owner: string;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
  /** Told after each piece: bytes read of how many, rows taken so far. */
  readonly onProgress?: (progress: { read: number; total: number; rows: number }) => void;
}

export interface ImportReport {
  readonly batch: string;
  readonly source: string;
  readonly file: string;
  readonly encoding: string;
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  /** The first rejects; all of them are kept in the store. */
  readonly rejects: readonly Reject[];
}

/** How many input rows one transaction takes. More is faster, and loses more when it is cut off. */
const ROWS_A_TRANSACTION = 50_000;
const REPORTED_REJECTS = 1000;

/** Imports a file. Throws InputError when the file is not what it should be. */
export async function importFile(store: Store, wish: ImportWish): Promise<ImportReport> {
  const file = await fileOf(wish.file);
  let read = 0;
  let rows = 0;
  const opened = await openText(wish.file, {
    encoding: wish.encoding,
    onBytes: (bytes, total) => {
      read = bytes;
      wish.onProgress?.({ read, total, rows });
    },
  });
  const source = await sourceOf(store, wish);
  const batch = await inTransaction(store.pool, (client) =>
    openBatch(client, source.id, file, { now: wish.now(), owner: wish.owner }),
  );
  const totals = { accepted: 0, duplicates: 0, replaced: 0, rejected: 0 };
  const rejects: Reject[] = [];
  const counted = (counts: BlockCounts, blocks: readonly ParsedBlock[]) => {
    totals.accepted += counts.accepted;
    totals.duplicates += counts.duplicates;
    totals.replaced += counts.replaced;
    totals.rejected += counts.rejected;
    for (const block of blocks) {
      rows += block.rows;
      rejects.push(...block.rejects.slice(0, REPORTED_REJECTS - rejects.length));
    }
    wish.onProgress?.({ read, total: opened.totalBytes, rows });
  };
  const close = (state: "done" | "failed", error: unknown) =>
    inTransaction(store.pool, (client) =>
      closeBatch(client, batch.id, { state, now: wish.now(), error }),
    );
  try {
    const context = await stagingContext(store, source, wish.installationKey);
    const options = { zone: source.zone, mapping: source.mapping };
    const parsed = wish.format.parse(opened.text, options);
    await takeAll(store, batch.id, parsed, context, counted, wish.signal);
    await close("done", null);
  } catch (error) {
    await close("failed", errorRecord(error)).catch(() => undefined);
    throw inFile(error, file.name);
  }
  return {
    batch: batch.uuid,
    source: source.name,
    file: file.name,
    encoding: opened.encoding,
    rows,
    ...totals,
    rejects,
  };
}

/** Takes all blocks, parsing the next stretch while the database works on the one before. */
async function takeAll(
  store: Store,
  batchId: number,
  parsed: AsyncIterable<ParsedBlock>,
  context: StagingContext,
  counted: (counts: BlockCounts, blocks: readonly ParsedBlock[]) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let taking: Promise<void> = Promise.resolve();
  let stretch: ParsedBlock[] = [];
  let rows = 0;
  const take = async () => {
    const blocks = stretch;
    stretch = [];
    rows = 0;
    await taking;
    taking = takeBlocks(store, batchId, blocks, context).then((counts) => counted(counts, blocks));
    // Its failure is met at the next `await taking`; until then it must not count as unhandled.
    taking.catch(() => undefined);
  };
  try {
    for await (const block of parsed) {
      signal?.throwIfAborted();
      stretch.push(block);
      rows += block.rows;
      if (rows >= ROWS_A_TRANSACTION) await take();
    }
  } catch (error) {
    // The rows before a damaged place are good rows: they are taken before the damage is told.
    await take();
    await taking;
    throw error;
  }
  if (stretch.length > 0) await take();
  await taking;
}

async function fileOf(path: string): Promise<BatchFile> {
  const found = await stat(path).catch(() => null);
  return {
    name: basename(path),
    bytes: found?.size ?? null,
    modifiedAt: found?.mtime ?? null,
  };
}

async function sourceOf(store: Store, wish: ImportWish): Promise<SourceRow> {
  return inTransaction(store.pool, async (client) => {
    const known = await findSource(client, wish.source);
    const zone = wish.zone ?? known?.zone ?? wish.format.zone;
    if (zone === null || zone === undefined) {
      throw inputError({
        code: "missing_zone",
        path: "zone",
        expected: `--zone with the IANA zone of the times in the file, such as Asia/Shanghai`,
      });
    }
    if (known !== null && known.zone !== zone) {
      throw inputError({
        code: "zone_of_source",
        path: "zone",
        value: zone,
        expected: `${known.zone}, the zone of the source ${known.name} since its first import`,
      });
    }
    return ensureSource(client, {
      name: wish.source,
      kind: wish.kind ?? "file",
      place: wish.place ?? null,
      format: wish.format.name,
      mapping: wish.mapping ?? known?.mapping ?? null,
      zone,
    });
  });
}

async function stagingContext(
  store: Store,
  source: SourceRow,
  installationKey: Uint8Array,
): Promise<StagingContext> {
  const client = await store.pool.connect();
  try {
    const names = await loadSiteNames(client, source.siteId);
    const sources = await client.query<{ name: string; id: number }>("select name, id from source");
    return {
      names,
      keyOf: customerKeys(installationKey),
      sourceId: source.id,
      sources: new Map(sources.rows.map((row) => [row.name, row.id])),
    };
  } finally {
    client.release();
  }
}

function errorRecord(error: unknown): unknown {
  if (error instanceof InputError) return { code: error.code, faults: error.faults };
  return { code: "failed", message: error instanceof Error ? error.message : String(error) };
}

/** A fault in a file names the file too. Errors of the database that are the user's to mend say so. */
function inFile(error: unknown, file: string): unknown {
  if (error instanceof InputError) {
    const faults = error.faults.map((fault) => ({
      ...fault,
      path: fault.path.includes(file) ? fault.path : `${fault.path} in ${file}`,
    }));
    return new InputError(faults, { cause: error });
  }
  if ((error as { code?: unknown } | null)?.code === "53100") {
    const fault = {
      code: "disk_full",
      path: file,
      expected: "free space where the store keeps its data; what was taken before stays taken",
    };
    return inputError(fault, { cause: error });
  }
  return error;
}
