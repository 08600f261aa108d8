/** Whoever is signed in changes the own password; guessing at the old one is as slow as at signing in. */

import { tokenDigest } from "../store/access.ts";
import { replacePassword } from "../store/account-changes.ts";
import { accountNamed, endSessionsOf, forgetFailures } from "../store/accounts.ts";
import { saveAudit } from "../store/audit.ts";
import type { Store } from "../store/connection.ts";
import { secondsUntilGuess } from "./guessing.ts";
import { passwordHash, passwordIs } from "./passwords.ts";

export interface PasswordWish {
  readonly name: string;
  readonly old: string;
  readonly password: string;
  /** From where, as the server sees it. */
  readonly address: string;
  /** The session that it is asked in, which goes on; all others end. */
  readonly session: string | null;
  readonly now: Date;
}

export type PasswordOutcome =
  | { readonly kind: "changed" }
  | { readonly kind: "refused" }
  | { readonly kind: "too_many"; readonly retryAfterSeconds: number };

/** @throws InputError `weak_password`. */
export async function changeOwnPassword(
  store: Store,
  { name, old, password, address, session, now }: PasswordWish,
): Promise<PasswordOutcome> {
  // Known to be good before a guess is spent on it.
  const to = await passwordHash(password, "body.password");
  const retryAfterSeconds = await secondsUntilGuess(store.db, { name, address, now });
  if (retryAfterSeconds > 0) return { kind: "too_many", retryAfterSeconds };
  const account = await accountNamed(store.db, name);
  const from = account?.passwordHash ?? null;
  const isRight = await passwordIs(from, old);
  if (account === null || from === null || !isRight) return { kind: "refused" };
  const isReplaced = await store.db.transaction(async (db) => {
    if (!(await replacePassword(db, account.id, { from, to }))) return false;
    await endSessionsOf(db, account.id, now, session === null ? null : tokenDigest(session));
    await forgetFailures(db, name);
    const action = "changed own password";
    await saveAudit(db, { at: now, userId: account.id, action, subject: name });
    return true;
  });
  return { kind: isReplaced ? "changed" : "refused" };
}
