/** Sources, and the ledger of what was imported from them. */

import { hostname } from "node:os";
import type { ClientBase } from "pg";
import type { Reject } from "../../domain/shared/records.ts";
import type { Store } from "../connection.ts";
import { processStart } from "../embedded/process-identity.ts";
import type { RowCounts } from "./classify.ts";

export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly format: string;
  readonly mapping: unknown;
  readonly siteId: number;
  readonly zone: string;
}

export interface SourceWish {
  readonly name: string;
  readonly kind: "file" | "folder";
  readonly place: string | null;
  readonly format: string;
  readonly mapping: unknown;
  readonly zone: string;
}

/** The site that keeps time in this zone, made where there is none, named as wished or as its zone. */
export async function ensureSite(
  client: ClientBase,
  zone: string,
  name: string = zone,
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `with found as (select id from site where zone = $1 order by id limit 1),
     made as (insert into site (name, zone) select $2, $1 where not exists (select from found)
       on conflict (name) do update set zone = excluded.zone returning id)
     select id from found union all select id from made`,
    [zone, name],
  );
  return (rows[0] as { id: number }).id;
}

/** The source of that name; its format, mapping and place are brought up to date. */
export async function ensureSource(client: ClientBase, wish: SourceWish): Promise<SourceRow> {
  const siteId = await ensureSite(client, wish.zone);
  const { rows } = await client.query<{ id: number; siteId: number }>(
    `insert into source (name, kind, place, format, mapping, site_id)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (name) do update set format = excluded.format, mapping = excluded.mapping,
       kind = case when excluded.kind = 'folder' then 'folder' else source.kind end,
       place = coalesce(excluded.place, source.place),
       site_id = case when source.format = '' then excluded.site_id else source.site_id end
     returning id, site_id as "siteId"`,
    [wish.name, wish.kind, wish.place, wish.format, jsonOrNull(wish.mapping), siteId],
  );
  const made = rows[0] as { id: number; siteId: number };
  return { ...wish, ...made };
}

/**
 * The id of a source that a row of `referring` names, made where there is none: a survey may come
 * before the log of its contact. It has no format, and is complete with its first own import.
 */
export async function ensureSourceNamed(
  client: ClientBase,
  name: string,
  referring: SourceRow,
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into source (name, kind, format, site_id) values ($1, 'file', '', $2)
     on conflict (name) do update set name = excluded.name returning id`,
    [name, referring.siteId],
  );
  return (rows[0] as { id: number }).id;
}

/** The source as its own imports left it; null before the first of them. */
export async function findSource(client: ClientBase, name: string): Promise<SourceRow | null> {
  const { rows } = await client.query<SourceRow>(
    `select source.id, source.name, format, mapping, site_id as "siteId", zone
     from source join site on site.id = site_id where source.name = $1 and format <> ''`,
    [name],
  );
  return rows[0] ?? null;
}

export interface BatchFile {
  readonly name: string;
  readonly bytes: number | null;
  readonly modifiedAt: Date | null;
}

export interface BatchOpening {
  readonly now: Date;
  readonly owner: string;
  /** The upload that the file is, where it is one. */
  readonly upload?: string | undefined;
}

/** Opens a batch. Batches of the same source whose process has died are closed as interrupted. */
export async function openBatch(
  client: ClientBase,
  sourceId: number,
  file: BatchFile,
  opening: BatchOpening,
): Promise<{ id: number; uuid: string }> {
  await closeDeadBatches(client, sourceId, opening);
  const { rows } = await client.query<{ id: number; uuid: string }>(
    `insert into batch (source_id, file_name, file_bytes, file_modified_at, started_at, owner,
       upload_id)
     values ($1, $2, $3, $4, $5, $6, $7) returning id, uuid`,
    [
      sourceId,
      file.name,
      file.bytes,
      file.modifiedAt,
      opening.now,
      opening.owner,
      opening.upload ?? null,
    ],
  );
  return rows[0] as { id: number; uuid: string };
}

/** Keeps the header of a batch's file: the rows that are rejected are read again with it. */
export async function keepHeader(store: Store, batchId: number, header: string): Promise<void> {
  await store.pool.query("update batch set header = $2 where id = $1", [batchId, header]);
}

/** Closes every batch that a process of this machine left behind, whatever its source. */
export async function closeAllDeadBatches(
  client: ClientBase,
  opening: Omit<BatchOpening, "upload">,
): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    "select distinct source_id as id from batch where state = 'running' and owner is not null",
  );
  for (const { id } of rows) await closeDeadBatches(client, id, opening);
}

async function closeDeadBatches(
  client: ClientBase,
  sourceId: number,
  opening: Omit<BatchOpening, "upload">,
): Promise<void> {
  const { rows } = await client.query<{ id: number; owner: string; startedAt: Date }>(
    `select id, owner, started_at as "startedAt" from batch
     where source_id = $1 and state = 'running' and owner is not null`,
    [sourceId],
  );
  for (const { id, owner, startedAt } of rows) {
    if (!isDead(owner, new Date(startedAt), opening.owner)) continue;
    await closeBatch(client, id, { state: "interrupted", now: opening.now, error: null });
  }
}

/**
 * Has the process `host:pid` ended? Of another host nobody here can tell. A container's process has
 * the same number after each start: what is older than this process was not begun by it.
 */
function isDead(owner: string, since: Date, own: string): boolean {
  const [, host, pid] = /^(.*):(\d+)$/.exec(owner) ?? [];
  if (host !== hostname()) return false;
  if (owner === own) return since.getTime() < Date.now() - process.uptime() * 1000;
  return processStart(Number(pid)) === null;
}

export type BatchEnd = "done" | "failed" | "interrupted";

/** Adds to the counts of a batch, in the transaction that took the rows. */
export async function countBatch(
  client: ClientBase,
  batchId: number,
  counts: RowCounts & { readonly rejected: number },
): Promise<void> {
  const rows = counts.accepted + counts.duplicates + counts.replaced + counts.rejected;
  await client.query(
    `update batch set rows = rows + $2, accepted = accepted + $3, duplicates = duplicates + $4,
       replaced = replaced + $5, rejected = rejected + $6 where id = $1`,
    [batchId, rows, counts.accepted, counts.duplicates, counts.replaced, counts.rejected],
  );
}

export async function closeBatch(
  client: ClientBase,
  batchId: number,
  end: { readonly state: BatchEnd; readonly now: Date; readonly error: unknown },
): Promise<void> {
  await client.query("update batch set state = $2, finished_at = $3, error = $4 where id = $1", [
    batchId,
    end.state,
    end.now,
    jsonOrNull(end.error),
  ]);
}

/** Keeps rejected rows whole. The same row rejected again is the same reject. */
export async function saveRejects(
  client: ClientBase,
  batch: { readonly sourceId: number; readonly batchId: number },
  rejects: readonly Reject[],
): Promise<void> {
  if (rejects.length === 0) return;
  const column = <K extends keyof Reject>(key: K) => rejects.map((reject) => reject[key]);
  await client.query(
    `insert into reject (source_id, batch_id, line, code, field, value, expected, raw, raw_digest)
     select $1, $2, line, code, field, value, expected, raw, sha256(convert_to(raw, 'UTF8'))
     from unnest($3::int8[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       as r (line, code, field, value, expected, raw)
     on conflict (source_id, raw_digest) do nothing`,
    [
      batch.sourceId,
      batch.batchId,
      column("line"),
      column("code"),
      column("field"),
      column("value"),
      column("expected"),
      column("raw"),
    ],
  );
}

function jsonOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
