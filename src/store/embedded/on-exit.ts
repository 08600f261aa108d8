/** Last things of a process, done however it ends: by itself, by an error, by a signal. */

import { constants } from "node:os";

const actions = new Set<() => void>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
let installed = false;

/** Runs `action`, which must not wait on the event loop, when the process ends. Returns a way out. */
export function onExit(action: () => void): () => void {
  actions.add(action);
  install();
  return () => {
    actions.delete(action);
  };
}

function install(): void {
  if (installed) return;
  installed = true;
  process.on("exit", () => {
    for (const action of actions) action();
    actions.clear();
  });
  for (const signal of SIGNALS) process.on(signal, () => leave(signal));
}

function leave(signal: (typeof SIGNALS)[number]): void {
  // Whoever else listens wants to finish its work first, and ends the process when it has.
  if (process.listenerCount(signal) > 1) return;
  process.exit(128 + constants.signals[signal]);
}
