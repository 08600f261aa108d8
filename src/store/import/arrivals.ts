/**
 * Rows carried straight into the table of their fact, in the hope that all of them are new, and found
 * again there: what a first import is made of never passes through a stage.
 *
 * They are found by who wrote them (`xmin`, which is exact: a transaction that carries rows has no
 * savepoints) and, so that not the whole table is read each time, by where they lie: behind what was the
 * end of the table, or in the pages before it that PostgreSQL had laid out ahead. The few that filled
 * a gap elsewhere are looked for once.
 *
 * Measured on 1,000,000 contacts: stage and insert 6.0 s, straight 3.7 s.
 */

import type { ClientBase } from "pg";
import type { Change } from "./classify.ts";
import { columnNames, type FactTable } from "./fact-tables.ts";
import { copyRows, type RowPieces } from "./stage.ts";

/** PostgreSQL lays out as many pages at once at most, and leaves those it does not fill to the next. */
const PAGES_AHEAD = 64;

/** Throws PostgreSQL's unique violation where a row is there already, in the table or in the pieces. */
export async function carryRows(
  client: ClientBase,
  fact: FactTable,
  pieces: RowPieces,
): Promise<Change> {
  const { rows } = await client.query<{ xid: string; pages: number }>(
    `select pg_current_xact_id()::xid as xid,
       pg_relation_size('${fact.table}') / current_setting('block_size')::int8 as pages`,
  );
  const { xid, pages } = rows[0] as { xid: string; pages: number };
  const from = Math.max(0, pages - 2 * PAGES_AHEAD);
  const carried = await copyRows(client, fact, fact.table, pieces);
  const columns = columnNames(fact);
  // `case`, because the planner takes an equality of xmin to hold of one row in two hundred.
  const isOurs = `case when t.xmin = '${xid}'::xid then true else false end`;
  const behind = `from ${fact.table} as t where t.ctid >= '(${from},0)'::tid and ${isOurs}`;
  const found = await client.query<{ count: number }>(`select count(*)::int8 as count ${behind}`);
  let newRows = `select ${columns} ${behind}`;
  if (found.rows[0]?.count !== carried) {
    const gaps = await client.query<{ places: string }>(
      `select coalesce(array_agg(t.ctid), '{}')::text as places
       from ${fact.table} as t where t.ctid < '(${from},0)'::tid and t.xmin = '${xid}'::xid`,
    );
    newRows += ` union all select ${columns} from ${fact.table} as t
      where t.ctid = any('${gaps.rows[0]?.places}'::tid[])`;
  }
  return {
    fact,
    newRows: `(${newRows})`,
    oldRows: null,
    before: `(select * from ${fact.table} as t where t.xmin <> '${xid}'::xid)`,
  };
}
