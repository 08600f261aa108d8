/**
 * Decides, for each staged row, whether it is new, a duplicate, or replaces what was there; then
 * writes it. `new_<table>` and `old_<table>` are what the tallies are brought up to date from: the rows
 * as they become, and the rows they take the place of.
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

/** What a transaction changes in the facts of one kind. Each of its relations can stand in a `from`. */
export interface Change {
  readonly fact: FactTable;
  /** The facts as they become. */
  readonly newRows: string;
  /** The facts they take the place of; null where all are new. */
  readonly oldRows: string | null;
  /** All facts of the kind as they were before the change. */
  readonly before: string;
}

/** The change when every staged row is compared with what is there. Writes nothing yet. */
export async function stagedChange(
  client: ClientBase,
  fact: FactTable,
): Promise<Change & { readonly counts: RowCounts }> {
  const table = fact.table;
  const own = fact.columns.map((column) => `s.${column.name}`).join(", ");
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
     with compared as (
       select s.*, row(${own})::text as content,
         case when f.external_id is null then null else row(${existing})::text end as stored,
         true ${olderNews} as is_news
       from ${stageName(fact)} as s left join ${table} as f using (source_id, external_id)),
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
     select ${columnNames(fact)} from seen_${table}
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
  return { fact, newRows: `new_${table}`, oldRows: `old_${table}`, before: table, counts };
}

/**
 * Input rows whose own fact was a duplicate while a further fact of the same row was not: the same
 * call with another score. They replace something after all. After `stagedChange` of all the facts.
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
export function signedRows({ fact, newRows, oldRows }: Change): string {
  const names = columnNames(fact);
  const coming = `select 1 as sign, ${names} from ${newRows} as n`;
  if (oldRows === null) return coming;
  return `${coming} union all select -1, ${names} from ${oldRows} as o`;
}

/** Writes the facts of a change. */
export async function writeChange(client: ClientBase, { fact, newRows }: Change): Promise<void> {
  const names = columnNames(fact);
  const updates = names
    .split(", ")
    .filter((name) => name !== "source_id" && name !== "external_id")
    .map((name) => `${name} = excluded.${name}`)
    .join(", ");
  await client.query(
    `insert into ${fact.table} (${names}) select ${names} from ${newRows} as n
     on conflict (source_id, external_id) do update set ${updates}`,
  );
}
