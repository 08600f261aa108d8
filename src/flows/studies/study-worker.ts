/** A study in a thread of its own: two thousand draws of a thousand agents must not hold up the server. */

import { parentPort, workerData } from "node:worker_threads";
import { type StudyInput, studySpread } from "../../domain/spread/study.ts";

/** What the thread says: how far it is, and in the end what it found. */
export type StudyMessage =
  | { readonly share: number }
  | { readonly study: ReturnType<typeof studySpread> };

const say = (message: StudyMessage) => parentPort?.postMessage(message);
const study = studySpread(workerData as StudyInput, (share) => say({ share }));
say({ study });
