/** Jobs for tests: a clock moved by hand, flows that wait for the test, runs told in one line. */

import type { Job, JobContext } from "../../src/jobs/timetable.ts";
import type { Store } from "../../src/store/connection.ts";
import type { JobRun } from "../../src/store/job-runs.ts";

export interface HandClock {
  readonly now: () => Date;
  readonly set: (time: string) => void;
}

export function handClock(time: string): HandClock {
  let at = new Date(time);
  return {
    now: () => at,
    set: (to) => {
      at = new Date(to);
    },
  };
}

export function job(parts: Partial<Job> & Pick<Job, "name">): Job {
  return {
    cron: "*/5 * * * *",
    zone: "UTC",
    catchUp: "latest",
    staleAfterSeconds: 60,
    run: async () => ({}),
    ...parts,
  };
}

export interface Gate<T> {
  readonly reached: Promise<T>;
  readonly reach: (value: T) => void;
}

/** A promise that the other side keeps. */
export function gate<T>(): Gate<T> {
  let reach: (value: T) => void = () => undefined;
  const reached = new Promise<T>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}

/** A flow that says when it has begun and ends when the test lets it. */
export function heldFlow(): {
  readonly run: (context: JobContext) => Promise<Record<string, unknown>>;
  readonly begun: Promise<JobContext>;
  readonly letGo: (result: Record<string, unknown>) => void;
} {
  const begun = gate<JobContext>();
  const end = gate<Record<string, unknown>>();
  const run = (context: JobContext) => {
    begun.reach(context);
    return end.reached;
  };
  return { run, begun: begun.reached, letGo: end.reach };
}

/** Resolves when the signal fires, with its reason. */
export function aborted(signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return Promise.resolve(signal.reason);
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(signal.reason), { once: true });
  });
}

/** The ledger of a job, oldest first: "10:05 done catch_up". */
export async function ledgerOf(store: Store, name: string): Promise<readonly string[]> {
  const { rows } = await store.pool.query<Pick<JobRun, "scheduledFor" | "state" | "reason">>(
    `select scheduled_for as "scheduledFor", state, reason from job_run where job = $1
    order by scheduled_for, id`,
    [name],
  );
  return rows.map(
    ({ scheduledFor, state, reason }) =>
      `${scheduledFor.toISOString().slice(11, 16)} ${state} ${reason}`,
  );
}
