/**
 * The timetable: every job, when it runs, and what becomes of slots that nobody was there for.
 *
 * Intervals run in UTC, where no hour is missing or double; nightly jobs in the site's zone, early
 * in the morning, one after another: tallies are checked before their quality is judged, and old
 * rows go last. The catch-up rules are explained in catch-up.ts.
 */

import type { Store } from "../store/connection.ts";
import type { CatchUp } from "./catch-up.ts";

/**
 * What a job's flow is given. It looks at `signal` between steps, never within one, and leaves by
 * `signal.throwIfAborted()`; one that returns is done, whatever the signal says.
 */
export interface JobContext {
  readonly store: Store;
  readonly now: () => Date;
  /**
   * The slot that is run, which may be earlier than now; of a run by hand, when it was asked for.
   */
  readonly scheduledFor: Date;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, label: string) => void;
}

export type JobFlow = (context: JobContext) => Promise<Record<string, unknown>>;

/** The use cases behind the jobs, given by main. */
export interface JobFlows {
  readonly pull: JobFlow;
  readonly tally: JobFlow;
  readonly quality: JobFlow;
  readonly dispatchSweep: JobFlow;
  readonly retention: JobFlow;
}

export interface Job {
  readonly name: string;
  readonly cron: string;
  /** IANA zone of the cron expression. */
  readonly zone: string;
  readonly catchUp: CatchUp;
  /** A run with no sign of life for so long is taken for dead. */
  readonly staleAfterSeconds: number;
  readonly run: JobFlow;
}

export function timetable(flows: JobFlows, siteZone: string): readonly Job[] {
  const interval = { zone: "UTC", staleAfterSeconds: 60 } as const;
  const nightly = { zone: siteZone, staleAfterSeconds: 60, catchUp: "latest" } as const;
  return [
    { ...interval, name: "pull", cron: "*/5 * * * *", catchUp: "latest", run: flows.pull },
    { ...nightly, name: "tally", cron: "30 2 * * *", run: flows.tally },
    { ...nightly, name: "quality", cron: "0 3 * * *", run: flows.quality },
    {
      ...interval,
      name: "dispatch-sweep",
      cron: "*/30 * * * * *",
      catchUp: "record_missed",
      run: flows.dispatchSweep,
    },
    { ...nightly, name: "retention", cron: "30 3 * * *", run: flows.retention },
  ];
}
