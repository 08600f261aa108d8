/**
 * Answers that many ask for: a hundred open dashboards put a dozen questions. Who asks while the answer is
 * being made waits for it, and who asks later gets it as long as no data has changed since.
 *
 * Whoever gets an answer has read the version of the data after asking, and the answer was begun at that
 * same version: it is never older than the question.
 */

import type { Store } from "../store/connection.ts";
import { dataVersion } from "../store/data-version.ts";

/** An answer as it goes out. */
export interface Answer {
  readonly json: Buffer;
  /** Whose figures stand in it. */
  readonly shown: ReadonlySet<string>;
  /** The same of very many, by the store's ids. */
  readonly shownIds?: readonly number[];
}

export interface Answers {
  /**
   * The answer to a question, made by `work` where there is none. All that the answer depends on but for
   * the data stands in `question`: who asks, too.
   */
  to(question: string, store: Store, work: () => Promise<Answer>): Promise<Answer>;
  /** Of all that is kept, questions included. */
  bytes(): number;
}

interface Kept {
  readonly answer: Promise<Answer>;
  /** 0 until it is made. */
  bytes: number;
}

export const MOST_BYTES = 32 * 1024 * 1024;
const BYTES_OF_AN_ID = 64;
const BYTES_OF_A_NUMBER = 8;

/** Keeps answers of at most so many bytes in all; of those kept the longest go first. */
export function keepAnswers(mostBytes: number = MOST_BYTES): Answers {
  let version = "";
  let kept = new Map<string, Kept>();
  let bytes = 0;

  const drop = (question: string, one: Kept): void => {
    // It may be of another version by now, or another's.
    if (kept.get(question) !== one) return;
    kept.delete(question);
    bytes -= one.bytes;
  };
  const weigh = (question: string, one: Kept, answer: Answer): void => {
    if (kept.get(question) !== one) return;
    one.bytes = bytesOf(question, answer);
    bytes += one.bytes;
    for (const [oldQuestion, old] of kept) {
      if (bytes <= mostBytes) return;
      // One that is still being made weighs nothing, and others wait for it.
      if (old.bytes > 0) drop(oldQuestion, old);
    }
  };
  return {
    async to(question, store, work) {
      const current = await dataVersion(store.db);
      if (current !== version) {
        version = current;
        kept = new Map();
        bytes = 0;
      }
      const found = kept.get(question);
      if (found !== undefined) return found.answer;
      const made: Kept = { answer: work(), bytes: 0 };
      kept.set(question, made);
      // Whoever waits for it hears of its failure; the next who asks tries again.
      made.answer.then(
        (answer) => weigh(question, made, answer),
        () => drop(question, made),
      );
      return made.answer;
    },
    bytes: () => bytes,
  };
}

function bytesOf(question: string, { json, shown, shownIds = [] }: Answer): number {
  const ids = shown.size * BYTES_OF_AN_ID + shownIds.length * BYTES_OF_A_NUMBER;
  return Buffer.byteLength(question) + json.byteLength + ids;
}
