/** Runs `open-store.ts` as a process of its own, which is killed at the latest when the test ends. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const PROGRAM = fileURLToPath(new URL("open-store.ts", import.meta.url));

export interface HeldStore {
  readonly child: ChildProcess;
  /** The process of the server it is connected to. */
  readonly serverPid: number;
  /** What it said on standard error. */
  errors(): string;
  /** Lets it come to its end, and waits for it. Its exit code, or the signal that ended it. */
  finish(): Promise<number | string>;
  /** Sends a signal and waits for its end. */
  kill(signal: NodeJS.Signals): Promise<number | string>;
}

/** Opens the store of a folder in another process, as another user if one is given. */
export async function holdStore(
  dataFolder: string,
  options: {
    readonly mode?: "close" | "throw" | "exit";
    readonly user?: { uid: number; gid: number };
  } = {},
): Promise<HeldStore> {
  const words = ["--import", "tsx", PROGRAM, dataFolder, options.mode ?? "close"];
  const child = spawn(process.execPath, words, {
    stdio: ["pipe", "pipe", "pipe"],
    ...options.user,
  });
  onTestFinished(() => {
    child.kill("SIGTERM");
  });
  let errors = "";
  child.stderr.on("data", (piece: Buffer) => {
    errors += piece;
  });
  const ended = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | string);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  const serverPid = Number(/^open (\d+)$/.exec(String(first.value))?.[1]);
  if (!serverPid) throw new Error(`no store was opened in ${dataFolder}: ${errors}`);
  return {
    child,
    serverPid,
    errors: () => errors,
    finish: () => {
      child.stdin.end();
      return ended;
    },
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
