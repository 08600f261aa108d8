/**
 * Who is told when work changes: LISTEN and NOTIFY on one channel, so that every process hears of
 * it, whichever wrote. A notice is sent in the transaction of the change and arrives when that
 * commits. Notices only wake: whoever hears one reads the store. So a lost notice costs a second,
 * never a task.
 */

import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Store } from "../connection.ts";
import type { Sql } from "./sql.ts";

export interface WorkChange {
  /** There may be something to dispatch: new work, work come back, an agent with room. */
  readonly dispatch: boolean;
  /** Whose assignments changed; null: it is not said, anybody's may have. */
  readonly agents: readonly number[] | null;
}

export interface WorkChanges {
  /** Returns how to stop listening. Listeners must not throw. */
  subscribe(listener: (change: WorkChange) => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = "muster_work";
/** A payload may have 8,000 bytes; past this, everybody is woken instead. */
const MOST_AGENTS = 500;
const RECONNECT_MS = 250;

/** Tells everybody once the transaction commits. */
export async function notifyWork(sql: Sql, change: WorkChange): Promise<void> {
  const agents = change.agents === null ? "*" : change.agents.slice(0, MOST_AGENTS + 1).join(",");
  const some = change.agents !== null && change.agents.length <= MOST_AGENTS;
  const payload = `${change.dispatch ? "dispatch" : "step"}:${some ? agents : "*"}`;
  await sql.query("select pg_notify($1, $2)", [CHANNEL, payload]);
}

/** Listens on a connection of its own. When it breaks it is made anew and everybody is woken. */
export async function listenForWork(store: Store): Promise<WorkChanges> {
  const listeners = new Set<(change: WorkChange) => void>();
  const stopped = new AbortController();
  const tell = (change: WorkChange) => {
    for (const listener of [...listeners]) listener(change);
  };
  let client = await connect(store, tell, (broken) => void reconnect(broken));
  const reconnect = async (broken: pg.Client): Promise<void> => {
    if (broken !== client) return;
    while (!stopped.signal.aborted) {
      try {
        await pause(RECONNECT_MS, undefined, { signal: stopped.signal });
        client = await connect(store, tell, (next) => void reconnect(next));
        // What was said while nobody listened is not known.
        tell({ dispatch: true, agents: null });
        break;
      } catch {
        // The server is away, or this process is closing: the loop's condition tells which.
      }
    }
    if (stopped.signal.aborted) await client.end().catch(() => undefined);
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stopped.abort();
      listeners.clear();
      await client.end().catch(() => undefined);
    },
  };
}

async function connect(
  store: Store,
  tell: (change: WorkChange) => void,
  onBroken: (client: pg.Client) => void,
): Promise<pg.Client> {
  const client = new pg.Client(store.connection);
  client.on("notification", ({ payload }) => tell(parseChange(payload ?? "")));
  client.on("error", () => onBroken(client));
  client.on("end", () => onBroken(client));
  await client.connect();
  await client.query(`listen ${CHANNEL}`);
  return client;
}

function parseChange(payload: string): WorkChange {
  const [kind, agents = "*"] = payload.split(":");
  const numbers = agents === "" ? [] : agents.split(",").map(Number);
  return { dispatch: kind === "dispatch", agents: agents === "*" ? null : numbers };
}
