/** The log of changes: who did what to what. */

import { sql } from "drizzle-orm";
import type { Queryable } from "./connection.ts";

export interface AuditEntry {
  readonly at: Date;
  /** Null on the command line. */
  readonly userId: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export async function saveAudit(db: Queryable, entry: AuditEntry): Promise<void> {
  await db.execute(sql`
    insert into audit_entry (at, user_id, action, subject, detail)
    values (${entry.at}, ${entry.userId}, ${entry.action}, ${entry.subject},
      ${JSON.stringify(entry.detail ?? {})}::jsonb)`);
}

export interface AuditRow {
  readonly id: number;
  readonly at: Date;
  readonly user: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The latest first, at most `limit`, from before the last of another page. */
export async function latestAudit(
  db: Queryable,
  limit: number,
  before: number | null = null,
): Promise<AuditRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & AuditRow>(sql`
    select audit_entry.id::float8 as id, at, app_user.name as "user", action, subject, detail
    from audit_entry left join app_user on app_user.id = user_id
    where ${before}::bigint is null or audit_entry.id < ${before}::bigint
    order by audit_entry.id desc limit ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
