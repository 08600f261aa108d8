import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, it } from "vitest";
import { FlowError } from "../../../src/flows/errors.ts";
import {
  acceptAssignment,
  completeAssignment,
  returnAssignment,
} from "../../../src/flows/work/assignment-steps.ts";
import { createTasks } from "../../../src/flows/work/create-tasks.ts";
import { dispatch } from "../../../src/flows/work/dispatch.ts";
import { WORK_SETTINGS } from "../../../src/flows/work/settings.ts";
import { heartbeat, signOff, signOn } from "../../../src/flows/work/sign-on.ts";
import { sweep } from "../../../src/flows/work/sweep.ts";
import { openAssignments } from "../../../src/store/work/assignments.ts";
import { testDatabase } from "../../support/database.ts";
import { brokenLaws, type FloorAgent, makeFloor, NO_BROKEN_LAWS } from "./floor.ts";

const store = await testDatabase({ maxConnections: 12 });
const floor = await makeFloor(store);
const TASKS = 300;
const AGENTS = 12;
const SETTINGS = { ...WORK_SETTINGS, offerSeconds: 2, workSeconds: 3, seenSeconds: 10 };

it("never gives a task two owners, whoever dispatches, sweeps and leaves at once", async () => {
  const random = xoroshiro128plus(7);
  const chance = (percent: number) => uniformInt(random, 1, 100) <= percent;
  // Time goes on with every action, so that leases run out while others work.
  let clock = Date.UTC(2025, 2, 3, 2, 0);
  const now = () => {
    clock += 40;
    return new Date(clock);
  };
  const agents: FloorAgent[] = [];
  for (let n = 0; n < AGENTS; n += 1) agents.push(await floor.agent(`agent ${n}`, { cards: 1 }));
  const requests = Array.from({ length: TASKS }, (_, n) => ({
    key: `task ${n}`,
    kind: "test",
    channel: n % 3 === 0 ? ("chat" as const) : ("call" as const),
    queue: null,
    skill: n % 2 === 0 ? "cards" : null,
    minProficiency: 0,
    priority: 0,
    dueAt: null,
    expectedSeconds: 60,
    notBefore: null,
    detail: {},
  }));
  await createTasks(store, requests, now());

  const refusals = new Map<string, number>();
  let finished = false;
  const tolerant = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // Losing a race is answered with a code; anything else is a fault.
      if (!(error instanceof FlowError)) throw error;
      refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
    }
  };
  const capacity = { call: 1, chat: 2 };
  const play = async (agent: FloorAgent): Promise<void> => {
    while (!finished) {
      await signOn(store, agent.id, { pool: "own", capacity, capacityTotal: 2, now: now() });
      const open = await openAssignments(store.pool, agent.id);
      await Promise.all(
        open.map(({ id }) =>
          tolerant(async () => {
            const step = { assignment: id, agentId: agent.id, now: now() };
            if (chance(15)) return;
            if (chance(10)) return returnAssignment(store, { ...step, reason: "busy" });
            await acceptAssignment(store, step, SETTINGS);
            if (chance(10)) return;
            const done = () => completeAssignment(store, { ...step, now: now(), result: {} });
            // An answer that was lost is asked for again, sometimes at the same moment.
            return Promise.all(chance(30) ? [done(), done()] : [done()]);
          }),
        ),
      );
      if (chance(20)) await signOff(store, agent.id, now());
      else await tolerant(() => heartbeat(store, agent.id, { now: now(), settings: SETTINGS }));
    }
  };
  let dispatches = 0;
  const settings = { ...SETTINGS, declineSeconds: 1 };
  const dispatcher = async (): Promise<void> => {
    while (!finished) {
      const result = await dispatch(store, now(), settings);
      if (result.ran && result.offered > 0) dispatches += 1;
      await sweep(store, now(), settings);
      const { rows } = await store.pool.query<{ open: number }>(
        "select count(*)::int as open from task where state <> 'done'",
      );
      if (rows[0]?.open === 0) finished = true;
    }
  };
  const work = [...agents.map(play), dispatcher(), dispatcher(), dispatcher()];
  await Promise.all(work).finally(() => {
    finished = true;
  });

  expect(await brokenLaws(store)).toEqual(NO_BROKEN_LAWS);
  const { rows } = await store.pool.query<{ state: string; n: number }>(
    "select state, count(*)::int as n from assignment group by state",
  );
  const count = Object.fromEntries(rows.map((row) => [row.state, row.n]));
  expect(count.done).toBe(TASKS);
  // The test is worth nothing unless the races it is about took place.
  expect(count.returned).toBeGreaterThan(10);
  expect(dispatches).toBeGreaterThan(20);
  console.info({ ...count, dispatches, refusals: Object.fromEntries(refusals) });
});

it("is held by the database when everything else fails", async () => {
  const { rows } = await store.pool.query<{ id: string }>(
    "insert into task (origin, kind, channel) values ('law', 'test', 'call') returning id",
  );
  const task = rows[0]?.id;
  const agent = await floor.agent("Law");
  const insert = (state: string) =>
    store.pool.query(
      `insert into assignment (task_id, agent_id, state, expected_cost, offered_at,
         lease_until, ended_at)
       values ($1, $2, $3::assignment_state, 0, now(), now(),
         case when $3::assignment_state = 'done' then now() end)`,
      [task, agent.id, state],
    );
  await insert("offered");
  // 23505: unique_violation, in PostgreSQL's Appendix A.
  await expect(insert("accepted")).rejects.toMatchObject({
    code: "23505",
    constraint: "assignment_one_owner",
  });
  await insert("done");
  await expect(insert("done")).rejects.toMatchObject({
    code: "23505",
    constraint: "assignment_done_once",
  });
});
