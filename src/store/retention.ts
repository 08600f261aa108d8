/** Deletes rows of operation that have outlived their use. Facts are never deleted here. */

import { sql } from "drizzle-orm";
import type { Queryable } from "./connection.ts";

export async function removeOld(
  db: Queryable,
  limits: { readonly keysBefore: Date; readonly tokensBefore: Date },
): Promise<{ idempotencyKeys: number; tokens: number }> {
  const keys = await db.execute(sql`
    delete from idempotency_key where created_at <= ${limits.keysBefore}`);
  const tokens = await db.execute(sql`
    delete from access_token where expires_at <= ${limits.tokensBefore}`);
  return {
    idempotencyKeys: keys.rowCount ?? 0,
    tokens: tokens.rowCount ?? 0,
  };
}
