/**
 * Local accounts: a password is checked against its argon2id hash, and a session stands for it from then
 * on. Guessing is slow for everybody: after a few failures under one name, or more from one address, no
 * password is even looked at until the oldest of them is a quarter of an hour old. An unknown name costs
 * the same time and gives the same answer as a wrong password.
 */

import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { inputError } from "../domain/shared/errors.ts";
import { ensureUser, tokenDigest, type UserRow, type UserWish } from "../store/access.ts";
import {
  accountNamed,
  disableAccount,
  endSession,
  type Failures,
  failuresSince,
  forgetFailures,
  saveFailure,
  saveSession,
  setPasswordHash,
  takeBackFailure,
  userOfSession,
} from "../store/accounts.ts";
import { saveAudit } from "../store/audit.ts";
import type { Queryable, Store } from "../store/connection.ts";

/** OWASP's second choice for argon2id: 19 MiB, 2 passes, 1 lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SECRET_BYTES = 32;
const SESSION_MS = 12 * 3_600_000;
const WINDOW_MS = 15 * 60_000;
const MOST_BY_NAME = 5;
/** A whole centre may sit behind one address. */
const MOST_BY_ADDRESS = 100;
const SHORTEST_PASSWORD = 12;
/** Longer ones are no safer, and hashing them would cost. */
const LONGEST_PASSWORD = 256;
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
  // Counted as a failure first: of a hundred that come at once no more are looked at than one by one.
  const failure = await saveFailure(store.db, { name, address, at: now });
  const retryAfterSeconds = await secondsToWait(store.db, { name, address }, now);
  if (retryAfterSeconds > 0) {
    // Who is not even looked at does not wait the longer for having asked.
    await takeBackFailure(store.db, failure);
    return { kind: "too_many", retryAfterSeconds };
  }
  const account = await accountNamed(store.db, name);
  const isRight = await passwordIs(account?.passwordHash ?? null, password);
  if (account === null || !isRight) return { kind: "refused" };
  const { passwordHash: _, ...user } = account;
  await forgetFailures(store.db, name);
  await saveAudit(store.db, { at: now, userId: user.id, action: "signed in", subject: null });
  return { kind: "signed_in", user, session: await beginSession(store, user.id, now) };
}

async function secondsToWait(
  db: Queryable,
  by: { readonly name: string; readonly address: string },
  now: Date,
): Promise<number> {
  const since = new Date(now.getTime() - WINDOW_MS);
  const left = ({ count, earliest }: Failures, most: number) =>
    count <= most || earliest === null
      ? 0
      : Math.ceil((earliest.getTime() + WINDOW_MS - now.getTime()) / 1000);
  const byName = await failuresSince(db, { name: by.name }, since);
  const byAddress = await failuresSince(db, { address: by.address }, since);
  return Math.max(0, left(byName, MOST_BY_NAME), left(byAddress, MOST_BY_ADDRESS));
}

let hashOfNobody: Promise<string> | undefined;

/** Takes as long where there is nothing to compare with. */
async function passwordIs(known: string | null, password: string): Promise<boolean> {
  hashOfNobody ??= hash(randomBytes(SECRET_BYTES), ARGON2);
  const isRight = await verify(known ?? (await hashOfNobody), password.slice(0, LONGEST_PASSWORD));
  return known !== null && isRight;
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
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    const expected = `${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`;
    throw inputError({ code: "weak_password", path: "password", expected });
  }
  const passwordHash = await hash(password, ARGON2);
  await store.db.transaction(async (db) => {
    const id = await ensureUser(db, user);
    await setPasswordHash(db, id, { hash: passwordHash, now });
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
