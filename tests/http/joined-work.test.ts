/** Two names of one agent at work: signed on once, offered work once, and seen as one. */

import pino from "pino";
import { afterAll, beforeEach, expect, it } from "vitest";
import { issueToken } from "../../src/flows/access.ts";
import { joinAgents, undoAgentJoin } from "../../src/flows/agent-joins.ts";
import { dispatch } from "../../src/flows/work/dispatch.ts";
import { WORK_SETTINGS } from "../../src/flows/work/settings.ts";
import { type LiveSnapshot, liveSnapshot } from "../../src/http/contract/live.ts";
import * as contract from "../../src/http/contract/work.ts";
import { liveRoutes } from "../../src/http/routes/live.ts";
import { workRoutes } from "../../src/http/routes/work.ts";
import { listen } from "../../src/http/server.ts";
import { listenForWork } from "../../src/store/work/changes.ts";
import { brokenLaws, makeFloor, NO_BROKEN_LAWS } from "../flows/work/floor.ts";
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
const other = await floor.agent("Ann S.", { cards: 1 });
const bob = await floor.agent("Bob", { cards: 0.5 });
const issue = (name: string, role: "manager" | "agent", agentId: number | null) =>
  issueToken(store, { user: { name, role, partyId: null, agentId }, name, now: now(), days: 1 });
const manager = await issue("boss", "manager", null);
/** Her account is bound to the name that is joined. */
const herself = await issue("ann", "agent", other.id);
const { rows: users } = await store.pool.query("select id from app_user where name = 'boss'");
const userId = users[0].id as string;

const join = async () =>
  (await joinAgents(store, { agent: other.uuid, into: ann.uuid, userId, now: now() })).id;
const undo = (id: string) => undoAgentJoin(store, { join: id, userId, now: now() });

beforeEach(async () => {
  await store.pool.query(
    `truncate assignment, task, agent_presence, agent_join; update agent set joined_into = null`,
  );
});

async function call(who: string, method: string, path: string, body?: object) {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${who}`, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const SIGN_ON = { pool: "own", capacity: { call: 1 }, capacityTotal: 1 };
const signOn = (who: string, agent: { readonly uuid: string }) =>
  call(who, "POST", `/agents/${agent.uuid}/presence`, SIGN_ON);

async function makeTasks(...keys: string[]): Promise<void> {
  const tasks = keys.map((key) => ({ key, kind: "callback", channel: "call", skill: "cards" }));
  expect((await call(manager, "POST", "/tasks", { tasks })).status).toBe(201);
}

async function openOf(who: string, agent: { readonly uuid: string }) {
  const { body } = await call(who, "GET", `/agents/${agent.uuid}/assignments`);
  return contract.agentAssignments.response.parse(body).assignments;
}

async function live(who = manager): Promise<LiveSnapshot> {
  return liveSnapshot.parse((await call(who, "GET", "/live")).body);
}

const shown = async (who = manager) =>
  (await live(who)).agents.map(({ name, state, inWork }) => [name, state, inWork]);

it("signed on and at work under both, joined they are one person with the work of both", async () => {
  await makeTasks("a", "b", "c");
  await signOn(manager, ann);
  await signOn(manager, other);
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 2 });
  expect(await shown()).toEqual([
    ["Ann", "offered", 1],
    ["Ann S.", "offered", 1],
  ]);
  await join();
  expect(await shown()).toEqual([["Ann", "offered", 2]]);
  expect((await live()).assignments.map(({ agent }) => agent)).toEqual(["Ann", "Ann"]);
  expect(await shown(herself)).toEqual([["Ann", "offered", 2]]);
  // Both fill the one place: nothing more until both are done.
  const [first, second] = await openOf(herself, other);
  expect([first?.agent, second?.agent]).toEqual([ann.uuid, ann.uuid]);
  expect(await openOf(manager, ann)).toEqual([first, second]);
  for (const assignment of [first, second]) {
    expect(await dispatch(store, now())).toEqual({ ran: true, offered: 0 });
    for (const step of ["accept", "complete"]) {
      const path = `/assignments/${assignment?.id}/${step}`;
      expect((await call(herself, "POST", path, {})).status).toBe(200);
    }
  }
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 1 });
  expect(await openOf(herself, ann)).toMatchObject([{ agent: ann.uuid, state: "offered" }]);
  expect(await brokenLaws(store)).toEqual(NO_BROKEN_LAWS);
});

it("signing on under either name is signing on as the person, once", async () => {
  await join();
  const { body } = await signOn(herself, other);
  expect(body).toMatchObject({ agent: ann.uuid, skills: { cards: 1 } });
  expect((await signOn(herself, ann)).status).toBe(200);
  expect(await shown()).toEqual([["Ann", "free", 0]]);
  await makeTasks("a", "b");
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 1 });
  const aux = await call(herself, "PATCH", `/agents/${other.uuid}/presence`, { state: "aux" });
  expect(aux.body).toMatchObject({ agent: ann.uuid, state: "aux" });
  expect((await signOn(herself, bob)).status).toBe(403);
  expect((await call(herself, "DELETE", `/agents/${other.uuid}/presence`)).status).toBe(200);
  expect(await shown()).toEqual([]);
  // The offer went back to the queue.
  const waiting = contract.tasks.response.parse(
    (await call(manager, "GET", "/tasks?state=waiting")).body,
  );
  expect(waiting.rows).toHaveLength(2);
});

it("who signed on under the joined name alone stays signed on", async () => {
  await signOn(herself, other);
  await join();
  expect(await shown()).toEqual([["Ann", "free", 0]]);
  expect((await call(herself, "PATCH", `/agents/${other.uuid}/presence`, {})).status).toBe(200);
});

it("a name that signed on while it was joined gets nothing and is not shown", async () => {
  await join();
  await store.pool.query(
    `insert into agent_presence (agent_id, pool, capacity, capacity_total, state, signed_on_at,
       last_seen_at, free_since) values ($1, 'own', '{"call": 1}', 1, 'available', now(), now(), now())`,
    [other.id],
  );
  await makeTasks("a");
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 0 });
  expect(await shown()).toEqual([]);
  await signOn(herself, other);
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 1 });
  expect(await shown()).toEqual([["Ann", "offered", 1]]);
});

it("what was declined under one name is not offered to the other", async () => {
  await makeTasks("a");
  await signOn(manager, other);
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 1 });
  const [offer] = await openOf(manager, other);
  await call(manager, "POST", `/assignments/${offer?.id}/return`, { reason: "not mine" });
  const id = await join();
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 0 });
  await undo(id);
  // Two agents again, and Ann has declined nothing.
  await signOn(manager, ann);
  expect(await dispatch(store, now())).toEqual({ ran: true, offered: 1 });
  expect(await openOf(manager, ann)).toHaveLength(1);
  expect((await signOn(manager, other)).body).toMatchObject({ agent: other.uuid });
  expect(await shown()).toEqual([
    ["Ann", "offered", 1],
    ["Ann S.", "free", 0],
  ]);
});
