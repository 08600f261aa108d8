/** What notes and thresholds share: who made them, whose people see them, which version stands. */

import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../connection.ts";
import type { Named } from "../dimensions.ts";

/** Whose people: of one party, or (null) those who see everything. */
export interface Side {
  readonly partyId: number | null;
}

export interface Kept {
  readonly id: string;
  readonly party: Named | null;
  readonly createdBy: string;
  /** Null where who made it is of another side. */
  readonly by: string | null;
  readonly changedAt: Date;
  /** Another after each change. */
  readonly version: string;
}

/** The row's own version, which PostgreSQL counts up: two changes at one instant have two. */
export const VERSION: SQL = sql`note.xmin::text`;

export const keptColumns: SQL = sql`
  note.id, note.party_id as "partyId", party.uuid as "partyUuid", party.name as "partyName",
  note.created_by as "createdBy", app_user.name as "by",
  note.changed_at as "changedAt", ${VERSION} as version`;

/** The names beside `note`; people of a party are told those of their own side alone. */
export function keptNames({ partyId }: Side): SQL {
  const known = partyId === null ? sql`true` : sql`note.created_by in (select bound_users())`;
  return sql`left join party on party.id = note.party_id
    left join app_user on app_user.id = note.created_by and ${known}`;
}

export function keptOf(row: Readonly<Record<string, unknown>>): Kept {
  const partyId = row.partyId as number | null;
  return {
    id: row.id as string,
    party:
      partyId === null
        ? null
        : { id: partyId, uuid: row.partyUuid as string, name: row.partyName as string },
    createdBy: row.createdBy as string,
    by: row.by as string | null,
    changedAt: new Date(row.changedAt as string),
    version: row.version as string,
  };
}

/** What `note` a side may see: its party's, or everything. */
export function ofSide({ partyId }: Side): SQL {
  return partyId === null ? sql`true` : sql`note.party_id = ${partyId}`;
}

/** The party of that id of the API, where the side knows it. */
export async function partyOfSide(
  db: Queryable,
  { partyId }: Side,
  uuid: string,
): Promise<number | null> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from party where uuid = ${uuid}::uuid and (${partyId}::int is null or id = ${partyId}::int)`);
  return rows[0]?.id ?? null;
}
