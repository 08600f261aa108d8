/**
 * Dashboards open and live while an import runs, against the same dashboards with nothing else going on:
 * how long the queries of the pages take. The server and the import are processes of their own.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { issueToken } from "../flows/access.ts";
import type { Store } from "../store/connection.ts";
import { importInChild } from "./import-bench.ts";
import { type Dashboards, openDashboards } from "./open-dashboards.ts";

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

/** A `muster serve` in a process of its own. */
export interface ServerProcess {
  readonly address: string;
  stop(): Promise<void>;
}

export type StartServer = (databaseUrl: string) => Promise<ServerProcess>;

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
export async function dashboardsBench(
  store: Store,
  file: string,
  startServer: StartServer,
): Promise<DashboardsBench> {
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
