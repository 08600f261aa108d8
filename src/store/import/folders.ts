/** Sources that are folders, and which of their files were taken. */

import { sql } from "drizzle-orm";
import type { Queryable } from "../connection.ts";
import { SOURCE_ETAG } from "../reports/source-rows.ts";

export interface FolderSource {
  readonly id: number;
  readonly name: string;
  readonly place: string;
  readonly format: string;
  readonly mapping: unknown;
  readonly zone: string;
}

/** Those that are not paused; of one name that one, paused or not. */
export async function folderSources(
  db: Queryable,
  name: string | null = null,
): Promise<FolderSource[]> {
  const { rows } = await db.execute<Record<string, unknown> & FolderSource>(sql`
    select source.id, source.name, place, format, mapping, zone
    from source join site on site.id = site_id
    where source.kind = 'folder'
      and (source.name = ${name} or (${name}::text is null and not paused))
    order by source.id`);
  return rows;
}

/** Was a file of this name, size and time of change taken whole, or refused for good? */
export async function seenFiles(
  db: Queryable,
  sourceId: number,
): Promise<(name: string, bytes: number, modifiedAt: Date) => boolean> {
  const { rows } = await db.execute<{ name: string; bytes: number; modified: number }>(sql`
    select file_name as name, file_bytes as bytes,
      floor(extract(epoch from file_modified_at) * 1000)::float8 as modified
    from batch where source_id = ${sourceId} and state in ('done', 'failed')`);
  const keyOf = (name: string, bytes: number, modified: number) => `${modified} ${bytes} ${name}`;
  const seen = new Set(rows.map((row) => keyOf(row.name, row.bytes, row.modified)));
  return (name, bytes, modifiedAt) => seen.has(keyOf(name, bytes, modifiedAt.getTime()));
}

export interface SourceSummary {
  readonly name: string;
  readonly kind: "file" | "folder";
  readonly place: string | null;
  readonly format: string;
  readonly zone: string;
  readonly paused: boolean;
}

export async function listSources(db: Queryable): Promise<SourceSummary[]> {
  const { rows } = await db.execute<Record<string, unknown> & SourceSummary>(sql`
    select source.name, source.kind, place, format, zone, paused
    from source join site on site.id = site_id order by source.name`);
  return rows;
}

/** Pauses or resumes the source of a uuid if it is still at that version. */
export async function setPausedAt(
  db: Queryable,
  { id, etag }: { readonly id: string; readonly etag: string },
  paused: boolean,
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update source set paused = ${paused} where uuid = ${id} and ${SOURCE_ETAG} = ${etag}`);
  return rowCount === 1;
}

/** False where there is no such source. */
export async function setPaused(db: Queryable, name: string, paused: boolean): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`update source set paused = ${paused} where name = ${name}`,
  );
  return rowCount === 1;
}
