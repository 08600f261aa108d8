/**
 * Keeps the timetable: node-cron wakes each job's lane at its slots, the ledger says what is owed.
 *
 * node-cron is only the clock. It skips what a local clock jumps over and what a sleeping machine
 * missed, so every job is woken once a minute besides, and once at the start; being woken for
 * nothing costs one query. Any number of processes may keep the same timetable on one database.
 */

import { createTask, type ScheduledTask } from "node-cron";
import { validate as isUuid } from "uuid";
import { conflict, notFound } from "../flows/errors.ts";
import type { Store } from "../store/connection.ts";
import { type JobRun, readLastRuns, readRun, requestStop } from "../store/job-runs.ts";
import { parseCron } from "./cron.ts";
import { type Lane, makeLane, type StartedRun } from "./lane.ts";
import { nextSlots } from "./slots.ts";
import { uniqueOwner } from "./take.ts";
import type { Job, JobFlow } from "./timetable.ts";

/** Calls `wake` at the slots of an expression until it is stopped. */
export type StartClock = (cron: string, zone: string, wake: () => Promise<void>) => () => void;

export interface TimetableOptions {
  readonly store: Store;
  readonly jobs: readonly Job[];
  readonly now: () => Date;
  /** The process as the list of runs names it, such as host:pid; chance is added to it. */
  readonly owner: string;
  /** `none`: no slot is run here, only what is started by hand. */
  readonly clock?: StartClock | "none";
  readonly heartbeatMs?: number;
  /** Told of runs that failed and of ledgers that could not be read. */
  readonly onError?: (error: unknown, job: string) => void;
}

export interface JobSummary extends Omit<Job, "run"> {
  readonly next: readonly Date[];
  readonly last: JobRun | null;
}

export interface Timetable {
  /** Resolves when what was owed at the start has been run. */
  readonly caughtUp: Promise<void>;
  readonly list: () => Promise<readonly JobSummary[]>;
  /**
   * A flow that is given does a part of the job's work in its place.
   * @throws FlowError `unknown_job`, `job_running`, `shutting_down`.
   */
  readonly runNow: (job: string, instead?: JobFlow) => Promise<StartedRun>;
  /** Wherever the run is. @throws FlowError `unknown_run`, `run_not_running`. */
  readonly requestStop: (run: string) => Promise<JobRun>;
  /**
   * Starts no more runs, tells those under way to leave after their step, and waits for them. The
   * store may be closed when it resolves.
   */
  readonly stop: () => Promise<void>;
}

const SHOWN_SLOTS = 3;
const EVERY_MINUTE = "* * * * *";
const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

export function startTimetable(options: TimetableOptions): Timetable {
  const { store, jobs, now, clock = nodeCron, heartbeatMs = 1000, onError = () => {} } = options;
  const shutdown = new AbortController();
  const owner = uniqueOwner(options.owner);
  const lanes = new Map<string, Lane>();
  for (const job of jobs) {
    const lane = { store, now, owner, job, shutdown: shutdown.signal, heartbeatMs, onError };
    lanes.set(job.name, makeLane(lane));
  }
  const stopClocks = clock === "none" ? [] : startClocks(clock, jobs, lanes);
  const caughtUp = clock === "none" ? Promise.resolve() : catchUp(lanes.values());
  return {
    caughtUp,
    list: () => summaries(store, jobs, now()),
    runNow: async (name, instead) => {
      const lane = lanes.get(name);
      if (lane === undefined) throw notFound("unknown_job", `no job is called ${name}`);
      return lane.runNow(instead);
    },
    requestStop: (run) => stopRun(store, run, now()),
    stop: async () => {
      for (const stopClock of stopClocks) stopClock();
      shutdown.abort();
      await Promise.all([...lanes.values()].map((lane) => lane.idle()));
    },
  };
}

function startClocks(
  clock: StartClock,
  jobs: readonly Job[],
  lanes: ReadonlyMap<string, Lane>,
): readonly (() => void)[] {
  const wakeAll = async () => {
    await Promise.all([...lanes.values()].map((lane) => lane.wake()));
  };
  const own = jobs.map(({ name, cron, zone }) =>
    clock(cron, zone, () => lanes.get(name)?.wake() ?? Promise.resolve()),
  );
  return [...own, clock(EVERY_MINUTE, "UTC", wakeAll)];
}

/** In the order of the timetable, one after another: a start is busy enough. */
async function catchUp(lanes: Iterable<Lane>): Promise<void> {
  for (const lane of lanes) await lane.wake();
}

async function summaries(
  store: Store,
  jobs: readonly Job[],
  now: Date,
): Promise<readonly JobSummary[]> {
  const last = await readLastRuns(
    store.pool,
    jobs.map((job) => job.name),
  );
  return jobs.map(({ run: _, ...job }) => ({
    ...job,
    next: nextSlots(parseCron(job.cron), job.zone, {
      after: now.getTime(),
      count: SHOWN_SLOTS,
    }).map((slot) => new Date(slot)),
    last: last.get(job.name) ?? null,
  }));
}

async function stopRun(store: Store, id: string, now: Date): Promise<JobRun> {
  const known = isUuid(id) ? await readRun(store.pool, id) : null;
  if (known === null) throw notFound("unknown_run", `no run has the id ${id}`);
  const asked = await requestStop(store.pool, { run: id, now });
  if (asked === null) throw conflict("run_not_running", `the run ${id} is not running`);
  return asked;
}

/**
 * The wake is not handed to node-cron to wait for: lanes see to overlaps themselves, across
 * processes, and node-cron's own noOverlap would let the wake of a slot fall through while another
 * run ends.
 */
function nodeCron(cron: string, zone: string, wake: () => Promise<void>): () => void {
  const task: ScheduledTask = createTask(cron, () => void wake(), {
    timezone: zone,
    logger: silent,
    suppressMissedWarning: true,
  });
  void task.start();
  return () => void task.destroy();
}
