/**
 * The ledger's laws, on PostgreSQL. Expected states come from the head of src/store/job-runs.ts.
 */

import { describe, expect, it } from "vitest";
import { InputError } from "../../src/domain/shared/errors.ts";
import {
  claimSlot,
  finishRun,
  heartbeat,
  interruptSilent,
  type JobRun,
  listRuns,
  readLastRuns,
  readLedger,
  readRun,
  recordMissed,
  removeOldRuns,
  requestStop,
  withJob,
} from "../../src/store/job-runs.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase();
const { pool } = store;
const SLOT = new Date("2024-03-31T01:00:00Z");
const LATER = new Date("2024-03-31T01:05:00Z");
const done = { state: "done", result: { rows: 1 }, error: null, progress: null } as const;

async function claimed(job: string, slot = SLOT, owner = "a"): Promise<JobRun> {
  const run = await claimSlot(pool, {
    job,
    scheduledFor: slot,
    reason: "scheduled",
    owner,
    now: slot,
  });
  if (run === null) throw new Error("the slot is not free");
  return run;
}

function interrupt(job: string, silentSince: Date, except: readonly string[] = []): Promise<void> {
  return interruptSilent(pool, { job, silentSince, now: LATER, except });
}

describe("claiming a slot", () => {
  it("has one winner of many", async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        claimSlot(pool, {
          job: "one-winner",
          scheduledFor: SLOT,
          reason: "scheduled",
          owner: `owner ${index}`,
          now: SLOT,
        }),
      ),
    );
    expect(claims.filter((run) => run !== null)).toHaveLength(1);
  });

  it("takes an interrupted run again, once, and keeps how often it was tried", async () => {
    const first = await claimed("again");
    await interrupt("again", SLOT);
    const second = await claimed("again", SLOT, "b");
    expect(second).toMatchObject({ id: first.id, owner: "b", state: "running", finishedAt: null });
    expect(second.error).toMatchObject({ code: "owner_lost", attempts: 1 });
    const third = { job: "again", scheduledFor: SLOT, reason: "catch_up", owner: "c" } as const;
    expect(await claimSlot(pool, { ...third, now: LATER })).toBeNull();
  });

  it.each(["done", "failed", "stopped"] as const)("leaves a %s run as it is", async (state) => {
    const run = await claimed(`ended-${state}`);
    await finishRun(pool, { run, end: { ...done, state }, now: LATER });
    await expect(claimed(`ended-${state}`)).rejects.toThrow("not free");
  });
});

describe("an owner", () => {
  it("keeps its run by heartbeats, with its progress", async () => {
    const run = await claimed("beating");
    const progress = { done: 1, total: 2, label: "half" };
    expect(await heartbeat(pool, { run, now: LATER, progress })).toEqual({ stopRequested: false });
    await interrupt("beating", SLOT);
    expect(await readRun(pool, run.id)).toMatchObject({ state: "running", progress });
  });

  it("that was taken for dead can neither beat nor finish", async () => {
    const run = await claimed("deposed");
    await interrupt("deposed", SLOT);
    await claimed("deposed", SLOT, "b");
    expect(await heartbeat(pool, { run, now: LATER, progress: null })).toBeNull();
    expect(await finishRun(pool, { run, end: done, now: LATER })).toBeNull();
    expect(await readRun(pool, run.id)).toMatchObject({ state: "running", owner: "b" });
  });

  it("is not dead when the caller knows better", async () => {
    const run = await claimed("known-alive");
    await interrupt("known-alive", LATER, [run.id]);
    expect(await readRun(pool, run.id)).toMatchObject({ state: "running" });
  });

  it("hears that a stop was asked for, and the first asking counts", async () => {
    const run = await claimed("asked");
    await requestStop(pool, { run: run.id, now: SLOT });
    await requestStop(pool, { run: run.id, now: LATER });
    const answer = await heartbeat(pool, { run, now: LATER, progress: null });
    expect(answer).toEqual({ stopRequested: true });
    expect((await readRun(pool, run.id))?.stopRequestedAt).toEqual(SLOT);
  });

  it("that dies after a stop was asked for leaves a stopped run", async () => {
    const run = await claimed("asked-and-dead");
    await requestStop(pool, { run: run.id, now: SLOT });
    await interrupt("asked-and-dead", SLOT);
    expect(await readRun(pool, run.id)).toMatchObject({ state: "stopped" });
    expect(await requestStop(pool, { run: run.id, now: LATER })).toBeNull();
  });
});

describe("the ledger of a job", () => {
  it("is empty at first", async () => {
    const empty = { running: false, lastSlot: null, firstByHand: null, cutOff: [] };
    expect(await readLedger(pool, "never-ran")).toEqual(empty);
  });

  it("tells slots from runs by hand", async () => {
    const run = await claimed("told");
    await claimSlot(pool, {
      job: "told",
      scheduledFor: LATER,
      reason: "by_hand",
      owner: "a",
      now: LATER,
    });
    expect(await readLedger(pool, "told")).toEqual({
      running: true,
      lastSlot: SLOT,
      firstByHand: LATER,
      cutOff: [],
    });
    await interrupt("told", SLOT, []);
    expect(await readLedger(pool, "told")).toMatchObject({
      cutOff: [{ slot: run.scheduledFor, attempts: 1 }],
    });
  });

  it("does not overwrite a slot by a missed one", async () => {
    const run = await claimed("missed");
    await recordMissed(pool, { job: "missed", slots: [SLOT, LATER], now: LATER });
    expect(await readRun(pool, run.id)).toMatchObject({ state: "running" });
    const { rows } = await listRuns(pool, { job: "missed", limit: 10 });
    expect(rows.map((row) => row.state)).toEqual(["missed", "running"]);
  });
});

describe("deciding about a job", () => {
  it("is one at a time, and another job does not wait", async () => {
    const order: string[] = [];
    let second: Promise<unknown> = Promise.resolve();
    await withJob(store, "locked", async () => {
      second = withJob(store, "locked", async () => order.push("second"));
      await withJob(store, "free", async () => order.push("free"));
      order.push("first");
    });
    await second;
    expect(order).toEqual(["free", "first", "second"]);
  });

  it("writes nothing when it fails", async () => {
    const failing = withJob(store, "failing", async (client) => {
      await recordMissed(client, { job: "failing", slots: [SLOT], now: SLOT });
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect((await listRuns(pool, { job: "failing", limit: 1 })).rows).toEqual([]);
  });
});

describe("the list of runs", () => {
  it("comes in pages that hold each run once, latest slot first, equal slots too", async () => {
    await pool.query(
      `insert into job_run (job, scheduled_for, state, finished_at)
      select 'paged-' || n % 2, $1::timestamptz + n / 2 * interval '1 second', 'missed', $1
      from generate_series(0, 24) n`,
      ["1999-01-01T00:00:00Z"],
    );
    const seen: string[] = [];
    let cursor: string | undefined = Buffer.from(
      "2000-01-01T00:00:00.000Z ffffffff-ffff-ffff-ffff-ffffffffffff",
    ).toString("base64url");
    for (let page = 0; page < 4 && cursor !== undefined; page += 1) {
      const { rows, next } = await listRuns(pool, { state: "missed", limit: 7, cursor });
      seen.push(...rows.map((run) => `${run.scheduledFor.toISOString()} ${run.id}`));
      cursor = next ?? undefined;
    }
    expect(cursor).toBeUndefined();
    expect(new Set(seen).size).toBe(25);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it.each(["", "x", Buffer.from("2000-13-01T00:00:00.000Z x").toString("base64url")])(
    "refuses the cursor %j",
    async (cursor) => {
      await expect(listRuns(pool, { cursor, limit: 1 })).rejects.toThrow(InputError);
    },
  );

  it("has the last run of each job, in which a missed slot is none", async () => {
    const run = await claimed("last");
    await recordMissed(pool, { job: "last", slots: [LATER], now: LATER });
    const last = await readLastRuns(pool, ["last", "never-ran"]);
    expect([...last].map(([name, { id }]) => [name, id])).toEqual([["last", run.id]]);
  });
});

describe("removing old runs", () => {
  it("keeps running ones, later ones and each job's latest slot", async () => {
    const slots = ["01:00", "01:05", "01:10"].map((time) => new Date(`1990-01-01T${time}:00Z`));
    const [first, second, third] = slots as [Date, Date, Date];
    await recordMissed(pool, { job: "old", slots: [first, second], now: second });
    await recordMissed(pool, { job: "old-busy", slots: [third], now: third });
    await claimed("old-busy", first);
    expect(await removeOldRuns(pool, third)).toBe(1);
    expect((await listRuns(pool, { job: "old", limit: 5 })).rows).toMatchObject([
      { scheduledFor: second },
    ]);
    expect((await listRuns(pool, { job: "old-busy", limit: 5 })).rows).toHaveLength(2);
  });
});
