/**
 * `muster jobs`: what it prints and how it exits (DESIGN §6: 0 done, 1 the answer is no, 2 wrong
 * input).
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { jobsCommand } from "../../src/cli/jobs.ts";
import { readConfig } from "../../src/config.ts";
import { startTimetable } from "../../src/jobs/runner.ts";
import { claimSlot } from "../../src/store/job-runs.ts";
import { testDatabase } from "../support/database.ts";
import { job } from "./ledger-support.ts";

const store = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "muster-jobs-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

const jobs = [
  job({ name: "good", run: async () => ({ rows: 2 }) }),
  job({
    name: "bad",
    run: async () => {
      throw new Error("on purpose");
    },
  }),
];

interface Answer {
  readonly exitCode: number | string | null | undefined;
  readonly out: string;
  readonly err: string;
}

async function muster(...argv: readonly string[]): Promise<Answer> {
  let out = "";
  let err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += text;
    return true;
  });
  const program = new Command().exitOverride();
  jobsCommand(
    program,
    () => readConfig({ DATABASE_URL: store.url, MUSTER_DATA: folder }),
    ({ store: opened, now, owner }) =>
      startTimetable({ store: opened, jobs, now, owner, clock: "none" }),
  );
  await program.parseAsync(["jobs", ...argv], { from: "user" });
  vi.restoreAllMocks();
  return { exitCode: process.exitCode, out, err };
}

describe("muster jobs", () => {
  it("run: waits for the end and prints it; 0 where it is done", async () => {
    const { out, exitCode } = await muster("run", "good", "--json");
    expect(JSON.parse(out)).toMatchObject({ job: "good", state: "done", result: { rows: 2 } });
    expect(exitCode).toBeUndefined();
  });

  it("run: 1 where it failed, 2 where there is no such job", async () => {
    const failed = await muster("run", "bad");
    expect(failed.exitCode).toBe(1);
    expect(failed.out).toContain("failed job_failed: on purpose");
    const unknown = await muster("run", "nothing");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.err).toContain("unknown_job");
  });

  it("list: jobs with their next slots, and the latest runs", async () => {
    const { out } = await muster("list", "--json");
    const listed = JSON.parse(out) as { jobs: { name: string }[]; runs: { job: string }[] };
    expect(listed.jobs.map(({ name }) => name)).toEqual(["good", "bad"]);
    expect(listed.runs.map((run) => run.job)).toEqual(["bad", "good"]);
    expect((await muster("list")).out).toContain("good             */5 * * * *");
    await expect(muster("list", "--limit", "x")).rejects.toMatchObject({ code: "invalid_limit" });
  });

  it("stop: asks a running run, says no where it has ended", async () => {
    const now = new Date();
    const run = await claimSlot(store.pool, {
      job: "good",
      scheduledFor: now,
      reason: "scheduled",
      owner: "elsewhere",
      now,
    });
    const asked = await muster("stop", run?.id ?? "", "--json");
    expect(JSON.parse(asked.out)).toMatchObject({ id: run?.id, state: "running" });
    expect(JSON.parse(asked.out).stopRequestedAt).not.toBeNull();
    await store.pool.query("update job_run set state = 'done' where id = $1", [run?.id]);
    expect(await muster("stop", run?.id ?? "")).toMatchObject({ exitCode: 1 });
    process.exitCode = undefined;
    expect(await muster("stop", "nothing")).toMatchObject({ exitCode: 2 });
  });
});
