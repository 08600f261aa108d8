/** Sources: those that are folders are added, paused, resumed; each is shown with what came of it. */

import { validate as isUuid } from "uuid";
import { importFormat } from "../ingest/formats.ts";
import { type RowsAgainWay, rowsAgainWay } from "../ingest/rows-again.ts";
import type { Store } from "../store/connection.ts";
import { ensureSource, findSource } from "../store/import/batches.ts";
import { setPaused, setPausedAt } from "../store/import/folders.ts";
import { qualityRows } from "../store/reports/quality-report.ts";
import { type SourceRow, sourceRows } from "../store/reports/source-rows.ts";
import { inTransaction } from "../store/transaction.ts";
import { conflict, FlowError, notFound } from "./errors.ts";
import { zoneOfSource } from "./import/source-zone.ts";

export interface FolderWish {
  readonly name: string;
  readonly place: string;
  readonly format: string;
  readonly mapping: unknown;
  readonly zone: string | undefined;
}

/** Adds a folder, or moves the source of that name to it. @throws InputError without a zone. */
export async function addFolderSource(store: Store, wish: FolderWish): Promise<void> {
  const format = importFormat(wish.format);
  await inTransaction(store.pool, async (client) => {
    const known = await findSource(client, wish.name);
    const zone = zoneOfSource(wish.zone, known, format);
    await ensureSource(client, { ...wish, kind: "folder", zone });
  });
}

export async function pauseSource(store: Store, name: string, paused: boolean): Promise<void> {
  if (await setPaused(store.db, name, paused)) return;
  throw notFound("unknown_source", `there is no source ${name}`);
}

export interface SourceState extends SourceRow {
  /** From the arrival of its latest contact to now; null where it has none. */
  readonly lagSeconds: number | null;
  /** What looks wrong in it, as the quality report lists it. */
  readonly findings: number;
  /** How its rejected rows can be tried again; null before anything was imported. */
  readonly retry: RowsAgainWay | null;
}

export async function sourceStates(store: Store, now: Date): Promise<SourceState[]> {
  const [sources, findings] = await Promise.all([
    sourceRows(store.db, null),
    qualityRows(store.db, null),
  ]);
  const found = new Map<string, number>();
  for (const { source } of findings) found.set(source, (found.get(source) ?? 0) + 1);
  return sources.map((source) => ({
    ...source,
    lagSeconds: lagOf(source, now),
    findings: found.get(source.name) ?? 0,
    retry: rowsAgainWay(source.format),
  }));
}

function lagOf({ latestArrival }: SourceRow, now: Date): number | null {
  if (latestArrival === null) return null;
  return Math.max(0, Math.round((now.getTime() - latestArrival.getTime()) / 1000));
}

/** @throws FlowError `unknown_source`. */
export async function theSource(store: Store, id: string): Promise<SourceRow> {
  const [source] = isUuid(id) ? await sourceRows(store.db, id) : [];
  if (source === undefined) throw notFound("unknown_source", `there is no source ${id}`);
  return source;
}

/** @throws FlowError `unknown_source`, `source_without_folder`. */
export async function folderToPull(store: Store, id: string): Promise<string> {
  const { name, kind } = await theSource(store, id);
  if (kind === "folder") return name;
  throw conflict("source_without_folder", `${name} is no folder: there is nothing to pull from`);
}

/** @throws FlowError `unknown_source`, `source_without_folder`, 412 `changed_meanwhile`. */
export async function pauseSourceAt(
  store: Store,
  { id, etag }: { readonly id: string; readonly etag: string },
  paused: boolean,
): Promise<SourceRow> {
  await folderToPull(store, id);
  if (!(await setPausedAt(store.db, { id, etag }, paused))) {
    const expected = "If-Match with the etag of the source as it stands: read it again";
    throw new FlowError("precondition", "changed_meanwhile", expected);
  }
  return theSource(store, id);
}
