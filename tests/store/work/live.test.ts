import { expect, it } from "vitest";
import { liveAgents, liveAssignments, liveQueues } from "../../../src/store/work/live.ts";
import { makeFloor } from "../../flows/work/floor.ts";
import { testDatabase } from "../../support/database.ts";

const store = await testDatabase();
const floor = await makeFloor(store);
const NOW = new Date("2025-03-03T02:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const ALL = { partyId: null, agentId: null };

let made = 0;
async function task(change: Record<string, unknown>): Promise<string> {
  made += 1;
  const row = {
    origin: `test:${made}`,
    kind: "test",
    channel: "call",
    queue_id: floor.queueId,
    state: "waiting",
    not_before: ago(7200),
    created_at: ago(60),
    ...change,
  };
  const names = Object.keys(row);
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into task (${names.join(", ")}) values (${names.map((_, n) => `$${n + 1}`).join(", ")})
     returning id`,
    Object.values(row),
  );
  return rows[0]?.id ?? "";
}

it("counts each queue, by state and by minute", async () => {
  await task({ created_at: ago(100), due_at: ago(1) });
  await task({ created_at: ago(40), due_at: NOW });
  await task({ not_before: new Date(NOW.getTime() + 1) });
  await task({ queue_id: null, created_at: ago(5) });
  await task({ state: "done", done_at: NOW });
  await task({ state: "done", done_at: ago(59) });
  await task({ state: "done", done_at: ago(60) });
  await task({ state: "done", done_at: ago(3599) });
  await task({ state: "done", done_at: ago(3600) });
  const minutes = Array.from({ length: 60 }, () => 0);
  // Within the last minute two, in the one before one, in the first of the hour one; older: none.
  Object.assign(minutes, { 59: 2, 58: 1, 0: 1 });
  expect(await liveQueues(store.pool, NOW)).toEqual([
    {
      id: floor.queueUuid,
      name: "cards",
      waiting: 2,
      oldestWaitingSeconds: 100,
      overdue: 1,
      inWork: 0,
      doneLastHour: 4,
      doneByMinute: minutes,
    },
    {
      id: null,
      name: "",
      waiting: 1,
      oldestWaitingSeconds: 5,
      overdue: 0,
      inWork: 0,
      doneLastHour: 0,
      doneByMinute: minutes.map(() => 0),
    },
  ]);
});

it("shows agents and assignments of a scope only", async () => {
  const { rows: parties } = await store.pool.query<{ id: number }>(
    "insert into party (name, kind) values ('North', 'vendor'), ('South', 'vendor') returning id",
  );
  const party = async (agentId: number, n: number, from: string, to: string | null) => {
    const { rows } = await store.pool.query<{ id: number }>(
      `insert into team (party_id, name) values ($1, 'A')
       on conflict (party_id, name) do update set name = 'A' returning id`,
      [parties[n]?.id],
    );
    await store.pool.query("insert into membership values ($1, $2, $3, $4)", [
      agentId,
      rows[0]?.id,
      from,
      to,
    ]);
  };
  const ann = await floor.agent("Ann");
  const bob = await floor.agent("Bob");
  const cat = await floor.agent("Cat");
  await party(ann.id, 0, "2024-01-01", null);
  await party(bob.id, 1, "2024-01-01", null);
  // In Shanghai it is 3 March already: Cat moved to the North that day.
  await party(cat.id, 1, "2024-01-01", "2025-03-03");
  await party(cat.id, 0, "2025-03-03", null);
  for (const [agent, state] of [
    [ann, "available"],
    [bob, "available"],
    [cat, "aux"],
  ] as const) {
    await store.pool.query(
      `insert into agent_presence values ($1, 'vendor', '{"call": 2}', 2, $2, $3, $3, $3)`,
      [agent.id, state, NOW],
    );
  }
  const assign = async (agentId: number, state: string, offered: Date) => {
    const taskId = await task({ state });
    await store.pool.query(
      `insert into assignment (task_id, agent_id, state, expected_cost, offered_at, accepted_at,
         lease_until) values ($1, $2, $3, 1, $4, $5, $4)`,
      [taskId, agentId, state, offered, state === "accepted" ? NOW : null],
    );
    return taskId;
  };
  const first = await assign(ann.id, "accepted", ago(30));
  const second = await assign(ann.id, "offered", ago(20));
  const third = await assign(bob.id, "offered", ago(10));

  const names = async (scope: typeof ALL | { partyId: number | null; agentId: number | null }) =>
    (await liveAgents(store.pool, NOW, scope)).map((agent) => [
      agent.name,
      agent.state,
      agent.inWork,
      agent.capacity,
    ]);
  expect(await names(ALL)).toEqual([
    ["Ann", "working", 2, 2],
    ["Bob", "offered", 1, 2],
    ["Cat", "aux", 0, 2],
  ]);
  const north = { partyId: parties[0]?.id ?? 0, agentId: null };
  expect((await names(north)).map(([name]) => name)).toEqual(["Ann", "Cat"]);
  expect(await names({ partyId: null, agentId: bob.id })).toHaveLength(1);

  const shown = async (scope: typeof north) =>
    (await liveAssignments(store.pool, NOW, scope)).map(({ task, at }) => [task, at]);
  expect(await shown(north)).toEqual([
    [second, ago(20)],
    [first, NOW],
  ]);
  expect((await liveAssignments(store.pool, NOW, ALL))[0]).toMatchObject({
    task: third,
    agent: "Bob",
    pool: "vendor",
    queue: "cards",
    state: "offered",
  });
  expect((await liveQueues(store.pool, NOW))[0]?.inWork).toBe(3);
});
