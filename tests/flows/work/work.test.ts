import { beforeEach, describe, expect, it } from "vitest";
import {
  acceptAssignment,
  completeAssignment,
  returnAssignment,
} from "../../../src/flows/work/assignment-steps.ts";
import { createTasks, type TaskRequest } from "../../../src/flows/work/create-tasks.ts";
import { dispatch } from "../../../src/flows/work/dispatch.ts";
import { WORK_SETTINGS } from "../../../src/flows/work/settings.ts";
import { heartbeat, signOff, signOn } from "../../../src/flows/work/sign-on.ts";
import { sweep } from "../../../src/flows/work/sweep.ts";
import { openAssignments } from "../../../src/store/work/assignments.ts";
import { findTask } from "../../../src/store/work/tasks.ts";
import { testDatabase } from "../../support/database.ts";
import { brokenLaws, makeFloor, NO_BROKEN_LAWS } from "./floor.ts";

const store = await testDatabase();
const floor = await makeFloor(store);
const START = Date.UTC(2025, 2, 3, 2, 0);
const at = (seconds: number) => new Date(START + seconds * 1000);
const ann = await floor.agent("Ann", { cards: 1 });
const bob = await floor.agent("Bob", { cards: 0.5, loans: 0.8 });
const ONE = { pool: "own", capacity: { call: 1 }, capacityTotal: 1 } as const;

beforeEach(async () => {
  await store.pool.query("truncate assignment, task, agent_presence");
});

const request = (change: Partial<TaskRequest> = {}): TaskRequest => ({
  kind: "callback",
  channel: "call",
  queue: null,
  skill: "cards",
  minProficiency: 0,
  priority: 0,
  dueAt: null,
  expectedSeconds: 300,
  notBefore: null,
  detail: {},
  ...change,
});

async function oneOffer(agentId = ann.id): Promise<string> {
  await createTasks(store, [request()], at(0));
  await signOn(store, agentId, { ...ONE, now: at(0) });
  expect(await dispatch(store, at(1))).toEqual({ ran: true, offered: 1 });
  const [offer] = await openAssignments(store.pool, agentId);
  return offer?.id ?? "";
}

const stateOfTask = async () =>
  (await store.pool.query<{ state: string }>("select state from task")).rows[0]?.state;
const refusal = (code: string) => expect.objectContaining({ code });

describe("createTasks", () => {
  it("makes a task once by its key", async () => {
    const [first] = await createTasks(store, [request({ key: "a" })], at(0));
    const again = await createTasks(
      store,
      [request({ key: "a", kind: "other" }), request({ key: "b" }), request({ key: "b" })],
      at(5),
    );
    expect(first).toMatchObject({ key: "a", created: true });
    expect(again.map((task) => task.created)).toEqual([false, true, false]);
    expect(again[0]?.id).toBe(first?.id);
    expect(again[2]?.id).toBe(again[1]?.id);
    expect((await findTask(store.pool, first?.id ?? ""))?.kind).toBe("callback");
  });

  it("names every skill and queue it does not know, and makes nothing", async () => {
    const nowhere = "01900000-0000-7000-8000-000000000000";
    const tasks = [request(), request({ skill: "juggling" }), request({ queue: nowhere })];
    await expect(createTasks(store, tasks, at(0))).rejects.toMatchObject({
      faults: [
        { code: "unknown_skill", path: "tasks[1].skill", value: "juggling" },
        { code: "unknown_queue", path: "tasks[2].queue", value: nowhere },
      ],
    });
    expect(await stateOfTask()).toBeUndefined();
  });
});

describe("dispatch", () => {
  it("offers to who may take it and leaves the rest waiting", async () => {
    await createTasks(
      store,
      [request({ skill: "loans" }), request({ skill: "loans", minProficiency: 0.9 })],
      at(0),
    );
    for (const { id } of [ann, bob]) await signOn(store, id, { ...ONE, now: at(0) });
    expect(await dispatch(store, at(1))).toEqual({ ran: true, offered: 1 });
    const [offer] = await openAssignments(store.pool, bob.id);
    expect(offer).toMatchObject({ state: "offered", skill: "loans", leaseUntil: at(31) });
    expect(offer?.why).toMatchObject({ skill: "loans", proficiency: 0.8, alternatives: 0 });
    expect(await openAssignments(store.pool, ann.id)).toEqual([]);
  });

  it("waits for not_before, and takes nobody who is in aux", async () => {
    await createTasks(store, [request({ notBefore: at(60) })], at(0));
    await signOn(store, ann.id, { ...ONE, now: at(0) });
    expect(await dispatch(store, at(59))).toMatchObject({ offered: 0 });
    await heartbeat(store, ann.id, { now: at(59), state: "aux", settings: WORK_SETTINGS });
    expect(await dispatch(store, at(60))).toMatchObject({ offered: 0 });
    await heartbeat(store, ann.id, { now: at(60), state: "available", settings: WORK_SETTINGS });
    expect(await dispatch(store, at(60))).toMatchObject({ offered: 1 });
  });

  it("keeps capacity by channel and in all, over several dispatches", async () => {
    const chats = ["a", "b", "c"].map((key) => request({ key, channel: "chat" }));
    await createTasks(store, [...chats, request(), request()], at(0));
    const capacity = { call: 1, chat: 2 };
    await signOn(store, ann.id, { pool: "own", capacity, capacityTotal: 3, now: at(0) });
    expect(await dispatch(store, at(1))).toMatchObject({ offered: 3 });
    expect(await dispatch(store, at(2))).toMatchObject({ offered: 0 });
    const open = await openAssignments(store.pool, ann.id);
    expect(open.map((each) => each.channel).sort()).toEqual(["call", "chat", "chat"]);
  });

  it("is not held up by urgent work that nobody can do", async () => {
    const hard = Array.from({ length: 30 }, () =>
      request({ skill: "loans", minProficiency: 0.99, priority: 5 }),
    );
    await createTasks(store, [...hard, request({ skill: "loans" })], at(0));
    await signOn(store, bob.id, { ...ONE, now: at(0) });
    expect(await dispatch(store, at(1))).toMatchObject({ offered: 1 });
  });

  it("takes the price of the day: the agent's own before its party's", async () => {
    await store.pool.query(
      `insert into cost_rate (agent_id, per_hour, currency, from_day, to_day) values
         ($1, 36, 'CNY', '2025-01-01', '2025-03-03'), ($1, 72, 'CNY', '2025-03-03', null)`,
      [ann.id],
    );
    // 02:00 in UTC on 3 March is 10:00 in Shanghai: the second rate. 300 s at 72 an hour is 6.00.
    const id = await oneOffer();
    const [offer] = await openAssignments(store.pool, ann.id);
    expect(offer).toMatchObject({ id, expectedCost: 6 });
    await store.pool.query("delete from cost_rate");
  });
});

describe("steps of an assignment", () => {
  it("accept, complete: done once, and every step answers again the same", async () => {
    const assignment = await oneOffer();
    const step = { assignment, agentId: ann.id, now: at(2) };
    const accepted = await acceptAssignment(store, step, WORK_SETTINGS);
    expect(accepted).toMatchObject({ state: "accepted", leaseUntil: at(122) });
    expect(await acceptAssignment(store, { ...step, now: at(3) }, WORK_SETTINGS)).toEqual(accepted);
    const done = await completeAssignment(store, { ...step, now: at(9), result: { ok: 1 } });
    expect(done).toMatchObject({ state: "done", endedAt: at(9) });
    const again = await completeAssignment(store, { ...step, now: at(10), result: { ok: 2 } });
    expect(again).toEqual(done);
    expect(await findTask(store.pool, done.taskId)).toMatchObject({
      state: "done",
      doneAt: at(9),
      result: { ok: 1 },
    });
    expect(await dispatch(store, at(11))).toMatchObject({ offered: 0 });
  });

  it("return: waits again, and goes to another agent", async () => {
    const assignment = await oneOffer();
    const step = { assignment, agentId: ann.id, now: at(2) };
    const returned = await returnAssignment(store, { ...step, reason: "not mine" });
    expect(returned).toMatchObject({ state: "returned", why: { declined: "not mine" } });
    expect(await returnAssignment(store, { ...step, reason: "again" })).toEqual(returned);
    expect(await stateOfTask()).toBe("waiting");
    expect(await dispatch(store, at(3))).toMatchObject({ offered: 0 });
    await signOn(store, bob.id, { ...ONE, now: at(3) });
    expect(await dispatch(store, at(4))).toMatchObject({ offered: 1 });
    expect(await openAssignments(store.pool, bob.id)).toHaveLength(1);
  });

  it("goes on with the next task when one agent declined the first", async () => {
    const assignment = await oneOffer();
    await createTasks(store, [request()], at(1));
    await returnAssignment(store, { assignment, agentId: ann.id, now: at(2), reason: "no" });
    expect(await dispatch(store, at(3))).toMatchObject({ offered: 1 });
  });

  it("offers again to who declined, after a while", async () => {
    const assignment = await oneOffer();
    await returnAssignment(store, { assignment, agentId: ann.id, now: at(2), reason: "later" });
    expect(await dispatch(store, at(602))).toMatchObject({ offered: 0 });
    expect(await dispatch(store, at(603))).toMatchObject({ offered: 1 });
  });

  it("refuses a step that does not fit, with a code that says what was found", async () => {
    const assignment = await oneOffer();
    const step = { assignment, agentId: ann.id, now: at(2) };
    const complete = () => completeAssignment(store, { ...step, result: {} });
    const accept = () => acceptAssignment(store, step, WORK_SETTINGS);
    await expect(complete()).rejects.toEqual(refusal("assignment_not_accepted"));
    const stranger = { ...step, agentId: bob.id };
    await expect(acceptAssignment(store, stranger, WORK_SETTINGS)).rejects.toEqual(
      refusal("unknown_assignment"),
    );
    await accept();
    await complete();
    await expect(accept()).rejects.toEqual(refusal("assignment_done"));
    await expect(returnAssignment(store, { ...step, reason: "x" })).rejects.toEqual(
      refusal("assignment_done"),
    );
    const unknown = { ...step, assignment: "01900000-0000-7000-8000-000000000000" };
    await expect(acceptAssignment(store, unknown, WORK_SETTINGS)).rejects.toEqual(
      refusal("unknown_assignment"),
    );
  });
});

describe("sweep", () => {
  it("puts an offer nobody took back to the queue, at its moment and not before", async () => {
    const assignment = await oneOffer();
    expect(await sweep(store, at(30.999))).toMatchObject({ expired: 0 });
    expect(await sweep(store, at(31))).toEqual({ expired: 1, signedOff: 0, returned: 0 });
    expect(await stateOfTask()).toBe("waiting");
    const late = { assignment, agentId: ann.id, now: at(32) };
    await expect(acceptAssignment(store, late, WORK_SETTINGS)).rejects.toEqual(
      refusal("assignment_expired"),
    );
  });

  it("keeps accepted work with its agent for as long as the agent is heard of", async () => {
    const assignment = await oneOffer();
    await acceptAssignment(store, { assignment, agentId: ann.id, now: at(2) }, WORK_SETTINGS);
    for (const second of [50, 100, 150]) {
      await heartbeat(store, ann.id, { now: at(second), settings: WORK_SETTINGS });
      expect(await sweep(store, at(second))).toEqual({ expired: 0, signedOff: 0, returned: 0 });
    }
    expect(await sweep(store, at(269))).toMatchObject({ expired: 0, signedOff: 1 });
    expect(await sweep(store, at(270))).toMatchObject({ expired: 1 });
    expect(await stateOfTask()).toBe("waiting");
  });

  it("signs off who was not heard of, takes back offers, not accepted work", async () => {
    await createTasks(store, [request(), request()], at(0));
    await signOn(store, ann.id, { ...ONE, capacity: { call: 2 }, capacityTotal: 2, now: at(0) });
    await dispatch(store, at(1), { ...WORK_SETTINGS, offerSeconds: 500 });
    const [first] = await openAssignments(store.pool, ann.id);
    const step = { assignment: first?.id ?? "", agentId: ann.id, now: at(2) };
    await acceptAssignment(store, step, WORK_SETTINGS);
    expect(await sweep(store, at(62))).toEqual({ expired: 0, signedOff: 1, returned: 1 });
    const open = await openAssignments(store.pool, ann.id);
    expect(open.map((each) => each.state)).toEqual(["accepted"]);
    await expect(
      heartbeat(store, ann.id, { now: at(63), settings: WORK_SETTINGS }),
    ).rejects.toEqual(refusal("not_signed_on"));
    expect(await brokenLaws(store)).toEqual(NO_BROKEN_LAWS);
  });
});

describe("sign-on", () => {
  it("writes skills from today on and ends those no longer named", async () => {
    const cat = await floor.agent("Cat", { cards: 0.5, loans: 0.6 });
    const skills = { cards: 0.9, pets: 1 };
    const signedOn = await signOn(store, cat.id, { ...ONE, skills, now: at(0) });
    expect(signedOn.skills).toEqual(skills);
    const again = await signOn(store, cat.id, { ...ONE, skills: { pets: 0.5 }, now: at(60) });
    expect(again.skills).toEqual({ pets: 0.5 });
    const { rows } = await store.pool.query(
      `select skill.name, proficiency, from_day, to_day from agent_skill join skill
       on skill.id = skill_id where agent_id = $1 order by name, from_day`,
      [cat.id],
    );
    // What held before today is kept for the days it held.
    expect(rows).toEqual([
      { name: "cards", proficiency: 0.5, from_day: "2020-01-01", to_day: "2025-03-03" },
      { name: "loans", proficiency: 0.6, from_day: "2020-01-01", to_day: "2025-03-03" },
      { name: "pets", proficiency: 0.5, from_day: "2025-03-03", to_day: null },
    ]);
  });

  it("keeps work in hand at a second sign-on, and gives offers back at sign-off", async () => {
    const assignment = await oneOffer();
    await signOn(store, ann.id, { ...ONE, now: at(5) });
    expect(await openAssignments(store.pool, ann.id)).toHaveLength(1);
    expect(await dispatch(store, at(6))).toMatchObject({ offered: 0 });
    await signOff(store, ann.id, at(7));
    await signOff(store, ann.id, at(7));
    expect(await stateOfTask()).toBe("waiting");
    const step = { assignment, agentId: ann.id, now: at(8) };
    await expect(acceptAssignment(store, step, WORK_SETTINGS)).rejects.toEqual(
      refusal("assignment_returned"),
    );
    // Leaving is not declining: signed on again, the same agent gets it again.
    await signOn(store, ann.id, { ...ONE, now: at(9) });
    expect(await dispatch(store, at(10))).toMatchObject({ offered: 1 });
  });
});
