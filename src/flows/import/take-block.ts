/**
 * Takes a stretch of parsed rows into the store, in one transaction: names, facts, tallies, rejects and
 * the counts of the batch stand or fall together.
 */

import { contactFindings } from "../../domain/quality/contact-findings.ts";
import type { FactKind, Reject } from "../../domain/shared/records.ts";
import type { ParsedBlock, TakenRow } from "../../ingest/format.ts";
import type { Store } from "../../store/connection.ts";
import { applyFacts } from "../../store/import/apply.ts";
import { countBatch, saveRejects } from "../../store/import/batches.ts";
import { addUnknownNames, type SiteNames } from "../../store/import/dimensions.ts";
import type { StagedRow } from "../../store/import/stage.ts";
import { inTransaction } from "../../store/transaction.ts";
import { type StagingContext, stagedRow } from "./staged-rows.ts";

export interface BlockCounts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
}

/** What the blocks of one transaction hold, ready to be staged. */
interface Prepared {
  readonly rowsByKind: Map<FactKind, StagedRow[]>;
  readonly rejects: readonly Reject[];
}

/** Takes blocks of one batch. Returns what became of their rows. */
export async function takeBlocks(
  store: Store,
  batchId: number,
  blocks: readonly ParsedBlock[],
  context: StagingContext,
): Promise<BlockCounts> {
  const named = namesIn(blocks, context.names);
  return inTransaction(store.pool, async (client) => {
    // Names are made first and outlive a failure: an agent without rows does no harm.
    await addUnknownNames(client, context.names, named);
    const { rowsByKind, rejects } = prepare(blocks, context);
    const batch = { sourceId: context.sourceId, batchId };
    const applied = await applyFacts(client, batch, rowsByKind);
    await saveRejects(client, batch, rejects);
    const sum = (key: "accepted" | "duplicates" | "replaced") =>
      [...applied.values()].reduce((total, counts) => total + counts[key], 0);
    const counts = {
      accepted: sum("accepted"),
      duplicates: sum("duplicates"),
      replaced: sum("replaced"),
      rejected: rejects.length,
    };
    await countBatch(client, batchId, counts);
    return counts;
  });
}

/** Agents and queues that the blocks name and the store does not know. */
function namesIn(
  blocks: readonly ParsedBlock[],
  known: SiteNames,
): { agents: Set<string>; queues: Set<string> } {
  const agents = new Set<string>();
  const queues = new Set<string>();
  for (const record of recordsOf(blocks)) {
    if ("agent" in record && record.agent !== null && !known.agents.has(record.agent)) {
      agents.add(record.agent);
    }
    if ("queue" in record && record.queue !== null && !known.queues.has(record.queue)) {
      queues.add(record.queue);
    }
  }
  return { agents, queues };
}

function* recordsOf(blocks: readonly ParsedBlock[]) {
  for (const block of blocks) {
    for (const taken of block.taken) {
      yield taken.record;
      yield* taken.also;
    }
  }
}

function prepare(blocks: readonly ParsedBlock[], context: StagingContext): Prepared {
  const rowsByKind = new Map<FactKind, StagedRow[]>();
  const put = (taken: TakenRow, findings: readonly string[] | null) => {
    const add = (record: TakenRow["record"], inputRows: number) => {
      let rows = rowsByKind.get(record.kind);
      if (rows === undefined) {
        rows = [];
        rowsByKind.set(record.kind, rows);
      }
      // Only the row's own record carries its findings and counts its rows.
      const own = record === taken.record;
      const origin = { findings: own ? findings : null, line: taken.line, inputRows };
      rows.push(stagedRow(record, context, origin));
    };
    add(taken.record, taken.rows);
    for (const record of taken.also) add(record, 0);
  };
  for (const block of blocks) {
    const findings = findingsByLine(block);
    for (const taken of block.taken) put(taken, allFindings(taken, findings.get(taken.line)));
  }
  return { rowsByKind, rejects: blocks.flatMap((block) => block.rejects) };
}

/** What the format found in the row, and what looks wrong in it whatever its format. */
function allFindings(
  { record }: TakenRow,
  ofFormat: readonly string[] = [],
): readonly string[] | null {
  const general = record.kind === "contact" ? contactFindings(record) : [];
  if (general.length === 0 && ofFormat.length === 0) return null;
  return [...new Set([...ofFormat, ...general])].sort();
}

function findingsByLine(block: ParsedBlock): ReadonlyMap<number, readonly string[]> {
  const byLine = new Map<number, string[]>();
  for (const { line, code } of block.findings) {
    const codes = byLine.get(line) ?? [];
    if (!codes.includes(code)) codes.push(code);
    byLine.set(line, codes.sort());
  }
  return byLine;
}
