/**
 * The run ledger: one row for every slot of every job, whatever became of it, and for every run by
 * hand.
 *
 * A slot is claimed by inserting its row, so it has one owner; only an interrupted row can be
 * claimed again. Who owns a row proves it lives by heartbeats, and can write to it only while it is
 * still the owner: one that was taken for dead finds no row to finish. What to claim is decided
 * elsewhere, under `withJob`, which lets one process at a time decide about a job.
 *
 * `error.attempts` of an interrupted row counts the owners that died under it.
 */

import type pg from "pg";
import { inputError, invariant } from "../domain/shared/errors.ts";
import type { Store } from "./connection.ts";

export const RUN_STATES = [
  "running",
  "done",
  "failed",
  "stopped",
  "missed",
  "interrupted",
] as const;
export type RunState = (typeof RUN_STATES)[number];
export const RUN_REASONS = ["scheduled", "catch_up", "by_hand"] as const;
export type RunReason = (typeof RUN_REASONS)[number];

export interface RunProgress {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}

export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly attempts?: number;
}

export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly scheduledFor: Date;
  readonly state: RunState;
  readonly reason: RunReason;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly owner: string | null;
  readonly heartbeatAt: Date | null;
  readonly stopRequestedAt: Date | null;
  readonly progress: RunProgress | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: RunError | null;
}

type Client = Pick<pg.ClientBase, "query">;

const COLUMNS = `id, job, scheduled_for as "scheduledFor", state, reason, started_at as "startedAt",
  finished_at as "finishedAt", owner, heartbeat_at as "heartbeatAt",
  stop_requested_at as "stopRequestedAt", progress, result, error`;

/** A transaction in which nobody else decides about the job. */
export async function withJob<T>(
  store: Pick<Store, "pool">,
  job: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await store.pool.connect();
  let broken = false;
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`job ${job}`]);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

export interface JobLedger {
  readonly running: boolean;
  /** The latest slot with a row; runs by hand are none. */
  readonly lastSlot: Date | null;
  readonly firstByHand: Date | null;
  /** Interrupted slots, ascending. */
  readonly cutOff: readonly { readonly slot: Date; readonly attempts: number }[];
}

export async function readLedger(client: Client, job: string): Promise<JobLedger> {
  const { rows } = await client.query<Omit<JobLedger, "cutOff">>(
    `select exists (select from job_run where job = $1 and state = 'running') as running,
      (select max(scheduled_for) from job_run where job = $1 and reason <> 'by_hand') as "lastSlot",
      (select min(scheduled_for) from job_run where job = $1 and reason = 'by_hand')
        as "firstByHand"`,
    [job],
  );
  const { rows: cutOff } = await client.query<{ slot: Date; attempts: number }>(
    `select scheduled_for as slot, coalesce((error->>'attempts')::int, 0) as attempts
    from job_run where job = $1 and state = 'interrupted' and reason <> 'by_hand'
    order by scheduled_for, id`,
    [job],
  );
  const found = rows[0];
  invariant(found, "a select without from gives a row");
  return { ...found, cutOff };
}

/**
 * Ends the runs whose owner has shown no sign of life since `silentSince`: interrupted, or stopped
 * where that had been asked for. `except` are those that the caller itself runs and so knows to be
 * alive.
 */
export async function interruptSilent(
  client: Client,
  silent: { job: string; silentSince: Date; now: Date; except: readonly string[] },
): Promise<void> {
  await client.query(
    `update job_run set finished_at = $3,
      state = case when stop_requested_at is null then 'interrupted' else 'stopped' end::run_state,
      error = jsonb_build_object('code', 'owner_lost',
        'message', 'its process gave no sign of life',
        'attempts', coalesce((error->>'attempts')::int, 0) + 1)
    where job = $1 and state = 'running' and heartbeat_at <= $2 and id <> all ($4::uuid[])`,
    [silent.job, silent.silentSince, silent.now, silent.except],
  );
}

export interface Claim {
  readonly job: string;
  readonly scheduledFor: Date;
  readonly reason: RunReason;
  readonly owner: string;
  readonly now: Date;
}

/**
 * The run, now the owner's; null where the slot has been claimed by anyone and was not interrupted.
 */
export async function claimSlot(client: Client, claim: Claim): Promise<JobRun | null> {
  const { rows } = await client.query<JobRun>(
    `insert into job_run as run
      (job, scheduled_for, state, reason, owner, started_at, heartbeat_at)
    values ($1, $2, 'running', $3, $4, $5, $5)
    on conflict (job, scheduled_for) do update set state = 'running', reason = excluded.reason,
      owner = excluded.owner, started_at = excluded.started_at, finished_at = null,
      heartbeat_at = excluded.heartbeat_at, stop_requested_at = null, progress = null
    where run.state = 'interrupted'
    returning ${COLUMNS}`,
    [claim.job, claim.scheduledFor, claim.reason, claim.owner, claim.now],
  );
  return rows[0] ?? null;
}

/** Slots that nobody will run. Those with a row already stay as they are. */
export async function recordMissed(
  client: Client,
  missed: { job: string; slots: readonly Date[]; now: Date; result?: Record<string, unknown> },
): Promise<void> {
  await client.query(
    `insert into job_run (job, scheduled_for, state, finished_at, result)
    select $1, slot, 'missed', $3, $4 from unnest($2::timestamptz[]) as slot
    on conflict (job, scheduled_for) do nothing`,
    [missed.job, missed.slots, missed.now, missed.result ?? null],
  );
}

/** Whether a stop has been asked for; null where the run is no longer the owner's. */
export async function heartbeat(
  client: Client,
  beat: { run: JobRun; now: Date; progress: RunProgress | null },
): Promise<{ readonly stopRequested: boolean } | null> {
  const { rows } = await client.query<{ stopRequested: boolean }>(
    `update job_run set heartbeat_at = $3, progress = coalesce($4, progress)
    where id = $1 and owner = $2 and state = 'running'
    returning stop_requested_at is not null as "stopRequested"`,
    [beat.run.id, beat.run.owner, beat.now, beat.progress],
  );
  return rows[0] ?? null;
}

export interface RunEnd {
  readonly state: "done" | "failed" | "stopped" | "interrupted";
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: RunError | null;
  readonly progress: RunProgress | null;
}

/** The finished run; null where it is no longer the owner's. */
export async function finishRun(
  client: Client,
  { run, end, now }: { run: JobRun; end: RunEnd; now: Date },
): Promise<JobRun | null> {
  const { rows } = await client.query<JobRun>(
    `update job_run set state = $3, finished_at = $4, heartbeat_at = $4, result = $5, error = $6,
      progress = coalesce($7, progress)
    where id = $1 and owner = $2 and state = 'running'
    returning ${COLUMNS}`,
    [run.id, run.owner, end.state, now, end.result, end.error, end.progress],
  );
  return rows[0] ?? null;
}

/** Asks the owner of a running run to stop; null where none of that id is running. */
export async function requestStop(
  client: Client,
  { run, now }: { run: string; now: Date },
): Promise<JobRun | null> {
  const { rows } = await client.query<JobRun>(
    `update job_run set stop_requested_at = coalesce(stop_requested_at, $2)
    where id = $1 and state = 'running' returning ${COLUMNS}`,
    [run, now],
  );
  return rows[0] ?? null;
}

export async function readRun(client: Client, run: string): Promise<JobRun | null> {
  const { rows } = await client.query<JobRun>(`select ${COLUMNS} from job_run where id = $1`, [
    run,
  ]);
  return rows[0] ?? null;
}

/** The latest run of each of the jobs. Missed slots were no runs. */
export async function readLastRuns(
  client: Client,
  jobs: readonly string[],
): Promise<ReadonlyMap<string, JobRun>> {
  // One look into the index a job; `distinct on` would read the whole ledger.
  const { rows } = await client.query<JobRun>(
    `select last.* from unnest($1::text[]) as name cross join lateral (
      select ${COLUMNS} from job_run where job = name and state <> 'missed'
      order by scheduled_for desc, id desc limit 1) as last`,
    [jobs],
  );
  return new Map(rows.map((run) => [run.job, run]));
}

export interface RunFilter {
  readonly job?: string | undefined;
  readonly state?: RunState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface RunPage {
  readonly rows: readonly JobRun[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

/** Latest slot first. @throws InputError `invalid_cursor`. */
export async function listRuns(client: Client, filter: RunFilter): Promise<RunPage> {
  const [before, beforeId] = readCursor(filter.cursor);
  const { rows } = await client.query<JobRun>(
    `select ${COLUMNS} from job_run
    where ($1::text is null or job = $1) and ($2::run_state is null or state = $2)
      and ($3::timestamptz is null
        or (scheduled_for <= $3 and (scheduled_for, id) < ($3, $4::uuid)))
    order by scheduled_for desc, id desc limit $5`,
    [filter.job ?? null, filter.state ?? null, before, beforeId, filter.limit + 1],
  );
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return { rows: page, next: last && rows.length > page.length ? writeCursor(last) : null };
}

/**
 * Ended runs whose end lies before `before`, except each job's latest slot: catching up begins
 * there.
 */
export async function removeOldRuns(client: Client, before: Date): Promise<number> {
  const { rowCount } = await client.query(
    `delete from job_run as old where state <> 'running' and finished_at < $1
      and (reason = 'by_hand' or exists (select from job_run as later where later.job = old.job
        and later.reason <> 'by_hand' and later.scheduled_for > old.scheduled_for))`,
    [before],
  );
  return rowCount ?? 0;
}

function writeCursor(run: JobRun): string {
  return Buffer.from(`${run.scheduledFor.toISOString()} ${run.id}`).toString("base64url");
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]{12}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined): readonly [string | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [, time, id] = CURSOR.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (time === undefined || id === undefined || Number.isNaN(Date.parse(time))) {
    const expected = "the `next` of an earlier page";
    throw inputError({ code: "invalid_cursor", path: "cursor", value: cursor, expected });
  }
  return [time, id];
}
