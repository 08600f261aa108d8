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
  allPieces,
  beginRow,
  type CopySheet,
  copySheet,
  endRow,
  fullPieces,
} from "../../store/import/copy-binary.ts";
import { addUnknownNames, type SiteNames } from "../../store/import/dimensions.ts";
import { FACT_TABLES } from "../../store/import/fact-tables.ts";
import { inTransaction } from "../../store/transaction.ts";
import { type PieceFeed, pieceFeed } from "./piece-feed.ts";
import { type StagingContext, writeRecord } from "./staged-rows.ts";

/** Rows for one transaction. It is carried while it is still being filled. */
export interface Stretch {
  /** Final, like the other counts, when the feeds have ended. */
  readonly rows: number;
  /** Input rows that the feeds account for; the others are rejects. */
  readonly taken: number;
  readonly rejects: readonly Reject[];
  /** More kinds may come until the feeds end. */
  readonly feeds: ReadonlyMap<FactKind, PieceFeed>;
  /** Have its feeds ended? */
  readonly isClosed: boolean;
}

export interface StretchBuilder {
  /** The stretch that is being filled. */
  current(): Stretch;
  /** Adds a block to it. */
  add(block: ParsedBlock): Promise<void>;
  /** Ends it, and begins the next. */
  close(): void;
}

interface OpenStretch extends Stretch {
  rows: number;
  taken: number;
  readonly rejects: Reject[];
  readonly feeds: Map<FactKind, PieceFeed>;
  isClosed: boolean;
  readonly sheets: Map<FactKind, CopySheet>;
}

const emptyStretch = (): OpenStretch => ({
  rows: 0,
  taken: 0,
  rejects: [],
  feeds: new Map(),
  isClosed: false,
  sheets: new Map(),
});

/** Does work in a transaction. */
type Within = (work: (client: ClientBase) => Promise<void>) => Promise<void>;

/** Names that are new are made in a transaction of their own, unless another way is given. */
export function stretchBuilder(
  store: Store,
  context: StagingContext,
  within: Within = (work) => inTransaction(store.pool, work),
): StretchBuilder {
  let stretch = emptyStretch();
  const put = (
    record: FactRecord,
    findings: readonly string[] | null,
    line: number,
    inputRows: number,
  ) => {
    const sheet = sheetOf(stretch, record.kind, context);
    beginRow(sheet);
    writeRecord(sheet, record, context, findings);
    endRow(sheet, line, inputRows);
  };
  const write = (block: ParsedBlock) => {
    const findings = findingsByLine(block);
    for (const taken of block.taken) {
      const { record, line, rows: inputRows, also } = taken;
      put(record, allFindings(record, findings.get(line)), line, inputRows);
      stretch.taken += inputRows;
      // Only the row's own record carries its findings and counts its rows.
      for (const further of also) put(further, null, line, 0);
    }
  };
  return {
    current: () => stretch,
    add: async (block) => {
      await addUnknown(within, block, context);
      write(block);
      stretch.rejects.push(...block.rejects);
      stretch.rows += block.rows;
      for (const [kind, sheet] of stretch.sheets) feed(stretch, kind, fullPieces(sheet));
    },
    close: () => {
      for (const [kind, sheet] of stretch.sheets) feed(stretch, kind, allPieces(sheet));
      for (const ofKind of stretch.feeds.values()) ofKind.end();
      stretch.isClosed = true;
      stretch = emptyStretch();
    },
  };
}

function sheetOf({ sheets }: OpenStretch, kind: FactKind, context: StagingContext): CopySheet {
  const known = sheets.get(kind);
  if (known !== undefined) return known;
  const made = copySheet(FACT_TABLES[kind], context);
  sheets.set(kind, made);
  return made;
}

function feed({ feeds }: OpenStretch, kind: FactKind, pieces: readonly Buffer[]): void {
  if (pieces.length === 0) return;
  const ofKind = feeds.get(kind) ?? pieceFeed();
  feeds.set(kind, ofKind);
  for (const piece of pieces) ofKind.push(piece);
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
  within: Within,
  block: ParsedBlock,
  context: StagingContext,
): Promise<void> {
  const named = namesIn(block, context.names);
  const sources = sourcesIn(block, context);
  if (named.agents.size + named.queues.size + sources.size === 0) return;
  await within(async (client) => {
    await addUnknownNames(client, context.names, named);
    for (const name of sources) context.sources.set(name, await context.sourceNamed(client, name));
  });
}

function namesIn(
  { taken }: ParsedBlock,
  known: SiteNames,
): { agents: ReadonlySet<string>; queues: ReadonlySet<string> } {
  const agents = new Set<string>();
  const queues = new Set<string>();
  const look = (record: FactRecord) => {
    if ("agent" in record && record.agent !== null && !known.agents.has(record.agent)) {
      agents.add(record.agent);
    }
    if ("queue" in record && record.queue !== null && !known.queues.has(record.queue)) {
      queues.add(record.queue);
    }
  };
  for (const { record, also } of taken) {
    look(record);
    for (const further of also) look(further);
  }
  return { agents, queues };
}

/** Sources that references name before anything was imported from them. */
function sourcesIn({ taken }: ParsedBlock, { sources }: StagingContext): ReadonlySet<string> {
  const unknown = new Set<string>();
  const look = (record: FactRecord) => {
    const name = "contact" in record ? record.contact?.source : null;
    if (name !== null && name !== undefined && !sources.has(name)) unknown.add(name);
  };
  for (const { record, also } of taken) {
    look(record);
    for (const further of also) look(further);
  }
  return unknown;
}
