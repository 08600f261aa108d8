/** Answers of the timetable. The desk is the process's own timetable, given by main. */

import type { PullContext } from "../../flows/jobs/pull.ts";
import { type JobRun, listRuns } from "../../store/job-runs.ts";
import { type JobRunShape, jobRuns, jobs, startJob, stopJobRun } from "../contract/jobs.ts";
import { type Mounted, mount } from "../mount.ts";

export interface JobDesk {
  readonly list: () => Promise<
    readonly {
      readonly name: string;
      readonly cron: string;
      readonly zone: string;
      readonly catchUp: "latest" | "each" | "record_missed";
      readonly staleAfterSeconds: number;
      readonly next: readonly Date[];
      readonly last: JobRun | null;
    }[]
  >;
  /**
   * A flow that is given does a part of the job's work in its place.
   * @throws FlowError `unknown_job`, `job_running`, `shutting_down`.
   */
  readonly runNow: (
    job: string,
    instead?: (context: PullContext) => Promise<Record<string, unknown>>,
  ) => Promise<{ readonly run: JobRun }>;
  /** @throws FlowError `unknown_run`, `run_not_running`. */
  readonly requestStop: (run: string) => Promise<JobRun>;
}

export function jobRoutes(desk: JobDesk): readonly Mounted[] {
  return [
    mount(jobRuns, async ({ query, context }) => {
      const { rows, next } = await listRuns(context.store.pool, query);
      return { rows: rows.map(shapeOfRun), next };
    }),
    mount(jobs, async () => ({
      jobs: (await desk.list()).map(({ next, last, ...job }) => ({
        ...job,
        next: next.map((slot) => slot.toISOString()),
        last: last === null ? null : shapeOfRun(last),
      })),
    })),
    mount(startJob, async ({ params }) => shapeOfRun((await desk.runNow(params.job ?? "")).run)),
    mount(stopJobRun, async ({ params }) => shapeOfRun(await desk.requestStop(params.run ?? ""))),
  ];
}

export function shapeOfRun(run: JobRun): JobRunShape {
  return {
    ...run,
    scheduledFor: run.scheduledFor.toISOString(),
    startedAt: text(run.startedAt),
    finishedAt: text(run.finishedAt),
    heartbeatAt: text(run.heartbeatAt),
    stopRequestedAt: text(run.stopRequestedAt),
    progress: run.progress === null ? null : { ...run.progress },
    result: run.result === null ? null : { ...run.result },
    error: run.error === null ? null : { ...run.error },
  };
}

function text(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString();
}
