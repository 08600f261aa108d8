/**
 * Work through crashes: a real server process and a real client process, both killed with -9 again and
 * again in the middle of it, until everything is done.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { issueToken } from "../../src/flows/access.ts";
import { WORK_SETTINGS } from "../../src/flows/work/settings.ts";
import type { Store } from "../../src/store/connection.ts";
import { listenForWork } from "../../src/store/work/changes.ts";

const SETTINGS = { ...WORK_SETTINGS, offerSeconds: 2, workSeconds: 2, seenSeconds: 2 };

export interface CrashPlan {
  readonly store: Store;
  /** The API's ids of the agents that the client plays. */
  readonly agents: readonly string[];
  /** Who is killed and started again, each after so many more completions that the client heard of. */
  readonly kills: readonly ("client" | "server")[];
  readonly betweenKills: number;
}

/** Runs until every task is done; returns the tasks that the client was told are done. */
export async function workThroughCrashes(plan: CrashPlan): Promise<ReadonlySet<string>> {
  const children = new Set<ChildProcess>();
  try {
    return await work(plan, children);
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
}

async function work(
  { store, agents, kills, betweenKills }: CrashPlan,
  children: Set<ChildProcess>,
): Promise<ReadonlySet<string>> {
  const user = { name: "gateway", role: "manager", partyId: null, agentId: null } as const;
  const token = await issueToken(store, { user, name: "test", now: new Date(), days: 1 });
  const heard = new Set<string>();
  let onHeard = () => {};
  let server = await startServer(children, store.url, 0);
  const startClient = () =>
    start(
      children,
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
  for (const [index, victim] of kills.entries()) {
    await heardOf((index + 1) * betweenKills);
    if (victim === "client") {
      await kill(children, client);
      client = startClient();
    } else {
      await kill(children, server.child);
      server = await startServer(children, store.url, server.port);
    }
  }
  await allDone(store);
  await kill(children, client);
  await kill(children, server.child);
  return heard;
}

function start(
  children: Set<ChildProcess>,
  program: string,
  words: readonly string[],
  onLine: (line: string) => void,
): ChildProcess {
  const path = new URL(`./${program}`, import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", path, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", onLine);
  return child;
}

async function kill(children: Set<ChildProcess>, child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  children.delete(child);
}

async function startServer(
  children: Set<ChildProcess>,
  url: string,
  port: number,
): Promise<{ child: ChildProcess; port: number }> {
  const words = [url, String(port), JSON.stringify(SETTINGS)];
  return new Promise((resolve, reject) => {
    const child = start(children, "work-server.ts", words, (line) => {
      const listening = /^listening (\d+)$/.exec(line);
      if (listening !== null) resolve({ child, port: Number(listening[1]) });
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Asks at every change until nothing is left to do. */
async function allDone(store: Store): Promise<void> {
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

/** Every task with its state and how often the ledger says it was done. */
export async function doneTasks(
  store: Store,
): Promise<readonly { readonly task: string; readonly state: string; readonly done: number }[]> {
  const { rows } = await store.pool.query<{ task: string; state: string; done: number }>(
    `select t.id as task, t.state, (select count(*)::int from assignment a
       where a.task_id = t.id and a.state = 'done') as done from task t`,
  );
  return rows;
}
