/**
 * A stretch of parsed rows on its way into one transaction: already in the form of COPY, so that what
 * waits is a few buffers and not a million objects.
 */

import type { ClientBase } from "pg";
import { contactFindings } from "../../domain/quality/contact-findings.ts";
import type { FactKind, FactRecord, Reject } from "../../domain/shared/records.ts";
import type { ParsedBlock } from "../../ingest/format.ts";
import type { Store } from "../../store/connection.ts";
import {
  beginRow,
  type CopySheet,
  copySheet,
  endRow,
  takePieces,
} from "../../store/import/copy-binary.ts";
import { addUnknownNames, type SiteNames } from "../../store/import/dimensions.ts";
import { FACT_TABLES } from "../../store/import/fact-tables.ts";
import { inTransaction } from "../../store/transaction.ts";
import { type StagingContext, writeRecord } from "./staged-rows.ts";

export interface Stretch {
  /** Input rows in it. */
  readonly rows: number;
  readonly pieces: ReadonlyMap<FactKind, readonly Buffer[]>;
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
  let rejects: Reject[] = [];
  const sheets = new Map<FactKind, CopySheet>();
  const sheetOf = (kind: FactKind): CopySheet => {
    const known = sheets.get(kind);
    if (known !== undefined) return known;
    const made = copySheet(FACT_TABLES[kind]);
    sheets.set(kind, made);
    return made;
  };
  const put = (
    record: FactRecord,
    findings: readonly string[] | null,
    line: number,
    inputRows: number,
  ) => {
    const sheet = sheetOf(record.kind);
    beginRow(sheet);
    writeRecord(sheet, record, context, findings);
    endRow(sheet, line, inputRows);
  };
  const write = (block: ParsedBlock) => {
    const findings = findingsByLine(block);
    for (const taken of block.taken) {
      const { record, line, rows: inputRows, also } = taken;
      put(record, allFindings(record, findings.get(line)), line, inputRows);
      // Only the row's own record carries its findings and counts its rows.
      for (const further of also) put(further, null, line, 0);
    }
  };
  return {
    rows: () => rows,
    add: async (block) => {
      await addUnknown(store, block, context);
      write(block);
      rejects.push(...block.rejects);
      rows += block.rows;
    },
    take: () => {
      const pieces = new Map(
        [...sheets].map(([kind, sheet]) => [kind, takePieces(sheet)] as const),
      );
      const stretch = { rows, pieces, rejects };
      rows = 0;
      rejects = [];
      sheets.clear();
      return stretch;
    },
  };
}

/** What the format found in the row, and what looks wrong in it whatever its format. */
function allFindings(
  record: FactRecord,
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
