/** What the dashboards read. `null` means it cannot be computed, 0 a computed zero. */

import { z } from "zod";
import { REPEAT_WINDOWS, type RepeatWindow } from "../../domain/shared/tally.ts";
import {
  CHANNELS,
  CONTACT_OUTCOMES,
  GROUPINGS,
  type Grouping,
  ROLES,
} from "../../domain/shared/vocabulary.ts";
import { day, filterQuery, instant, list, READERS, route, uuid } from "./route.ts";

/** The most rows by agent of one answer, and the most agents of one list. A file has them all. */
export const MOST_ROWS = 20_000;

const named = z.object({ id: uuid, name: z.string() });
/** Very many agents are not all listed: those are who handled most. A figure over them counts all. */
const cut = z
  .object({ listed: z.number().int(), of: z.number().int() })
  .nullable()
  .describe("agents listed, those who handled most, and how many there are; null: all are listed");
const figure = z.number().nullable();

export const session = route({
  method: "get",
  path: "/session",
  summary: "Who is signed in and what they may do",
  roles: READERS,
  response: z.object({
    name: z.string(),
    role: z.enum(ROLES),
    party: named.nullable(),
    agent: named.nullable(),
    seesNames: z.boolean().describe("agents by their names; else by lasting pseudonyms"),
    expiresAt: instant,
  }),
});

export const dimensions = route({
  method: "get",
  path: "/dimensions",
  summary: "What one can filter by, and the days there is data for",
  roles: READERS,
  response: z.object({
    zone: z.string().describe("IANA zone that days and hours are made in"),
    firstDay: day.nullable(),
    lastDay: day.nullable(),
    countedTo: instant.nullable().describe("arrival of the latest contact"),
    rejectedToday: z.number().int(),
    assistantsCame: z
      .boolean()
      .describe("to somebody, after the first day there is data for: there can be a study"),
    parties: z.array(named.extend({ kind: z.enum(["client", "vendor"]) })),
    teams: z.array(named.extend({ partyId: uuid })),
    queues: z.array(named),
    channels: z.array(z.enum(CHANNELS)),
  }),
});

/** One interval of a figure: the figure, the bounds of its interval, and how many it rests on. */
export const estimate = z.object({
  value: figure,
  low: figure,
  high: figure,
  n: z.number().int(),
  suppressed: z.boolean().describe("too few to say: value, low and high are null"),
});
export type Estimate = z.infer<typeof estimate>;

/** Named here for the dashboards, which know nothing but the contract. */
export type MetricGroup = Grouping;

export const metrics = route({
  method: "get",
  path: "/metrics",
  summary: "The metrics of each group",
  roles: READERS,
  query: filterQuery.extend({
    by: z
      .string()
      .default("")
      .transform((text) => text.split(",").filter((part) => part !== ""))
      .pipe(z.array(z.enum(GROUPINGS)).max(4)),
    asOf: day
      .optional()
      .describe("the day until which repeats could be seen; today where not said"),
    threshold: z.coerce.number().int().default(20).describe("seconds of the service level"),
  }),
  response: z.object({
    from: day,
    to: day,
    zone: z.string(),
    definitions: z.record(z.string(), z.number().int()).describe("metric id to version"),
    cut,
    rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  }),
  rowsKey: "rows",
});

export const metricDefinition = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.object({ en: z.string(), zh: z.string() }),
  formula: z.object({ en: z.string(), zh: z.string() }),
  unit: z.string(),
  population: z.object({ en: z.string(), zh: z.string() }),
  window: z.object({ en: z.string(), zh: z.string() }),
  nullMeans: z.object({ en: z.string(), zh: z.string() }),
  source: z.string(),
});

export const definitions = route({
  method: "get",
  path: "/metrics/definitions",
  summary: "Every metric in words, with its version",
  roles: READERS,
  response: z.object({ definitions: z.array(metricDefinition) }),
});

export const SPREAD_METRICS = [
  "casesPerHour",
  "casesPerHourOnTask",
  "satisfactionMean",
  "meanHandleSeconds",
  "firstContactResolution",
] as const;

const spreadFigure = z.object({
  agents: z.number().int(),
  rawStandardDeviation: figure,
  correctedStandardDeviation: figure.describe("method of moments; null where not estimable"),
  correctedVariance: figure.describe("kept when negative: not distinguishable from none"),
  reliability: figure,
  mean: figure,
  suppressed: z.boolean(),
});

export const spread = route({
  method: "get",
  path: "/spread",
  summary: "The spread of a metric between agents: now, by week, and each agent with its interval",
  roles: ["administrator", "manager", "planner", "vendor"],
  query: filterQuery.extend({ metric: z.enum(SPREAD_METRICS) }),
  response: z.object({
    metric: z.enum(SPREAD_METRICS),
    unit: z.string(),
    overall: spreadFigure,
    weeks: z.array(spreadFigure.extend({ week: day })),
    cut,
    agents: z.array(
      estimate.extend({
        agent: uuid,
        name: z.string(),
        party: z.string().nullable(),
        kind: z.enum(["human", "ai"]),
        shrunken: figure,
      }),
    ),
    adoptions: z.array(z.object({ day, assistant: z.string(), agents: z.number().int() })),
  }),
  rowsKey: "agents",
});

export const volume = route({
  method: "get",
  path: "/volume",
  summary: "Contacts, load and service by weekday and quarter of an hour, as means over the days",
  roles: READERS,
  query: filterQuery.extend({ threshold: z.coerce.number().int().default(20) }),
  response: z.object({
    zone: z.string(),
    intervalMinutes: z.literal(15),
    rows: z.array(
      z.object({
        weekday: z.number().int().describe("1 Monday to 7 Sunday"),
        minute: z.number().int().describe("of the local day"),
        days: z.number().int().describe("days of the period that are this weekday"),
        offered: z.number(),
        handled: z.number(),
        loadErlangs: figure.describe("offered × mean handle time ÷ interval"),
        serviceLevel: figure,
        averageSpeedOfAnswerSeconds: figure,
      }),
    ),
  }),
  rowsKey: "rows",
});

export const quality = route({
  method: "get",
  path: "/quality",
  summary: "What looks wrong in the data that was taken, and why rows were not taken",
  roles: ["administrator", "manager", "planner"],
  response: z.object({
    findings: z.array(
      z.object({
        source: z.string(),
        code: z.string(),
        day: day.nullable(),
        agent: z.string().nullable(),
        queue: z.string().nullable(),
        count: z.number().int(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    rejects: z.array(
      z.object({
        source: z.string(),
        code: z.string(),
        field: z.string(),
        count: z.number().int(),
      }),
    ),
    batches: z.array(
      z.object({
        id: uuid,
        source: z.string(),
        file: z.string(),
        state: z.enum(["running", "done", "failed", "interrupted"]),
        startedAt: instant,
        finishedAt: instant.nullable(),
        rows: z.number().int(),
        accepted: z.number().int(),
        duplicates: z.number().int(),
        replaced: z.number().int(),
        rejected: z.number().int(),
      }),
    ),
  }),
});

const yesOrNo = z.enum(["true", "false"]).transform((text) => text === "true");
const seconds = z.coerce.number().int().min(0).max(86_400);
/** Days after a contact in which another of its customer is a repeat. */
const repeatWindow = z.coerce
  .number()
  .int()
  .refine((days) => REPEAT_WINDOWS.some((known) => known === days), {
    message: `one of ${REPEAT_WINDOWS.join(", ")} days`,
  })
  .transform((days) => days as RepeatWindow);

/** Which contacts a mark of a chart stands for, besides the filter bar. All of it must hold. */
const markQuery = z.object({
  outcome: list(z.enum(CONTACT_OUTCOMES)).optional(),
  weekday: z.coerce.number().int().min(1).max(7).optional().describe("1 Monday to 7 Sunday"),
  minute: z.coerce
    .number()
    .int()
    .min(0)
    .max(1425)
    .multipleOf(15)
    .optional()
    .describe("of the local day: the start of the quarter of an hour in which it arrived"),
  assisted: yesOrNo.optional().describe("with an assistant's help"),
  transferred: yesOrNo.optional(),
  waitWithin: seconds.optional().describe("waited at most so many seconds"),
  waitOver: seconds.optional().describe("waited more than so many seconds"),
  surveyed: yesOrNo.optional().describe("with an answered survey"),
  complained: yesOrNo.optional().describe("with a complaint"),
  acted: yesOrNo.optional().describe("with an outcome reported, verified or not"),
  verified: yesOrNo.optional().describe("with an outcome that was verified"),
  judgedWithin: repeatWindow
    .optional()
    .describe(
      "handled for a known customer, and so many days have passed: judged as resolved or not",
    ),
  repeatedWithin: repeatWindow
    .optional()
    .describe("of those the ones whose customer came again within so many days: not resolved"),
  withoutParty: yesOrNo.optional().describe("of no party: no agent, or one without a team then"),
  asOf: day.optional().describe("the day until which repeats could be seen; today where not said"),
});

/** One page of the rows behind a figure. */
export const contacts = route({
  method: "get",
  path: "/contacts",
  summary: "The contacts a figure was counted from, by arrival, a page at a time",
  roles: READERS,
  query: filterQuery.extend(markQuery.shape).extend({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: z.object({
    rows: z.array(
      z.object({
        source: z.string(),
        externalId: z.string(),
        arrivedAt: instant,
        localDay: day,
        channel: z.enum(CHANNELS),
        queue: z.string().nullable(),
        agent: z.string().nullable(),
        outcome: z.string(),
        waitSeconds: z.number().int(),
        handleSeconds: z.number().int(),
        transferred: z.boolean(),
        assisted: z.boolean(),
        file: z.string().describe("the file it came from"),
        line: z
          .number()
          .int()
          .nullable()
          .describe("the line of the file; null where it is not known"),
      }),
    ),
    next: z.string().nullable(),
    total: z
      .object({
        count: z.number().int(),
        more: z.boolean().describe("there are more: counting stopped here"),
      })
      .nullable()
      .describe("of all pages; null on those after the first"),
  }),
  rowsKey: "rows",
});
