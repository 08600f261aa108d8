/** Studies of spread: did people come to perform more alike since their assistant came? */

import { z } from "zod";
import { SPREAD_METRICS } from "./reading.ts";
import { day, route } from "./route.ts";

const figure = z.number().nullable();

const interval = z
  .object({
    low: figure.describe("null: no bound, the spread may have risen by any amount"),
    high: z.number(),
  })
  .nullable();

const period = z.object({
  agents: z.number().int(),
  tooFew: z.number().int().describe("left out: their figure rests on too little"),
  mean: figure,
  rawStandardDeviation: figure,
  correctedStandardDeviation: figure.describe("without sampling noise, each agent once"),
  correctedVariance: figure.describe("may be negative: not distinguishable from none"),
  remlStandardDeviation: figure.describe("one-way random effects, each contact once"),
  splitHalfVariance: figure.describe("what two random halves of an agent's days share"),
  reliability: figure,
});

const change = z.object({
  rawReduction: figure,
  reduction: figure.describe("of the standard deviation, without sampling noise"),
  interval,
});

const arm = z.object({ before: period, after: period, change });

const range = z.object({ from: day, to: day.describe("the day after the last") });

export const spreadStudy = route({
  method: "get",
  path: "/studies/spread",
  summary: "Before against after for those who got an assistant, net of those who have none",
  roles: ["administrator", "manager", "planner"],
  query: z
    .object({
      metric: z.enum(SPREAD_METRICS),
      beforeFrom: day.optional().describe("first day; all days until most got their assistant"),
      beforeTo: day.optional().describe("the day after the last"),
      afterFrom: day.optional().describe("first day; from the day on which most got it"),
      afterTo: day.optional(),
      seed: z.coerce.number().int().min(0).default(1).describe("of the draws"),
    })
    .refine(({ beforeFrom, beforeTo }) => (beforeFrom === undefined) === (beforeTo === undefined), {
      path: ["beforeTo"],
      message: "a day with beforeFrom, and none without",
    })
    .refine(({ afterFrom, afterTo }) => (afterFrom === undefined) === (afterTo === undefined), {
      path: ["afterTo"],
      message: "a day with afterFrom, and none without",
    }),
  response: z.object({
    metric: z.enum(SPREAD_METRICS),
    unit: z.string(),
    before: range,
    after: range,
    seed: z.number().int(),
    draws: z.number().int(),
    verdict: z.enum([
      "suppressed",
      "not_estimable",
      "no_change_shown",
      "change_shown",
      "claim_grade",
    ]),
    sentence: z.object({ en: z.string(), zh: z.string() }),
    treatedEarlier: z.number().int().describe("had an assistant before, and are in neither arm"),
    treated: arm,
    control: arm.nullable(),
    net: z.object({ reduction: figure, interval }).nullable(),
    composition: z
      .object({
        before: z.number(),
        stayers: z.number(),
        joiners: z.number(),
        leavers: z.number(),
        after: z.number(),
        stayed: z.number().int(),
        joined: z.number().int(),
        left: z.number().int(),
      })
      .nullable()
      .describe("of the variance without noise; adds up exactly"),
    fifths: z
      .array(
        z.object({
          fifth: z.number().int(),
          agents: z.number().int(),
          before: z.number(),
          after: z.number(),
        }),
      )
      .readonly()
      .nullable()
      .describe("ranked by one half of the days before, measured by the other"),
    cuts: z
      .array(z.object({ day, reduction: figure }))
      .readonly()
      .describe("the same at earlier days"),
    cutShare: figure.describe("share of the cuts, this one included, with as large a change"),
  }),
});
