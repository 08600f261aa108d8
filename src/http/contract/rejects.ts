/** Rows that were not taken: browsed by reason, and tried again under a mapping put right. */

import { z } from "zod";
import { instant, route, uuid } from "./route.ts";

const filter = {
  code: z.string().min(1).max(200).optional().describe("the reason"),
  field: z.string().min(1).max(200).optional(),
};

export const rejects = route({
  method: "get",
  path: "/rejects",
  summary: "Rows that were not taken, each with its reason, by import and line, a page at a time",
  roles: ["administrator", "manager", "planner"],
  query: z.object({
    source: uuid.optional(),
    ...filter,
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: z.object({
    rows: z.array(
      z.object({
        source: z.string(),
        file: z.string(),
        line: z.number().int(),
        code: z.string(),
        field: z.string(),
        value: z.string(),
        expected: z.string(),
        raw: z.string().describe("the row as it stands in the file"),
        rejectedAt: instant,
      }),
    ),
    next: z.string().nullable(),
  }),
  rowsKey: "rows",
});

const count = z.number().int();

/** So many rows are read in a few seconds. */
const MOST_ROWS_A_REQUEST = 20_000;

export const retryRejects = route({
  method: "post",
  audited: true,
  idempotent: true,
  path: "/sources/{source}/rejects/retry",
  summary:
    "Reads rejected rows again under a changed mapping, so many at a time; 409 while the source is imported",
  roles: ["administrator", "planner"],
  body: z.strictObject({
    mapping: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("that of the source where it is not said; none where its `retry` is as_they_are"),
    ...filter,
    cursor: z.string().optional().describe("`next` of the portion before, the rest as in that"),
    limit: z.number().int().min(1).max(MOST_ROWS_A_REQUEST).default(MOST_ROWS_A_REQUEST),
    dryRun: z.boolean().default(false).describe("changes nothing, and says what would change"),
    save: z.boolean().default(false).describe("keeps the mapping, with the last portion"),
  }),
  response: z.object({
    rows: count.describe("accepted + duplicates + replaced + rejected"),
    accepted: count,
    duplicates: count,
    replaced: count,
    rejected: count,
    reasons: z
      .array(z.object({ code: z.string(), field: z.string(), expected: z.string(), count }))
      .describe("why those that stay cannot be taken"),
    rejects: z
      .array(
        z.object({
          line: count,
          code: z.string(),
          field: z.string(),
          value: z.string(),
          expected: z.string(),
          raw: z.string(),
        }),
      )
      .describe("the first that stay"),
    saved: z.boolean(),
    open: count.nullable().describe("rows to be read in all; said with the first portion"),
    next: z.string().nullable().describe("the cursor of the next portion; null after the last"),
  }),
});
