/**
 * The routes' answers fit their contract, and who may call them. The server's own tests mount them.
 */

import { afterAll, describe, expect, it } from "vitest";
import { BY_NAME } from "../../src/flows/read/naming.ts";
import {
  type JobRunShape,
  jobRuns,
  jobs,
  startJob,
  stopJobRun,
} from "../../src/http/contract/jobs.ts";
import type { Route } from "../../src/http/contract/route.ts";
import { NO_FILE } from "../../src/http/incoming-file.ts";
import type { Caller, MountedRoute } from "../../src/http/mount.ts";
import { jobRoutes } from "../../src/http/routes/jobs.ts";
import { startTimetable } from "../../src/jobs/runner.ts";
import { recordMissed } from "../../src/store/job-runs.ts";
import { aborted, handClock, heldFlow, job } from "../jobs/ledger-support.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase();
const clock = handClock("2024-05-01T10:01:00Z");
const flow = heldFlow();
const timetable = startTimetable({
  store,
  jobs: [job({ name: "pull" }), job({ name: "slow", run: flow.run })],
  now: clock.now,
  owner: "test",
  clock: "none",
  heartbeatMs: 5,
});
const routes = jobRoutes(timetable);
afterAll(() => timetable.stop());

const caller: Caller = {
  userId: "00000000-0000-7000-8000-000000000001",
  name: "planner",
  role: "planner",
  partyId: null,
  agentId: null,
  expiresAt: new Date("2024-05-02T10:01:00Z"),
};

const none = () => undefined;

/**
 * As the server does: reads the query by the contract, calls, checks the answer by the contract.
 */
async function call(
  route: Route,
  params: Record<string, string> = {},
  query: Record<string, string> = {},
): Promise<unknown> {
  const mounted = routes.find((one) => one.kind === "route" && one.route === route) as MountedRoute;
  const answer = await mounted.handle({
    params,
    query: route.query?.parse(query),
    body: undefined,
    caller,
    context: { store, now: clock.now },
    visit: { address: "", secret: null, refuseCrossSite: none, begin: none, end: none },
    file: NO_FILE,
    ifMatch: "",
    shows: none,
    showsMany: none,
    isFile: false,
    naming: BY_NAME,
    signal: new AbortController().signal,
  });
  return route.response.parse(answer);
}

describe("the timetable over HTTP", () => {
  it("lists the jobs with rule, next slots and last run", async () => {
    expect(await call(jobs)).toMatchObject({
      jobs: [
        {
          name: "pull",
          cron: "*/5 * * * *",
          zone: "UTC",
          catchUp: "latest",
          next: [
            "2024-05-01T10:05:00.000Z",
            "2024-05-01T10:10:00.000Z",
            "2024-05-01T10:15:00.000Z",
          ],
          last: null,
        },
        { name: "slow" },
      ],
    });
  });

  it("starts a job, refuses a second, stops it", async () => {
    const run = (await call(startJob, { job: "slow" })) as JobRunShape;
    expect(run).toMatchObject({ job: "slow", state: "running", reason: "by_hand" });
    await expect(call(startJob, { job: "slow" })).rejects.toMatchObject({
      kind: "conflict",
      code: "job_running",
    });
    const { signal } = await flow.begun;
    expect(await call(stopJobRun, { run: run.id })).toMatchObject({
      id: run.id,
      stopRequestedAt: "2024-05-01T10:01:00.000Z",
    });
    expect(await aborted(signal)).toMatchObject({ code: "stop_requested" });
    flow.letGo({ rows: 1 });
  });

  it("knows what does not exist", async () => {
    const missing = { kind: "not_found" };
    await expect(call(startJob, { job: "nothing" })).rejects.toMatchObject(missing);
    await expect(call(stopJobRun, { run: "nothing" })).rejects.toMatchObject(missing);
    await expect(call(stopJobRun, { run: caller.userId })).rejects.toMatchObject(missing);
  });

  it("pages through the runs", async () => {
    const slots = ["09:50", "09:55", "10:00"].map((time) => new Date(`2024-05-01T${time}:00Z`));
    await recordMissed(store.pool, { job: "pull", slots, now: clock.now() });
    const first = await call(jobRuns, {}, { job: "pull", limit: "2" });
    const { rows, next } = first as { rows: JobRunShape[]; next: string };
    expect(rows.map((run) => run.scheduledFor)).toEqual([
      "2024-05-01T10:00:00.000Z",
      "2024-05-01T09:55:00.000Z",
    ]);
    expect(await call(jobRuns, {}, { job: "pull", limit: "2", cursor: next })).toMatchObject({
      rows: [{ scheduledFor: "2024-05-01T09:50:00.000Z", state: "missed" }],
      next: null,
    });
  });

  it("lets administrators and planners start and stop, vendors and agents not even look", () => {
    for (const { roles } of [startJob, stopJobRun])
      expect(roles).toEqual(["administrator", "planner"]);
    for (const { roles } of [jobs, jobRuns]) {
      expect(roles).toEqual(["administrator", "manager", "planner"]);
    }
  });
});
