/** Local accounts: passwords as hashes, sessions by the digest of their secret, and who tried in vain. */

import { sql } from "drizzle-orm";
import { type SignedInRow, signedInOf, USER_COLUMNS, type UserRow } from "./access.ts";
import type { Queryable } from "./connection.ts";

export interface AccountRow extends UserRow {
  readonly passwordHash: string | null;
}

/** The account of that name, if it may sign in at all. */
export async function accountNamed(db: Queryable, name: string): Promise<AccountRow | null> {
  const { rows } = await db.execute<Record<string, unknown> & AccountRow>(sql`
    select ${USER_COLUMNS}, password_hash as "passwordHash"
    from app_user where name = ${name} and disabled_at is null`);
  return rows[0] ?? null;
}

export interface AccountSummary {
  readonly name: string;
  readonly role: string;
  readonly party: string | null;
  readonly agent: string | null;
  readonly hasPassword: boolean;
  readonly disabledAt: Date | null;
}

export async function listAccounts(db: Queryable): Promise<AccountSummary[]> {
  const { rows } = await db.execute<Record<string, unknown> & AccountSummary>(sql`
    select app_user.name, role, party.name as party, agent.name as agent,
      password_hash is not null as "hasPassword", disabled_at as "disabledAt"
    from app_user left join party on party.id = party_id left join agent on agent.id = agent_id
    order by app_user.name`);
  return rows.map((row) => ({
    ...row,
    disabledAt: row.disabledAt === null ? null : new Date(row.disabledAt),
  }));
}

/** Sets the password and lets the account in again; all its sessions end. */
export async function setPasswordHash(
  db: Queryable,
  userId: string,
  { hash, now }: { readonly hash: string; readonly now: Date },
): Promise<void> {
  await db.execute(sql`
    update app_user set password_hash = ${hash}, disabled_at = null where id = ${userId}`);
  await endSessionsOf(db, userId, now);
}

/** The account may not come in any more, by password or token. Its id; null where there is none. */
export async function disableAccount(
  db: Queryable,
  name: string,
  now: Date,
): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(sql`
    update app_user set disabled_at = ${now} where name = ${name} returning id`);
  const id = rows[0]?.id ?? null;
  if (id !== null) await endSessionsOf(db, id, now);
  return id;
}

/** Ends the sessions of a user; all but one where its digest is given. */
export async function endSessionsOf(
  db: Queryable,
  userId: string,
  now: Date,
  but: Buffer | null = null,
): Promise<void> {
  await db.execute(sql`
    update session set ended_at = ${now} where user_id = ${userId} and ended_at is null
      and secret_digest is distinct from ${but}::bytea`);
}

export interface NewSession {
  readonly userId: string;
  /** The digest of the token whose link began it. */
  readonly tokenDigest: Buffer | null;
  readonly digest: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function saveSession(db: Queryable, session: NewSession): Promise<void> {
  await db.execute(sql`
    insert into session (user_id, access_token_id, secret_digest, created_at, expires_at)
    values (${session.userId},
      (select id from access_token where token_digest = ${session.tokenDigest}),
      ${session.digest}, ${session.createdAt}, ${session.expiresAt})`);
}

/** Whose session this is; null where it has ended, with its token or its account, or is unknown. */
export async function userOfSession(
  db: Queryable,
  digest: Buffer,
  now: Date,
): Promise<SignedInRow | null> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${USER_COLUMNS}, least(session.expires_at, access_token.expires_at) as "expiresAt"
    from session join app_user on app_user.id = session.user_id
    left join access_token on access_token.id = access_token_id
    where secret_digest = ${digest} and ended_at is null and session.expires_at > ${now}
      and disabled_at is null and revoked_at is null
      and (access_token.id is null or access_token.expires_at > ${now})`);
  const row = rows[0];
  return row === undefined ? null : signedInOf(row);
}

export async function endSession(db: Queryable, digest: Buffer, now: Date): Promise<void> {
  await db.execute(sql`
    update session set ended_at = ${now} where secret_digest = ${digest} and ended_at is null`);
}

export interface Failures {
  readonly count: number;
  /** Of those counted; null where there is none. */
  readonly earliest: Date | null;
}

/** Failed sign-ins under a name, or from an address, since a moment. */
export async function failuresSince(
  db: Queryable,
  by: { readonly name: string } | { readonly address: string },
  since: Date,
): Promise<Failures> {
  const who = "name" in by ? sql`user_name = ${by.name}` : sql`address = ${by.address}`;
  const { rows } = await db.execute<{ count: number; earliest: string | null }>(sql`
    select count(*)::int as count, min(failed_at) as earliest
    from failed_sign_in where ${who} and failed_at > ${since}`);
  const { count = 0, earliest = null } = rows[0] ?? {};
  return { count, earliest: earliest === null ? null : new Date(earliest) };
}

/** Notes a failure; its id, by which it can be taken back. */
export async function saveFailure(
  db: Queryable,
  failure: { readonly name: string; readonly address: string; readonly at: Date },
): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into failed_sign_in (user_name, address, failed_at)
    values (${failure.name}, ${failure.address}, ${failure.at}) returning id::int8 as id`);
  return Number(rows[0]?.id);
}

export async function takeBackFailure(db: Queryable, id: number): Promise<void> {
  await db.execute(sql`delete from failed_sign_in where id = ${id}`);
}

export async function forgetFailures(db: Queryable, name: string): Promise<void> {
  await db.execute(sql`delete from failed_sign_in where user_name = ${name}`);
}
