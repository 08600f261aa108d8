/** The schema that the code believes in is the one that the migrations make, column by column. */

import { is } from "drizzle-orm";
import { getTableConfig, isPgEnum, PgTable } from "drizzle-orm/pg-core";
import { expect, it } from "vitest";
import * as enums from "../../src/store/schema/enums.ts";
import * as facts from "../../src/store/schema/facts.ts";
import * as operation from "../../src/store/schema/operation.ts";
import * as pages from "../../src/store/schema/pages.ts";
import * as tallies from "../../src/store/schema/tallies.ts";
import * as who from "../../src/store/schema/who.ts";
import * as work from "../../src/store/schema/work.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase();

/** "table.column type, not null, key": one line a column, in order. */
function declaredColumns(): string[] {
  const tables = [who, facts, tallies, work, operation, pages].flatMap((topic) =>
    Object.values(topic).filter((value) => is(value, PgTable)),
  );
  return tables
    .flatMap((table) => {
      const { name, columns, primaryKeys } = getTableConfig(table);
      const keys = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
      return columns.map((column) =>
        line({
          column: `${name}.${column.name}`,
          type: column.getSQLType(),
          notNull: column.notNull,
          key: column.primary || keys.has(column.name),
          hasDefault: column.hasDefault || column.generatedIdentity !== undefined,
        }),
      );
    })
    .sort();
}

const MIGRATED = `select relname || '.' || attname as column, format_type(atttypid, atttypmod) as type,
    attnotnull as "notNull", atthasdef or attidentity <> '' as "hasDefault",
    coalesce(attnum = any(conkey), false) as key
  from pg_attribute join pg_class on pg_class.oid = attrelid
  left join pg_constraint on conrelid = attrelid and contype = 'p'
  where relkind = 'r' and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped`;

interface Column {
  readonly column: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly key: boolean;
  readonly hasDefault: boolean;
}

function line({ column, type, notNull, key, hasDefault }: Column): string {
  const plain = type.replace("character(", "char(").replace(", ", ",");
  const words = [notNull ? "not null" : "null", key ? "key" : "", hasDefault ? "default" : ""];
  return `${column} ${plain} ${words.filter((word) => word !== "").join(" ")}`;
}

it("declares every column as it is, and none that is not", async () => {
  const { rows } = await store.pool.query<Column>(MIGRATED);
  const migrated = rows.map(line).sort();
  const declared = declaredColumns();
  expect(declared.filter((column) => !migrated.includes(column))).toEqual([]);
  expect(migrated.filter((column) => !declared.includes(column))).toEqual([]);
  expect(migrated.length).toBeGreaterThan(0);
});

it("declares every enumerated type with its values in order", async () => {
  const { rows } = await store.pool.query<{ name: string; labels: string[] }>(
    `select typname as name, array_agg(enumlabel::text order by enumsortorder) as labels
     from pg_enum join pg_type on pg_type.oid = enumtypid group by typname`,
  );
  const migrated = Object.fromEntries(rows.map(({ name, labels }) => [name, labels]));
  const declared = Object.values(enums).filter((value) => isPgEnum(value));
  expect(Object.fromEntries(declared.map((each) => [each.enumName, each.enumValues]))).toEqual(
    migrated,
  );
});
