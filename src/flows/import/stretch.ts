/**
 * A stretch of parsed rows on its way into one transaction: already lines of the stage, so that what
 * waits is text and not a million objects.
 */

import type { ClientBase } from "pg";
import { contactFindings } from "../../domain/quality/contact-findings.ts";
import type { FactKind, FactRecord, Reject } from "../../domain/shared/records.ts";
import type { ParsedBlock, TakenRow } from "../../ingest/format.ts";
import type { Store } from "../../store/connection.ts";
import { addUnknownNames, type SiteNames } from "../../store/import/dimensions.ts";
import { copyLine } from "../../store/import/stage.ts";
import { inTransaction } from "../../store/transaction.ts";
import { type StagingContext, stagedRow } from "./staged-rows.ts";

export interface Stretch {
  /** Input rows in it. */
  readonly rows: number;
  readonly lines: ReadonlyMap<FactKind, readonly Buffer[]>;
  readonly rejects: readonly Reject[];
}

export interface StretchBuilder {
  /** Input rows that have been added since the last `take`. */
  rows(): number;
  add(block: ParsedBlock): Promise<void>;
  /** What has been added, and begins anew. */
  take(): Stretch;
}

export function stretchBuilder(store: Store, context: StagingContext): StretchBuilder {
  let rows = 0;
  let lines = new Map<FactKind, Buffer[]>();
  let rejects: Reject[] = [];
  return {
    rows: () => rows,
    add: async (block) => {
      await addUnknown(store, block, context);
      for (const [kind, text] of linesOf(block, context)) {
        const pieces = lines.get(kind) ?? [];
        pieces.push(Buffer.from(text));
        lines.set(kind, pieces);
      }
      rejects.push(...block.rejects);
      rows += block.rows;
    },
    take: () => {
      const stretch = { rows, lines, rejects };
      rows = 0;
      lines = new Map();
      rejects = [];
      return stretch;
    },
  };
}

/** The stage lines of a block, by kind. */
function linesOf(block: ParsedBlock, context: StagingContext): ReadonlyMap<FactKind, string> {
  const lines = new Map<FactKind, string>();
  const findings = findingsByLine(block);
  const put = (record: FactRecord, origin: Parameters<typeof stagedRow>[2]) => {
    const line = copyLine(stagedRow(record, context, origin));
    lines.set(record.kind, (lines.get(record.kind) ?? "") + line);
  };
  for (const taken of block.taken) {
    const { record, line, rows } = taken;
    put(record, { findings: allFindings(taken, findings.get(line)), line, inputRows: rows });
    // Only the row's own record carries its findings and counts its rows.
    for (const further of taken.also) put(further, { findings: null, line, inputRows: 0 });
  }
  return lines;
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

/**
 * Makes the agents, queues and sources that the block names and the store does not know. They outlive
 * a failure of the rows that named them: an agent without rows does no harm.
 */
async function addUnknown(
  store: Store,
  block: ParsedBlock,
  context: StagingContext,
): Promise<void> {
  const named = namesIn(block, context.names);
  const sources = sourcesIn(block, context);
  if (named.agents.size + named.queues.size + sources.size === 0) return;
  await inTransaction(store.pool, async (client: ClientBase) => {
    await addUnknownNames(client, context.names, named);
    for (const name of sources) context.sources.set(name, await context.sourceNamed(client, name));
  });
}

function namesIn(
  block: ParsedBlock,
  known: SiteNames,
): { agents: ReadonlySet<string>; queues: ReadonlySet<string> } {
  const agents = new Set<string>();
  const queues = new Set<string>();
  for (const record of recordsOf(block)) {
    if ("agent" in record && record.agent !== null && !known.agents.has(record.agent)) {
      agents.add(record.agent);
    }
    if ("queue" in record && record.queue !== null && !known.queues.has(record.queue)) {
      queues.add(record.queue);
    }
  }
  return { agents, queues };
}

/** Sources that references name before anything was imported from them. */
function sourcesIn(block: ParsedBlock, { sources }: StagingContext): ReadonlySet<string> {
  const unknown = new Set<string>();
  for (const record of recordsOf(block)) {
    const name = "contact" in record ? record.contact?.source : null;
    if (name !== null && name !== undefined && !sources.has(name)) unknown.add(name);
  }
  return unknown;
}

function* recordsOf(block: ParsedBlock): Generator<FactRecord> {
  for (const taken of block.taken) {
    yield taken.record;
    yield* taken.also;
  }
}
