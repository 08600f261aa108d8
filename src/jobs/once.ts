/**
 * Runs the whole timetable once, job after job in its order, as the first start on an empty store
 * does. Each is a run by hand in the ledger, so the timetable catches up from there.
 */

import type { JobRun, RunProgress } from "../store/job-runs.ts";
import { executeRun } from "./execute.ts";
import type { TimetableOptions } from "./runner.ts";
import { takeByHand, uniqueOwner } from "./take.ts";

export type OnceProgress =
  | { readonly at: "started"; readonly job: string; readonly index: number; readonly of: number }
  | ({ readonly at: "progress"; readonly job: string } & RunProgress)
  | { readonly at: "finished"; readonly job: string; readonly run: JobRun };

export interface OnceOptions extends Omit<TimetableOptions, "clock"> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: OnceProgress) => void;
}

/**
 * The runs as they ended, in order: one that failed does not keep the next from running, one
 * stopped by `signal` is the last. @throws FlowError `job_running` where another process runs the
 * job.
 */
export async function runWholeTimetableOnce(options: OnceOptions): Promise<readonly JobRun[]> {
  const { jobs, signal, heartbeatMs = 1000 } = options;
  const tell = options.onProgress ?? (() => {});
  const onError = options.onError ?? (() => {});
  const taker = { ...options, owner: uniqueOwner(options.owner), underWay: new Set<string>() };
  const runs: JobRun[] = [];
  for (const [index, job] of jobs.entries()) {
    if (signal?.aborted) break;
    tell({ at: "started", job: job.name, index, of: jobs.length });
    const run = await takeByHand(taker, job);
    const ended = await executeRun({
      ...options,
      job,
      run,
      heartbeatMs,
      onError,
      shutdown: signal,
      onProgress: (progress) => tell({ at: "progress", job: job.name, ...progress }),
    });
    tell({ at: "finished", job: job.name, run: ended });
    runs.push(ended);
  }
  return runs;
}
