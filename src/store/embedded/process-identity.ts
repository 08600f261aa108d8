/**
 * Who a process is, so that a number noted down yesterday is not mistaken for whoever has it today.
 * A pid alone is reused; a pid with the time it started is not.
 */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process by number and start. `start` only ever compares equal to itself. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: string;
}

/** The identity of this process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, start: processStart(process.pid) ?? "unknown" };
}

/** Whether that very process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  const start = processStart(identity.pid);
  if (start === null) return false;
  return start === "unknown" || identity.start === "unknown" || start === identity.start;
}

/** When the process with this number started, `unknown` where the system hides it, null when none runs. */
export function processStart(pid: number): string | null {
  const signal = probe(pid);
  if (signal === "gone") return null;
  if (process.platform === "win32") return "unknown";
  if (process.platform === "linux") {
    const stat = linuxStat(pid);
    // With /proc mounted hidepid, a process of somebody else is alive and yet not to be seen.
    if (stat === null) return signal === "foreign" ? "unknown" : null;
    return stat.state === "Z" || stat.state === "X" ? null : `${bootId()}:${stat.start}`;
  }
  const line = ps(pid, "stat=,lstart=");
  return line === "" || line.startsWith("Z") ? null : line.replace(/^\S+\s+/, "");
}

/** The command line of a process, its arguments joined by spaces; empty where it cannot be read. */
export function commandLine(pid: number): string {
  if (process.platform === "win32") return "";
  if (process.platform !== "linux") return ps(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

function probe(pid: number): "own" | "foreign" | "gone" {
  try {
    process.kill(pid, 0);
    return "own";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "foreign" : "gone";
  }
}

function linuxStat(pid: number): { state: string; start: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold spaces and brackets itself.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "X", start: fields[19] ?? "" };
  } catch {
    return null;
  }
}

let boot: string | undefined;

/** Start times count from the boot of the machine, so they mean nothing across one. */
function bootId(): string {
  if (boot === undefined) {
    try {
      boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    } catch {
      boot = "";
    }
  }
  return boot;
}

function ps(pid: number, columns: string): string {
  const env = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  const result = spawnSync("ps", ["-o", columns, "-p", String(pid)], { encoding: "utf8", env });
  return (result.stdout ?? "").trim();
}
