/**
 * Accounts as administrators keep them: who there is, in which role, bound to which party or agent. Each
 * change stands in the log of changes with what was before and what is now, never with a secret. Somebody
 * can always come in as an administrator.
 */

import { createHash } from "node:crypto";
import { type Fault, InputError } from "../domain/shared/errors.ts";
import type { Role } from "../domain/shared/vocabulary.ts";
import {
  type AccountColumns,
  insertAccount,
  lockAccount,
  type ManagedAccount,
  managedAccounts,
  otherAdministrators,
  updateAccount,
} from "../store/account-changes.ts";
import { endSessionsOf } from "../store/accounts.ts";
import { saveAudit } from "../store/audit.ts";
import type { Queryable, Store } from "../store/connection.ts";
import { idsOf } from "../store/dimensions.ts";
import { conflict, FlowError, notFound } from "./errors.ts";
import { passwordHash } from "./passwords.ts";

/** A role, and the party or agent that bounds what it sees: ids of the API. */
export interface Rights {
  readonly role: Role;
  readonly party: string | null;
  readonly agent: string | null;
}

export interface NewAccount {
  readonly name: string;
  readonly rights: Rights;
  readonly password: string;
}

export interface AccountChange {
  readonly rights?: Rights | undefined;
  readonly password?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** Who changes it, and when. */
export interface By {
  readonly userId: string;
  readonly now: Date;
}

/** Changes with everything that can be changed of an account. */
export function versionOf(account: AccountColumns): string {
  const { role, partyId, agentId, passwordHash: hash, disabledAt } = account;
  const text = JSON.stringify([role, partyId, agentId, hash, disabledAt]);
  return `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
}

/** @throws InputError `weak_password` and those of the rights; FlowError `account_exists`. */
export async function makeAccount(store: Store, wish: NewAccount, by: By): Promise<string> {
  const hash = await passwordHash(wish.password, "body.password");
  return store.db.transaction(async (db) => {
    const { role, partyId, agentId } = await columnsOf(db, wish.rights);
    const { name } = wish;
    const id = await insertAccount(db, { name, role, partyId, agentId }, hash);
    if (id === null) throw conflict("account_exists", `there is an account ${name}`);
    const [made] = await managedAccounts(db, id);
    const detail = { role, ...namesIn(made as ManagedAccount) };
    await saveAudit(db, {
      at: by.now,
      userId: by.userId,
      action: "made account",
      subject: name,
      detail,
    });
    return id;
  });
}

/**
 * Changes what is given and leaves the rest. Whoever gets other rights or another password, or is let in no
 * more, is signed out.
 *
 * @throws InputError as makeAccount; FlowError `unknown_account`, `changed_meanwhile`, `last_administrator`.
 */
export async function changeAccount(
  store: Store,
  { id, version, change }: { id: string; version: string | null; change: AccountChange },
  by: By,
): Promise<ManagedAccount> {
  const { password } = change;
  const hash = password === undefined ? null : await passwordHash(password, "body.password");
  return store.db.transaction(async (db) => {
    await lockAccount(db, id);
    const [before] = await managedAccounts(db, id);
    if (before === undefined) throw notFound("unknown_account", `there is no account ${id}`);
    if (version !== null && version !== versionOf(before)) {
      const text = `the account ${before.name} has been changed meanwhile`;
      throw new FlowError("precondition", "changed_meanwhile", text);
    }
    const next = await changed(db, before, { change, hash, now: by.now });
    await keepAnAdministrator(db, before, next, by.now);
    await updateAccount(db, id, next);
    if (isSignedOut(before, next)) await endSessionsOf(db, id, by.now);
    const [after] = await managedAccounts(db, id);
    const detail = differences(before, after as ManagedAccount);
    if (Object.keys(detail).length > 0) {
      const what = { action: "changed account", subject: before.name, detail };
      await saveAudit(db, { at: by.now, userId: by.userId, ...what });
    }
    return after as ManagedAccount;
  });
}

async function changed(
  db: Queryable,
  before: ManagedAccount,
  { change, hash, now }: { change: AccountChange; hash: string | null; now: Date },
): Promise<AccountColumns> {
  const rights = change.rights === undefined ? before : await columnsOf(db, change.rights);
  const { role, partyId, agentId } = rights;
  const since = before.disabledAt ?? now;
  const disabledAt =
    change.disabled === undefined ? before.disabledAt : change.disabled ? since : null;
  return { role, partyId, agentId, passwordHash: hash ?? before.passwordHash, disabledAt };
}

const isAdministrator = ({ role, disabledAt }: AccountColumns): boolean =>
  role === "administrator" && disabledAt === null;

async function keepAnAdministrator(
  db: Queryable,
  before: ManagedAccount,
  next: AccountColumns,
  now: Date,
): Promise<void> {
  if (!isAdministrator(before) || isAdministrator(next)) return;
  if ((await otherAdministrators(db, before.id, now)) > 0) return;
  throw conflict("last_administrator", "nobody else could come in as an administrator");
}

function isSignedOut(before: ManagedAccount, next: AccountColumns): boolean {
  const isBoundAlike =
    before.role === next.role && before.partyId === next.partyId && before.agentId === next.agentId;
  return !isBoundAlike || before.passwordHash !== next.passwordHash || next.disabledAt !== null;
}

type Bound = Pick<AccountColumns, "role" | "partyId" | "agentId">;

/** What is stored of rights. A vendor is bound to a party, an agent to an agent, nobody else to either. */
async function columnsOf(db: Queryable, { role, party, agent }: Rights): Promise<Bound> {
  const faults: Fault[] = [];
  const bound = async (table: "party" | "agent", id: string | null, isWanted: boolean) => {
    const path = `body.rights.${table}`;
    if (!isWanted) {
      const expected = `none, for the role ${role}`;
      if (id !== null) faults.push({ code: `unexpected_${table}`, path, value: id, expected });
      return null;
    }
    const [found] = id === null ? [] : await idsOf(db, table, [id]);
    if (found !== undefined) return found;
    const code = id === null ? `missing_${table}` : `unknown_${table}`;
    const given = id === null ? {} : { value: id };
    faults.push({ code, path, ...given, expected: `a known ${table}, for the role ${role}` });
    return null;
  };
  const partyId = await bound("party", party, role === "vendor");
  const agentId = await bound("agent", agent, role === "agent");
  if (faults.length > 0) throw new InputError(faults);
  return { role, partyId, agentId };
}

const namesIn = ({ party, agent }: ManagedAccount) => ({
  ...(party === null ? {} : { party: party.name }),
  ...(agent === null ? {} : { agent: agent.name }),
});

/** What is not as it was: from what to what. Of a password only that. */
function differences(before: ManagedAccount, after: ManagedAccount): Record<string, unknown> {
  const sides = (account: ManagedAccount) => ({
    role: account.role,
    party: account.party?.name ?? null,
    agent: account.agent?.name ?? null,
    disabled: account.disabledAt !== null,
  });
  const [from, to] = [sides(before), sides(after)];
  const found: Record<string, unknown> = {};
  for (const key of ["role", "party", "agent", "disabled"] as const) {
    if (from[key] !== to[key]) found[key] = { from: from[key], to: to[key] };
  }
  if (before.passwordHash !== after.passwordHash) found.password = "set";
  return found;
}
