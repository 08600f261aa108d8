/**
 * An exclusive lock as a file, held by a process and worth nothing once that process is dead. It
 * works without an event loop too, because the last thing a dying process does is take it.
 */

import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, type ProcessIdentity, thisProcess } from "./process-identity.ts";

/** How long an empty lock file may belong to somebody between creating and filling it. */
const FILLING_MILLISECONDS = 5_000;

/** Takes the lock, waiting as long as its holder lives, at most `limitMilliseconds`. */
export async function withLock<T>(
  file: string,
  limitMilliseconds: number,
  action: () => Promise<T>,
): Promise<T> {
  const until = Date.now() + limitMilliseconds;
  while (!tryLock(file)) {
    if (Date.now() > until) throw new Error(`the lock ${file} was not given free in time`);
    await sleep(10 + Math.random() * 10);
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * The same without waiting on the event loop, for the end of a process. A lock this process holds
 * already counts as taken, and once the limit has passed `action` runs without.
 */
export function withLockNow(file: string, limitMilliseconds: number, action: () => void): void {
  const held = tryLockUntil(file, Date.now() + limitMilliseconds);
  try {
    action();
  } finally {
    if (held) rmSync(file, { force: true });
  }
}

function tryLockUntil(file: string, until: number): boolean {
  try {
    while (!tryLock(file)) {
      if (holderOf(file)?.pid === process.pid) return true;
      if (Date.now() > until) return false;
      pause(10);
    }
    return true;
  } catch {
    // A full disk or a folder that was deleted: no reason to leave a server behind.
    return false;
  }
}

/** Blocks the thread. Only for a process that is on its way out. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function tryLock(file: string): boolean {
  if (create(file)) return true;
  if (!isStale(file)) return false;
  // Of several that see a dead holder only one may clear it away: without this second lock, a
  // slow one would remove the lock that a quick one has already taken anew.
  const breaking = `${file}.breaking`;
  if (!create(breaking)) {
    if (isStale(breaking)) rmSync(breaking, { force: true });
    return false;
  }
  try {
    if (isStale(file)) rmSync(file, { force: true });
    return create(file);
  } finally {
    rmSync(breaking, { force: true });
  }
}

function create(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, "wx", 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(descriptor, JSON.stringify(thisProcess()));
    return true;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function isStale(file: string): boolean {
  const holder = holderOf(file);
  return holder === null ? isOld(file) : !isAlive(holder);
}

/** Who holds the lock; null when nobody does, or while it is being written. */
function holderOf(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return null;
  }
}

function isOld(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > FILLING_MILLISECONDS;
}
