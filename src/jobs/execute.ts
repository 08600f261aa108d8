/**
 * Runs one claimed run to its end: calls the job's flow, shows by heartbeats that it lives, carries
 * its progress to the ledger, stops it when that is asked for, and writes down how it ended.
 *
 * A flow that returns is done. One that throws after its signal fired has stopped: `stopped` when
 * somebody asked, `interrupted` when the process shuts down, so that the timetable runs it again.
 * Any other error is `failed`, and the next slot is the next attempt.
 */

import type { Store } from "../store/connection.ts";
import {
  finishRun,
  heartbeat,
  type JobRun,
  type RunEnd,
  type RunError,
  type RunProgress,
  readRun,
} from "../store/job-runs.ts";
import type { Job } from "./timetable.ts";

export interface Execution {
  readonly store: Store;
  readonly now: () => Date;
  readonly job: Job;
  readonly run: JobRun;
  /** Fires when the process shuts down. */
  readonly shutdown?: AbortSignal | undefined;
  readonly heartbeatMs: number;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly onError: (error: unknown, job: string) => void;
}

type StopCause = "stop_requested" | "shutdown" | "owner_lost";

const STOP_TEXTS: Readonly<Record<StopCause, string>> = {
  stop_requested: "somebody asked for it to stop",
  shutdown: "its process was shut down",
  owner_lost: "its process was taken for dead, the run is no longer its own",
};

/** The run as it ended. Rejects only where the ledger cannot be written. */
export async function executeRun(execution: Execution): Promise<JobRun> {
  const { store, now, run, job, shutdown } = execution;
  const stopper = new AbortController();
  const stop = (cause: StopCause) => stopper.abort(stopError(cause));
  const onShutdown = () => stop("shutdown");
  if (shutdown?.aborted) onShutdown();
  shutdown?.addEventListener("abort", onShutdown);
  let latest: RunProgress | null = null;
  const heart = startHeart(execution, { stop, progress: () => latest });
  const progress = (done: number, total: number, label: string) => {
    latest = { done, total, label };
    execution.onProgress?.(latest);
  };
  let end: RunEnd;
  try {
    const { scheduledFor } = run;
    const result = await job.run({ store, now, scheduledFor, signal: stopper.signal, progress });
    end = { state: "done", result: storable(result), error: null, progress: latest };
  } catch (error) {
    const cause = stopper.signal.aborted ? (stopper.signal.reason as StopError).code : null;
    if (cause === null) execution.onError(error, job.name);
    end = { ...failedEnd(run, error, cause), progress: latest };
  }
  shutdown?.removeEventListener("abort", onShutdown);
  await heart.stop();
  const ended = await finishRun(store.pool, { run, end, now: now() });
  return ended ?? (await readRun(store.pool, run.id)) ?? run;
}

/** Beats until it is stopped; stopping waits for a beat that is under way. */
function startHeart(
  { store, now, run, job, heartbeatMs, onError }: Execution,
  { stop, progress }: { stop: (cause: StopCause) => void; progress: () => RunProgress | null },
): { stop: () => Promise<void> } {
  let stopped = false;
  let lastBeat = now().getTime();
  let beating: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const beat = async () => {
    const at = now();
    try {
      const answer = await heartbeat(store.pool, { run, now: at, progress: progress() });
      lastBeat = at.getTime();
      if (answer === null) stop("owner_lost");
      else if (answer.stopRequested) stop("stop_requested");
    } catch (error) {
      onError(error, job.name);
      // Out of reach for so long, another process may have the run by now.
      if (at.getTime() - lastBeat > job.staleAfterSeconds * 1000) stop("owner_lost");
    }
    if (!stopped) arm();
  };
  const arm = () => {
    timer = setTimeout(() => {
      beating = beat();
    }, heartbeatMs);
  };
  arm();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await beating;
    },
  };
}

type StopError = Error & { readonly code: StopCause };

function stopError(code: StopCause): StopError {
  return Object.assign(new Error(STOP_TEXTS[code]), { name: "AbortError", code });
}

function failedEnd(run: JobRun, error: unknown, cause: StopCause | null): Omit<RunEnd, "progress"> {
  if (cause === null) return { state: "failed", result: null, error: describe(error) };
  const attempts = run.error?.attempts;
  const told = { code: cause, message: STOP_TEXTS[cause] };
  return {
    state: cause === "stop_requested" ? "stopped" : "interrupted",
    result: null,
    error: attempts === undefined ? told : { ...told, attempts },
  };
}

function describe(error: unknown): RunError {
  const { code, message } =
    error instanceof Error ? withCode(error) : withCode(new Error(`${error}`));
  return { code, message: message.replaceAll("\0", "") };
}

function withCode(error: Error & { code?: unknown }): { code: string; message: string } {
  return {
    code: typeof error.code === "string" ? error.code : "job_failed",
    message: error.message,
  };
}

/** As jsonb takes it: whole numbers of any size as text, and no character 0. */
function storable(result: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(result, (_key, value: unknown) => {
    if (typeof value === "bigint") return value.toString();
    return typeof value === "string" ? value.replaceAll("\0", "") : value;
  });
  return JSON.parse(text) as Record<string, unknown>;
}
