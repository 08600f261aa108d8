import { afterAll, beforeEach, expect, it } from "vitest";
import { awaitAssignments } from "../../../src/flows/work/assignment-steps.ts";
import { createTasks } from "../../../src/flows/work/create-tasks.ts";
import { startDispatcher } from "../../../src/flows/work/dispatcher-loop.ts";
import { WORK_SETTINGS } from "../../../src/flows/work/settings.ts";
import { signOn } from "../../../src/flows/work/sign-on.ts";
import { listenForWork, notifyWork, type WorkChange } from "../../../src/store/work/changes.ts";
import { testDatabase } from "../../support/database.ts";
import { makeFloor } from "./floor.ts";

const store = await testDatabase({ maxConnections: 10 });
const floor = await makeFloor(store);
const changes = await listenForWork(store);
afterAll(() => changes.close());
const agent = await floor.agent("Ann", { cards: 1 });
const other = await floor.agent("Bob", { cards: 1 });
const ONE = { pool: "own", capacity: { call: 1 }, capacityTotal: 1 } as const;
const NEVER = new AbortController().signal;
const now = () => new Date();
const fail = (error: unknown) => {
  throw error;
};

beforeEach(async () => {
  await store.pool.query("truncate assignment, task, agent_presence");
});

const oneTask = () =>
  createTasks(
    store,
    [
      {
        kind: "test",
        channel: "call",
        queue: null,
        skill: "cards",
        minProficiency: 0,
        priority: 0,
        dueAt: null,
        expectedSeconds: 60,
        notBefore: null,
        detail: {},
      },
    ],
    now(),
  );

it("takes work to a waiting agent at once, with two dispatchers running", async () => {
  const loops = [1, 2].map(() => startDispatcher(store, { changes, now, onError: fail }));
  await signOn(store, agent.id, { ...ONE, now: now() });
  const poll = awaitAssignments(store, agent.id, { waitSeconds: 20, changes, signal: NEVER });
  const started = performance.now();
  await oneTask();
  const [offer] = await poll;
  // Far below the tick of a second: the notice woke the dispatcher, the dispatcher's the poll.
  expect(performance.now() - started).toBeLessThan(900);
  expect(offer).toMatchObject({ state: "offered" });
  await Promise.all(loops.map((loop) => loop.stop()));
});

it("lets the running step finish when stopped, and starts none after", async () => {
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const loop = startDispatcher(store, { changes, now, onError });
  await signOn(store, agent.id, { ...ONE, now: now() });
  const offered = new Promise<void>((resolve) => {
    const forget = changes.subscribe(({ agents }) => {
      if (!agents?.includes(agent.id)) return;
      forget();
      resolve();
    });
  });
  await oneTask();
  await offered;
  await loop.stop();
  await signOn(store, other.id, { ...ONE, now: now() });
  await oneTask();
  const wait = { waitSeconds: 0.3, changes, signal: NEVER };
  expect(await awaitAssignments(store, other.id, wait)).toEqual([]);
  expect(errors).toEqual([]);
});

/** No agent has this id. */
const MARK = 2_000_000_000;

/** Resolves at the first change that is meant. */
function heard(meant: (change: WorkChange) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const forget = changes.subscribe((change) => {
      if (!meant(change)) return;
      forget();
      resolve();
    });
  });
}

it("hears again after its connection was cut, and wakes everybody", async () => {
  // What earlier tests made known comes first, in order: after this mark none of it is on its way.
  const mark = heard(({ agents }) => agents?.[0] === MARK);
  await notifyWork(store.pool, { dispatch: false, agents: [MARK] });
  await mark;
  const everybodyWoken = heard(({ agents }) => agents === null);
  await store.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query = 'listen muster_work'`,
  );
  await everybodyWoken;
  await signOn(store, agent.id, { ...ONE, now: now() });
  const loop = startDispatcher(store, { changes, now, onError: fail });
  await oneTask();
  // A poll may end early with nothing, at any word about the agent: then one asks again.
  let open: readonly unknown[] = [];
  while (open.length === 0) {
    open = await awaitAssignments(store, agent.id, { waitSeconds: 20, changes, signal: NEVER });
  }
  expect(open).toHaveLength(1);
  await loop.stop();
});

it("ends a long poll when the client goes, and at its time", async () => {
  const client = new AbortController();
  const wait = { waitSeconds: 20, changes, signal: client.signal };
  const poll = awaitAssignments(store, agent.id, wait);
  client.abort();
  expect(await poll).toEqual([]);
  expect(await awaitAssignments(store, agent.id, { ...wait, waitSeconds: 0.01 })).toEqual([]);
});

it("goes on after a step that failed", async () => {
  const errors: unknown[] = [];
  let times = 0;
  const clock = () => {
    times += 1;
    if (times === 1) throw new Error("the clock is away");
    return new Date();
  };
  const onError = (error: unknown) => errors.push(error);
  const loop = startDispatcher(store, { changes, now: clock, settings: WORK_SETTINGS, onError });
  await signOn(store, agent.id, { ...ONE, now: now() });
  const poll = awaitAssignments(store, agent.id, { waitSeconds: 20, changes, signal: NEVER });
  await oneTask();
  expect(await poll).toHaveLength(1);
  expect(errors).toHaveLength(1);
  await loop.stop();
});
