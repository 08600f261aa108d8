/** Rows that could not be taken: browsed, read again, and marked when they were taken after all. */

import { sql } from "drizzle-orm";
import type { ClientBase } from "pg";
import type { Reject } from "../domain/shared/records.ts";
import type { Queryable } from "./connection.ts";
import type { RowCounts } from "./import/classify.ts";
import type { FactTable } from "./import/fact-tables.ts";
import { stageName } from "./import/stage.ts";

export interface RejectFilter {
  /** The uuid of a source. */
  readonly source?: string | undefined;
  readonly code?: string | undefined;
  readonly field?: string | undefined;
}

export interface RejectRow {
  readonly source: string;
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly field: string;
  readonly value: string;
  readonly expected: string;
  readonly raw: string;
  readonly rejectedAt: Date;
}

/** Where a page ended: the import, the line in its file, the digest of the row in hex. */
export interface RejectCursor {
  readonly batchId: number;
  readonly line: number;
  readonly digest: string;
}

/** In the order of imports and lines. Those taken since are left out. */
export async function rejectRows(
  db: Queryable,
  { source, code, field }: RejectFilter,
  page: { readonly after: RejectCursor | null; readonly limit: number },
): Promise<{ rows: RejectRow[]; next: RejectCursor | null }> {
  const { after, limit } = page;
  const beyond =
    after === null
      ? sql`true`
      : sql`(r.batch_id, r.line, r.raw_digest)
          > (${after.batchId}::int, ${after.line}::int8, decode(${after.digest}, 'hex'))`;
  const { rows } = await db.execute<Record<string, unknown> & RejectRow & RejectCursor>(sql`
    select source.name as source, batch.file_name as file, r.line, r.code, r.field, r.value,
      r.expected, r.raw, r.rejected_at as "rejectedAt", r.batch_id as "batchId",
      encode(r.raw_digest, 'hex') as digest
    from reject as r
    join source on source.id = r.source_id
    join batch on batch.id = r.batch_id
    where r.taken_at is null and ${beyond}
      and (${source ?? null}::uuid is null or source.uuid = ${source ?? null}::uuid)
      and (${code ?? null}::text is null or r.code = ${code ?? null})
      and (${field ?? null}::text is null or r.field = ${field ?? null})
    order by r.batch_id, r.line, r.raw_digest
    limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => ({ ...row, rejectedAt: new Date(row.rejectedAt) })),
    next:
      last === undefined ? null : { batchId: last.batchId, line: last.line, digest: last.digest },
  };
}

/** A kept row on its way to be read again, with the header of the file it came from. */
export interface OpenReject extends RejectCursor {
  readonly raw: string;
  readonly header: string | null;
}

export interface OpenFilter {
  readonly sourceId: number;
  readonly code: string | null;
  readonly field: string | null;
}

/** How many there are. */
export async function countOpenRejects(
  db: Queryable,
  { sourceId, code, field }: OpenFilter,
): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int8 as count from reject
    where source_id = ${sourceId} and taken_at is null
      and (${code}::text is null or code = ${code}) and (${field}::text is null or field = ${field})`);
  return rows[0]?.count ?? 0;
}

/** The next rejects of one import, at most `limit`; none when all have been seen. */
export async function nextOpenRejects(
  client: ClientBase,
  { sourceId, code, field }: OpenFilter,
  after: RejectCursor | null,
  limit: number,
): Promise<OpenReject[]> {
  const { rows } = await client.query<OpenReject>(
    `with open as (
       select r.batch_id, r.line, r.raw_digest, r.raw from reject as r
       where r.source_id = $1 and r.taken_at is null
         and ($2::text is null or r.code = $2) and ($3::text is null or r.field = $3)
         and ($4::int is null or (r.batch_id, r.line, r.raw_digest) > ($4, $5, decode($6, 'hex')))
       order by r.batch_id, r.line, r.raw_digest limit $7)
     select open.batch_id as "batchId", line::float8 as line, encode(raw_digest, 'hex') as digest,
       raw, batch.header
     from open join batch on batch.id = open.batch_id
     where open.batch_id = (select min(batch_id) from open)
     order by open.batch_id, line, raw_digest`,
    [
      ...[sourceId, code, field, after?.batchId ?? null, after?.line ?? null],
      ...[after?.digest ?? null, limit],
    ],
  );
  return rows;
}

/** Marks rows as taken. They are kept, and count no more. */
export async function markTaken(
  client: ClientBase,
  { sourceId, digests, now }: { sourceId: number; digests: readonly string[]; now: Date },
): Promise<void> {
  await client.query(
    `update reject set taken_at = $3 where source_id = $1
     and raw_digest in (select decode(digest, 'hex') from unnest($2::text[]) as digest)`,
    [sourceId, digests, now],
  );
}

/** Writes down why rows could not be taken this time either. */
export async function keepReasons(
  client: ClientBase,
  sourceId: number,
  rejects: readonly (Reject & { readonly digest: string })[],
): Promise<void> {
  const column = <K extends keyof Reject | "digest">(key: K) => rejects.map((one) => one[key]);
  await client.query(
    `update reject set code = r.code, field = r.field, value = r.value, expected = r.expected
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       as r (digest, code, field, value, expected)
     where source_id = $1 and raw_digest = decode(r.digest, 'hex')`,
    [
      ...[sourceId, column("digest"), column("code")],
      ...[column("field"), column("value"), column("expected")],
    ],
  );
}

/** Rows of an import that were rejects and are none any more: its counts still add up. */
export async function moveCounts(
  client: ClientBase,
  batchId: number,
  { accepted, duplicates, replaced }: RowCounts,
): Promise<void> {
  await client.query(
    `update batch set accepted = accepted + $2, duplicates = duplicates + $3,
       replaced = replaced + $4, rejected = rejected - $2 - $3 - $4 where id = $1`,
    [batchId, accepted, duplicates, replaced],
  );
}

/**
 * Takes staged rows away whose fact a later row has given: an old row that is read late must not replace
 * newer news. How many input rows those were.
 */
export async function dropSuperseded(client: ClientBase, fact: FactTable): Promise<number> {
  const { rows } = await client.query<{ gone: number }>(
    `with gone as (
       delete from ${stageName(fact)} as s using ${fact.table} as f
       where f.source_id = s.source_id and f.external_id = s.external_id
         and (f.batch_id > s.batch_id or (f.batch_id = s.batch_id and f.line > s.line))
       returning s.input_rows)
     select coalesce(sum(input_rows), 0)::int8 as gone from gone`,
  );
  return rows[0]?.gone ?? 0;
}

export async function saveMapping(
  db: Queryable,
  sourceId: number,
  mapping: unknown,
): Promise<void> {
  await db.execute(
    sql`update source set mapping = ${JSON.stringify(mapping)}::jsonb where id = ${sourceId}`,
  );
}
