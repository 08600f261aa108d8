/**
 * Alerts put away by one account: others are told of them still. What is put away is the run of days that
 * an alert has lasted. While the run goes on it stays away; when the figure has kept its threshold for
 * a day and is past it again, or the threshold was changed, it is news. A run that outlasts the days
 * looked back upon counts as begun on the first of these, so it is told of again after a fortnight.
 */

import type { Store } from "../../store/connection.ts";
import { dataDays } from "../../store/dimensions.ts";
import { type AlertOf, dismissalsOf, saveDismissals } from "../../store/notes/dismissals.ts";
import { notFound } from "../errors.ts";
import type { Alert } from "./alerts.ts";
import type { Keeper } from "./keeping.ts";
import { readThresholds } from "./thresholds.ts";

const keyOf = ({ threshold, groupId }: AlertOf): string => `${threshold} ${groupId ?? ""}`;

/** Has the account put this alert away? */
export async function readDismissed(
  store: Store,
  { userId }: Pick<Keeper, "userId">,
): Promise<(alert: Alert) => boolean> {
  const dismissals = await dismissalsOf(store.db, userId);
  const days = new Map(dismissals.map((one) => [keyOf(one), one.day]));
  return ({ threshold, groupId, since }) => {
    const day = days.get(keyOf({ threshold: threshold.id, groupId }));
    return day !== undefined && since <= day;
  };
}

/** @throws FlowError 404 `unknown_threshold`, also for another side's: then nothing is put away. */
export async function dismissAlerts(
  store: Store,
  keeper: Keeper,
  { alerts, now }: { readonly alerts: readonly AlertOf[]; readonly now: Date },
): Promise<void> {
  const [seen, { lastDay }] = await Promise.all([
    readThresholds(store, keeper),
    dataDays(store.db),
  ]);
  const known = new Set(seen.map(({ id }) => id));
  const unknown = alerts.find(({ threshold }) => !known.has(threshold));
  if (unknown !== undefined) {
    throw notFound("unknown_threshold", `there is no threshold ${unknown.threshold}`);
  }
  // Without data there is no alert to put away.
  if (lastDay === null) return;
  await saveDismissals(store.db, alerts, { userId: keeper.userId, day: lastDay, now });
}
