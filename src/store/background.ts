/**
 * Long work that nobody waits for gives way to the questions that people wait for: the processes that do it
 * ask the system for less of the processor. It costs nothing while there is nobody else.
 */

import { readFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import type { Pool, PoolClient } from "pg";
import { transact } from "./transaction.ts";

/** A tenth of what others get, while others want it: a thousandth would let it starve. */
const LOW = constants.priority.PRIORITY_BELOW_NORMAL;

/** This process, from now on: it cannot be taken back. */
export function giveWay(): void {
  lower(process.pid);
}

/**
 * A transaction whose server process gives way, where it is one of this machine that can be asked to. Its
 * connection is closed at the end: in the pool it would slow down whoever gets it next.
 */
export async function inBackground<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const hasGivenWay = await giveWayIn(client).catch(() => false);
  return transact(client, work, hasGivenWay);
}

async function giveWayIn(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ pid: number; title: string | null }>(
    `select pg_backend_pid() as pid, case when inet_server_addr() is null
       then 'postgres: ' || session_user || ' ' || current_database() || ' [local]' end as title`,
  );
  const [{ pid, title } = { pid: 0, title: null }] = rows;
  // A socket may lead into a container, where numbers of processes are others: the title tells.
  if (title === null || !(await titleOf(pid)).startsWith(title)) return false;
  return lower(pid);
}

/** How the process calls itself; empty where the system does not tell. */
function titleOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
}

/** Is it lower now? Of another user's process it cannot be. */
function lower(pid: number): boolean {
  try {
    setPriority(pid, LOW);
    return true;
  } catch {
    return false;
  }
}
