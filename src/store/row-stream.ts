/**
 * The rows of one statement, each handed on as it comes and none kept: a million of them take no more
 * memory than one, and between the pieces of the answer the process does what else there is to do.
 */

import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import type { Store } from "./connection.ts";
import { inTransaction } from "./transaction.ts";

const dialect = new PgDialect();

export function eachRow<Row>(
  { pool }: Pick<Store, "pool">,
  statement: SQL,
  take: (row: Row) => void,
): Promise<void> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return inTransaction(
    pool,
    (client) =>
      new Promise((resolve, reject) => {
        let fault: { readonly of: unknown } | null = null;
        const query = new pg.Query(text, params);
        // What throws in a listener would end the process.
        query.on("row", (row: unknown) => {
          if (fault !== null) return;
          try {
            take(row as Row);
          } catch (error) {
            fault = { of: error };
          }
        });
        query.on("error", reject);
        query.on("end", () => (fault === null ? resolve() : reject(fault.of)));
        // A bounded client answers with a promise.
        Promise.resolve(client.query(query)).catch(reject);
      }),
  );
}
