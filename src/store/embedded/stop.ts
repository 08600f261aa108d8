/** Ending the server process of a cluster. The lock of the data folder is held meanwhile. */

import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { type Binaries, programEnvironment } from "./binaries.ts";
import { pause } from "./lock.ts";
import { type Postmaster, runningPostmaster } from "./postmaster.ts";
import { isAlive, type ProcessIdentity, processStart } from "./process-identity.ts";
import { removeSocketFolder } from "./socket-folder.ts";

/** A server that was told to drop everything needs no longer than this. */
const QUIT_MILLISECONDS = 10_000;

/** What to end, and how long it may take to write its data out before it must leave it to its log. */
export interface Stopping {
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly limitMilliseconds: number;
}

/** Asks the server to end (connections are cut, data is written) and waits until it has. */
export async function stop(stopping: Stopping): Promise<void> {
  const steps = stopSteps(stopping);
  while (!steps.next().done) await sleep(10);
}

/** The same for a process that is on its way out and has no event loop any more. */
export function stopNow(stopping: Stopping): void {
  const steps = stopSteps(stopping);
  while (!steps.next().done) pause(10);
}

/** Ends the server, pausing wherever there is waiting to do. */
function* stopSteps({ cluster, binaries, limitMilliseconds }: Stopping): Generator<void, void> {
  const running = runningPostmaster(cluster);
  if (running === null) return;
  // A process that ends loses its command line before it is gone, its start time never.
  const server = { pid: running.pid, start: processStart(running.pid) ?? "gone" };
  signal(running, "INT", binaries);
  yield* untilGone(server, limitMilliseconds);
  if (isAlive(server)) {
    signal(running, "QUIT", binaries);
    yield* untilGone(server, QUIT_MILLISECONDS);
  }
  removeSocketFolder(running.host);
}

function* untilGone(server: ProcessIdentity, milliseconds: number): Generator<void, void> {
  const until = Date.now() + milliseconds;
  while (isAlive(server) && Date.now() < until) yield;
}

function signal({ pid }: Postmaster, name: "INT" | "QUIT", { pgCtl }: Binaries): void {
  if (process.platform === "win32") {
    // Windows knows no signals; PostgreSQL has its own, and pg_ctl can send them.
    spawnSync(pgCtl, ["kill", name, String(pid)], { env: programEnvironment(), stdio: "ignore" });
    return;
  }
  try {
    process.kill(pid, `SIG${name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
