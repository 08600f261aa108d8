/** Tokens as administrators give and take them: for an account there is, shown once. */

import { saveToken, tokenDigest } from "../store/access.ts";
import { managedAccounts } from "../store/account-changes.ts";
import { saveAudit } from "../store/audit.ts";
import type { Store } from "../store/connection.ts";
import { revokeTokenById } from "../store/tokens.ts";
import { newToken } from "./access.ts";
import { conflict, notFound } from "./errors.ts";
import type { By } from "./manage-accounts.ts";

export interface TokenWish {
  /** Id of the account. */
  readonly account: string;
  /** What it is for. */
  readonly name: string;
  readonly days: number;
}

const DAY_MS = 86_400_000;

/** @throws FlowError `unknown_account`, `account_disabled`. */
export async function giveToken(
  store: Store,
  { account, name, days }: TokenWish,
  by: By,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = newToken();
  const expiresAt = new Date(by.now.getTime() + days * DAY_MS);
  await store.db.transaction(async (db) => {
    const [found] = await managedAccounts(db, account);
    if (found === undefined) throw notFound("unknown_account", `there is no account ${account}`);
    if (found.disabledAt !== null) {
      throw conflict("account_disabled", `the account ${found.name} is disabled`);
    }
    await saveToken(db, { userId: account, name, digest: tokenDigest(token), expiresAt });
    const detail = { token: name, expiresAt: expiresAt.toISOString() };
    const what = { action: "issued token", subject: found.name, detail };
    await saveAudit(db, { at: by.now, userId: by.userId, ...what });
  });
  return { token, expiresAt };
}

/** @throws FlowError `unknown_token`: there is none, or it was revoked before. */
export async function takeToken(store: Store, id: string, by: By): Promise<void> {
  await store.db.transaction(async (db) => {
    const revoked = await revokeTokenById(db, id, by.now);
    if (revoked === null) throw notFound("unknown_token", `there is no token ${id} to revoke`);
    const what = {
      action: "revoked token",
      subject: revoked.user,
      detail: { token: revoked.name },
    };
    await saveAudit(db, { at: by.now, userId: by.userId, ...what });
  });
}
