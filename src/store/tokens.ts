/** Access tokens as an administrator sees them: whose, until when, last used. Never the token itself. */

import { sql } from "drizzle-orm";
import type { Role } from "../domain/shared/vocabulary.ts";
import type { Queryable } from "./connection.ts";

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The latest first. */
export async function listTokens(db: Queryable): Promise<TokenRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & TokenRow>(sql`
    select access_token.id, access_token.name, app_user.name as "user", app_user.role,
      access_token.created_at as "createdAt", expires_at as "expiresAt",
      last_used_at as "lastUsedAt", revoked_at as "revokedAt"
    from access_token join app_user on app_user.id = user_id
    order by access_token.created_at desc, access_token.id desc`);
  const date = (value: Date | null) => (value === null ? null : new Date(value));
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
    lastUsedAt: date(row.lastUsedAt),
    revokedAt: date(row.revokedAt),
  }));
}

/** Ends a token. Whose and what it was called; null where there is none that could be ended. */
export async function revokeTokenById(
  db: Queryable,
  id: string,
  now: Date,
): Promise<{ readonly user: string; readonly name: string } | null> {
  const { rows } = await db.execute<{ user: string; name: string }>(sql`
    update access_token set revoked_at = ${now} from app_user
    where access_token.id = ${id}::uuid and app_user.id = user_id and revoked_at is null
    returning app_user.name as "user", access_token.name`);
  return rows[0] ?? null;
}
