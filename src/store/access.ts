/** Users and their access tokens. A token is known by its SHA-256 alone. */

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Role } from "../domain/shared/vocabulary.ts";
import type { Queryable } from "./connection.ts";

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly partyId: number | null;
  readonly agentId: number | null;
}

/** A user as somebody who has come in: until when. */
export interface SignedInRow extends UserRow {
  readonly expiresAt: Date;
}

/** The columns of a user; `signedInOf` reads them, with `expiresAt` beside them. */
export const USER_COLUMNS = sql`app_user.id, app_user.name, app_user.role,
  app_user.party_id as "partyId", app_user.agent_id as "agentId"`;

export function signedInOf(row: Readonly<Record<string, unknown>>): SignedInRow {
  const { id, name, role, partyId, agentId, expiresAt } = row as unknown as SignedInRow;
  return { id, name, role, partyId, agentId, expiresAt: new Date(expiresAt) };
}

export interface UserWish {
  readonly name: string;
  readonly role: Role;
  readonly partyId: number | null;
  readonly agentId: number | null;
}

export function tokenDigest(token: string): Buffer {
  return createHash("sha256").update(token, "utf8").digest();
}

/** The user of that name, made or brought to this role. */
export async function ensureUser(db: Queryable, wish: UserWish): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into app_user (name, role, party_id, agent_id)
    values (${wish.name}, ${wish.role}, ${wish.partyId}, ${wish.agentId})
    on conflict (name) do update set role = excluded.role, party_id = excluded.party_id,
      agent_id = excluded.agent_id
    returning id`);
  return (rows[0] as { id: string }).id;
}

export async function saveToken(
  db: Queryable,
  token: { userId: string; name: string; digest: Buffer; expiresAt: Date },
): Promise<void> {
  await db.execute(sql`
    insert into access_token (user_id, name, token_digest, expires_at)
    values (${token.userId}, ${token.name}, ${token.digest}, ${token.expiresAt})`);
}

/** A use is noted at most once in so long. */
const NOTED_EVERY_MS = 60_000;

/** Whose token this is; null where it is unknown, revoked or expired, or its user disabled. */
export async function userOfToken(
  db: Queryable,
  digest: Buffer,
  now: Date,
): Promise<SignedInRow | null> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${USER_COLUMNS}, expires_at as "expiresAt",
      last_used_at is null or last_used_at < ${new Date(now.getTime() - NOTED_EVERY_MS)} as "isUnnoted"
    from access_token join app_user on app_user.id = user_id
    where token_digest = ${digest} and revoked_at is null and expires_at > ${now}
      and disabled_at is null`);
  const row = rows[0];
  if (row === undefined) return null;
  if (row.isUnnoted === true) await noteUse(db, digest, now);
  return signedInOf(row);
}

async function noteUse(db: Queryable, digest: Buffer, now: Date): Promise<void> {
  await db.execute(sql`
    update access_token set last_used_at = ${now} where token_digest = ${digest}`);
}

/** Ends a token; 1 where it was still good. */
export async function revokeToken(db: Queryable, digest: Buffer, now: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update access_token set revoked_at = ${now}
    where token_digest = ${digest} and revoked_at is null and expires_at > ${now}`);
  return rowCount ?? 0;
}

/** Ends every token of the user of that name. */
export async function revokeTokensOf(db: Queryable, user: string, now: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update access_token set revoked_at = ${now} from app_user
    where app_user.id = user_id and app_user.name = ${user}
      and revoked_at is null and expires_at > ${now}`);
  return rowCount ?? 0;
}
