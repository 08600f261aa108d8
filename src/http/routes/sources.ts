/** Answers about sources. A pull of one is a run of the job that pulls them all. */

import { type PullIdentity, pull } from "../../flows/jobs/pull.ts";
import {
  folderToPull,
  pauseSourceAt,
  type SourceState,
  sourceStates,
} from "../../flows/sources.ts";
import { changeSource, pullSource, type SourceShape, sources } from "../contract/sources.ts";
import { type Mounted, mount } from "../mount.ts";
import { type JobDesk, shapeOfRun } from "./jobs.ts";

const PULL = "pull";

export function sourceRoutes(desk: JobDesk, identity: PullIdentity): readonly Mounted[] {
  return [
    mount(sources, async ({ context }) => {
      const [states, jobs] = await Promise.all([
        sourceStates(context.store, context.now()),
        desk.list(),
      ]);
      const job = jobs.find(({ name }) => name === PULL);
      const schedule = { cron: job?.cron ?? null, next: job?.next[0] ?? null };
      return {
        lastPull: job?.last ? shapeOfRun(job.last) : null,
        sources: states.map((state) => shapeOfSource(state, schedule)),
      };
    }),
    mount(pullSource, async ({ params, context }) => {
      const name = await folderToPull(context.store, params.source ?? "");
      const { run } = await desk.runNow(PULL, (job) => pull(job, identity, name));
      return shapeOfRun(run);
    }),
    mount(changeSource, async ({ params, body, ifMatch, context }) => {
      const at = { id: params.source ?? "", etag: ifMatch };
      const { id, paused, etag } = await pauseSourceAt(context.store, at, body.paused);
      return { id, paused, etag };
    }),
  ];
}

function shapeOfSource(
  { lastBatch, latestArrival, ...state }: SourceState,
  { cron, next }: { readonly cron: string | null; readonly next: Date | null },
): SourceShape {
  const isPulled = state.kind === "folder";
  return {
    ...state,
    schedule: isPulled ? cron : null,
    nextPull: isPulled && !state.paused ? (next?.toISOString() ?? null) : null,
    latestArrival: latestArrival?.toISOString() ?? null,
    lastBatch:
      lastBatch === null
        ? null
        : {
            ...lastBatch,
            startedAt: lastBatch.startedAt.toISOString(),
            finishedAt: lastBatch.finishedAt?.toISOString() ?? null,
          },
  };
}
