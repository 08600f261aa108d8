/**
 * Local accounts: a password is checked against its argon2id hash, and a session stands for it from then
 * on. Guessing is slow for everybody. An unknown name costs the same time and gives the same answer as a
 * wrong password.
 */

import { randomBytes } from "node:crypto";
import { ensureUser, tokenDigest, type UserRow, type UserWish } from "../store/access.ts";
import {
  accountNamed,
  disableAccount,
  endSession,
  forgetFailures,
  saveSession,
  setPasswordHash,
  userOfSession,
} from "../store/accounts.ts";
import { saveAudit } from "../store/audit.ts";
import type { Store } from "../store/connection.ts";
import { secondsUntilGuess } from "./guessing.ts";
import { passwordHash, passwordIs } from "./passwords.ts";

const SECRET_BYTES = 32;
const SESSION_MS = 12 * 3_600_000;
const LONGEST_NAME = 200;

export interface Session {
  /** For the cookie; never stored. */
  readonly secret: string;
  readonly expiresAt: Date;
}

export type SignIn =
  | { readonly kind: "signed_in"; readonly user: UserRow; readonly session: Session }
  | { readonly kind: "refused" }
  | { readonly kind: "too_many"; readonly retryAfterSeconds: number };

export interface Attempt {
  readonly name: string;
  readonly password: string;
  /** From where, as the server sees it. */
  readonly address: string;
  readonly now: Date;
}

export async function signInWithPassword(store: Store, attempt: Attempt): Promise<SignIn> {
  const { password, address, now } = attempt;
  const name = attempt.name.slice(0, LONGEST_NAME);
  const retryAfterSeconds = await secondsUntilGuess(store.db, { name, address, now });
  if (retryAfterSeconds > 0) return { kind: "too_many", retryAfterSeconds };
  const account = await accountNamed(store.db, name);
  const isRight = await passwordIs(account?.passwordHash ?? null, password);
  if (account === null || !isRight) return { kind: "refused" };
  const { passwordHash: _, ...user } = account;
  await forgetFailures(store.db, name);
  await saveAudit(store.db, { at: now, userId: user.id, action: "signed in", subject: null });
  return { kind: "signed_in", user, session: await beginSession(store, user.id, now) };
}

/** Begins a session. One that a token's link began ends with the token. */
export async function beginSession(
  store: Store,
  userId: string,
  now: Date,
  token: string | null = null,
): Promise<Session> {
  const secret = `mss_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  const expiresAt = new Date(now.getTime() + SESSION_MS);
  await saveSession(store.db, {
    userId,
    tokenDigest: token === null ? null : tokenDigest(token),
    digest: tokenDigest(secret),
    createdAt: now,
    expiresAt,
  });
  return { secret, expiresAt };
}

/** Whose session it is, or null. */
export function whoIsIn(store: Store, secret: string, now: Date) {
  return userOfSession(store.db, tokenDigest(secret), now);
}

export async function signOut(store: Store, secret: string, now: Date): Promise<void> {
  const user = await whoIsIn(store, secret, now);
  await endSession(store.db, tokenDigest(secret), now);
  if (user !== null) {
    await saveAudit(store.db, { at: now, userId: user.id, action: "signed out", subject: null });
  }
}

/**
 * Makes the account or brings it to this role, and sets its password; its sessions end.
 *
 * @throws InputError `weak_password`.
 */
export async function setAccount(
  store: Store,
  wish: { readonly user: UserWish; readonly password: string; readonly now: Date },
): Promise<void> {
  const { user, password, now } = wish;
  const hash = await passwordHash(password);
  await store.db.transaction(async (db) => {
    const id = await ensureUser(db, user);
    await setPasswordHash(db, id, { hash, now });
    const detail = { role: user.role };
    await saveAudit(db, {
      at: now,
      userId: null,
      action: "set account",
      subject: user.name,
      detail,
    });
  });
}

/** False where there is no such account. */
export async function endAccount(store: Store, name: string, now: Date): Promise<boolean> {
  return store.db.transaction(async (db) => {
    const id = await disableAccount(db, name, now);
    if (id === null) return false;
    await saveAudit(db, { at: now, userId: null, action: "disabled account", subject: name });
    return true;
  });
}
