/** Runs a study in a thread, and ends the thread when nobody waits for it any more. */

import { Worker } from "node:worker_threads";
import type { SpreadStudy, StudyInput } from "../../domain/spread/study.ts";
import type { StudyMessage } from "./study-worker.ts";

export interface StudyWatch {
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export function studyInThread(input: StudyInput, watch: StudyWatch = {}): Promise<SpreadStudy> {
  const { signal, onProgress } = watch;
  signal?.throwIfAborted();
  const worker = new Worker(...moduleOf(input));
  const stop = () => void worker.terminate();
  signal?.addEventListener("abort", stop, { once: true });
  return new Promise<SpreadStudy>((resolve, reject) => {
    worker.on("message", (message: StudyMessage) => {
      if ("study" in message) resolve(message.study);
      else onProgress?.(message.share);
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(signal?.reason ?? new Error("the study's thread ended early")));
  }).finally(() => signal?.removeEventListener("abort", stop));
}

/** The thread's own module: built, or the source itself, which a thread has to be told how to read. */
function moduleOf(workerData: StudyInput): ConstructorParameters<typeof Worker> {
  const here = import.meta.url;
  if (here.endsWith(".js")) return [new URL("./study-worker.js", here), { workerData }];
  const source = JSON.stringify(new URL("./study-worker.ts", here).href);
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); })`;
  return [code, { workerData, eval: true }];
}
