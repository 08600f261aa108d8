import { expect, it } from "vitest";
import {
  makeCallBackTasks,
  makeFollowUpTasks,
  makeTicketTasks,
} from "../../../src/flows/work/create-tasks.ts";
import { testDatabase } from "../../support/database.ts";
import { makeFloor } from "./floor.ts";

const store = await testDatabase();
const floor = await makeFloor(store);
const now = new Date("2025-03-04T01:00:00Z");
const MARCH_3 = { from: "2025-03-03", to: "2025-03-04", now };

const tasks = async (kind: string) =>
  (
    await store.pool.query(
      `select origin, channel, priority, state, due_at, skill.name as skill, queue_id
       from task left join skill on skill.id = skill_id where kind = $1 order by origin`,
      [kind],
    )
  ).rows;

it("calls back each known customer who hung up and was not served since, once", async () => {
  await floor.abandoned([
    { externalId: "1", customer: 11, arrivedAt: "2025-03-03T09:00:00+08:00" },
    // The same customer again: one call-back, for the latest.
    { externalId: "2", customer: 11, arrivedAt: "2025-03-03T09:30:00+08:00" },
    // Got through later.
    { externalId: "3", customer: 12, arrivedAt: "2025-03-03T10:00:00+08:00" },
    { externalId: "4", customer: 12, arrivedAt: "2025-03-03T10:05:00+08:00", outcome: "handled" },
    // Was served before, and hung up after.
    { externalId: "5", customer: 13, arrivedAt: "2025-03-03T10:00:00+08:00", outcome: "handled" },
    { externalId: "6", customer: 13, arrivedAt: "2025-03-03T11:00:00+08:00" },
    // Nobody knows who.
    { externalId: "7", customer: null, arrivedAt: "2025-03-03T11:00:00+08:00" },
    // The first and the last instant of the day in Shanghai, and the first of the next.
    { externalId: "8", customer: 14, arrivedAt: "2025-03-02T16:00:00Z" },
    { externalId: "9", customer: 15, arrivedAt: "2025-03-03T15:59:59Z" },
    { externalId: "A", customer: 16, arrivedAt: "2025-03-03T16:00:00Z" },
  ]);
  expect(await makeCallBackTasks(store, MARCH_3)).toBe(4);
  expect(await makeCallBackTasks(store, MARCH_3)).toBe(0);
  const source = floor.sourceId;
  const made = await tasks("call_back");
  expect(made.map((task) => task.origin)).toEqual(
    ["2", "6", "8", "9"].map((id) => `contact:${source}:${id}`),
  );
  // Promised within two hours of hanging up; the skill named like the queue.
  expect(made[0]).toMatchObject({
    channel: "call",
    skill: "cards",
    queue_id: floor.queueId,
    due_at: new Date("2025-03-03T11:30:00+08:00"),
  });
});

it("calls a customer back again who hangs up again after the call-back was done", async () => {
  await store.pool.query(
    `update task set state = 'done', done_at = '2025-03-03T20:00:00+08:00' where kind = 'call_back'
     and customer_key = 11`,
  );
  await floor.abandoned([
    { externalId: "B", customer: 11, arrivedAt: "2025-03-03T21:00:00+08:00" },
  ]);
  expect(await makeCallBackTasks(store, MARCH_3)).toBe(1);
});

it("makes no two call-backs to one customer when run twice at once", async () => {
  await floor.abandoned([
    { externalId: "C", customer: 21, arrivedAt: "2025-03-05T09:00:00+08:00" },
    { externalId: "D", customer: 21, arrivedAt: "2025-03-05T09:10:00+08:00" },
  ]);
  const day = { from: "2025-03-05", to: "2025-03-06", now };
  const made = await Promise.all([1, 2, 3].map(() => makeCallBackTasks(store, day)));
  expect(made.sort()).toEqual([0, 0, 1]);
});

it("makes a follow-up of each contact that asks for one", async () => {
  const arrivedAt = "2025-03-03T12:00:00+08:00";
  await floor.abandoned([
    { externalId: "F", customer: null, arrivedAt, outcome: "handled", followUp: true },
    { externalId: "G", customer: 31, arrivedAt, outcome: "handled" },
  ]);
  expect(await makeFollowUpTasks(store, MARCH_3)).toBe(1);
  expect(await makeFollowUpTasks(store, MARCH_3)).toBe(0);
  expect(await tasks("follow_up")).toMatchObject([{ origin: `contact:${floor.sourceId}:F` }]);
});

it("makes a task of each open ticket, and cancels it when that closes elsewhere", async () => {
  const ticket = (id: string, opened: string, closed: string | null, priority: string | null) =>
    store.pool.query(
      `insert into ticket (source_id, external_id, opened_at, closed_at, priority, events,
         hand_offs)
       values ($1, $2, $3, $4, $5, 1, 0)`,
      [floor.sourceId, id, opened, closed, priority],
    );
  await ticket("T1", "2025-03-03T00:00:00+08:00", null, "High");
  await ticket("T2", "2025-03-03T23:59:59+08:00", null, null);
  await ticket("T3", "2025-03-03T10:00:00+08:00", "2025-03-03T11:00:00+08:00", null);
  await ticket("T4", "2025-03-04T00:00:00+08:00", null, null);
  expect(await makeTicketTasks(store, MARCH_3)).toBe(2);
  const origin = (id: string) => `ticket:${floor.sourceId}:${id}`;
  expect(await tasks("ticket")).toMatchObject([
    { origin: origin("T1"), priority: 1, channel: "ticket" },
    { origin: origin("T2"), priority: 0 },
  ]);
  await store.pool.query("update ticket set closed_at = $1 where external_id = 'T1'", [now]);
  expect(await makeTicketTasks(store, MARCH_3)).toBe(0);
  expect(await tasks("ticket")).toMatchObject([{ state: "cancelled" }, { state: "waiting" }]);
});
