/** The heart of the work: kills in the middle of it, and in the end every task done exactly once. */

import { expect, it } from "vitest";
import { makeCallBackTasks } from "../../src/flows/work/create-tasks.ts";
import { brokenLaws, makeFloor, NO_BROKEN_LAWS } from "../flows/work/floor.ts";
import { doneTasks, workThroughCrashes } from "../support/crashes.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase();
const floor = await makeFloor(store);
const TASKS = 150;
const AGENTS = 5;

it("does every task exactly once, through kills of client and server", async () => {
  const contacts = Array.from({ length: TASKS }, (_, n) => ({
    externalId: `call ${n}`,
    customer: 1000 + n,
    arrivedAt: "2025-03-03T10:00:00+08:00",
  }));
  await floor.abandoned(contacts);
  const days = { from: "2025-03-03", to: "2025-03-04", now: new Date() };
  expect(await makeCallBackTasks(store, days)).toBe(TASKS);
  const agents: string[] = [];
  for (let n = 0; n < AGENTS; n += 1) {
    agents.push((await floor.agent(`agent ${n}`, { cards: 0.5 + n / 10 })).uuid);
  }
  const heard = await workThroughCrashes({
    store,
    agents,
    kills: ["client", "server", "client", "server", "server"],
    betweenKills: 12,
  });

  expect(await brokenLaws(store)).toEqual(NO_BROKEN_LAWS);
  const tasks = await doneTasks(store);
  expect(tasks.filter(({ state, done }) => state !== "done" || done !== 1)).toEqual([]);
  expect(tasks).toHaveLength(TASKS);
  // Nothing that the client was told is done got lost.
  const ids = new Set(tasks.map(({ task }) => task));
  expect([...heard].filter((task) => !ids.has(task))).toEqual([]);
}, 60_000);
