/** Rejected rows are read again a portion at a time: how far that is, and what came of all of them. */

import { type Retried, type RetryWish, retryRejects, type Source } from "../../api/sources.ts";

/** So many are read in about a second. */
const ROWS_A_PORTION = 5000;

type Reason = Retried["reasons"][number];

/** What came of two portions, the earlier one first. */
export function together(one: Retried, other: Retried): Retried {
  return {
    rows: one.rows + other.rows,
    accepted: one.accepted + other.accepted,
    duplicates: one.duplicates + other.duplicates,
    replaced: one.replaced + other.replaced,
    rejected: one.rejected + other.rejected,
    reasons: reasonsOf([...one.reasons, ...other.reasons]),
    rejects: one.rejects,
    saved: other.saved,
    open: one.open,
    next: other.next,
  };
}

/** The most frequent first, each once. */
function reasonsOf(all: readonly Reason[]): Reason[] {
  const found = new Map<string, Reason>();
  for (const reason of all) {
    const key = JSON.stringify([reason.code, reason.field]);
    const before = found.get(key);
    found.set(key, { ...(before ?? reason), count: (before?.count ?? 0) + reason.count });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

interface Watch {
  /** Told after each portion of all so far. */
  readonly onProgress: (soFar: Retried) => void;
  /** Asked before the next portion; one that is under way is waited for, so that the counts are right. */
  readonly isStopped: () => boolean;
}

/** With a `next` where it was stopped: what was taken until then stays taken. */
export async function retryRows(
  source: Pick<Source, "id">,
  wish: RetryWish,
  { onProgress, isStopped }: Watch,
): Promise<Retried> {
  let soFar = await retryRejects(source.id, { ...wish, limit: ROWS_A_PORTION });
  onProgress(soFar);
  while (soFar.next !== null && !isStopped()) {
    const cursor = soFar.next;
    const portion = await retryRejects(source.id, { ...wish, limit: ROWS_A_PORTION, cursor });
    soFar = together(soFar, portion);
    onProgress(soFar);
  }
  return soFar;
}

export const takenBy = ({ accepted, duplicates, replaced }: Retried): number =>
  accepted + duplicates + replaced;
