/**
 * The migrated schema as a text that a review can read: types, tables, columns, constraints, indexes, row
 * security, what the bounded role may do, views and functions, in an order of its own, so that PostgreSQL
 * 15 and 18 give the same.
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

const POLICIES = `select polrelid::regclass::text as "table", polname as name,
    concat(case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
        when 'd' then 'delete' else 'all' end,
      ' to ' || (select string_agg(rolname, ', ' order by rolname) from pg_roles
        where oid = any(polroles)),
      ' using (' || pg_get_expr(polqual, polrelid) || ')',
      ' with check (' || pg_get_expr(polwithcheck, polrelid) || ')') as text
  from pg_policy order by 1, polname`;

/** On a whole table, then on single columns of it. */
const RIGHTS = `select relname as "table", right_name as name, null as text
  from pg_class cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate'])
    with ordinality as r(right_name, position)
  where relkind in ('r', 'v') and relnamespace = 'public'::regnamespace
    and has_table_privilege('muster_bounded', oid, right_name)
  union all
  select relname, right_name, string_agg(attname, ', ' order by attnum)
  from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
  cross join unnest(array['select', 'insert', 'update']) as r(right_name)
  where relkind in ('r', 'v') and relnamespace = 'public'::regnamespace
    and not has_table_privilege('muster_bounded', pg_class.oid, right_name)
    and has_column_privilege('muster_bounded', pg_class.oid, attnum, right_name)
  group by relname, right_name order by 1, 2`;

const VIEWS = `select relname as name, obj_description(oid, 'pg_class') as comment,
    coalesce(array_to_string(reloptions, ', '), '') as type,
    -- Version 15 names the table of every column, later ones where there are several.
    regexp_replace(pg_get_viewdef(oid), '\\m[a-z_]+\\.([a-z_]+)', '\\1', 'g') as text
  from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace order by relname`;

const TABLES = `select relname as name, obj_description(oid, 'pg_class') as comment,
    relrowsecurity as "rowSecurity" from pg_class
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
  readonly rowSecurity: boolean;
}

/** The schema of the database that the pool is connected to. */
export async function schemaDump(pool: pg.Pool): Promise<string> {
  const ask = async (text: string) => (await pool.query<Line>(text)).rows;
  const columns = await ask(COLUMNS);
  const constraints = await ask(CONSTRAINTS);
  const indexes = await ask(INDEXES);
  const policies = await ask(POLICIES);
  const rights = await ask(RIGHTS);
  const parts = (await ask(ENUMS)).map(({ name, text }) => `type ${name}: ${text}`);
  for (const { name, comment, rowSecurity } of await ask(TABLES)) {
    const of = (line: Line) => line.table === name;
    parts.push(
      [
        `\ntable ${name}${comment === null ? "" : `: ${comment}`}`,
        ...columns.filter(of).map(columnText),
        ...constraints.filter(of).map((line) => `  ${line.name}: ${line.text}`),
        ...indexes.filter(of).map((line) => `  ${line.text.replace(" ON public.", " ON ")}`),
        ...(rowSecurity ? ["  row security"] : []),
        ...policies.filter(of).map((line) => `  policy ${line.name}: ${line.text}`),
        ...rights.filter(of).map(rightText),
      ].join("\n"),
    );
  }
  for (const { name, comment, type, text } of await ask(VIEWS)) {
    const of = (line: Line) => line.table === name;
    const head = [`\nview ${name}${comment === null ? "" : `: ${comment}`}`, `  ${type}`];
    parts.push([...head, ...rights.filter(of).map(rightText), text].join("\n"));
  }
  for (const { text } of await ask(FUNCTIONS)) parts.push(`\n${text.trim()}`);
  return `${parts.join("\n")}\n`;
}

function rightText({ name, text }: Line): string {
  return `  muster_bounded may ${name}${text === null ? "" : ` (${text})`}`;
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
