/** Accounts as an administrator sees and changes them. */

import { sql } from "drizzle-orm";
import type { Role } from "../domain/shared/vocabulary.ts";
import type { UserWish } from "./access.ts";
import type { Queryable } from "./connection.ts";

export interface Part {
  readonly id: string;
  readonly name: string;
}

export interface ManagedAccount {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly partyId: number | null;
  readonly agentId: number | null;
  readonly party: Part | null;
  readonly agent: Part | null;
  readonly passwordHash: string | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  /** When its latest session began that is still kept. */
  readonly lastSignInAt: Date | null;
}

const date = (value: unknown): Date | null => (value === null ? null : new Date(value as string));

/** All of them by name, or the one of an id. */
export async function managedAccounts(
  db: Queryable,
  id: string | null = null,
): Promise<ManagedAccount[]> {
  const { rows } = await db.execute<Record<string, unknown> & ManagedAccount>(sql`
    select app_user.id, app_user.name, role, party_id as "partyId", agent_id as "agentId",
      case when party.id is not null
        then jsonb_build_object('id', party.uuid, 'name', party.name) end as party,
      case when agent.id is not null
        then jsonb_build_object('id', agent.uuid, 'name', agent.name) end as agent,
      password_hash as "passwordHash", created_at as "createdAt", disabled_at as "disabledAt",
      (select max(session.created_at) from session where user_id = app_user.id) as "lastSignInAt"
    from app_user
    left join party on party.id = app_user.party_id
    left join agent on agent.id = app_user.agent_id
    where ${id}::uuid is null or app_user.id = ${id}::uuid
    order by app_user.name`);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    disabledAt: date(row.disabledAt),
    lastSignInAt: date(row.lastSignInAt),
  }));
}

/** Changes by administrators wait for one another until the transaction ends, others for this account. */
export async function lockAccount(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('muster account changes'))`);
  await db.execute(sql`select from app_user where id = ${id} for update`);
}

/** The id of the account made; null where there is one of that name. */
export async function insertAccount(
  db: Queryable,
  { name, role, partyId, agentId }: UserWish,
  passwordHash: string,
): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into app_user (name, role, party_id, agent_id, password_hash)
    values (${name}, ${role}, ${partyId}, ${agentId}, ${passwordHash})
    on conflict (name) do nothing returning id`);
  return rows[0]?.id ?? null;
}

export type AccountColumns = Pick<
  ManagedAccount,
  "role" | "partyId" | "agentId" | "passwordHash" | "disabledAt"
>;

export async function updateAccount(
  db: Queryable,
  id: string,
  { role, partyId, agentId, passwordHash, disabledAt }: AccountColumns,
): Promise<void> {
  await db.execute(sql`
    update app_user set role = ${role}, party_id = ${partyId}, agent_id = ${agentId},
      password_hash = ${passwordHash}, disabled_at = ${disabledAt}
    where id = ${id}`);
}

/** A new password in place of one: false where it is that no more. */
export async function replacePassword(
  db: Queryable,
  userId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update app_user set password_hash = ${to} where id = ${userId} and password_hash = ${from}`);
  return rowCount === 1;
}

/** Administrators beside this one who have a way in: a password, or a token that is still good. */
export async function otherAdministrators(db: Queryable, id: string, now: Date): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from app_user
    where role = 'administrator' and disabled_at is null and id <> ${id}
      and (password_hash is not null or exists (
        select from access_token where user_id = app_user.id
          and revoked_at is null and expires_at > ${now}))`);
  return rows[0]?.count ?? 0;
}

/** Everybody an account can be an agent's of. */
export async function agentChoices(
  db: Queryable,
  search: string,
  most: number,
): Promise<{ readonly id: string; readonly name: string; readonly site: string }[]> {
  const { rows } = await db.execute<{ id: string; name: string; site: string }>(sql`
    select agent.uuid as id, agent.name, site.name as site
    from agent join site on site.id = agent.site_id
    where position(lower(${search}) in lower(agent.name)) > 0
    order by agent.name, site.name limit ${most}::int`);
  return rows;
}
