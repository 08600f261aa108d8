import pino from "pino";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/shared/vocabulary.ts";
import { issueToken } from "../../src/flows/access.ts";
import { dispatch } from "../../src/flows/work/dispatch.ts";
import { WORK_SETTINGS } from "../../src/flows/work/settings.ts";
import { liveSnapshot } from "../../src/http/contract/live.ts";
import * as contract from "../../src/http/contract/work.ts";
import { liveRoutes } from "../../src/http/routes/live.ts";
import { workRoutes } from "../../src/http/routes/work.ts";
import { listen } from "../../src/http/server.ts";
import { listenForWork } from "../../src/store/work/changes.ts";
import { makeFloor } from "../flows/work/floor.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase({ maxConnections: 8 });
const floor = await makeFloor(store);
const changes = await listenForWork(store);
const now = () => new Date();
const server = await listen(
  {
    context: { store, now },
    mounted: [...workRoutes({ changes, settings: WORK_SETTINGS }), ...liveRoutes({ changes })],
    logger: pino({ level: "silent" }),
    dashboards: "/nowhere",
  },
  { port: 0, host: "127.0.0.1" },
);
afterAll(async () => {
  await server.close();
  await changes.close();
});

const ann = await floor.agent("Ann", { cards: 1 });
const bob = await floor.agent("Bob", { cards: 0.5 });
const { rows: parties } = await store.pool.query<{ id: number }>(
  "insert into party (name, kind) values ('North', 'vendor') returning id",
);
const token = (role: Role, agentId: number | null = null) =>
  issueToken(store, {
    user: {
      name: `${role} ${agentId ?? ""}`,
      role,
      partyId: role === "vendor" ? (parties[0]?.id ?? null) : null,
      agentId,
    },
    name: "test",
    now: now(),
    days: 1,
  });
const manager = await token("manager");
const planner = await token("planner");
const vendor = await token("vendor");
const annHerself = await token("agent", ann.id);

const headers = (who: string) => ({
  authorization: `Bearer ${who}`,
  "content-type": "application/json",
});
const api = `http://127.0.0.1:${server.port}/api/v1`;
/** The keys that tests look at without checking the whole answer by its contract. */
interface Answer {
  readonly code?: string;
  readonly tasks: readonly object[];
  readonly task: { readonly id: string };
  readonly skills: object;
  readonly assignments: readonly object[];
}

async function call(who: string, method: string, path: string, body?: object) {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: headers(who),
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

const SIGN_ON = { pool: "own", capacity: { call: 1 }, capacityTotal: 1 };
const TASK = { kind: "callback", channel: "call", skill: "cards", key: "k1" };

beforeEach(async () => {
  await store.pool.query("truncate assignment, task, agent_presence");
});

async function offered(): Promise<string> {
  await call(manager, "POST", "/tasks", { tasks: [TASK] });
  await call(manager, "POST", `/agents/${ann.uuid}/presence`, SIGN_ON);
  await dispatch(store, now());
  const { body } = await call(annHerself, "GET", `/agents/${ann.uuid}/assignments?waitSeconds=5`);
  return contract.agentAssignments.response.parse(body).assignments[0]?.id ?? "";
}

describe("tasks over HTTP", () => {
  it("makes tasks, once by key, and shows them a page at a time", async () => {
    const tasks = ["a", "b", "c"].map((key) => ({ ...TASK, key, queue: floor.queueUuid }));
    const made = await call(planner, "POST", "/tasks", { tasks });
    expect(made.status).toBe(201);
    const created = contract.createTasks.response.parse(made.body).tasks;
    expect(created.map((task) => task.created)).toEqual([true, true, true]);
    const again = await call(planner, "POST", "/tasks", { tasks: tasks.slice(0, 1) });
    expect(again.body.tasks[0]).toEqual({ ...created[0], created: false });

    const first = await call(manager, "GET", "/tasks?state=waiting&limit=2");
    const page = contract.tasks.response.parse(first.body);
    const second = await call(manager, "GET", `/tasks?limit=2&cursor=${page.next}`);
    const rest = contract.tasks.response.parse(second.body);
    expect(rest.next).toBeNull();
    const shown = [...page.rows, ...rest.rows].map((task) => task.id);
    expect(shown).toEqual(
      created
        .map((task) => task.id)
        .sort()
        .reverse(),
    );
    expect(page.rows[0]).toMatchObject({ queue: "cards", skill: "cards", state: "waiting" });
  });

  it.each([
    ["no tasks", { tasks: [] }],
    ["a channel nobody knows", { tasks: [{ ...TASK, channel: "fax" }] }],
    ["no seconds", { tasks: [{ ...TASK, expectedSeconds: 0 }] }],
    ["a date without a zone", { tasks: [{ ...TASK, dueAt: "2025-03-03T10:00:00" }] }],
    ["an unknown skill", { tasks: [{ ...TASK, skill: "juggling" }] }],
  ])("refuses %s", async (_name, body) => {
    expect((await call(manager, "POST", "/tasks", body)).status).toBe(400);
  });
});

describe("an agent's day over HTTP", () => {
  it("signs on, takes an offer, does it, signs off", async () => {
    const id = await offered();
    const accepted = await call(annHerself, "POST", `/assignments/${id}/accept`);
    expect(contract.acceptAssignment.response.parse(accepted.body).state).toBe("accepted");
    const seen = await call(annHerself, "PATCH", `/agents/${ann.uuid}/presence`, {});
    expect(contract.changePresence.response.parse(seen.body).seenSeconds).toBe(60);
    const complete = () =>
      call(annHerself, "POST", `/assignments/${id}/complete`, { result: { reached: true } });
    const done = await complete();
    expect(contract.completeAssignment.response.parse(done.body).state).toBe("done");
    expect(await complete()).toEqual(done);
    const task = await call(manager, "GET", `/tasks/${done.body.task.id}`);
    const whole = contract.oneTask.response.parse(task.body);
    expect(whole).toMatchObject({ state: "done", result: { reached: true } });
    expect(whole.assignments.map((each) => each.state)).toEqual(["done"]);
    const off = await call(annHerself, "DELETE", `/agents/${ann.uuid}/presence`);
    expect(off).toEqual({ status: 200, body: { agent: ann.uuid, signedOn: false } });
    const late = await call(annHerself, "PATCH", `/agents/${ann.uuid}/presence`, {});
    expect(late).toMatchObject({ status: 409, body: { code: "not_signed_on" } });
  });

  it("acts for itself only; a manager for any", async () => {
    const others = `/agents/${bob.uuid}/presence`;
    const refused = { status: 403, body: { code: "not_your_agent" } };
    expect(await call(annHerself, "POST", others, SIGN_ON)).toMatchObject(refused);
    expect(await call(annHerself, "GET", `/agents/${bob.uuid}/assignments`)).toMatchObject(refused);
    expect(await call(manager, "POST", others, SIGN_ON)).toMatchObject({ status: 200 });
    const skilled = { ...SIGN_ON, skills: { cards: 1 } };
    const own = `/agents/${ann.uuid}/presence`;
    expect(await call(annHerself, "POST", own, skilled)).toMatchObject({
      status: 403,
      body: { code: "skills_by_manager" },
    });
    expect((await call(manager, "POST", own, skilled)).body.skills).toEqual({ cards: 1 });
    for (const who of [planner, vendor]) {
      expect(await call(who, "POST", own, SIGN_ON)).toMatchObject({ status: 403 });
    }
  });

  it("answers a wrong step with a conflict and a code, an unknown id with not found", async () => {
    const id = await offered();
    const early = await call(annHerself, "POST", `/assignments/${id}/complete`, {});
    expect(early).toMatchObject({ status: 409, body: { code: "assignment_not_accepted" } });
    const body = { reason: "customer asked for another day" };
    const returned = await call(annHerself, "POST", `/assignments/${id}/return`, body);
    expect(contract.returnAssignment.response.parse(returned.body).state).toBe("returned");
    const late = await call(annHerself, "POST", `/assignments/${id}/accept`);
    expect(late).toMatchObject({ status: 409, body: { code: "assignment_returned" } });
    for (const path of ["/assignments/x/accept", `/assignments/${ann.uuid}/accept`]) {
      expect(await call(manager, "POST", path)).toMatchObject({
        status: 404,
        body: { code: "unknown_assignment" },
      });
    }
  });

  it("holds a poll until there is an offer", async () => {
    await call(manager, "POST", `/agents/${ann.uuid}/presence`, SIGN_ON);
    const poll = call(annHerself, "GET", `/agents/${ann.uuid}/assignments?waitSeconds=20`);
    await call(manager, "POST", "/tasks", { tasks: [TASK] });
    await dispatch(store, now());
    expect((await poll).body.assignments).toHaveLength(1);
  });
});

describe("live over HTTP", () => {
  it("answers a snapshot, and a vendor sees nobody else's agents", async () => {
    await offered();
    const all = liveSnapshot.parse((await call(manager, "GET", "/live")).body);
    expect(all.agents).toMatchObject([{ name: "Ann", state: "offered", inWork: 1, capacity: 1 }]);
    expect(all.pools).toEqual([{ pool: "own", signedOn: 1, free: 0, working: 1, aux: 0 }]);
    expect(all.queues[0]).toMatchObject({ name: "cards", waiting: 0 });
    expect(all.assignments).toHaveLength(1);
    const theirs = liveSnapshot.parse((await call(vendor, "GET", "/live")).body);
    expect([theirs.agents, theirs.assignments, theirs.pools]).toEqual([[], [], []]);
    const own = liveSnapshot.parse((await call(annHerself, "GET", "/live")).body);
    expect(own.agents).toHaveLength(1);
  });

  it("streams snapshots as things change, at most four a second, and ends cleanly", async () => {
    const stop = new AbortController();
    const signal = stop.signal;
    const response = await fetch(`${api}/live/events`, { headers: headers(manager), signal });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events = snapshots(response);
    const first = await events.next();
    expect(first.value?.agents).toEqual([]);
    const started = performance.now();
    // Twenty changes in a row become a few snapshots.
    for (let n = 0; n < 20; n += 1) {
      await call(manager, "POST", `/agents/${ann.uuid}/presence`, SIGN_ON);
    }
    await call(manager, "POST", "/tasks", { tasks: [TASK] });
    let seen = 0;
    for (;;) {
      const { value } = await events.next();
      seen += 1;
      if (value?.agents.length === 1 && value.queues.some((queue) => queue.waiting === 1)) break;
    }
    const seconds = (performance.now() - started) / 1000;
    expect(seen).toBeLessThanOrEqual(Math.ceil(seconds * 4) + 1);
    stop.abort();
    await expect(events.next()).rejects.toThrow();
  });
});

async function* snapshots(response: Response) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^event: snapshot\ndata: (.*)$/.exec(event)?.[1];
      if (data !== undefined) yield liveSnapshot.parse(JSON.parse(data));
    }
  }
}
