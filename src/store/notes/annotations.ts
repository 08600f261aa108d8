/** Notes on days. */

import { type SQL, sql } from "drizzle-orm";
import type { Day, DayRange } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import { type Kept, keptColumns, keptNames, keptOf, ofSide, type Side, VERSION } from "./kept.ts";

export interface Annotation extends Kept, DayRange {
  readonly text: string;
}

export interface AnnotationWish extends DayRange {
  readonly text: string;
  readonly partyId: number | null;
}

/** Open where a day is not said. */
export interface NoteDays {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** Those of a side that touch the days; everybody who sees everything sees all. */
export async function annotationsOf(
  db: Queryable,
  side: Side,
  days: NoteDays,
): Promise<Annotation[]> {
  const { from, to } = days;
  const after = from === undefined ? sql`true` : sql`note.to_day > ${from}::date`;
  const before = to === undefined ? sql`true` : sql`note.from_day < ${to}::date`;
  return found(db, side, sql`${ofSide(side)} and ${after} and ${before}`);
}

export async function oneAnnotation(db: Queryable, side: Side, id: string) {
  const rows = await found(db, side, sql`${ofSide(side)} and note.id = ${id}::uuid`);
  return rows[0] ?? null;
}

async function found(db: Queryable, side: Side, which: SQL): Promise<Annotation[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${keptColumns}, note.from_day::text as "from", note.to_day::text as "to", note.text
    from annotation note ${keptNames(side)}
    where ${which}
    order by note.from_day, note.id`);
  return rows.map((row) => ({
    ...keptOf(row),
    from: row.from as string,
    to: row.to as string,
    text: row.text as string,
  }));
}

export async function saveAnnotation(
  db: Queryable,
  wish: AnnotationWish,
  by: { readonly userId: string; readonly now: Date },
): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into annotation (from_day, to_day, text, party_id, created_by, created_at, changed_at)
    values (${wish.from}, ${wish.to}, ${wish.text}, ${wish.partyId}, ${by.userId}, ${by.now}, ${by.now})
    returning id`);
  return (rows[0] as { id: string }).id;
}

/** False where it is not of that version any more. */
export async function updateAnnotation(
  db: Queryable,
  of: { readonly id: string; readonly version: string; readonly now: Date },
  wish: AnnotationWish,
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update annotation note set from_day = ${wish.from}, to_day = ${wish.to}, text = ${wish.text},
      party_id = ${wish.partyId}, changed_at = ${of.now}
    where id = ${of.id}::uuid and ${VERSION} = ${of.version}`);
  return rowCount === 1;
}

export async function deleteAnnotation(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`delete from annotation where id = ${id}::uuid`);
}
