/** Thresholds: whoever sees everything shares them, a vendor's people share their party's. */

import { inputError } from "../../domain/shared/errors.ts";
import type { Queryable, Store } from "../../store/connection.ts";
import {
  deleteThreshold,
  oneThreshold,
  saveThreshold,
  type Threshold,
  type ThresholdWish,
  thresholdsOf,
  updateThreshold,
} from "../../store/notes/thresholds.ts";
import { notFound } from "../errors.ts";
import { METRIC_DEFINITIONS } from "../read/definitions.ts";
import { changedMeanwhile, checkMaker, type Keeper } from "./keeping.ts";

/** An administrator sees every side's, to put right what another has left behind. */
const reach = ({ partyId, role }: Keeper) => ({ partyId, all: role === "administrator" });

export function readThresholds(store: Store, keeper: Keeper): Promise<Threshold[]> {
  return thresholdsOf(store.db, reach(keeper));
}

export async function addThreshold(
  store: Store,
  keeper: Keeper,
  wish: ThresholdWish & { readonly now: Date },
): Promise<Threshold> {
  checkMetric(wish.metric);
  const kept = { ...wish, partyId: keeper.partyId };
  const id = await saveThreshold(store.db, kept, { userId: keeper.userId, now: wish.now });
  return standing(store.db, keeper, id);
}

export async function changeThreshold(
  store: Store,
  keeper: Keeper,
  change: ThresholdWish & { readonly id: string; readonly version: string; readonly now: Date },
): Promise<Threshold> {
  checkMetric(change.metric);
  const { db } = store;
  checkMaker(await standing(db, keeper, change.id), keeper);
  if (!(await updateThreshold(db, change, change))) throw changedMeanwhile();
  return standing(db, keeper, change.id);
}

export async function removeThreshold(store: Store, keeper: Keeper, id: string): Promise<void> {
  checkMaker(await standing(store.db, keeper, id), keeper);
  await deleteThreshold(store.db, id);
}

/** @throws FlowError 404 `unknown_threshold`, also for another side's. */
async function standing(db: Queryable, keeper: Keeper, id: string): Promise<Threshold> {
  const found = await oneThreshold(db, reach(keeper), id);
  if (found === null) throw notFound("unknown_threshold", `there is no threshold ${id}`);
  return found;
}

/** @throws InputError `unknown_metric`. */
function checkMetric(metric: string): void {
  if (METRIC_DEFINITIONS.some(({ id }) => id === metric)) return;
  const expected = "the id of a metric, as GET /metrics/definitions lists them";
  throw inputError({ code: "unknown_metric", path: "body.metric", value: metric, expected });
}
