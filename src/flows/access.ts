/** Who may sign in: tokens are made here, shown once, and found again by their digest. */

import { randomBytes } from "node:crypto";
import {
  ensureUser,
  revokeToken,
  revokeTokensOf,
  saveToken,
  tokenDigest,
  type UserRow,
  type UserWish,
  userOfToken,
} from "../store/access.ts";
import type { Store } from "../store/connection.ts";

const TOKEN_BYTES = 32;

export function newToken(): string {
  return `mst_${randomBytes(TOKEN_BYTES).toString("base64url")}`;
}

/** Makes a token for a user, who is made where needed. The token cannot be read again. */
export async function issueToken(
  store: Store,
  wish: { user: UserWish; name: string; now: Date; days: number },
): Promise<string> {
  const userId = await ensureUser(store.db, wish.user);
  const token = newToken();
  const expiresAt = new Date(wish.now.getTime() + wish.days * 86_400_000);
  await saveToken(store.db, { userId, name: wish.name, digest: tokenDigest(token), expiresAt });
  return token;
}

/** Whose token it is, or null. */
export async function whoHolds(
  store: Store,
  token: string,
  now: Date,
): Promise<(UserRow & { readonly expiresAt: Date }) | null> {
  return userOfToken(store.db, tokenDigest(token), now);
}

/** Ends one token, or all of a user. Says how many were still good. */
export async function revokeTokens(
  store: Store,
  which: { readonly token: string } | { readonly user: string },
  now: Date,
): Promise<number> {
  return "token" in which
    ? revokeToken(store.db, tokenDigest(which.token), now)
    : revokeTokensOf(store.db, which.user, now);
}
