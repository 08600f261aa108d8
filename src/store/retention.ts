/** Deletes rows of operation that have outlived their use. Facts are never deleted here. */

import { sql } from "drizzle-orm";
import type { Queryable } from "./connection.ts";

type Removed = "idempotencyKeys" | "failedSignIns" | "sessions" | "tokens" | "individualViews";

export async function removeOld(
  db: Queryable,
  limits: {
    readonly keysBefore: Date;
    readonly tokensBefore: Date;
    readonly individualViewsBefore: Date;
  },
): Promise<Readonly<Record<Removed, number>>> {
  const keys = await db.execute(sql`
    delete from idempotency_key where created_at <= ${limits.keysBefore}`);
  const failures = await db.execute(sql`
    delete from failed_sign_in where failed_at <= ${limits.keysBefore}`);
  const sessions = await db.execute(sql`
    delete from session where expires_at <= ${limits.tokensBefore}`);
  const tokens = await db.execute(sql`
    delete from access_token where expires_at <= ${limits.tokensBefore}`);
  const views = await db.execute(sql`
    delete from individual_view where at <= ${limits.individualViewsBefore}`);
  return {
    idempotencyKeys: keys.rowCount ?? 0,
    failedSignIns: failures.rowCount ?? 0,
    sessions: sessions.rowCount ?? 0,
    tokens: tokens.rowCount ?? 0,
    individualViews: views.rowCount ?? 0,
  };
}
