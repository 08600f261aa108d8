/** Answers of signing in and out. */

import { signInWithPassword, signOut } from "../../flows/accounts.ts";
import { latestAudit } from "../../store/audit.ts";
import { auditLog, beginSession, endSession } from "../contract/access.ts";
import { HttpError } from "../errors.ts";
import { type Mounted, mount } from "../mount.ts";

export const ACCESS_ROUTES: readonly Mounted[] = [
  mount(beginSession, async ({ body, visit, context }) => {
    // Another site must not sign a visitor in under a name of its own choice either.
    visit.refuseCrossSite();
    const attempt = { ...body, address: visit.address, now: context.now() };
    const outcome = await signInWithPassword(context.store, attempt);
    if (outcome.kind === "too_many") {
      const wait = outcome.retryAfterSeconds;
      throw new HttpError(429, "too_many_attempts", `again in ${wait} seconds`, wait);
    }
    if (outcome.kind === "refused") {
      throw new HttpError(401, "wrong_name_or_password", "no account has this name and password");
    }
    const { user, session } = outcome;
    visit.begin(session);
    return { name: user.name, role: user.role, expiresAt: session.expiresAt.toISOString() };
  }),
  mount(endSession, async ({ visit, context }) => {
    visit.refuseCrossSite();
    if (visit.secret !== null) await signOut(context.store, visit.secret, context.now());
    visit.end();
    return null;
  }),
  mount(auditLog, async ({ query, context }) => {
    // One more than asked for tells whether there is a next page.
    const found = await latestAudit(context.store.db, query.limit + 1, query.cursor);
    const rows = found.slice(0, query.limit);
    return {
      rows: rows.map(({ at, user, action, subject, detail }) => ({
        at: at.toISOString(),
        user,
        action,
        subject,
        detail,
      })),
      next: found.length > rows.length ? String(rows.at(-1)?.id) : null,
    };
  }),
];
