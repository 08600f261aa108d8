/** Thresholds that figures are held against. */

import { type SQL, sql } from "drizzle-orm";
import type { Channel } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import { type Kept, keptColumns, keptNames, keptOf, type Side, VERSION } from "./kept.ts";

/** Ids as the API gives them; an empty list means any. */
export interface ThresholdFilter {
  readonly party: readonly string[];
  readonly team: readonly string[];
  readonly queue: readonly string[];
  readonly channel: readonly Channel[];
}

export type ThresholdGrouping = "party" | "team" | "queue" | "channel";

export interface ThresholdWish {
  readonly metric: string;
  readonly direction: "above" | "below";
  readonly value: number;
  readonly grouping: ThresholdGrouping | null;
  readonly days: number;
  readonly filter: ThresholdFilter;
}

export type Threshold = Kept & ThresholdWish;

/** A side's own, or with `all` those of every side. */
function visible({ partyId, all }: Side & { readonly all: boolean }): SQL {
  if (partyId !== null) return sql`note.party_id = ${partyId}`;
  return all ? sql`true` : sql`note.party_id is null`;
}

export function thresholdsOf(
  db: Queryable,
  side: Side & { readonly all: boolean },
): Promise<Threshold[]> {
  return found(db, side, visible(side));
}

export async function oneThreshold(
  db: Queryable,
  side: Side & { readonly all: boolean },
  id: string,
): Promise<Threshold | null> {
  return (await found(db, side, sql`${visible(side)} and note.id = ${id}::uuid`))[0] ?? null;
}

async function found(db: Queryable, side: Side, which: SQL): Promise<Threshold[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${keptColumns}, note.metric, note.direction, note.value, note.grouping, note.days,
      note.filter
    from threshold note ${keptNames(side)}
    where ${which}
    order by note.id`);
  return rows.map((row) => ({
    ...keptOf(row),
    metric: row.metric as string,
    direction: row.direction as Threshold["direction"],
    value: row.value as number,
    grouping: row.grouping as ThresholdGrouping | null,
    days: row.days as number,
    filter: row.filter as ThresholdFilter,
  }));
}

export async function saveThreshold(
  db: Queryable,
  wish: ThresholdWish & { readonly partyId: number | null },
  by: { readonly userId: string; readonly now: Date },
): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into threshold (metric, direction, value, grouping, days, filter, party_id,
      created_by, created_at, changed_at)
    values (${wish.metric}, ${wish.direction}, ${wish.value}, ${wish.grouping}, ${wish.days},
      ${JSON.stringify(wish.filter)}::jsonb, ${wish.partyId}, ${by.userId}, ${by.now}, ${by.now})
    returning id`);
  return (rows[0] as { id: string }).id;
}

/** False where it is not of that version any more. */
export async function updateThreshold(
  db: Queryable,
  of: { readonly id: string; readonly version: string; readonly now: Date },
  wish: ThresholdWish,
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update threshold note set metric = ${wish.metric}, direction = ${wish.direction},
      value = ${wish.value}, grouping = ${wish.grouping}, days = ${wish.days},
      filter = ${JSON.stringify(wish.filter)}::jsonb, changed_at = ${of.now}
    where id = ${of.id}::uuid and ${VERSION} = ${of.version}`);
  return rowCount === 1;
}

export async function deleteThreshold(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`delete from threshold where id = ${id}::uuid`);
}
