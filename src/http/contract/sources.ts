/** Where rows come from: how each source stands, pulling one now, pausing it. */

import { z } from "zod";
import { jobRun } from "./jobs.ts";
import { instant, route, uuid } from "./route.ts";

/** As the quality report. */
const READING = ["administrator", "manager", "planner"] as const;
const WRITING = ["administrator", "planner"] as const;

const source = z.object({
  id: uuid,
  name: z.string(),
  kind: z.enum(["file", "folder"]),
  place: z.string().nullable().describe("the folder that is looked into"),
  format: z.string().describe("empty before its first import"),
  zone: z.string(),
  schedule: z.string().nullable().describe("cron of the pull; null where nothing is pulled"),
  paused: z.boolean(),
  etag: z.string().describe("its version: what If-Match wants when it is changed"),
  lastBatch: z
    .object({
      id: uuid,
      file: z.string(),
      state: z.enum(["running", "done", "failed", "interrupted"]),
      startedAt: instant,
      finishedAt: instant.nullable(),
    })
    .nullable(),
  nextPull: instant.nullable().describe("null for what is paused or no folder"),
  latestArrival: instant.nullable().describe("of its contacts"),
  lagSeconds: z.number().int().nullable().describe("from the latest arrival to now"),
  rows: z.number().int().describe("rows that were new when they came"),
  rejects: z.number().int().describe("rows not taken, and not taken since"),
  findings: z.number().int(),
  retry: z
    .enum(["by_mapping", "as_they_are", "not_alone", "whole_file"])
    .nullable()
    .describe("how its rejected rows can be tried again; the last two: not at all"),
  mapping: z.unknown().describe("null where its format wants none"),
});
export type SourceShape = z.input<typeof source>;

export const sources = route({
  method: "get",
  path: "/sources",
  summary:
    "Every source with its latest import, its next pull, how far behind it is and what it lost",
  roles: READING,
  response: z.object({
    lastPull: jobRun.nullable().describe("the run that last looked into the folders"),
    sources: z.array(source),
  }),
  rowsKey: "sources",
});

export const pullSource = route({
  method: "post",
  audited: true,
  path: "/sources/{source}/pull",
  summary: "Looks into the folder of one source now; 409 while folders are being pulled",
  roles: WRITING,
  response: jobRun,
  status: 202,
  idempotent: true,
});

export const changeSource = route({
  method: "patch",
  audited: true,
  path: "/sources/{source}",
  summary: "Pauses or resumes a source; wants If-Match with its etag",
  roles: WRITING,
  body: z.strictObject({ paused: z.boolean() }),
  response: z.object({ id: uuid, paused: z.boolean(), etag: z.string() }),
  versioned: true,
});
