/**
 * The migrated schema as a text that a review can read: types, tables, columns, constraints, indexes
 * and functions, in an order of its own, so that PostgreSQL 15 and 18 give the same.
 */

import type pg from "pg";

const ENUMS = `select typname as name, string_agg(quote_literal(enumlabel), ', '
    order by enumsortorder) as text
  from pg_enum join pg_type on pg_type.oid = enumtypid group by typname order by typname`;

const COLUMNS = `select relname as "table", attname as name,
    format_type(atttypid, atttypmod) as type, attnotnull as "notNull", attidentity <> '' as identity,
    pg_get_expr(adbin, adrelid) as "default", col_description(attrelid, attnum) as comment
  from pg_attribute join pg_class on pg_class.oid = attrelid
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relkind = 'r' and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
  order by relname, attnum`;

/** PostgreSQL 18 also lists "not null" as constraints; the columns say it already. */
const CONSTRAINTS = `select conrelid::regclass::text as "table", conname as name,
    pg_get_constraintdef(pg_constraint.oid) as text
  from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid <> 0
  order by 1, contype <> 'p', conname`;

/** Those of a constraint are in it. */
const INDEXES = `select indrelid::regclass::text as "table", pg_get_indexdef(indexrelid) as text
  from pg_index join pg_class on pg_class.oid = indexrelid
  where relnamespace = 'public'::regnamespace
    and not exists (select from pg_constraint where conindid = indexrelid)
  order by pg_get_indexdef(indexrelid) collate "C"`;

const TABLES = `select relname as name, obj_description(oid, 'pg_class') as comment from pg_class
  where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`;

const FUNCTIONS = `select pg_get_functiondef(oid) as text from pg_proc
  where pronamespace = 'public'::regnamespace order by proname, oid`;

interface Line {
  readonly table: string;
  readonly name: string;
  readonly text: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly identity: boolean;
  readonly default: string | null;
  readonly comment: string | null;
}

/** The schema of the database that the pool is connected to. */
export async function schemaDump(pool: pg.Pool): Promise<string> {
  const ask = async (text: string) => (await pool.query<Line>(text)).rows;
  const columns = await ask(COLUMNS);
  const constraints = await ask(CONSTRAINTS);
  const indexes = await ask(INDEXES);
  const parts = (await ask(ENUMS)).map(({ name, text }) => `type ${name}: ${text}`);
  for (const { name, comment } of await ask(TABLES)) {
    const of = (line: Line) => line.table === name;
    parts.push(
      [
        `\ntable ${name}${comment === null ? "" : `: ${comment}`}`,
        ...columns.filter(of).map(columnText),
        ...constraints.filter(of).map((line) => `  ${line.name}: ${line.text}`),
        ...indexes.filter(of).map((line) => `  ${line.text.replace(" ON public.", " ON ")}`),
      ].join("\n"),
    );
  }
  for (const { text } of await ask(FUNCTIONS)) parts.push(`\n${text.trim()}`);
  return `${parts.join("\n")}\n`;
}

function columnText({ name, type, notNull, identity, default: value, comment }: Line): string {
  const words = [
    `  ${name} ${type}`,
    notNull ? "not null" : "",
    identity ? "identity" : "",
    value === null ? "" : `default ${value}`,
    comment === null ? "" : `-- ${comment}`,
  ];
  return words.filter((word) => word !== "").join(" ");
}
