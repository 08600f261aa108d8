/**
 * The timetable on PostgreSQL, with the time moved and the clock rung by hand. Expected ledgers
 * come from the rules in src/jobs/catch-up.ts. One test has node-cron ring for real.
 */

import { afterEach, describe, expect, it } from "vitest";
import { startTimetable, type Timetable } from "../../src/jobs/runner.ts";
import type { Job } from "../../src/jobs/timetable.ts";
import { openStore } from "../../src/store/connection.ts";
import { listRuns, readRun } from "../../src/store/job-runs.ts";
import { testDatabase } from "../support/database.ts";
import { aborted, gate, handClock, heldFlow, job, ledgerOf } from "./ledger-support.ts";

const store = await testDatabase();
const open: Timetable[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((timetable) => timetable.stop()));
});

interface Rung {
  readonly timetable: Timetable;
  readonly ring: () => Promise<void>;
  readonly errors: unknown[];
}

function start(jobs: readonly Job[], now: () => Date, more: { store?: typeof store } = {}): Rung {
  const wakes: (() => Promise<void>)[] = [];
  const errors: unknown[] = [];
  const timetable = startTimetable({
    store,
    jobs,
    now,
    owner: "test",
    heartbeatMs: 5,
    clock: (_cron, _zone, wake) => {
      wakes.push(wake);
      return () => wakes.splice(0);
    },
    onError: (error) => errors.push(error),
    ...more,
  });
  open.push(timetable);
  const ring = async () => {
    await Promise.all(wakes.map((wake) => wake()));
  };
  return { timetable, ring, errors };
}

/** Starts at `from`, runs its slot, stops; starts again at `to` and catches up. */
async function downBetween(from: string, to: string, absent: Job): Promise<readonly string[]> {
  const clock = handClock(from);
  const before = start([absent], clock.now);
  await before.timetable.caughtUp;
  clock.set(from.replace("00:01", "00:05"));
  await before.ring();
  await before.timetable.stop();
  clock.set(to);
  await start([absent], clock.now).timetable.caughtUp;
  return ledgerOf(store, absent.name);
}

describe("at a slot", () => {
  it("runs the job for its slot, once however often it is woken", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    const scheduledFor: Date[] = [];
    const punctual = job({
      name: "punctual",
      run: async (context) => {
        scheduledFor.push(context.scheduledFor);
        return { rows: 3n, text: "a\0b" };
      },
    });
    const { ring, timetable } = start([punctual], clock.now);
    await timetable.caughtUp;
    clock.set("2024-05-01T10:05:00.200Z");
    await Promise.all([ring(), ring(), ring()]);
    expect(scheduledFor).toEqual([new Date("2024-05-01T10:05:00Z")]);
    const { rows } = await listRuns(store.pool, { job: "punctual", limit: 5 });
    expect(rows).toMatchObject([
      {
        state: "done",
        reason: "scheduled",
        result: { rows: "3", text: "ab" },
        owner: expect.stringMatching(/^test\/[0-9a-f]{8}$/),
        startedAt: new Date("2024-05-01T10:05:00.200Z"),
      },
    ]);
  });

  it("runs a nightly job right after the hour that spring takes away", async () => {
    const nightly = job({ name: "gap", cron: "30 2 * * *", zone: "Europe/Berlin" });
    const clock = handClock("2024-03-31T00:59:59Z");
    const { ring, timetable } = start([nightly], clock.now);
    await timetable.caughtUp;
    clock.set("2024-03-31T01:00:00Z");
    await ring();
    expect(await ledgerOf(store, "gap")).toEqual(["01:00 done scheduled"]);
  });

  it("writes down a failure, throws nothing at the clock, and runs the next slot", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    let runs = 0;
    const failing = job({
      name: "failing",
      run: async () => {
        runs += 1;
        if (runs === 1) throw Object.assign(new Error("no such folder"), { code: "ENOENT" });
        return {};
      },
    });
    const { ring, errors, timetable } = start([failing], clock.now);
    await timetable.caughtUp;
    clock.set("2024-05-01T10:05:00Z");
    await ring();
    clock.set("2024-05-01T10:10:00Z");
    await ring();
    const { rows } = await listRuns(store.pool, { job: "failing", limit: 5 });
    expect(rows.map((run) => [run.state, run.error])).toEqual([
      ["done", null],
      ["failed", { code: "ENOENT", message: "no such folder" }],
    ]);
    expect(errors).toHaveLength(1);
  });

  it("tells of a database out of reach, and does not throw", async () => {
    const gone = await openStore({ databaseUrl: store.url });
    await gone.close();
    const clock = handClock("2024-05-01T10:01:00Z");
    const { ring, errors } = start([job({ name: "gone" })], clock.now, { store: gone });
    await ring();
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe("after an absence", () => {
  it("latest: runs the latest slot and records the others as missed", async () => {
    const ledger = await downBetween(
      "2024-05-01T00:01:00Z",
      "2024-05-01T00:23:00Z",
      job({ name: "latest" }),
    );
    expect(ledger).toEqual([
      "00:05 done scheduled",
      "00:10 missed scheduled",
      "00:15 missed scheduled",
      "00:20 done catch_up",
    ]);
  });

  it("each: runs every slot in order", async () => {
    const slots: string[] = [];
    const each = job({
      name: "each",
      catchUp: "each",
      run: async ({ scheduledFor }) => {
        slots.push(scheduledFor.toISOString().slice(11, 16));
        return {};
      },
    });
    await downBetween("2024-05-01T00:01:00Z", "2024-05-01T00:20:30Z", each);
    expect(slots).toEqual(["00:05", "00:10", "00:15", "00:20"]);
    expect((await ledgerOf(store, "each")).at(-1)).toBe("00:20 done scheduled");
  });

  it("record_missed: runs nothing that is late", async () => {
    const ledger = await downBetween(
      "2024-05-01T00:01:00Z",
      "2024-05-01T00:18:00Z",
      job({ name: "record-missed", catchUp: "record_missed" }),
    );
    expect(ledger).toEqual([
      "00:05 done scheduled",
      "00:10 missed scheduled",
      "00:15 missed scheduled",
    ]);
  });

  it("of a year: writes a bounded number of slots, and that there were more", async () => {
    await downBetween("2023-05-01T00:01:00Z", "2024-05-01T00:00:30Z", job({ name: "long" }));
    const { rows } = await store.pool.query(
      `select count(*)::int as slots, min(result->>'alsoMissedAfter') as after
      from job_run where job = 'long'`,
    );
    // 00:05 of the first day, 2880 of the last ten days, and one that stands for all between.
    expect(rows).toEqual([{ slots: 2882, after: "2023-05-01T00:05:00.000Z" }]);
  });

  it("catches up from a run by hand where the job has had no slot yet", async () => {
    const clock = handClock("2024-05-01T00:01:00Z");
    const first = job({ name: "first-by-hand", cron: "0 3 * * *" });
    const { timetable } = start([first], clock.now);
    await (await timetable.runNow("first-by-hand")).finished;
    await timetable.stop();
    clock.set("2024-05-01T09:00:00Z");
    await start([first], clock.now).timetable.caughtUp;
    const ledger = await ledgerOf(store, "first-by-hand");
    expect(ledger).toEqual(["00:01 done by_hand", "03:00 done catch_up"]);
  });
});

describe("a run that takes long", () => {
  it("is not overtaken by the next slot, which is decided when it ends", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    const flow = heldFlow();
    const slow = job({ name: "slow", run: flow.run });
    const here = start([slow], clock.now);
    const elsewhere = start([slow], clock.now);
    await Promise.all([here.timetable.caughtUp, elsewhere.timetable.caughtUp]);
    clock.set("2024-05-01T10:05:00Z");
    const rung = here.ring();
    await flow.begun;
    clock.set("2024-05-01T10:16:00Z");
    // Alive by its owner's word: the other process looks at the heartbeat, which a beat has moved.
    await beatSince(store, "slow", clock.now());
    await elsewhere.ring();
    expect(await ledgerOf(store, "slow")).toEqual(["10:05 running scheduled"]);
    flow.letGo({});
    await rung;
    expect(await ledgerOf(store, "slow")).toEqual([
      "10:05 done scheduled",
      "10:10 missed scheduled",
      "10:15 done scheduled",
    ]);
  });

  it("carries its progress to the ledger", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    const flow = heldFlow();
    const { timetable } = start([job({ name: "progress", run: flow.run })], clock.now);
    const { run, finished } = await timetable.runNow("progress");
    (await flow.begun).progress(1, 3, "first file");
    await until(async () => (await readRun(store.pool, run.id))?.progress?.label === "first file");
    flow.letGo({});
    expect((await finished).progress).toEqual({ done: 1, total: 3, label: "first file" });
  });
});

describe("stopping", () => {
  it("a run: its signal fires, it leaves after its step, and is stopped", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    const begun = gate<void>();
    const stoppable = job({
      name: "stoppable",
      run: async ({ signal }) => {
        begun.reach();
        await aborted(signal);
        signal.throwIfAborted();
        return {};
      },
    });
    const { timetable, errors } = start([stoppable], clock.now);
    const other = start([stoppable], clock.now);
    const { run, finished } = await timetable.runNow("stoppable");
    await begun.reached;
    await other.timetable.requestStop(run.id);
    expect(await finished).toMatchObject({ state: "stopped", error: { code: "stop_requested" } });
    expect(errors).toEqual([]);
    await expect(timetable.requestStop(run.id)).rejects.toMatchObject({ code: "run_not_running" });
    await expect(timetable.requestStop("x")).rejects.toMatchObject({ code: "unknown_run" });
  });

  it("the timetable waits for the step under way, and what finished it is done", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    const flow = heldFlow();
    const { timetable, ring } = start([job({ name: "last-step", run: flow.run })], clock.now);
    await timetable.caughtUp;
    clock.set("2024-05-01T10:05:00Z");
    void ring();
    const { signal } = await flow.begun;
    let stopped = false;
    const stopping = timetable.stop().then(() => {
      stopped = true;
    });
    expect(await aborted(signal)).toMatchObject({ code: "shutdown" });
    expect(stopped).toBe(false);
    expect(await ledgerOf(store, "last-step")).toEqual(["10:05 running scheduled"]);
    expect(stopped).toBe(false);
    flow.letGo({});
    await stopping;
    expect(await ledgerOf(store, "last-step")).toEqual(["10:05 done scheduled"]);
    await expect(timetable.runNow("last-step")).rejects.toMatchObject({ code: "shutting_down" });
  });

  it("the timetable interrupts a long run, and the next start runs its slot again", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    const begun = gate<void>();
    let again = false;
    const long = job({
      name: "cut-off",
      run: async ({ signal }) => {
        if (again) return { again };
        begun.reach();
        await aborted(signal);
        signal.throwIfAborted();
        return {};
      },
    });
    const first = start([long], clock.now);
    await first.timetable.caughtUp;
    clock.set("2024-05-01T10:05:00Z");
    void first.ring();
    await begun.reached;
    await first.timetable.stop();
    expect(await ledgerOf(store, "cut-off")).toEqual(["10:05 interrupted scheduled"]);
    again = true;
    clock.set("2024-05-01T10:07:00Z");
    await start([long], clock.now).timetable.caughtUp;
    expect(await ledgerOf(store, "cut-off")).toEqual(["10:05 done catch_up"]);
  });

  it("a run that another process took: its signal fires, and it cannot end it", async () => {
    const clock = handClock("2024-05-01T10:01:00Z");
    const begun = gate<void>();
    const deposed = job({
      name: "deposed",
      run: async ({ signal }) => {
        begun.reach();
        throw await aborted(signal);
      },
    });
    const { timetable } = start([deposed], clock.now);
    const { run, finished } = await timetable.runNow("deposed");
    await begun.reached;
    await store.pool.query("update job_run set state = 'running', owner = 'other' where id = $1", [
      run.id,
    ]);
    expect(await finished).toMatchObject({ state: "running", owner: "other" });
    await store.pool.query("update job_run set state = 'done' where id = $1", [run.id]);
  });
});

describe("by hand", () => {
  it("runs now, beside the slots and never in the place of one", async () => {
    const clock = handClock("2024-05-01T10:05:00Z");
    const { timetable } = start([job({ name: "by-hand" })], clock.now);
    const first = await timetable.runNow("by-hand");
    await first.finished;
    const second = await timetable.runNow("by-hand");
    await second.finished;
    expect(first.run.scheduledFor.toISOString()).toBe("2024-05-01T10:05:00.001Z");
    expect(second.run.scheduledFor.toISOString()).toBe("2024-05-01T10:05:00.002Z");
  });

  it("is refused while the job runs anywhere, and for a job that is none", async () => {
    const clock = handClock("2024-05-01T10:05:00Z");
    const flow = heldFlow();
    const busy = job({ name: "busy", run: flow.run });
    const here = start([busy], clock.now).timetable;
    const { finished } = await here.runNow("busy");
    const elsewhere = start([busy], clock.now).timetable;
    await expect(elsewhere.runNow("busy")).rejects.toMatchObject({ code: "job_running" });
    await expect(here.runNow("nothing")).rejects.toMatchObject({ code: "unknown_job" });
    flow.letGo({});
    expect(await finished).toMatchObject({ state: "done", reason: "by_hand" });
  });
});

describe("the list of jobs", () => {
  it("names the rule, the next slots and the last run", async () => {
    const clock = handClock("2024-10-26T12:00:00Z");
    const listed = job({ name: "listed", cron: "30 2 * * *", zone: "Europe/Berlin" });
    const { timetable } = start([listed], clock.now);
    const { run, finished } = await timetable.runNow("listed");
    await finished;
    expect(await timetable.list()).toMatchObject([
      {
        name: "listed",
        cron: "30 2 * * *",
        zone: "Europe/Berlin",
        catchUp: "latest",
        next: ["2024-10-27T00:30:00Z", "2024-10-28T01:30:00Z", "2024-10-29T01:30:00Z"].map(
          (slot) => new Date(slot),
        ),
        last: { id: run.id, state: "done" },
      },
    ]);
  });
});

describe("node-cron", () => {
  it("rings: a job of every second runs for the second that came", async () => {
    const ran = gate<Date>();
    const begin = Date.now();
    const timetable = startTimetable({
      store,
      jobs: [
        job({
          name: "every-second",
          cron: "* * * * * *",
          run: async ({ scheduledFor }) => {
            ran.reach(scheduledFor);
            return {};
          },
        }),
      ],
      now: () => new Date(),
      owner: "test",
    });
    const slot = (await ran.reached).getTime();
    await timetable.stop();
    expect(slot % 1000).toBe(0);
    expect(slot).toBeGreaterThan(begin);
    expect(slot).toBeLessThanOrEqual(Date.now());
  });
});

/**
 * Asks the database until it is so: each question is a turn of its own, there is no event to wait
 * for.
 */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}

async function beatSince(from: typeof store, name: string, time: Date): Promise<void> {
  await until(async () => {
    const { rows } = await from.pool.query(
      "select from job_run where job = $1 and heartbeat_at >= $2",
      [name, time],
    );
    return rows.length > 0;
  });
}
