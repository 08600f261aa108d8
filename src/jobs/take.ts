/**
 * Takes a run from the ledger: the next one that the timetable owes, or one by hand. Reads, decides
 * and writes in one transaction under the job's lock, so that two processes never decide at once.
 */

import { randomUUID } from "node:crypto";
import { conflict } from "../flows/errors.ts";
import type { Store } from "../store/connection.ts";
import {
  claimSlot,
  interruptSilent,
  type JobLedger,
  type JobRun,
  readLedger,
  recordMissed,
  withJob,
} from "../store/job-runs.ts";
import { type Decision, decide } from "./catch-up.ts";
import { parseCron } from "./cron.ts";
import { slotsIn } from "./slots.ts";
import type { Job } from "./timetable.ts";

/**
 * Slots this late are still on time: node-cron wakes within a second, a busy process a little
 * later.
 */
const GRACE_SECONDS = 60;

/** Slots written down one by one after a long absence: a day of half minutes, ten of every five. */
const MOST_SLOTS = 2880;

export interface Taker {
  readonly store: Store;
  readonly now: () => Date;
  /** Unique: what it owns, no other may finish. */
  readonly owner: string;
  /** Ids of the runs that this process itself has under way. */
  readonly underWay: ReadonlySet<string>;
}

/**
 * Process ids come again, after a restart in a container at once; with chance beside it none does.
 */
export function uniqueOwner(process: string): string {
  return `${process}/${randomUUID().slice(0, 8)}`;
}

type Client = Parameters<Parameters<typeof withJob>[2]>[0];

/**
 * The run that the job owes now, claimed; null where it owes none or is running somewhere. Slots
 * that will not be run are recorded as missed. A job that never ran owes the slots after `since`.
 */
export async function takeNext(taker: Taker, job: Job, since: Date): Promise<JobRun | null> {
  return withJob(taker.store, job.name, async (client) => {
    const now = taker.now();
    const ledger = await openLedger(client, taker, job, now);
    if (ledger.running) return null;
    const { decision, older } = plan(job, ledger, { since, now });
    if (older !== null) {
      const result = { alsoMissedAfter: older.after.toISOString() };
      await recordMissed(client, { job: job.name, slots: [older.slot], now, result });
    }
    const missed = decision.missed.map((slot) => new Date(slot));
    await recordMissed(client, { job: job.name, slots: missed, now });
    if (decision.run === null) return null;
    const { slot, reason } = decision.run;
    const scheduledFor = new Date(slot);
    return claimSlot(client, { job: job.name, scheduledFor, reason, owner: taker.owner, now });
  });
}

/**
 * A run by hand, claimed. It is scheduled for now, but never on a whole second: that is a slot's
 * place, and the slot is still to come. @throws FlowError `job_running`.
 */
export async function takeByHand(taker: Taker, job: Job): Promise<JobRun> {
  return withJob(taker.store, job.name, async (client) => {
    const now = taker.now();
    const ledger = await openLedger(client, taker, job, now);
    if (ledger.running) throw conflict("job_running", `the job ${job.name} is running`);
    for (let time = now.getTime(); ; time += 1) {
      if (time % 1000 === 0) continue;
      const run = await claimSlot(client, {
        job: job.name,
        scheduledFor: new Date(time),
        reason: "by_hand",
        owner: taker.owner,
        now,
      });
      if (run !== null) return run;
    }
  });
}

async function openLedger(client: Client, taker: Taker, job: Job, now: Date): Promise<JobLedger> {
  const silentSince = new Date(now.getTime() - job.staleAfterSeconds * 1000);
  const except = [...taker.underWay];
  await interruptSilent(client, { job: job.name, silentSince, now, except });
  return readLedger(client, job.name);
}

function plan(
  job: Job,
  ledger: JobLedger,
  { since, now }: { since: Date; now: Date },
): { decision: Decision; older: { slot: Date; after: Date } | null } {
  const after = ledger.lastSlot ?? ledger.firstByHand ?? since;
  // One more than are written down: after a very long absence it stands for all before it.
  const due = slotsIn(parseCron(job.cron), job.zone, {
    after: after.getTime(),
    upTo: now.getTime(),
    limit: MOST_SLOTS + 1,
  });
  const [oldest] = due;
  const tooMany = due.length > MOST_SLOTS && oldest !== undefined;
  const decision = decide({
    rule: job.catchUp,
    slots: tooMany ? due.slice(1) : due,
    cutOff: ledger.cutOff.map(({ slot, attempts }) => ({ slot: slot.getTime(), attempts })),
    lastSlot: ledger.lastSlot?.getTime() ?? null,
    now: now.getTime(),
    graceSeconds: GRACE_SECONDS,
  });
  return { decision, older: tooMany ? { slot: new Date(oldest), after } : null };
}
