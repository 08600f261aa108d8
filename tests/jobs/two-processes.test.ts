/**
 * Two real processes on one database: no slot runs twice, and what a killed one left is run again.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { startTimetable } from "../../src/jobs/runner.ts";
import { claimSlot, listRuns, recordMissed } from "../../src/store/job-runs.ts";
import { testDatabase } from "../support/database.ts";
import { handClock, job } from "./ledger-support.ts";

const store = await testDatabase();
const SCRIPT = fileURLToPath(new URL("./slot-runner.ts", import.meta.url));
const START = new Date("2024-05-01T00:00:00Z");
const SLOTS = 200;
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function child(
  name: string,
  now: string,
  mode: string,
  tell: (line: string) => void,
): ChildProcess {
  const argv = ["--import", "tsx", SCRIPT, store.url, name, now, mode];
  const started = spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "inherit"] });
  children.push(started);
  createInterface({ input: started.stdout }).on("line", tell);
  return started;
}

it("run each of 200 slots once between them, in order", async () => {
  await recordMissed(store.pool, { job: "shared", slots: [START], now: START });
  const ran: string[] = [];
  const end = new Date(START.getTime() + SLOTS * 1000).toISOString();
  await new Promise<void>((resolve) => {
    const tell = (line: string) => {
      ran.push(line.slice("ran ".length));
      if (ran.length >= SLOTS) resolve();
    };
    child("shared", end, "run", tell);
    child("shared", end, "run", tell);
  });
  await Promise.all(
    children.map(async (process) => {
      process.stdin?.end();
      await once(process, "exit");
    }),
  );
  const expected = Array.from({ length: SLOTS }, (_, index) =>
    new Date(START.getTime() + (index + 1) * 1000).toISOString(),
  );
  expect([...ran].sort()).toEqual(expected);
  const { rows } = await store.pool.query(
    `select state, count(*)::int as runs, count(distinct owner)::int as owners
    from job_run where job = 'shared' group by state order by state`,
  );
  expect(rows).toEqual([
    { state: "done", runs: SLOTS, owners: 2 },
    { state: "missed", runs: 1, owners: 0 },
  ]);
});

it("a killed one leaves its run to the other, once it is silent for long enough", async () => {
  await recordMissed(store.pool, { job: "killed", slots: [START], now: START });
  const slot = new Date(START.getTime() + 1000);
  await new Promise<void>((resolve) => {
    child("killed", slot.toISOString(), "hang", () => resolve());
  });
  const [victim] = children;
  victim?.kill("SIGKILL");
  if (victim) await once(victim, "exit");
  const clock = handClock("2024-05-01T00:00:30Z");
  const heir = job({ name: "killed", cron: "0 0 * * * *", catchUp: "each" });
  const options = { store, jobs: [heir], now: clock.now, owner: "heir", clock: () => () => {} };
  const early = startTimetable(options);
  await early.caughtUp;
  await early.stop();
  const states = async () =>
    (await listRuns(store.pool, { job: "killed", limit: 1 })).rows.map((run) => run.state);
  expect(await states()).toEqual(["running"]);
  clock.set("2024-05-01T00:01:02Z");
  const late = startTimetable(options);
  await late.caughtUp;
  await late.stop();
  expect((await listRuns(store.pool, { job: "killed", limit: 1 })).rows).toMatchObject([
    { scheduledFor: slot, state: "done", reason: "catch_up" },
  ]);
});

it("a job that kills its process is not run for ever", async () => {
  const clock = handClock("2024-05-01T00:00:00Z");
  const deadly = job({ name: "deadly", cron: "0 0 1 1 *", catchUp: "latest" });
  const claim = { job: "deadly", scheduledFor: START, reason: "scheduled" } as const;
  const attempts: unknown[] = [];
  await claimSlot(store.pool, { ...claim, owner: "first", now: START });
  for (let minute = 2; minute < 20; minute += 2) {
    clock.set(`2024-05-01T00:${String(minute).padStart(2, "0")}:00Z`);
    // The owner claims the run and is never heard of again: its flow does not come back.
    const process = startTimetable({
      store,
      jobs: [{ ...deadly, run: () => new Promise(() => undefined) }],
      now: clock.now,
      owner: `minute ${minute}`,
      clock: (_cron, _zone, _wake) => () => undefined,
      heartbeatMs: 1e9,
    });
    void process.caughtUp;
    await settled(clock.now());
    const { rows } = await listRuns(store.pool, { job: "deadly", limit: 1 });
    attempts.push([rows[0]?.state, rows[0]?.error?.attempts]);
    if (rows[0]?.state === "interrupted") break;
  }
  expect(attempts).toEqual([
    ["running", 1],
    ["running", 2],
    ["interrupted", 3],
  ]);
});

/** Resolves when a decision made at `time` is in the ledger, whichever it was. */
async function settled(time: Date): Promise<void> {
  for (;;) {
    const { rows } = await store.pool.query(
      "select from job_run where job = 'deadly' and (started_at >= $1 or finished_at >= $1)",
      [time],
    );
    if (rows.length > 0) return;
  }
}
