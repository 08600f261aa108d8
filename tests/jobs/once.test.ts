/**
 * The whole timetable once. The order is the timetable's own; the flows are stand-ins that say so.
 */

import { expect, it } from "vitest";
import { parseCron } from "../../src/jobs/cron.ts";
import { type OnceProgress, runWholeTimetableOnce } from "../../src/jobs/once.ts";
import { startTimetable } from "../../src/jobs/runner.ts";
import { type JobFlow, timetable } from "../../src/jobs/timetable.ts";
import { testDatabase } from "../support/database.ts";
import { handClock, ledgerOf } from "./ledger-support.ts";

const store = await testDatabase();
const flow =
  (label: string): JobFlow =>
  async ({ progress }) => {
    progress(1, 1, label);
    return { label };
  };
const failing: JobFlow = async () => {
  throw new Error("on purpose");
};
const jobs = timetable(
  {
    pull: flow("files"),
    tally: flow("days"),
    quality: failing,
    dispatchSweep: flow("leases"),
    retention: flow("rows"),
  },
  "Asia/Shanghai",
);

it("runs every job in order, tells of each step, and goes on after a failure", async () => {
  const told: string[] = [];
  const onProgress = (progress: OnceProgress) => told.push(line(progress));
  const clock = handClock("2024-05-01T10:00:00Z");
  const runs = await runWholeTimetableOnce({
    store,
    jobs,
    now: clock.now,
    owner: "test",
    onProgress,
  });
  expect(told).toEqual([
    "started pull 1/5",
    "progress pull files",
    "finished pull done",
    "started tally 2/5",
    "progress tally days",
    "finished tally done",
    "started quality 3/5",
    "finished quality failed",
    "started dispatch-sweep 4/5",
    "progress dispatch-sweep leases",
    "finished dispatch-sweep done",
    "started retention 5/5",
    "progress retention rows",
    "finished retention done",
  ]);
  expect(runs.map((run) => run.result)).toEqual([
    { label: "files" },
    { label: "days" },
    null,
    { label: "leases" },
    { label: "rows" },
  ]);
  // The night after is owed from here on: 03:30 in Shanghai is 19:30 UTC.
  clock.set("2024-05-01T20:00:00Z");
  const kept = startTimetable({ store, jobs, now: clock.now, owner: "x", clock: () => () => {} });
  await kept.caughtUp;
  await kept.stop();
  expect(await ledgerOf(store, "retention")).toEqual(["10:00 done by_hand", "19:30 done catch_up"]);
});

it("ends where it is told to", async () => {
  const stop = new AbortController();
  const runs = await runWholeTimetableOnce({
    store,
    jobs,
    now: () => new Date("2024-06-01T10:00:00Z"),
    owner: "test",
    signal: stop.signal,
    onProgress: ({ at, job }) => {
      if (at === "finished" && job === "tally") stop.abort();
    },
  });
  expect(runs.map((run) => run.job)).toEqual(["pull", "tally"]);
});

it("every job of the timetable has an expression and a zone that hold", () => {
  for (const { cron, zone, name } of jobs) {
    expect(() => parseCron(cron), name).not.toThrow();
    expect(() => new Intl.DateTimeFormat("en", { timeZone: zone }), name).not.toThrow();
  }
});

function line(progress: OnceProgress): string {
  if (progress.at === "started")
    return `started ${progress.job} ${progress.index + 1}/${progress.of}`;
  const what = progress.at === "progress" ? progress.label : progress.run.state;
  return `${progress.at} ${progress.job} ${what}`;
}
