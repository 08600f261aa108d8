/** What people add to the pages: asked for, and written. */

import { queryOptions } from "@tanstack/react-query";
import type {
  AlertShape,
  AnnotationShape,
  ThresholdFilterShape,
  ThresholdGroup,
  ThresholdShape,
  ThresholdStateShape,
  ViewPage,
  ViewShape,
} from "../../src/http/contract/notes.ts";
import { getJson, sendJson } from "./client.ts";
import { againEvery } from "./queries.ts";

export type Annotation = AnnotationShape;
export type SavedView = ViewShape;
export type Threshold = ThresholdShape;
export type ThresholdState = ThresholdStateShape;
export type Alert = AlertShape;
export type { ThresholdGroup, ViewPage };

export interface Alerts {
  readonly rows: readonly Alert[];
  readonly thresholds: readonly ThresholdState[];
}

const MINUTE = 60_000;

export const annotationsQuery = (days: { readonly from: string; readonly to: string }) =>
  queryOptions({
    queryKey: ["annotations", days],
    queryFn: ({ signal }) => getJson<{ rows: Annotation[] }>("/annotations", { ...days }, signal),
  });

export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => getJson<{ rows: SavedView[] }>("/views", {}, signal),
});

export const thresholdsQuery = queryOptions({
  queryKey: ["thresholds"],
  queryFn: ({ signal }) => getJson<{ rows: Threshold[] }>("/thresholds", {}, signal),
});

export const alertsQuery = queryOptions({
  queryKey: ["alerts"],
  queryFn: ({ signal }) => getJson<Alerts>("/alerts", {}, signal),
  refetchInterval: againEvery(MINUTE),
});

export interface AnnotationWish {
  readonly from: string;
  /** The day after the last. */
  readonly to: string;
  readonly text: string;
  readonly party: string | null;
}

export interface ViewWish {
  readonly name: string;
  readonly page: ViewPage;
  readonly search: string;
  readonly shared: boolean;
}

export interface ThresholdWish {
  readonly metric: string;
  readonly direction: "above" | "below";
  readonly value: number;
  readonly grouping: ThresholdGroup | null;
  readonly days: number;
  readonly filter: ThresholdFilterShape;
}

/** One that stands, as far as a change needs it. */
interface Standing {
  readonly id: string;
  readonly etag: string;
}

type List = "annotations" | "views" | "thresholds";

/** Makes one, or changes the one that is given, if it is still of the version that was looked at. */
export function save(
  list: List,
  body: AnnotationWish | ViewWish | ThresholdWish,
  old: Standing | null,
): Promise<unknown> {
  if (old === null) return sendJson("POST", `/${list}`, { body });
  return sendJson("PUT", `/${list}/${old.id}`, { body, etag: old.etag });
}

export const remove = (list: List, id: string): Promise<unknown> =>
  sendJson("DELETE", `/${list}/${id}`);

/** Puts them away for the caller alone, until they have ended and come again. */
export const dismissAlerts = (alerts: readonly Alert[]): Promise<unknown> =>
  sendJson("POST", "/alerts/dismissals", {
    body: { alerts: alerts.map(({ threshold, groupId }) => ({ threshold, groupId })) },
  });
