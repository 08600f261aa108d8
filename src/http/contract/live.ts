/** The live picture: one snapshot, and the same snapshot again over server-sent events as it changes. */

import { z } from "zod";
import { POOLS } from "../../domain/shared/vocabulary.ts";
import { instant, READERS, route, uuid } from "./route.ts";

/** The most agents of a snapshot. All who are signed on are counted in its pools. */
export const MOST_LIVE_AGENTS = 2000;

export const liveSnapshot = z.object({
  at: instant,
  queues: z.array(
    z.object({
      id: uuid.nullable(),
      name: z.string(),
      waiting: z.number().int(),
      oldestWaitingSeconds: z.number().nullable(),
      overdue: z.number().int().describe("waiting past their deadline"),
      inWork: z.number().int(),
      doneLastHour: z.number().int(),
      doneByMinute: z.array(z.number().int()).describe("the last 60 minutes, oldest first"),
    }),
  ),
  pools: z.array(
    z.object({
      pool: z.enum(POOLS),
      signedOn: z.number().int(),
      free: z.number().int(),
      working: z.number().int(),
      aux: z.number().int(),
    }),
  ),
  agents: z
    .array(
      z.object({
        id: uuid,
        name: z.string(),
        kind: z.enum(["human", "ai"]),
        pool: z.enum(POOLS),
        state: z.enum(["free", "offered", "working", "aux"]),
        inWork: z.number().int(),
        capacity: z.number().int(),
      }),
    )
    .describe("the first by name; the pools tell how many there are"),
  assignments: z
    .array(
      z.object({
        id: uuid,
        task: uuid,
        kind: z.string(),
        queue: z.string().nullable(),
        agent: z.string(),
        pool: z.enum(POOLS).nullable(),
        state: z.enum(["offered", "accepted", "done", "returned", "expired"]),
        at: instant,
        why: z.record(z.string(), z.unknown()),
      }),
    )
    .describe("the latest 50, newest first"),
});
export type LiveSnapshot = z.infer<typeof liveSnapshot>;

export const live = route({
  method: "get",
  path: "/live",
  summary: "Queues, agents and assignments as they stand",
  roles: READERS,
  response: liveSnapshot,
});

/** `GET /live/events` answers `text/event-stream`: event `snapshot`, data a liveSnapshot. */
export const LIVE_EVENTS_PATH = "/live/events";
