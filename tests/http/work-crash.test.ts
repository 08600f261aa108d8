/**
 * The heart of the work: a real server process and a real client process, both killed with -9 again
 * and again in the middle of it, and in the end every task done exactly once.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, expect, it } from "vitest";
import { issueToken } from "../../src/flows/access.ts";
import { makeCallBackTasks } from "../../src/flows/work/create-tasks.ts";
import { WORK_SETTINGS } from "../../src/flows/work/settings.ts";
import { listenForWork } from "../../src/store/work/changes.ts";
import { brokenLaws, makeFloor, NO_BROKEN_LAWS } from "../flows/work/floor.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase();
const floor = await makeFloor(store);
const TASKS = 150;
const AGENTS = 5;
const SETTINGS = { ...WORK_SETTINGS, offerSeconds: 2, workSeconds: 2, seenSeconds: 2 };
/**
 * After so many completions that the client heard of, one of the two is killed and started again.
 */
const KILLS = ["client", "server", "client", "server", "server"] as const;
const BETWEEN_KILLS = 12;

const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

function start(program: string, words: readonly string[], onLine: (line: string) => void) {
  const path = new URL(`../support/${program}`, import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", path, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", onLine);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  children.delete(child);
}

async function startServer(port: number): Promise<{ child: ChildProcess; port: number }> {
  const words = [store.url, String(port), JSON.stringify(SETTINGS)];
  return new Promise((resolve, reject) => {
    const child = start("work-server.ts", words, (line) => {
      const listening = /^listening (\d+)$/.exec(line);
      if (listening !== null) resolve({ child, port: Number(listening[1]) });
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

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
  const user = { name: "gateway", role: "manager", partyId: null, agentId: null } as const;
  const token = await issueToken(store, { user, name: "test", now: new Date(), days: 1 });

  const heard = new Set<string>();
  let onHeard = () => {};
  let server = await startServer(0);
  const startClient = () =>
    start(
      "agent-client.ts",
      [`http://127.0.0.1:${server.port}/api/v1`, token, "30", ...agents],
      (line) => {
        heard.add(line.replace(/^done /, ""));
        onHeard();
      },
    );
  let client = startClient();
  const heardOf = (count: number) =>
    new Promise<void>((resolve) => {
      onHeard = () => {
        if (heard.size >= count) resolve();
      };
      onHeard();
    });

  for (const [index, victim] of KILLS.entries()) {
    await heardOf((index + 1) * BETWEEN_KILLS);
    if (victim === "client") {
      await kill(client);
      client = startClient();
    } else {
      await kill(server.child);
      server = await startServer(server.port);
    }
  }
  await allDone();
  await kill(client);
  await kill(server.child);

  expect(await brokenLaws(store)).toEqual(NO_BROKEN_LAWS);
  const { rows } = await store.pool.query<{ task: string; state: string; done: number }>(
    `select t.id as task, t.state, (select count(*)::int from assignment a
       where a.task_id = t.id and a.state = 'done') as done from task t`,
  );
  expect(rows.filter((row) => row.state !== "done" || row.done !== 1)).toEqual([]);
  expect(rows).toHaveLength(TASKS);
  // Nothing that the client was told is done got lost.
  const ids = new Set(rows.map((row) => row.task));
  expect([...heard].filter((task) => !ids.has(task))).toEqual([]);
  const counted = await store.pool.query(
    "select state, count(*)::int as n from assignment group by state order by state",
  );
  console.info(`heard of ${heard.size}`, JSON.stringify(counted.rows));
}, 60_000);

/** Asks at every change until nothing is left to do. */
async function allDone(): Promise<void> {
  const changes = await listenForWork(store);
  try {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        store.pool
          .query<{ open: number }>("select count(*)::int as open from task where state <> 'done'")
          .then(({ rows }) => rows[0]?.open === 0 && resolve(), reject);
      };
      changes.subscribe(look);
      look();
    });
  } finally {
    await changes.close();
  }
}
