/** What people add to the pages: notes on days, views kept under a name, thresholds and their alerts. */

import { z } from "zod";
import { CHANNELS, type Role } from "../../domain/shared/vocabulary.ts";
import { day, instant, READERS, route, uuid } from "./route.ts";

/** An agent looks at its own figures: it marks no days and sets no thresholds for others. */
const WRITERS: readonly Role[] = ["administrator", "manager", "planner", "vendor"];

const named = z.object({ id: uuid, name: z.string() });
const etag = z.string().describe("its version: what If-Match wants when it is changed");
const keeper = z.string().nullable().describe("who made it; null where that is of another party");
const changeable = z.boolean().describe("may the caller change and delete it");

/** Before it no centre kept a log; PostgreSQL knows no year 0. */
const EARLIEST_DAY = "1900-01-01";
const noteDay = day.refine((text) => text >= EARLIEST_DAY, `a day from ${EARLIEST_DAY} on`);

const annotation = z.object({
  id: uuid,
  from: day,
  to: day.describe("the day after the last"),
  text: z.string(),
  party: named.nullable().describe("whose people see it beside those who see everything"),
  by: keeper,
  changeable,
  changedAt: instant,
  etag,
});
export type AnnotationShape = z.infer<typeof annotation>;

const LONGEST_TEXT = 500;

const annotationWish = z.object({
  from: noteDay,
  to: noteDay.describe("the day after the last"),
  text: z.string().trim().min(1).max(LONGEST_TEXT).describe("plain text"),
  party: uuid.nullable().default(null).describe("a vendor's own party always"),
});

export const annotations = route({
  method: "get",
  path: "/annotations",
  summary: "Notes on days that lie in the period, the earliest first; an agent is shown none",
  roles: READERS,
  query: z.object({ from: noteDay.optional(), to: noteDay.optional() }),
  response: z.object({ rows: z.array(annotation) }),
  rowsKey: "rows",
});

export const addAnnotation = route({
  method: "post",
  path: "/annotations",
  summary: "Notes something on a day, or from one day to another",
  roles: WRITERS,
  body: annotationWish,
  response: annotation,
  status: 201,
  idempotent: true,
  audited: true,
});

export const changeAnnotation = route({
  method: "put",
  path: "/annotations/{annotation}",
  summary: "Changes a note, by its maker or an administrator; wants If-Match",
  roles: WRITERS,
  body: annotationWish,
  response: annotation,
  versioned: true,
  audited: true,
});

export const removeAnnotation = route({
  method: "delete",
  path: "/annotations/{annotation}",
  summary: "Deletes a note, by its maker or an administrator",
  roles: WRITERS,
  response: z.null(),
  status: 204,
  audited: true,
});

/** Pages whose address is worth keeping. */
export const VIEW_PAGES = ["managers", "vendors", "planners", "live", "sources"] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];

const LONGEST_NAME = 100;
const LONGEST_SEARCH = 2000;

const view = z.object({
  id: uuid,
  name: z.string(),
  page: z.enum(VIEW_PAGES),
  search: z.string().describe("the address after the question mark"),
  shared: z.boolean().describe("others of the same side may open it"),
  mine: z.boolean(),
  by: z.string(),
  changedAt: instant,
  etag,
});
export type ViewShape = z.infer<typeof view>;

const viewWish = z.object({
  name: z.string().trim().min(1).max(LONGEST_NAME),
  page: z.enum(VIEW_PAGES),
  search: z
    .string()
    .max(LONGEST_SEARCH)
    // What a browser writes after the question mark, and nothing that would end it.
    .regex(/^(?:[a-zA-Z][\w-]*=[\w.~%+,:!*'()@-]*(?:&|$))*$/, "names and values, as in an address"),
  shared: z.boolean().default(false),
});

export const views = route({
  method: "get",
  path: "/views",
  summary: "The caller's views, and those that others of its side share, by name",
  roles: READERS,
  response: z.object({ rows: z.array(view) }),
  rowsKey: "rows",
});

export const addView = route({
  method: "post",
  path: "/views",
  summary: "Keeps an address under a name; it widens nobody's rights",
  roles: READERS,
  body: viewWish,
  response: view,
  status: 201,
  idempotent: true,
  audited: true,
});

export const changeView = route({
  method: "put",
  path: "/views/{view}",
  summary: "Changes one of the caller's own views; wants If-Match",
  roles: READERS,
  body: viewWish,
  response: view,
  versioned: true,
  audited: true,
});

export const removeView = route({
  method: "delete",
  path: "/views/{view}",
  summary: "Deletes one of the caller's own views",
  roles: READERS,
  response: z.null(),
  status: 204,
  audited: true,
});

const DIRECTIONS = ["above", "below"] as const;
const THRESHOLD_GROUPS = ["party", "team", "queue", "channel"] as const;
export type ThresholdGroup = (typeof THRESHOLD_GROUPS)[number];

const MOST_IDS = 100;
const ids = z.array(uuid).max(MOST_IDS).default([]);
const filter = z.object({
  party: ids,
  team: ids,
  queue: ids,
  channel: z.array(z.enum(CHANNELS)).max(CHANNELS.length).default([]),
});
export type ThresholdFilterShape = z.output<typeof filter>;

const thresholdWish = z.object({
  metric: z.string().max(100).describe("id of a metric's definition"),
  direction: z.enum(DIRECTIONS).describe("past it is above, or below; equal is not past"),
  value: z.number().describe("in the metric's own unit; shares 0 to 1, money in major units"),
  grouping: z.enum(THRESHOLD_GROUPS).nullable().default(null).describe("null: all together"),
  days: z.number().int().min(1).max(366).describe("the last so many days there is data for"),
  filter: filter.prefault({}),
});

const threshold = z.object({
  id: uuid,
  metric: z.string(),
  direction: z.enum(DIRECTIONS),
  value: z.number(),
  grouping: z.enum(THRESHOLD_GROUPS).nullable(),
  days: z.number().int(),
  filter,
  party: named.nullable().describe("whose figures alone it looks at; null: everybody's"),
  by: z.string().nullable(),
  changeable,
  changedAt: instant,
  etag,
});
export type ThresholdShape = z.infer<typeof threshold>;

export const thresholds = route({
  method: "get",
  path: "/thresholds",
  summary: "The thresholds of the caller's side",
  roles: WRITERS,
  response: z.object({ rows: z.array(threshold) }),
  rowsKey: "rows",
});

export const addThreshold = route({
  method: "post",
  path: "/thresholds",
  summary: "Sets a threshold; a vendor's looks at its own party alone",
  roles: WRITERS,
  body: thresholdWish,
  response: threshold,
  status: 201,
  idempotent: true,
  audited: true,
});

export const changeThreshold = route({
  method: "put",
  path: "/thresholds/{threshold}",
  summary: "Changes a threshold, by its maker or an administrator; wants If-Match",
  roles: WRITERS,
  body: thresholdWish,
  response: threshold,
  versioned: true,
  audited: true,
});

export const removeThreshold = route({
  method: "delete",
  path: "/thresholds/{threshold}",
  summary: "Deletes a threshold, by its maker or an administrator",
  roles: WRITERS,
  response: z.null(),
  status: 204,
  audited: true,
});

const alert = z.object({
  threshold: uuid,
  metric: z.string(),
  direction: z.enum(DIRECTIONS),
  value: z.number().describe("the threshold"),
  grouping: z.enum(THRESHOLD_GROUPS).nullable(),
  group: z.string().nullable().describe("the group's name or channel; null: nobody's"),
  groupId: z.string().nullable().describe("its id, as filters take it"),
  figure: z.number(),
  currency: z.string().nullable(),
  n: z.number().int().describe("how many the figure rests on"),
  from: day,
  to: day.describe("the day after the last"),
  since: day.describe("the day from which on the figure of so many days was past it"),
  sinceBefore: z.boolean().describe("it was past it earlier still: so far back nobody looked"),
  dismissed: z.boolean().describe("the caller has put it away, and it has not ended since"),
  filter,
});
export type AlertShape = z.infer<typeof alert>;

const thresholdState = z.object({
  threshold: uuid,
  state: z
    .enum(["past", "kept", "too_few", "not_computable"])
    .describe("past: in at least one group; kept: else, in at least one"),
  past: z.number().int(),
  kept: z.number().int(),
  notComputable: z.array(z.string().nullable()).describe("groups without a figure, by name"),
  tooFew: z.array(z.string().nullable()).describe("groups whose figure rests on fewer than 10"),
});
export type ThresholdStateShape = z.infer<typeof thresholdState>;

export const alerts = route({
  method: "get",
  path: "/alerts",
  summary: "Figures past their threshold now, and how every threshold stands",
  roles: WRITERS,
  response: z.object({ rows: z.array(alert), thresholds: z.array(thresholdState) }),
  rowsKey: "rows",
});

const MOST_ALERTS = 5000;

export const dismissAlerts = route({
  method: "post",
  path: "/alerts/dismissals",
  summary: "Puts alerts away for the caller alone, until they have ended and come again",
  roles: WRITERS,
  body: z.strictObject({
    alerts: z
      .array(z.strictObject({ threshold: uuid, groupId: z.string().max(100).nullable() }))
      .min(1)
      .max(MOST_ALERTS),
  }),
  response: z.null(),
  status: 204,
  audited: true,
});
