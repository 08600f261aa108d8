/** Who and where, by id: for names in answers, and from the ids of the API to those of the tables. */

import { sql } from "drizzle-orm";
import type { Channel, Day, PartyKind } from "../domain/shared/vocabulary.ts";
import type { Queryable } from "./connection.ts";

export const NAMED_TABLES = ["party", "team", "queue", "agent"] as const;
export type NamedTable = (typeof NAMED_TABLES)[number];

export interface Named {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
}

const relation = (table: NamedTable) => sql.identifier(table);

/** Ids of the API to ids of the table. An id that is not there is left out. */
export async function idsOf(
  db: Queryable,
  table: NamedTable,
  uuids: readonly string[],
): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from ${relation(table)} where uuid = any(${sql.param(uuids)}::uuid[]) order by id`);
  return rows.map((row) => row.id);
}

/** All names of the persons that these agents are: those joined into them or beside them, and themselves. */
export async function namesOfPersons(db: Queryable, agents: readonly number[]): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select agent_id as id from person where person_id in (
      select person_id from person where agent_id = any(${sql.param(agents)}::int[]))
    order by agent_id`);
  return rows.map((row) => row.id);
}

/** The ids of the rows of exactly that name. */
export async function idsOfName(db: Queryable, table: NamedTable, name: string): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(
    sql`select id from ${relation(table)} where name = ${name} order by id`,
  );
  return rows.map((row) => row.id);
}

/** Names of some rows by id. */
export async function namesOf(
  db: Queryable,
  table: NamedTable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Named>> {
  const { rows } = await db.execute<{ id: number; uuid: string; name: string }>(sql`
    select id, uuid, name from ${relation(table)} where id = any(${sql.param(ids)}::int[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Everything one can filter by. */
export async function filterChoices(db: Queryable): Promise<{
  parties: (Named & { kind: PartyKind })[];
  teams: (Named & { partyUuid: string })[];
  queues: Named[];
  channels: Channel[];
}> {
  const parties = await db.execute<Record<string, unknown> & Named & { kind: PartyKind }>(
    sql`select id, uuid, name, kind from party order by kind, name`,
  );
  const teams = await db.execute<Record<string, unknown> & Named & { partyUuid: string }>(sql`
    select team.id, team.uuid, team.name, party.uuid as "partyUuid"
    from team join party on party.id = party_id order by party.name, team.name`);
  const queues = await db.execute<Record<string, unknown> & Named>(
    sql`select id, uuid, name from queue order by name`,
  );
  const channels = await db.execute<{ channel: Channel }>(
    sql`select distinct channel from tally_agent_day order by channel`,
  );
  return {
    parties: parties.rows,
    teams: teams.rows,
    queues: queues.rows,
    channels: channels.rows.map((row) => row.channel),
  };
}

export interface DataDays {
  readonly zone: string;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

/**
 * The days there are contacts for, as far as the reader may see them, and the zone of the site with the
 * most rows.
 */
export async function dataDays(db: Queryable): Promise<DataDays> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select
      (select min(local_day)::text from tally_agent_day where contacts > 0) as "firstDay",
      (select max(local_day)::text from tally_agent_day where contacts > 0) as "lastDay",
      main_zone() as zone`);
  const row = rows[0] as Record<string, unknown>;
  return {
    zone: row.zone as string,
    firstDay: row.firstDay as string | null,
    lastDay: row.lastDay as string | null,
  };
}

/** Whether an assistant came to anybody while contacts were counted, and not before all of them. */
export async function assistantsCame(
  db: Queryable,
  { firstDay, lastDay }: DataDays,
): Promise<boolean> {
  const { rows } = await db.execute<{ came: boolean }>(sql`
    select exists (
      select from adoption where from_day > ${firstDay}::date and from_day <= ${lastDay}::date
    ) as came`);
  return rows[0]?.came === true;
}

/**
 * The end of the last quarter of an hour that is counted. It looks at every quarter there is, which the
 * days, wanted by every report, do not wait for.
 */
export async function countedTo(db: Queryable): Promise<Date | null> {
  const { rows } = await db.execute<{ at: string | Date | null }>(sql`select counted_to() as at`);
  const at = rows[0]?.at ?? null;
  return at === null ? null : new Date(at);
}
