/**
 * Which data a question is answered from, as a text to compare: the transactions that can be seen. Two
 * readings that are the same have nothing between them that was written and committed, whatever the table.
 *
 * It may differ where nothing of interest has changed, and never is the same where something has. A counter
 * of each kind of data would differ less often, and every writer would have to remember to count.
 */

import { sql } from "drizzle-orm";
import type { Queryable } from "./connection.ts";

export async function dataVersion(db: Queryable): Promise<string> {
  const { rows } = await db.execute<{ version: string }>(
    sql`select pg_current_snapshot()::text as version`,
  );
  return (rows[0] as { version: string }).version;
}
