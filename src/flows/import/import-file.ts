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
import { type Fault, InputError, inputError } from "../../domain/shared/errors.ts";
import type { Reject } from "../../domain/shared/records.ts";
import type { Format, ParsedBlock } from "../../ingest/format.ts";
import { importFormat, ORGANISATION, type OrganisationFormat } from "../../ingest/formats.ts";
import { readFormatFile } from "../../ingest/read-file.ts";
import type { Store } from "../../store/connection.ts";
import {
  type BatchEnd,
  type BatchFile,
  closeBatch,
  ensureSource,
  ensureSourceNamed,
  findSource,
  keepHeader,
  openBatch,
  type SourceRow,
} from "../../store/import/batches.ts";
import { loadSiteNames } from "../../store/import/dimensions.ts";
import { asOnlyImporter } from "../../store/import/locks.ts";
import { zoneOfOnlySite } from "../../store/organisation-names.ts";
import { inTransaction } from "../../store/transaction.ts";
import { FlowError } from "../errors.ts";
import { customerKeys } from "./customer-key.ts";
import { zoneOfSource } from "./source-zone.ts";
import type { StagingContext } from "./staged-rows.ts";
import { type Stretch, type StretchBuilder, stretchBuilder } from "./stretch.ts";
import { takeOrganisationFile } from "./take-organisation.ts";
import { type StretchCounts, type StretchTaker, stretchTaker } from "./take-stretch.ts";

export interface ImportWish {
  readonly file: string;
  /** By its name, or a format that is in no list. */
  readonly format: string | Format;
  readonly source: string;
  readonly kind?: "file" | "folder";
  readonly place?: string | null;
  readonly mapping?: unknown;
  /** The zone of local times and days; the format's own, or the source's, where it is not said. */
  readonly zone?: string | undefined;
  readonly encoding?: string | undefined;
  /** The upload that the file is, where it was dropped in a browser. */
  readonly upload?: string | undefined;
  readonly installationKey: Uint8Array;
  readonly owner: string;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
  /** Told after each piece: bytes read of how many, rows taken so far. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told once, if another import of the same source has to end first. */
  readonly onWait?: () => void;
}

export interface ImportProgress {
  /** Bytes of the file. */
  readonly read: number;
  readonly total: number;
  /** Rows that stand in the store. */
  readonly rows: number;
  /** Local days of the contacts read so far. */
  readonly days: { readonly first: string; readonly last: string } | null;
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

/**
 * How many input rows one transaction takes. Large ones cost less a row, but the last of them is counted
 * while nothing is left to parse: so the first and the last are small. Measured on 1,000,000 rows:
 * at most 200,000 in one took 19 s of processor time, at most 400,000 16 s.
 */
const SMALLEST_STRETCH_ROWS = 50_000;
const LARGEST_STRETCH_ROWS = 500_000;
const REPORTED_REJECTS = 1000;

/** Imports a file. Throws InputError when the file is not what it should be. */
export async function importFile(store: Store, wish: ImportWish): Promise<ImportReport> {
  const begun = await beginImport(store, wish);
  return begun.run();
}

/** An import that stands in the ledger and has read nothing yet. */
export interface BegunImport {
  readonly batch: string;
  readonly source: string;
  run(): Promise<ImportReport>;
}

/** Opens the batch, so that it can be asked about while it waits and runs. Throws as `importFile`. */
export async function beginImport(store: Store, wish: ImportWish): Promise<BegunImport> {
  const format = typeof wish.format === "string" ? importFormat(wish.format) : wish.format;
  const file = await fileOf(wish.file);
  const source = await sourceOf(store, wish, format);
  const { owner, upload } = wish;
  const batch = await inTransaction(store.pool, (client) =>
    openBatch(client, source.id, file, { now: wish.now(), owner, upload }),
  );
  const order = { format, file, source, batch };
  return { batch: batch.uuid, source: source.name, run: () => importBatch(store, wish, order) };
}

interface BatchOrder<Taken = Format | OrganisationFormat> {
  readonly format: Taken;
  readonly file: BatchFile & { readonly bytes: number };
  readonly source: SourceRow;
  readonly batch: { readonly id: number; readonly uuid: string };
}

async function importBatch(
  store: Store,
  wish: ImportWish,
  order: BatchOrder,
): Promise<ImportReport> {
  const { source, batch, file } = order;
  const { signal, onWait = () => undefined } = wish;
  const close = (state: BatchEnd, error: unknown) =>
    inTransaction(store.pool, (client) =>
      closeBatch(client, batch.id, { state, now: wish.now(), error }),
    );
  try {
    return await asOnlyImporter(store.pool, source.id, { signal, onWait }, async () => {
      const report = await takeWhatItIs(store, wish, order);
      await close("done", null);
      return report;
    });
  } catch (error) {
    await close(endOf(error), errorRecord(error)).catch(() => undefined);
    throw inFile(error, file.name);
  }
}

function takeWhatItIs(store: Store, wish: ImportWish, order: BatchOrder): Promise<ImportReport> {
  const { format } = order;
  if (isOrganisation(format)) return takeOrganisation(store, wish, order);
  return takeFile(store, wish, { ...order, format });
}

function isOrganisation(format: Format | OrganisationFormat): format is OrganisationFormat {
  return format === ORGANISATION;
}

async function takeOrganisation(
  store: Store,
  wish: ImportWish,
  { file, source, batch }: BatchOrder,
): Promise<ImportReport> {
  const { mapping, zone, siteId } = source;
  const { encoding } = wish;
  const { rejects, ...taken } = await takeOrganisationFile(
    store,
    { file: wish.file, mapping, zone, siteId, encoding },
    { sourceId: source.id, batchId: batch.id },
  );
  wish.onProgress?.({ read: file.bytes, total: file.bytes, rows: taken.rows, days: null });
  const names = { batch: batch.uuid, source: source.name, file: file.name };
  return { ...names, ...taken, rejects: rejects.slice(0, REPORTED_REJECTS) };
}

async function takeFile(
  store: Store,
  wish: ImportWish,
  { format, file, source, batch }: BatchOrder<Format>,
): Promise<ImportReport> {
  const progress: Writable<ImportProgress> = { read: 0, total: file.bytes, rows: 0, days: null };
  const identity = { sourceId: source.id, batchId: batch.id };
  const totals = { accepted: 0, duplicates: 0, replaced: 0, rejected: 0 };
  const rejects: Reject[] = [];
  const counted = (counts: StretchCounts, stretch: Stretch) => {
    totals.accepted += counts.accepted;
    totals.duplicates += counts.duplicates;
    totals.replaced += counts.replaced;
    totals.rejected += counts.rejected;
    progress.rows += stretch.rows;
    rejects.push(...stretch.rejects.slice(0, REPORTED_REJECTS - rejects.length));
    wish.onProgress?.({ ...progress });
  };
  const context = await stagingContext(store, source, batch.id, wish.installationKey);
  const opened = await readFormatFile(wish.file, format, {
    zone: source.zone,
    mapping: source.mapping,
    encoding: wish.encoding,
    onBytes: (read, total) => wish.onProgress?.(Object.assign(progress, { read, total })),
  });
  const blocks = looked(opened.blocks, {
    onHeader: (header) => keepHeader(store, batch.id, header),
    onDay: (day) => Object.assign(progress, { days: spanWith(progress.days, day) }),
  });
  const taker = stretchTaker(store, identity, counted);
  const { signal } = wish;
  await takeAll(blocks, stretchBuilder(store, context), taker, { signal, progress });
  return {
    batch: batch.uuid,
    source: source.name,
    file: file.name,
    encoding: opened.encoding,
    rows: progress.rows,
    ...totals,
    rejects,
  };
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

/**
 * The blocks on their way. The header is kept before the first row is taken: without it no rejected row
 * can be read again.
 */
async function* looked(
  blocks: AsyncIterable<ParsedBlock>,
  on: { onHeader(header: string): Promise<unknown>; onDay(day: string): unknown },
): AsyncGenerator<ParsedBlock> {
  let latest = "";
  for await (const block of blocks) {
    if (block.header !== undefined) await on.onHeader(block.header);
    for (const { record } of block.taken) {
      // Neighbours are most often of one day.
      if (record.kind !== "contact" || record.localDay === latest) continue;
      latest = record.localDay;
      on.onDay(latest);
    }
    yield block;
  }
}

function spanWith(days: ImportProgress["days"], day: string): ImportProgress["days"] {
  const { first = day, last = day } = days ?? {};
  return { first: day < first ? day : first, last: day > last ? day : last };
}

/** Takes all blocks; what is good before a damaged place is taken before the damage is told. */
async function takeAll(
  parsed: AsyncIterable<ParsedBlock>,
  builder: StretchBuilder,
  taker: StretchTaker,
  { signal, progress }: { signal: AbortSignal | undefined; progress: ImportProgress },
): Promise<void> {
  let damage: { readonly error: unknown } | null = null;
  let wanted = SMALLEST_STRETCH_ROWS;
  let rows = 0;
  try {
    for await (const block of parsed) {
      signal?.throwIfAborted();
      await builder.add(block);
      rows += block.rows;
      const stretch = builder.current();
      if (stretch.feeds.size > 0) await taker.begin(stretch);
      if (stretch.rows < wanted) continue;
      await closeAndTake(builder, taker);
      wanted = nextStretch(rows, progress);
    }
  } catch (error) {
    damage = { error };
  }
  if (builder.current().rows > 0) await closeAndTake(builder, taker);
  await taker.finish();
  if (damage !== null) throw damage.error;
}

async function closeAndTake(builder: StretchBuilder, taker: StretchTaker): Promise<void> {
  const stretch = builder.current();
  builder.close();
  await taker.begin(stretch);
}

/** Half of what is left of the file, as far as its bytes tell. */
function nextStretch(rows: number, { read, total }: ImportProgress): number {
  const left = read === 0 ? LARGEST_STRETCH_ROWS : (rows * Math.max(0, total - read)) / read;
  return Math.min(LARGEST_STRETCH_ROWS, Math.max(SMALLEST_STRETCH_ROWS, left / 2));
}

/** A file that is not there leaves no trace in the ledger; one that is no good does. */
async function fileOf(path: string): Promise<BatchFile & { readonly bytes: number }> {
  const found = await stat(path).catch((cause: Error) => {
    const expected = "a readable file";
    throw inputError({ code: "file_not_found", path: "file", value: path, expected }, { cause });
  });
  return { name: basename(path), bytes: found.size, modifiedAt: found.mtime };
}

async function sourceOf(
  store: Store,
  wish: ImportWish,
  format: Format | OrganisationFormat,
): Promise<SourceRow> {
  return inTransaction(store.pool, async (client) => {
    const known = await findSource(client, wish.source);
    const own = isOrganisation(format) ? await zoneOfOnlySite(client) : format.zone;
    const zone = zoneOfSource(wish.zone, known, { zone: own });
    return ensureSource(client, {
      name: wish.source,
      kind: wish.kind ?? "file",
      place: wish.place ?? null,
      format: format.name,
      mapping: wish.mapping ?? known?.mapping ?? null,
      zone,
    });
  });
}

/** What the rows of one source are written with: ids of names, keys of customers. */
export async function stagingContext(
  store: Store,
  source: SourceRow,
  batchId: number,
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
      batchId,
      sources: new Map(sources.rows.map((row) => [row.name, row.id])),
      sourceNamed: (on, name) => ensureSourceNamed(on, name, source),
    };
  } finally {
    client.release();
  }
}

/** A file is refused for good only by what is in it; after a full disk or a stop it is tried again. */
function endOf(error: unknown): BatchEnd {
  return error instanceof InputError ? "failed" : "interrupted";
}

function errorRecord(error: unknown): unknown {
  if (error instanceof InputError) return { code: error.code, faults: error.faults };
  if (error instanceof FlowError) return { code: error.code, message: error.message };
  return { code: "failed", message: error instanceof Error ? error.message : String(error) };
}

/** A fault names the file too. Errors of the database that are the user's to mend say so. */
function inFile(error: unknown, file: string): unknown {
  if (error instanceof InputError) {
    const isNamed = ({ path, value }: Fault) =>
      path.includes(file) || (typeof value === "string" && value.includes(file));
    const faults = error.faults.map((fault) =>
      isNamed(fault) ? fault : { ...fault, path: `${fault.path} in ${file}` },
    );
    return new InputError(faults, { cause: error });
  }
  const { code, message = "" } = error as { code?: string; message?: string };
  if (code === "53100") {
    const expected = "free space where the store keeps its data; what was taken before stays taken";
    return inputError({ code: "disk_full", path: file, expected }, { cause: error });
  }
  // A server whose log has no more space stops at once, and can only be told by its silence.
  if (SERVER_STOPPED.has(code ?? "") || /^Connection terminated/.test(message)) {
    const expected =
      "a database that keeps running; its log says why it stopped, a full disk perhaps; " +
      "what was taken before stays taken";
    return inputError({ code: "database_stopped", path: file, expected }, { cause: error });
  }
  return error;
}

/** Shutdown, crash and starting up by SQLSTATE; a broken or refused connection by the system's word. */
const SERVER_STOPPED = new Set([
  ...["57P01", "57P02", "57P03", "08006", "08003"],
  ...["ECONNRESET", "ECONNREFUSED", "EPIPE", "ENOENT"],
]);
