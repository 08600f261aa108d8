/** The timetable and its ledger: what runs when, how it went, starting and stopping by hand. */

import { z } from "zod";
import { instant, route, uuid } from "./route.ts";

export const jobRun = z.object({
  id: uuid,
  job: z.string(),
  scheduledFor: instant.describe("the slot; of a run by hand the moment it was asked for"),
  state: z.enum(["running", "done", "failed", "stopped", "missed", "interrupted"]),
  reason: z.enum(["scheduled", "catch_up", "by_hand"]),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  owner: z.string().nullable().describe("the process that runs it"),
  heartbeatAt: instant.nullable(),
  stopRequestedAt: instant.nullable(),
  progress: z
    .object({ done: z.number(), total: z.number(), label: z.string() })
    .nullable()
    .describe("as last written, about once a second"),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z
    .object({ code: z.string(), message: z.string(), attempts: z.number().int().optional() })
    .nullable(),
});
export type JobRunShape = z.infer<typeof jobRun>;

export const jobRuns = route({
  method: "get",
  path: "/job-runs",
  summary: "Every slot and every run by hand, latest first, a page at a time",
  roles: ["administrator", "manager", "planner"],
  query: z.object({
    job: z.string().optional(),
    state: jobRun.shape.state.optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  response: z.object({ rows: z.array(jobRun), next: z.string().nullable() }),
});

export const jobs = route({
  method: "get",
  path: "/jobs",
  summary: "The timetable: each job, its next slots and its last run",
  roles: ["administrator", "manager", "planner"],
  response: z.object({
    jobs: z.array(
      z.object({
        name: z.string(),
        cron: z.string(),
        zone: z.string(),
        catchUp: z.enum(["latest", "each", "record_missed"]),
        staleAfterSeconds: z.number().int(),
        next: z.array(instant),
        last: jobRun.nullable(),
      }),
    ),
  }),
});

export const startJob = route({
  method: "post",
  audited: true,
  path: "/jobs/{job}/runs",
  summary: "Runs a job now; 409 while it is running",
  roles: ["administrator", "planner"],
  response: jobRun,
  status: 202,
  idempotent: true,
});

export const stopJobRun = route({
  method: "post",
  audited: true,
  path: "/job-runs/{run}/stop",
  summary: "Asks a run to stop after its step; 409 where it has ended",
  roles: ["administrator", "planner"],
  response: jobRun,
  status: 202,
});
