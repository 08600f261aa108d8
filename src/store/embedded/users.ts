/**
 * Who uses the server of a data folder: one file for each opened store, holding the process that
 * opened it. The last one to leave ends the server.
 */

import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, type ProcessIdentity, thisProcess } from "./process-identity.ts";

/** Notes this process as a user. Returns the file that stands for it. */
export function register(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.${randomBytes(4).toString("hex")}`);
  writeFileSync(file, JSON.stringify(thisProcess()), { flag: "wx", mode: 0o644 });
  return file;
}

/** Takes a user off the list. Doing it twice is harmless. */
export function unregister(file: string): void {
  rmSync(file, { force: true });
}

/** How many users live. Files of the dead are cleared away; call it with the lock held. */
export function countUsers(folder: string): number {
  let count = 0;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (lives(file)) count += 1;
    else rmSync(file, { force: true });
  }
  return count;
}

function lives(file: string): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity);
  } catch {
    // Half a file is what a process leaves that died while writing it.
    return false;
  }
}
