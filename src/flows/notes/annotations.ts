/** Notes on days: whoever sees everything sees all; a vendor those of its own party; an agent none. */

import { inputError } from "../../domain/shared/errors.ts";
import type { DayRange } from "../../domain/shared/vocabulary.ts";
import type { Queryable, Store } from "../../store/connection.ts";
import {
  type Annotation,
  type AnnotationWish,
  annotationsOf,
  deleteAnnotation,
  type NoteDays,
  oneAnnotation,
  saveAnnotation,
  updateAnnotation,
} from "../../store/notes/annotations.ts";
import { partyOfSide } from "../../store/notes/kept.ts";
import { notFound } from "../errors.ts";
import { changedMeanwhile, checkMaker, type Keeper } from "./keeping.ts";

export interface AskedAnnotation extends DayRange {
  readonly text: string;
  /** Id of the party that is to see it too. */
  readonly party: string | null;
}

export async function readAnnotations(
  store: Store,
  keeper: Keeper,
  days: NoteDays,
): Promise<Annotation[]> {
  return keeper.role === "agent" ? [] : annotationsOf(store.db, keeper, days);
}

export async function addAnnotation(
  store: Store,
  keeper: Keeper,
  asked: AskedAnnotation & { readonly now: Date },
): Promise<Annotation> {
  const wish = await wishOf(store.db, keeper, asked);
  const id = await saveAnnotation(store.db, wish, { userId: keeper.userId, now: asked.now });
  return standing(store.db, keeper, id);
}

export async function changeAnnotation(
  store: Store,
  keeper: Keeper,
  change: AskedAnnotation & { readonly id: string; readonly version: string; readonly now: Date },
): Promise<Annotation> {
  const { db } = store;
  checkMaker(await standing(db, keeper, change.id), keeper);
  const wish = await wishOf(db, keeper, change);
  if (!(await updateAnnotation(db, change, wish))) throw changedMeanwhile();
  return standing(db, keeper, change.id);
}

export async function removeAnnotation(store: Store, keeper: Keeper, id: string): Promise<void> {
  checkMaker(await standing(store.db, keeper, id), keeper);
  await deleteAnnotation(store.db, id);
}

/** @throws FlowError 404 `unknown_annotation`, also for another side's. */
async function standing(db: Queryable, keeper: Keeper, id: string): Promise<Annotation> {
  const found = await oneAnnotation(db, keeper, id);
  if (found === null) throw notFound("unknown_annotation", `there is no annotation ${id}`);
  return found;
}

/** @throws InputError `reversed_days`, `unknown_party`. */
async function wishOf(
  db: Queryable,
  keeper: Keeper,
  { from, to, text, party }: AskedAnnotation,
): Promise<AnnotationWish> {
  if (from >= to) {
    const expected = `a day after ${from}`;
    throw inputError({ code: "reversed_days", path: "body.to", value: to, expected });
  }
  if (party === null) return { from, to, text, partyId: keeper.partyId };
  const partyId = await partyOfSide(db, keeper, party);
  if (partyId === null) {
    const expected = "the id of a party";
    throw inputError({ code: "unknown_party", path: "body.party", value: party, expected });
  }
  return { from, to, text, partyId };
}
