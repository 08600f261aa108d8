/**
 * Dashboards open and live while an import runs, against the same dashboards with nothing else going on:
 * how long the queries of the pages take. The server and the import are processes of their own.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { issueToken } from "../flows/access.ts";
import type { Store } from "../store/connection.ts";
import { importInChild } from "./import-bench.ts";
import { type Dashboards, openDashboards } from "./open-dashboards.ts";
import { BENCH_KEY } from "./take-bench-file.ts";

export interface DashboardsBench {
  readonly dashboards: number;
  readonly contacts: number;
  readonly idle: Answers;
  readonly importing: Answers;
  readonly importSeconds: number;
  /** The 95th percentile during the import by that without it. */
  readonly ratio: number;
  readonly liveEvents: number;
}

export interface Answers {
  readonly answers: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly slowestMs: number;
}

const DASHBOARDS = 100;
const SEED = 11;
/** Twice as long as a dashboard waits until it asks again: each has asked at least once. */
const IDLE_MS = 60_000;

/** `file` is imported once before, so that there is something to look at, and once during. */
export async function dashboardsBench(store: Store, file: string): Promise<DashboardsBench> {
  await importInChild({ url: store.url, file, source: "before" });
  await store.pool.query("vacuum analyze");
  const server = await startServer(store.url);
  let open: Dashboards | undefined;
  try {
    const user = { name: "bench", role: "administrator", partyId: null, agentId: null } as const;
    const token = await issueToken(store, { user, name: "bench", now: new Date(), days: 1 });
    open = openDashboards({ address: server.address, token, count: DASHBOARDS, seed: SEED });
    await sleep(IDLE_MS / 2);
    // What each asks as it opens warms the caches.
    open.taken();
    await sleep(IDLE_MS);
    const idle = answersOf(open.taken());
    const { seconds, rows } = await importInChild({ url: store.url, file, source: "during" });
    const importing = answersOf(open.taken());
    return {
      dashboards: DASHBOARDS,
      contacts: rows * 2,
      idle,
      importing,
      importSeconds: seconds,
      ratio: importing.p95Ms / idle.p95Ms,
      liveEvents: open.events(),
    };
  } finally {
    await open?.close();
    await server.stop();
  }
}

function answersOf(milliseconds: readonly number[]): Answers {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { answers: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), slowestMs: at(1) };
}

interface Server {
  readonly address: string;
  stop(): Promise<void>;
}

const ADDRESS = /^Muster serves at (\S+)$/;

/** `muster serve` on that store, by the very program that runs the bench. */
async function startServer(databaseUrl: string): Promise<Server> {
  const program = process.argv[1];
  if (program === undefined) throw new Error("the bench was not started as a program");
  const child = spawn(process.execPath, [program, "serve", "--port", "0", "--no-agents"], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      MUSTER_KEY: Buffer.from(BENCH_KEY).toString("hex"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the server ended with code ${code}`);
  });
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stdout });
  const served = (async () => {
    for await (const line of lines) {
      const address = ADDRESS.exec(line)?.[1];
      if (address !== undefined) return address;
    }
    throw new Error("the server said no address");
  })();
  const address = await Promise.race([served, ended]);
  return {
    address,
    stop: async () => {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
