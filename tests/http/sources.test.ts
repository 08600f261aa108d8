/** Sources over HTTP: how each stands, pulling one, pausing one; the clock stands still at NOW. */

import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { addFolderSource } from "../../src/flows/sources.ts";
import type { JobRunShape } from "../../src/http/contract/jobs.ts";
import { claimSlot, withJob } from "../../src/store/job-runs.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { NOW, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
const root = temporaryDirectory();
await takeCentre(store, root);
const folder = join(root, "dropped");
mkdirSync(folder);
const MAPPING = {
  record: "contact",
  fields: { externalId: "id", agent: "agent", arrivedAt: { column: "at", format: "iso" } },
};
await addFolderSource(store, {
  name: "dropped",
  place: folder,
  format: "table",
  mapping: MAPPING,
  zone: "UTC",
});
const server = await startServer(store);
const planner = await server.token("planner");
const manager = await server.token("manager");

function drop(name: string, rows: readonly string[]): void {
  const path = join(folder, name);
  writeFileSync(path, `id,agent,at\n${rows.join("\n")}\n`);
  const at = NOW.getTime() / 1000 - 60;
  utimesSync(path, at, at);
}

interface SourceAnswer {
  readonly id: string;
  readonly name: string;
  readonly etag: string;
  readonly [key: string]: unknown;
}

async function sources(): Promise<Record<string, SourceAnswer>> {
  const answer = (await (await server.ask("/sources", planner)).json()) as {
    sources: SourceAnswer[];
  };
  return Object.fromEntries(answer.sources.map((source) => [source.name, source]));
}

const idOf = async (name: string) => (await sources())[name]?.id ?? "";

async function ended(id: string): Promise<JobRunShape> {
  for (;;) {
    const answer = await (await server.ask("/job-runs?job=pull", planner)).json();
    const run = (answer as { rows: JobRunShape[] }).rows.find((one) => one.id === id);
    if (run !== undefined && run.state !== "running") return run;
    await pause(10);
  }
}

const patch = async (id: string, paused: boolean, etag?: string, token = planner) =>
  server.ask(`/sources/${id}`, token, {
    method: "PATCH",
    body: JSON.stringify({ paused }),
    headers: etag === undefined ? {} : { "if-match": etag },
  });

describe("sources", () => {
  it("stand with their latest import, their lag and what was taken", async () => {
    const { calls, dropped } = await sources();
    // 30 + 20 + 25 + 6 handled and 4 abandoned; the 29th of Ann's is at 09:58 on the 11th.
    expect(calls).toMatchObject({
      ...{ kind: "file", place: null, format: "table", zone: "UTC", paused: false },
      retry: "by_mapping",
      ...{ rows: 85, rejects: 0, schedule: null, nextPull: null },
      lastBatch: { file: "calls.csv", state: "done", startedAt: NOW.toISOString() },
      latestArrival: "2026-03-11T09:58:00.000Z",
      lagSeconds: (NOW.getTime() - Date.parse("2026-03-11T09:58:00Z")) / 1000,
    });
    expect(dropped).toMatchObject({
      ...{ kind: "folder", place: folder, rows: 0, lastBatch: null },
      ...{ latestArrival: null, lagSeconds: null, schedule: "*/5 * * * *" },
      nextPull: "2026-03-12T12:05:00.000Z",
    });
  });

  it("also travel as CSV", async () => {
    const headers = { accept: "text/csv" };
    const answer = await server.ask("/sources", planner, { headers });
    const [head, ...rows] = (await answer.text()).trim().split("\n");
    expect(head).toContain("id,name,kind,place,format");
    expect(rows).toHaveLength(2);
  });

  it("are not for vendors and agents, and are changed by planners and administrators", async () => {
    const vendor = await server.token("vendor", { party: "Lotus" });
    expect((await server.ask("/sources", vendor)).status).toBe(403);
    const { id = "", etag } = (await sources()).dropped ?? {};
    expect((await patch(id, true, etag, manager)).status).toBe(403);
    const pulled = await server.ask(`/sources/${id}/pull`, manager, { method: "POST" });
    expect(pulled.status).toBe(403);
  });
});

describe("a pull by hand", () => {
  it("looks into the folder of that source, as a run of the job, also while it is paused", async () => {
    const { id = "", etag = "" } = (await sources()).dropped ?? {};
    expect((await patch(id, true, etag)).status).toBe(200);
    drop("one.csv", ["d1,Ann,2026-03-12T08:00:00Z", "d2,Cai,whenever"]);
    const answer = await server.ask(`/sources/${id}/pull`, planner, { method: "POST" });
    expect(answer.status).toBe(202);
    const run = (await answer.json()) as JobRunShape;
    expect(run).toMatchObject({ job: "pull", reason: "by_hand" });
    expect(await ended(run.id)).toMatchObject({
      state: "done",
      result: { source: "dropped", files: 1, accepted: 1, rejected: 1, failures: [] },
    });
    expect((await sources()).dropped).toMatchObject({
      ...{ rows: 1, rejects: 1, lagSeconds: 4 * 3600, paused: true, nextPull: null },
      lastBatch: { file: "one.csv", state: "done" },
    });
  });

  it("is refused while folders are being pulled, for a file and for what is not there", async () => {
    const running = {
      job: "pull",
      scheduledFor: NOW,
      reason: "scheduled",
      owner: "other",
      now: NOW,
    };
    await withJob(store, "pull", (client) =>
      claimSlot(client, { ...running, reason: "scheduled" }),
    );
    const pull = async (id: string) =>
      problemIn(await server.ask(`/sources/${id}/pull`, planner, { method: "POST" }));
    expect(await pull(await idOf("dropped"))).toEqual({ status: 409, code: "job_running" });
    await store.pool.query("update job_run set state = 'done' where owner = 'other'");
    const noFolder = { status: 409, code: "source_without_folder" };
    expect(await pull(await idOf("calls"))).toEqual(noFolder);
    const unknown = { status: 404, code: "unknown_source" };
    expect(await pull("01900000-0000-7000-8000-000000000000")).toEqual(unknown);
    expect(await pull("dropped")).toEqual(unknown);
  });
});

describe("pausing", () => {
  it("wants the version that was looked at", async () => {
    const { id = "", etag = "" } = (await sources()).dropped ?? {};
    const changed = { status: 412, code: "changed_meanwhile" };
    const missing = { status: 428, code: "if_match_required" };
    expect(await problemIn(await patch(id, false))).toEqual(missing);
    expect(await problemIn(await patch(id, false, '"of old"'))).toEqual(changed);
    const first = await patch(id, false, etag);
    const after = (await first.json()) as { paused: boolean; etag: string };
    expect(after).toMatchObject({ id, paused: false });
    expect(after.etag).toBe((await sources()).dropped?.etag);
    // Somebody else still has the page from before.
    expect(await problemIn(await patch(id, false, etag))).toEqual(changed);
    expect((await patch(id, true, after.etag)).status).toBe(200);
    expect((await sources()).dropped?.paused).toBe(true);
  });

  it("is kept in the log of changes", async () => {
    const { rows } = await store.pool.query(
      "select action, subject from audit_entry where action like '%sources%' order by id",
    );
    expect(rows).toContainEqual({
      action: "patch /sources/{source}",
      subject: await idOf("dropped"),
    });
  });
});
