/**
 * Rejected rows are read again under a changed mapping, and those that can be taken are, by the way every
 * import goes: into facts and tallies, each once, with the file and the line it came from. What still
 * cannot be taken stays, with its new reason. A trial does all of it and takes it back.
 *
 * Of a million rows one request would take minutes, so it reads as many as it is told to and says where the
 * next goes on: who asks shows how far it is, and may stop in between. What was taken stays taken.
 */

import type { PoolClient } from "pg";
import { InputError } from "../../domain/shared/errors.ts";
import type { Reject } from "../../domain/shared/records.ts";
import type { Format } from "../../ingest/format.ts";
import { formatNamed } from "../../ingest/formats.ts";
import {
  checkHeader,
  checkReadsRows,
  needsHeader,
  type RowsAgain,
  readRowsAgain,
  rowsAgainWay,
} from "../../ingest/rows-again.ts";
import type { Store } from "../../store/connection.ts";
import { applyStaged, stageFacts } from "../../store/import/apply.ts";
import { findSource, type SourceRow } from "../../store/import/batches.ts";
import { FACT_TABLES } from "../../store/import/fact-tables.ts";
import { asOnlyImporter } from "../../store/import/locks.ts";
import {
  countOpenRejects,
  dropSuperseded,
  keepReasons,
  markTaken,
  moveCounts,
  nextOpenRejects,
  type OpenFilter,
  type OpenReject,
  type RejectCursor,
  saveMapping,
} from "../../store/rejects.ts";
import { inTransaction, inTrial } from "../../store/transaction.ts";
import { conflict } from "../errors.ts";
import { theSource } from "../sources.ts";
import { stagingContext } from "./import-file.ts";
import { stretchBuilder } from "./stretch.ts";
import { prepare } from "./take-stretch.ts";

export interface RetryWish {
  /** The uuid of the source. */
  readonly source: string;
  /** The mapping of the source where it is not said. */
  readonly mapping?: unknown;
  /** Only rejects with this reason, only those of this field. */
  readonly code?: string | undefined;
  readonly field?: string | undefined;
  /** Where the portion before ended; null at first. */
  readonly after: RejectCursor | null;
  /** Rows to be read at most. */
  readonly limit: number;
  /** Changes nothing, and says what would have changed. */
  readonly dryRun: boolean;
  /** Keeps the mapping for the imports to come, when the last row has been read. */
  readonly save: boolean;
  readonly installationKey: Uint8Array;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

export interface RetryReport {
  /** accepted + duplicates + replaced + rejected. */
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  /** Why those that stay cannot be taken, the most frequent first. */
  readonly reasons: readonly { code: string; field: string; expected: string; count: number }[];
  /** The first that stay. */
  readonly rejects: readonly Reject[];
  readonly saved: boolean;
  /** Rows that are to be read in all; counted once, with the first portion. */
  readonly open: number | null;
  /** Null when all have been read. */
  readonly next: RejectCursor | null;
}

const ROWS_AT_ONCE = 5_000;
const SHOWN_REJECTS = 20;

/**
 * @throws InputError for a mapping that is none, and as `checkReadsRows`; FlowError `unknown_source`,
 *   `import_running`.
 */
export async function retryRejects(store: Store, wish: RetryWish): Promise<RetryReport> {
  const { name } = await theSource(store, wish.source);
  const known = await inTransaction(store.pool, (client) => findSource(client, name));
  if (known === null) throw conflict("source_without_import", `nothing was imported from ${name}`);
  // A format without a mapping asks for none, whatever was once said with a file.
  const kept = rowsAgainWay(known.format) === "by_mapping" ? known.mapping : null;
  const source = { ...known, mapping: wish.mapping ?? kept };
  checkReadsRows(source.format, source.mapping);
  const format = formatNamed(source.format);
  const onWait = () => {
    throw conflict("import_running", `${name} is being imported: try again when it has ended`);
  };
  const { signal } = wish;
  return asOnlyImporter(store.pool, source.id, { signal, onWait }, async () => {
    const tally = emptyTally();
    const retry = { source, format, tally };
    const open =
      wish.after === null ? await countOpenRejects(store.db, filterOf(wish, source)) : null;
    const next = await retryPortion(store, wish, retry);
    const saved = next === null && wish.save && !wish.dryRun && wish.mapping !== undefined;
    if (saved) await saveMapping(store.db, source.id, wish.mapping);
    return { ...reportOf(tally), saved, open, next };
  });
}

function filterOf({ code, field }: RetryWish, { id }: SourceRow): OpenFilter {
  return { sourceId: id, code: code ?? null, field: field ?? null };
}

interface Retry {
  readonly source: SourceRow;
  readonly format: Format;
  readonly tally: Tally;
}

/** Reads as many rows as are wished for. Where the next portion begins; null where all have been read. */
async function retryPortion(
  store: Store,
  wish: RetryWish,
  retry: Retry,
): Promise<RejectCursor | null> {
  const { source, tally } = retry;
  const filter = filterOf(wish, source);
  const next = (from: RejectCursor | null, most: number) =>
    inTransaction(store.pool, (client) => nextOpenRejects(client, filter, from, most));
  let after = wish.after;
  for (let left = wish.limit; left > 0; ) {
    wish.signal?.throwIfAborted();
    const rows: OpenReject[] = await next(after, Math.min(left, ROWS_AT_ONCE));
    const last = rows.at(-1);
    if (last === undefined) return null;
    const read = await readAgain(retry, rows);
    if (read.taken.length + read.rejects.length > 0) {
      const within = wish.dryRun ? inTrial : inTransaction;
      const counts = await within(store.pool, (client) =>
        takePortion(store, client, { wish, source, read, batchId: last.batchId }),
      );
      tally.accepted += counts.accepted;
      tally.duplicates += counts.duplicates;
      tally.replaced += counts.replaced;
    }
    for (const { reject } of read.rejects) addReason(tally, reject);
    after = last;
    left -= rows.length;
  }
  return (await next(after, 1)).length === 0 ? null : after;
}

/** Rows that cannot be read for want of their header, or of a column in it, are told and left as they are. */
async function readAgain(
  { source, format, tally }: Retry,
  rows: readonly OpenReject[],
): Promise<RowsAgain<OpenReject>> {
  const { zone, mapping } = source;
  const options = { zone, mapping };
  const isNeeded = rows.some(({ raw }) => needsHeader(format, mapping, raw));
  const header = isNeeded ? (rows[0]?.header ?? null) : null;
  const leave = (code: string, field: string, expected: string) => {
    for (const { line, raw } of rows) {
      addReason(tally, { line, code, field, value: raw.slice(0, 200), expected, raw });
    }
    return { taken: [], rejects: [], findings: [] };
  };
  if (isNeeded && header === null) {
    return leave("header_not_kept", "row", "the file again: its header was not kept with its rows");
  }
  try {
    if (header !== null) await checkHeader(format, header, options);
  } catch (error) {
    const fault = error instanceof InputError ? error.faults[0] : undefined;
    if (fault?.code !== "missing_column") throw error;
    return leave(fault.code, String(fault.value ?? fault.path), fault.expected ?? "");
  }
  return readRowsAgain(format, { header, rows }, options);
}

interface Portion {
  readonly wish: RetryWish;
  readonly source: SourceRow;
  readonly read: RowsAgain<OpenReject>;
  readonly batchId: number;
}

/** The careful way of an import, within one transaction: facts, tallies, rejects and counts together. */
async function takePortion(
  store: Store,
  client: PoolClient,
  { wish, source, read, batchId }: Portion,
) {
  const counts = { accepted: 0, duplicates: 0, replaced: 0 };
  if (read.taken.length > 0) {
    const context = await stagingContext(store, source, batchId, wish.installationKey);
    // Names that are new are made in this transaction, so that a trial leaves none behind.
    const builder = stretchBuilder(store, context, (work) => work(client));
    const taken = read.taken.map((one) => one.taken);
    await builder.add({ rows: taken.length, taken, rejects: [], findings: read.findings });
    const { feeds } = builder.current();
    builder.close();
    await prepare(client);
    await stageFacts(client, feeds);
    const kinds = [...feeds.keys()];
    for (const kind of kinds) counts.duplicates += await dropSuperseded(client, FACT_TABLES[kind]);
    const applied = await applyStaged(client, kinds);
    counts.accepted += applied.accepted;
    counts.duplicates += applied.duplicates;
    counts.replaced += applied.replaced;
  }
  const digests = read.taken.map(({ row }) => row.digest);
  await markTaken(client, { sourceId: source.id, digests, now: wish.now });
  const kept = read.rejects.map(({ row, reject }) => ({ ...reject, digest: row.digest }));
  await keepReasons(client, source.id, kept);
  await moveCounts(client, batchId, counts);
  return counts;
}

interface Tally {
  accepted: number;
  duplicates: number;
  replaced: number;
  rejected: number;
  readonly reasons: Map<string, { code: string; field: string; expected: string; count: number }>;
  readonly rejects: Reject[];
}

const emptyTally = (): Tally => ({
  ...{ accepted: 0, duplicates: 0, replaced: 0, rejected: 0 },
  reasons: new Map(),
  rejects: [],
});

function addReason(tally: Tally, reject: Reject): void {
  const { code, field, expected } = reject;
  const key = JSON.stringify([code, field]);
  const reason = tally.reasons.get(key) ?? { code, field, expected, count: 0 };
  reason.count += 1;
  tally.reasons.set(key, reason);
  tally.rejected += 1;
  if (tally.rejects.length < SHOWN_REJECTS) tally.rejects.push(reject);
}

function reportOf({
  reasons,
  rejects,
  ...counts
}: Tally): Omit<RetryReport, "saved" | "open" | "next"> {
  const { accepted, duplicates, replaced, rejected } = counts;
  return {
    rows: accepted + duplicates + replaced + rejected,
    ...counts,
    reasons: [...reasons.values()].sort((a, b) => b.count - a.count),
    rejects,
  };
}
