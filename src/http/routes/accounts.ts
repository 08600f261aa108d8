/** Answers about accounts, tokens and who saw whom. Flows keep the log of changes in their transactions. */

import { zoneClock } from "../../domain/shared/zone.ts";
import { changeAccount, makeAccount, versionOf } from "../../flows/manage-accounts.ts";
import { giveToken, takeToken } from "../../flows/manage-tokens.ts";
import { changeOwnPassword } from "../../flows/own-password.ts";
import { agentChoices, type ManagedAccount, managedAccounts } from "../../store/account-changes.ts";
import { dataDays } from "../../store/dimensions.ts";
import { individualViews } from "../../store/individual-views.ts";
import { listTokens } from "../../store/tokens.ts";
import * as contract from "../contract/accounts.ts";
import { HttpError } from "../errors.ts";
import { type Caller, type Mounted, mount, type RouteContext } from "../mount.ts";
import { idOf } from "../path-id.ts";

export const ACCOUNT_ROUTES: readonly Mounted[] = [
  mount(contract.accounts, async ({ context }) => ({
    rows: (await managedAccounts(context.store.db)).map(shapeOfAccount),
  })),
  mount(contract.accountAgents, async ({ query, context }) => {
    // One more than is shown tells whether there are more.
    const most = contract.MOST_CHOICES + 1;
    const found = await agentChoices(context.store.db, query.search ?? "", most);
    const rows = found.slice(0, contract.MOST_CHOICES);
    return { rows, more: found.length > rows.length };
  }),
  mount(contract.makeAccount, async ({ body, caller, context }) => {
    const id = await makeAccount(context.store, body, byOf(caller, context));
    const [made] = await managedAccounts(context.store.db, id);
    return shapeOfAccount(made as ManagedAccount);
  }),
  mount(contract.changeAccount, async ({ params, body, caller, context, ifMatch }) => {
    const wish = { id: idOf(params, "account"), version: ifMatch, change: body };
    return shapeOfAccount(await changeAccount(context.store, wish, byOf(caller, context)));
  }),
  mount(contract.changePassword, async ({ body, caller, context, visit }) => {
    const { address, secret: session } = visit;
    const wish = { ...body, name: caller.name, address, session, now: context.now() };
    const outcome = await changeOwnPassword(context.store, wish);
    if (outcome.kind === "too_many") {
      const wait = outcome.retryAfterSeconds;
      throw new HttpError(429, "too_many_attempts", `again in ${wait} seconds`, wait);
    }
    if (outcome.kind === "refused") {
      throw new HttpError(403, "wrong_password", "the old password is another");
    }
    return null;
  }),
  mount(contract.tokens, async ({ context }) => ({
    rows: (await listTokens(context.store.db)).map(
      ({ createdAt, expiresAt, lastUsedAt, revokedAt, ...token }) => ({
        ...token,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        lastUsedAt: text(lastUsedAt),
        revokedAt: text(revokedAt),
      }),
    ),
  })),
  mount(contract.issueToken, async ({ body, caller, context }) => {
    const { token, expiresAt } = await giveToken(context.store, body, byOf(caller, context));
    return { token, expiresAt: expiresAt.toISOString() };
  }),
  mount(contract.revokeToken, async ({ params, caller, context }) => {
    await takeToken(context.store, idOf(params, "token"), byOf(caller, context));
    return null;
  }),
  mount(contract.individualViews, async ({ query, context }) => {
    const { db } = context.store;
    const { dayStart } = zoneClock((await dataDays(db)).zone);
    const start = (at: string | undefined) => (at === undefined ? null : new Date(dayStart(at)));
    const found = await individualViews(db, {
      userId: query.user ?? null,
      agent: query.agent ?? null,
      from: start(query.from),
      to: start(query.to),
      before: query.cursor ?? null,
      // One more than asked for tells whether there is a next page.
      limit: query.limit + 1,
      mostNamed: contract.MOST_NAMED,
    });
    const rows = found.slice(0, query.limit);
    return {
      rows: rows.map(({ id: _, at, agents, ...row }) => ({
        ...row,
        at: at.toISOString(),
        agents: [...agents],
        question: { ...row.question },
      })),
      next: found.length > rows.length ? String(rows.at(-1)?.id) : null,
    };
  }),
];

const byOf = ({ userId }: Caller, context: RouteContext) => ({ userId, now: context.now() });

const text = (instant: Date | null) => (instant === null ? null : instant.toISOString());

function shapeOfAccount(account: ManagedAccount) {
  const { id, name, role, party, agent, passwordHash, createdAt } = account;
  return {
    id,
    name,
    role,
    party,
    agent,
    hasPassword: passwordHash !== null,
    createdAt: createdAt.toISOString(),
    lastSignInAt: text(account.lastSignInAt),
    disabledAt: text(account.disabledAt),
    etag: versionOf(account),
  };
}
