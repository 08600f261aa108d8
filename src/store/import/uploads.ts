/** Files dropped in a browser: who brought them and when. Their bytes lie in the data folder. */

import { sql } from "drizzle-orm";
import type { Queryable } from "../connection.ts";

export interface UploadRow {
  readonly id: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly uploadedAt: Date;
}

export async function saveUpload(
  db: Queryable,
  upload: UploadRow & { readonly uploadedBy: string },
): Promise<void> {
  await db.execute(sql`
    insert into upload (id, file_name, bytes, uploaded_by, uploaded_at)
    values (${upload.id}, ${upload.fileName}, ${upload.bytes}, ${upload.uploadedBy},
      ${upload.uploadedAt})`);
}

/** Null where there is none, and where it was removed. */
export async function findUpload(db: Queryable, id: string): Promise<UploadRow | null> {
  const { rows } = await db.execute<Record<string, unknown> & UploadRow>(sql`
    select id, file_name as "fileName", bytes, uploaded_at as "uploadedAt"
    from upload where id = ${id} and removed_at is null`);
  const row = rows[0];
  return row === undefined ? null : { ...row, uploadedAt: new Date(row.uploadedAt) };
}

/** False where it was removed already. */
export async function markUploadRemoved(db: Queryable, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update upload set removed_at = ${now} where id = ${id} and removed_at is null`);
  return rowCount === 1;
}

/** Is an import of it under way? */
export async function isUploadImported(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from batch where upload_id = ${id} and state = 'running' limit 1`);
  return rows.length > 0;
}

/** Those that came before an instant, are still there, and are not being imported. */
export async function oldUploads(db: Queryable, before: Date): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from upload
    where uploaded_at <= ${before} and removed_at is null and not exists (
      select from batch where upload_id = upload.id and state = 'running')
    order by uploaded_at`);
  return rows.map(({ id }) => id);
}

export interface ImportRow {
  readonly id: string;
  readonly upload: string | null;
  readonly source: string;
  readonly file: string;
  readonly fileBytes: number | null;
  readonly state: "running" | "done" | "failed" | "interrupted";
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  readonly error: unknown;
}

const COLUMNS = sql`
  batch.uuid as id, upload_id as upload, source.name as source, file_name as file,
  file_bytes as "fileBytes", state, started_at as "startedAt", finished_at as "finishedAt",
  rows, accepted, duplicates, replaced, rejected, error`;

/** Null where there is no such batch. */
export async function findImport(db: Queryable, id: string): Promise<ImportRow | null> {
  const { rows } = await db.execute<Record<string, unknown> & ImportRow>(sql`
    select ${COLUMNS} from batch join source on source.id = source_id
    where batch.uuid = ${id}`);
  return rows[0] === undefined ? null : withDates(rows[0]);
}

/** Imports of dropped files, the latest first. */
export async function latestImports(db: Queryable, limit: number): Promise<ImportRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & ImportRow>(sql`
    select ${COLUMNS} from batch join source on source.id = source_id
    where upload_id is not null order by batch.id desc limit ${limit}`);
  return rows.map(withDates);
}

function withDates(row: ImportRow): ImportRow {
  const { startedAt, finishedAt } = row;
  return {
    ...row,
    startedAt: new Date(startedAt),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
  };
}

export interface SavedMapping {
  readonly name: string;
  readonly format: string;
  readonly mapping: Record<string, unknown> | null;
  readonly zone: string;
}

/** Sources that have imported something, with the mapping of their last import. */
export async function savedMappings(db: Queryable): Promise<SavedMapping[]> {
  const { rows } = await db.execute<Record<string, unknown> & SavedMapping>(sql`
    select source.name, format, mapping, zone from source join site on site.id = site_id
    where format <> '' order by source.name`);
  return rows;
}
