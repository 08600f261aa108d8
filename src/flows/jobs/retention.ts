/** Removes what is no longer needed: finished runs, used idempotency keys, tokens long expired. */

import type { Store } from "../../store/connection.ts";
import { removeOldRuns } from "../../store/job-runs.ts";
import { removeOld } from "../../store/retention.ts";
import { inTransaction } from "../../store/transaction.ts";

export interface RetentionRules {
  readonly runDays: number;
  readonly idempotencyDays: number;
  readonly tokenDays: number;
  readonly uploadDays: number;
  /** Who saw whose figures. */
  readonly individualViewDays: number;
}

export const RETENTION: RetentionRules = {
  runDays: 90,
  idempotencyDays: 7,
  tokenDays: 30,
  uploadDays: 7,
  individualViewDays: 180,
};

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}

export async function retain(
  store: Store,
  now: Date,
  rules: RetentionRules = RETENTION,
): Promise<Record<string, unknown>> {
  const before = (days: number) => daysBefore(now, days);
  const removed = await removeOld(store.db, {
    keysBefore: before(rules.idempotencyDays),
    tokensBefore: before(rules.tokenDays),
    individualViewsBefore: before(rules.individualViewDays),
  });
  const runs = await inTransaction(store.pool, (client) =>
    removeOldRuns(client, before(rules.runDays)),
  );
  return { runs, ...removed };
}
