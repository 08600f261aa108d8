/**
 * Decides, for each staged row, whether it is new, a duplicate, or replaces what was there; then
 * writes it. Two paths with one result.
 *
 * The hopeful path inserts the stage as it is and is right whenever every row is new, which is what a
 * first import is made of. A clash of keys takes it back, and the careful path looks at every row.
 * Measured on 1,000,000 new rows: plain insert 3.1 s, `on conflict do nothing` 6.2 s.
 *
 * Either way `new_<table>` and `old_<table>` are what the tallies are brought up to date from: the
 * rows as they become, and the rows they take the place of.
 */

import type { ClientBase } from "pg";
import { columnNames, type FactTable } from "./fact-tables.ts";
import { stageName } from "./stage.ts";

/** Input rows by what became of them. */
export interface RowCounts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
}

/** Where the rows of one fact come from in this transaction; both can stand in a `from`. */
export interface Change {
  readonly fact: FactTable;
  /** The facts as they become. */
  readonly newRows: string;
  /** The facts they take the place of; null where every row is new. */
  readonly oldRows: string | null;
  readonly counts: RowCounts;
}

export interface BatchIdentity {
  readonly sourceId: number;
  readonly batchId: number;
}

/** How many staged rows are looked up before it is hoped that all are new. */
const PROBED_ROWS = 20;

/**
 * Are some of the staged rows already there? A file that comes again shows at once, a file with one
 * known row may not: then the write clashes and the careful path is taken after all.
 */
export async function looksKnown(
  client: ClientBase,
  fact: FactTable,
  { sourceId }: BatchIdentity,
): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `select exists (
       select from (select external_id from ${stageName(fact)} limit ${PROBED_ROWS}) as s
       join ${fact.table} as f on f.source_id = $1 and f.external_id = s.external_id) as known`,
    [sourceId],
  );
  return rows[0]?.known === true;
}

/** The change if every staged row is new. Writing it fails on a unique key where one is not. */
export async function hopefulChange(
  client: ClientBase,
  fact: FactTable,
  batch: BatchIdentity,
): Promise<Change> {
  const stage = stageName(fact);
  const { rows } = await client.query<{ accepted: number }>(
    `select coalesce(sum(input_rows), 0)::int8 as accepted from ${stage}`,
  );
  return {
    fact,
    newRows: `(select ${batch.sourceId} as source_id, ${batch.batchId} as batch_id,
      ${columnNames(fact)} from ${stage})`,
    oldRows: null,
    counts: { accepted: rows[0]?.accepted ?? 0, duplicates: 0, replaced: 0 },
  };
}

/** The change when every staged row is compared with what is there. Writes nothing yet. */
export async function carefulChange(
  client: ClientBase,
  fact: FactTable,
  batch: BatchIdentity,
): Promise<Change> {
  const table = fact.table;
  const content = fact.columns.map((column) => column.name).join(", ");
  const existing = fact.columns.map((column) => `f.${column.name}`).join(", ");
  // A log that was cut off says "unfinished" of a call that another log, or another row, has finished.
  const olderNews =
    fact.kind === "contact"
      ? `and not (s.outcome = 'unfinished' and (coalesce(f.outcome, 'unfinished') <> 'unfinished'
           or bool_or(s.outcome <> 'unfinished') over (partition by s.external_id)))`
      : "";
  await client.query(`drop table if exists seen_${table}, new_${table}, old_${table}`);
  await client.query(
    `create temporary table seen_${table} on commit drop as
     with staged as (select ${columnNames(fact)}, line, input_rows from ${stageName(fact)}),
     compared as (
       select s.*, row(${content.replaceAll(/(\w+)/g, "s.$1")})::text as content,
         case when f.external_id is null then null else row(${existing})::text end as stored,
         true ${olderNews} as is_news
       from staged s left join ${table} f
         on f.source_id = ${batch.sourceId} and f.external_id = s.external_id),
     in_order as (
       select *, coalesce(lag(content) over same, stored) as before,
         row_number() over (partition by external_id, is_news order by line desc) as from_the_end
       from compared
       window same as (partition by external_id, is_news order by line))
     select *, case
         when not is_news or before = content then 'duplicate'
         when before is null then 'accepted'
         else 'replaced' end as verdict
     from in_order`,
  );
  await client.query(
    `create temporary table new_${table} on commit drop as
     select ${batch.sourceId} as source_id, ${batch.batchId} as batch_id, ${columnNames(fact)}
     from seen_${table}
     where from_the_end = 1 and is_news and content is distinct from stored`,
  );
  await client.query(
    `create temporary table old_${table} on commit drop as
     select f.* from ${table} f join new_${table} n using (source_id, external_id)`,
  );
  const { rows } = await client.query<RowCounts>(
    `select coalesce(sum(input_rows) filter (where verdict = 'accepted'), 0)::int8 as accepted,
       coalesce(sum(input_rows) filter (where verdict = 'duplicate'), 0)::int8 as duplicates,
       coalesce(sum(input_rows) filter (where verdict = 'replaced'), 0)::int8 as replaced
     from seen_${table}`,
  );
  const counts = rows[0] ?? { accepted: 0, duplicates: 0, replaced: 0 };
  await client.query(`analyze new_${table}; analyze old_${table}`);
  return { fact, newRows: `new_${table}`, oldRows: `old_${table}`, counts };
}

/**
 * Input rows whose own fact was a duplicate while a further fact of the same row was not: the same
 * call with another score. They replace something after all. After `carefulChange` of all the facts.
 */
export async function changedByFurtherFacts(
  client: ClientBase,
  facts: readonly FactTable[],
): Promise<number> {
  const seen = facts
    .map(({ table }) => `select line, input_rows, verdict from seen_${table}`)
    .join(" union all ");
  const { rows } = await client.query<{ changed: number }>(
    `with seen as (${seen})
     select coalesce(sum(input_rows), 0)::int8 as changed from seen as own
     where input_rows > 0 and verdict = 'duplicate' and exists (
       select from seen as further
       where further.line = own.line and further.input_rows = 0
         and further.verdict <> 'duplicate')`,
  );
  return rows[0]?.changed ?? 0;
}

/** The rows of a change with a `sign`: those that come count once, those that go minus once. */
export function signedRows(change: Change): string {
  const names = `source_id, batch_id, ${columnNames(change.fact)}`;
  const coming = `select 1 as sign, ${names} from ${change.newRows} as n`;
  if (change.oldRows === null) return coming;
  return `${coming} union all select -1, ${names} from ${change.oldRows} as o`;
}

/** Writes the facts of a change. */
export async function writeChange(client: ClientBase, change: Change): Promise<void> {
  const names = `source_id, batch_id, ${columnNames(change.fact)}`;
  const rows = `select ${names} from ${change.newRows} as n`;
  const table = change.fact.table;
  if (change.oldRows === null) {
    await client.query(`insert into ${table} (${names}) ${rows}`);
    return;
  }
  const updates = change.fact.columns
    .filter((column) => column.name !== "external_id")
    .map((column) => `${column.name} = excluded.${column.name}`)
    .join(", ");
  await client.query(
    `insert into ${table} (${names}) ${rows}
     on conflict (source_id, external_id)
     do update set batch_id = excluded.batch_id, ${updates}`,
  );
}
