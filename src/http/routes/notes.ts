/** Answers of what people add to the pages. A vendor's caller is bound to its party. */

import {
  type Alert,
  createStandings,
  readStandings,
  type Standing,
} from "../../flows/notes/alerts.ts";
import {
  addAnnotation,
  changeAnnotation,
  readAnnotations,
  removeAnnotation,
} from "../../flows/notes/annotations.ts";
import { dismissAlerts, readDismissed } from "../../flows/notes/dismissals.ts";
import { changedMeanwhile, type Keeper, mayChange } from "../../flows/notes/keeping.ts";
import { addView, changeView, readViews, removeView } from "../../flows/notes/saved-views.ts";
import {
  addThreshold,
  changeThreshold,
  readThresholds,
  removeThreshold,
} from "../../flows/notes/thresholds.ts";
import type { Annotation } from "../../store/notes/annotations.ts";
import type { Kept } from "../../store/notes/kept.ts";
import type { SavedView } from "../../store/notes/saved-views.ts";
import type { Threshold } from "../../store/notes/thresholds.ts";
import { boundsOf } from "../bounds.ts";
import * as contract from "../contract/notes.ts";
import { type Caller, type Mounted, mount } from "../mount.ts";
import { idOf } from "../path-id.ts";

export function noteRoutes(): readonly Mounted[] {
  return [...annotationRoutes(), ...viewRoutes(), ...thresholdRoutes()];
}

function annotationRoutes(): Mounted[] {
  return [
    mount(contract.annotations, async ({ query, caller, context }) => {
      const keeper = keeperOf(caller);
      const found = await readAnnotations(context.store, keeper, query);
      return { rows: found.map((one) => shapeOfAnnotation(one, keeper)) };
    }),
    mount(contract.addAnnotation, async ({ body, caller, context }) => {
      const keeper = keeperOf(caller);
      const asked = { ...body, now: context.now() };
      return shapeOfAnnotation(await addAnnotation(context.store, keeper, asked), keeper);
    }),
    mount(contract.changeAnnotation, async ({ params, body, caller, context, ifMatch }) => {
      const keeper = keeperOf(caller);
      const of = { id: idOf(params, "annotation"), version: versionOf(ifMatch) };
      const change = { ...body, ...of, now: context.now() };
      return shapeOfAnnotation(await changeAnnotation(context.store, keeper, change), keeper);
    }),
    mount(contract.removeAnnotation, async ({ params, caller, context }) => {
      await removeAnnotation(context.store, keeperOf(caller), idOf(params, "annotation"));
      return null;
    }),
  ];
}

function viewRoutes(): Mounted[] {
  return [
    mount(contract.views, async ({ caller, context }) => ({
      rows: (await readViews(context.store, caller)).map((one) => shapeOfView(one, caller)),
    })),
    mount(contract.addView, async ({ body, caller, context }) => {
      const wish = { ...body, now: context.now() };
      return shapeOfView(await addView(context.store, caller, wish), caller);
    }),
    mount(contract.changeView, async ({ params, body, caller, context, ifMatch }) => {
      const of = { id: idOf(params, "view"), version: versionOf(ifMatch) };
      const change = { ...body, ...of, now: context.now() };
      return shapeOfView(await changeView(context.store, caller, change), caller);
    }),
    mount(contract.removeView, async ({ params, caller, context }) => {
      await removeView(context.store, caller, idOf(params, "view"));
      return null;
    }),
  ];
}

function thresholdRoutes(): Mounted[] {
  const standings = createStandings();
  return [
    mount(contract.thresholds, async ({ caller, context }) => {
      const keeper = keeperOf(caller);
      const found = await readThresholds(context.store, keeper);
      return { rows: found.map((one) => shapeOfThreshold(one, keeper)) };
    }),
    mount(contract.addThreshold, async ({ body, caller, context }) => {
      const keeper = keeperOf(caller);
      const wish = { ...body, now: context.now() };
      return shapeOfThreshold(await addThreshold(context.store, keeper, wish), keeper);
    }),
    mount(contract.changeThreshold, async ({ params, body, caller, context, ifMatch }) => {
      const keeper = keeperOf(caller);
      const of = { id: idOf(params, "threshold"), version: versionOf(ifMatch) };
      const change = { ...body, ...of, now: context.now() };
      return shapeOfThreshold(await changeThreshold(context.store, keeper, change), keeper);
    }),
    mount(contract.removeThreshold, async ({ params, caller, context }) => {
      await removeThreshold(context.store, keeperOf(caller), idOf(params, "threshold"));
      return null;
    }),
    mount(contract.alerts, async ({ caller, context }) => {
      const keeper = keeperOf(caller);
      const [found, isDismissed] = await Promise.all([
        readStandings(context.store, keeper, { standings, now: context.now() }),
        readDismissed(context.store, keeper),
      ]);
      // An administrator puts another side's thresholds right, but is not called by them.
      const own = found.filter(({ threshold }) => isOwn(threshold, keeper));
      return {
        rows: own.flatMap(({ alerts }) =>
          alerts.map((alert) => ({ ...shapeOfAlert(alert), dismissed: isDismissed(alert) })),
        ),
        thresholds: found.map(shapeOfStanding),
      };
    }),
    mount(contract.dismissAlerts, async ({ body, caller, context }) => {
      const wish = { alerts: body.alerts, now: context.now() };
      await dismissAlerts(context.store, keeperOf(caller), wish);
      return null;
    }),
  ];
}

function keeperOf(caller: Caller): Keeper {
  return { userId: caller.userId, role: caller.role, partyId: boundsOf(caller).partyId };
}

const isOwn = ({ party }: Threshold, { partyId }: Keeper) => (party?.id ?? null) === partyId;

const tagOf = (version: string) => `"${version}"`;

/** The version that the caller looked at. @throws FlowError 412 where it is none of ours. */
function versionOf(ifMatch: string): string {
  const version = /^"(\d{1,20})"$/.exec(ifMatch)?.[1];
  if (version === undefined) throw changedMeanwhile();
  return version;
}

function shapeOfKept(kept: Kept, keeper: Keeper) {
  const { id, party, by, changedAt, version } = kept;
  return {
    id,
    party: party === null ? null : { id: party.uuid, name: party.name },
    by,
    changeable: mayChange(kept, keeper),
    changedAt: changedAt.toISOString(),
    etag: tagOf(version),
  };
}

function shapeOfAnnotation(one: Annotation, keeper: Keeper): contract.AnnotationShape {
  const { from, to, text } = one;
  return { ...shapeOfKept(one, keeper), from, to, text };
}

function shapeOfView(one: SavedView, { userId }: Caller): contract.ViewShape {
  const { id, name, search, shared, by, changedAt, version } = one;
  return {
    ...{ id, name, search, shared, by },
    page: one.page as contract.ViewPage,
    mine: one.userId === userId,
    changedAt: changedAt.toISOString(),
    etag: tagOf(version),
  };
}

function shapeOfThreshold(one: Threshold, keeper: Keeper): contract.ThresholdShape {
  const { metric, direction, value, grouping, days } = one;
  const rest = { metric, direction, value, grouping, days, filter: shapeOfFilter(one) };
  return { ...shapeOfKept(one, keeper), ...rest };
}

function shapeOfFilter({ filter }: Threshold): contract.ThresholdFilterShape {
  const { party, team, queue, channel } = filter;
  return { party: [...party], team: [...team], queue: [...queue], channel: [...channel] };
}

function shapeOfAlert(alert: Alert): Omit<contract.AlertShape, "dismissed"> {
  const { threshold, group, groupId, figure, currency, n, days, since, sinceBefore } = alert;
  const { id, metric, direction, value, grouping } = threshold;
  const of = {
    threshold: id,
    metric,
    direction,
    value,
    grouping,
    filter: shapeOfFilter(threshold),
  };
  return { ...of, group, groupId, figure, currency, n, ...days, since, sinceBefore };
}

function shapeOfStanding(standing: Standing): contract.ThresholdStateShape {
  const { threshold, alerts, kept, notComputable, tooFew } = standing;
  const past = alerts.length;
  const without = tooFew.length > 0 ? "too_few" : "not_computable";
  const state = past > 0 ? "past" : kept > 0 ? "kept" : without;
  const groups = { notComputable: [...notComputable], tooFew: [...tooFew] };
  return { threshold: threshold.id, state, past, kept, ...groups };
}
