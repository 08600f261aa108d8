/**
 * The server process of a cluster as its own notes (`postmaster.pid`) tell of it: is it there, is it
 * ready, where does it listen. Notes outlive a crash, so they are believed only with proof.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine, processStart } from "./process-identity.ts";

/** What a running server says of itself. `host` is a socket folder, or an address on Windows. */
export interface Postmaster {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly ready: boolean;
}

/** A process number that no system gives out. */
const NO_PROCESS = 2_147_483_646;

/** The notes of the cluster, whether true or not; null when there are none or not all yet. */
export function readNotes(cluster: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const host = lines[4]?.trim() || lines[5]?.trim() || "";
  return { pid, host, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** The server of this cluster if one runs. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const notes = readNotes(cluster);
  return notes !== null && isPostmaster(notes.pid, cluster) ? notes : null;
}

/** Whether the process is the server of this cluster and not another that was given its number. */
export function isPostmaster(pid: number, cluster: string): boolean {
  if (processStart(pid) === null) return false;
  // Windows shows no command lines; there a wrong guess ends in a connection that fails.
  if (process.platform === "win32") return true;
  return commandLine(pid).includes(`-D ${cluster} `);
}

/**
 * Notes that name a process of somebody else would keep PostgreSQL from starting. The number is
 * replaced and the rest kept, for it still tells PostgreSQL of server processes a crash left behind.
 */
export function disownNotes(cluster: string): void {
  const notes = readNotes(cluster);
  if (notes === null || isPostmaster(notes.pid, cluster)) return;
  const file = join(cluster, "postmaster.pid");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/^\d+/, String(NO_PROCESS)));
}
