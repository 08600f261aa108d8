/**
 * One job's lane in this process: runs what the job owes, one run after another, until it owes
 * nothing. It is woken by the timetable, and again by itself after each run: slots that came due
 * meanwhile are decided then. Nothing it meets is thrown at whoever woke it.
 */

import { conflict } from "../flows/errors.ts";
import type { JobRun } from "../store/job-runs.ts";
import { executeRun } from "./execute.ts";
import { type Taker, takeByHand, takeNext } from "./take.ts";
import type { Job, JobFlow } from "./timetable.ts";

export interface LaneOptions extends Omit<Taker, "underWay"> {
  readonly job: Job;
  readonly shutdown: AbortSignal;
  readonly heartbeatMs: number;
  readonly onError: (error: unknown, job: string) => void;
}

export interface StartedRun {
  readonly run: JobRun;
  /** The run as it ended. */
  readonly finished: Promise<JobRun>;
}

export interface Lane {
  /** Resolves when the job owes nothing more. */
  readonly wake: () => Promise<void>;
  /**
   * By hand, and where a flow is given, that one in place of the job's own: a part of its work.
   * @throws FlowError `job_running`, `shutting_down`.
   */
  readonly runNow: (instead?: JobFlow) => Promise<StartedRun>;
  /** Resolves when nothing of the job runs in this process. */
  readonly idle: () => Promise<void>;
}

export function makeLane(options: LaneOptions): Lane {
  const { job, shutdown, onError } = options;
  const underWay = new Set<string>();
  const byHand = new Set<Promise<unknown>>();
  const taker: Taker = { ...options, underWay };
  const since = options.now();
  let draining: Promise<void> | null = null;
  let woken = false;

  const execute = async (run: JobRun, instead: JobFlow = job.run): Promise<JobRun> => {
    underWay.add(run.id);
    try {
      return await executeRun({ ...options, job: { ...job, run: instead }, run });
    } finally {
      underWay.delete(run.id);
    }
  };
  const drain = async () => {
    try {
      while (woken && !shutdown.aborted) {
        woken = false;
        const run = await takeNext(taker, job, since);
        if (run === null) continue;
        await execute(run);
        woken = true;
      }
    } catch (error) {
      onError(error, job.name);
    } finally {
      draining = null;
    }
  };
  const wake = async (): Promise<void> => {
    if (shutdown.aborted) return;
    woken = true;
    draining ??= drain();
    await draining;
  };
  const runNow = async (instead?: JobFlow): Promise<StartedRun> => {
    if (shutdown.aborted) throw conflict("shutting_down", "the process is shutting down");
    const started = takeByHand(taker, job).then((run) => ({
      run,
      finished: execute(run, instead),
    }));
    const settled = started
      .then(
        ({ finished }) => finished.then(wake, (error) => onError(error, job.name)),
        () => undefined,
      )
      .finally(() => byHand.delete(settled));
    byHand.add(settled);
    return started;
  };
  const idle = async () => {
    while (draining !== null || byHand.size > 0) await Promise.all([draining, ...byHand]);
  };
  return { wake, runNow, idle };
}
