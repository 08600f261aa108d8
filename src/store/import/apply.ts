/**
 * One transaction's worth of facts: carried, counted and written, so that facts and tallies never
 * disagree, whenever the process dies. Two ways with one result.
 *
 * The hopeful way carries the rows straight into their tables and is right whenever every row is new,
 * which is what a first import is made of. A clash of keys ends it, and its transaction; the careful way
 * stages the rows in another, compares each with what is there, and writes what is news.
 *
 * Either way what a change takes away is read as it was before, and what it adds as it is after. One
 * importer at a time counts (`lockFacts`), because a repeat is found by reading the customer's other
 * contacts, and two importers would not see each other's.
 */

import type { ClientBase } from "pg";
import type { FactKind } from "../../domain/shared/records.ts";
import { addContactsToAgentDay, addContactsToIntervals } from "../tally/contact-tally.ts";
import { addTouchedLinks, type TouchedRows } from "../tally/linked-tally.ts";
import { addRepeats, changedJourneys } from "../tally/repeat-tally.ts";
import { addTickets, removeEmptyTickets, writeTickets } from "../tally/ticket-tally.ts";
import { addAgentTime } from "../tally/time-tally.ts";
import { carryRows } from "./arrivals.ts";
import {
  type Change,
  changedByFurtherFacts,
  type RowCounts,
  signedRows,
  stagedChange,
  writeChange,
} from "./classify.ts";
import { FACT_TABLES } from "./fact-tables.ts";
import { lockFacts } from "./locks.ts";
import { analyzeGrown, type RowPieces, stageRows } from "./stage.ts";

/** Rows by kind. A kind may come while another is read. */
export type FactPieces = ReadonlyMap<FactKind, RowPieces>;

export type Changes = ReadonlyMap<FactKind, Change>;

/**
 * The hopeful way, first half: carries the rows into their tables. Nothing is locked yet. Throws
 * PostgreSQL's unique violation (23505) where one is not new.
 */
export async function carryFacts(client: ClientBase, pieces: FactPieces): Promise<Changes> {
  const changes = new Map<FactKind, Change>();
  for (const [kind, ofKind] of pieces) {
    changes.set(kind, await carryRows(client, FACT_TABLES[kind], ofKind));
  }
  return changes;
}

/** The hopeful way, second half: brings the tallies up to date with what was carried. */
export async function countCarried(client: ClientBase, changes: Changes): Promise<void> {
  await lockFacts(client);
  for (const { fact } of changes.values()) await analyzeGrown(client, fact);
  await bringUpToDate(client, changes, async () => undefined);
}

/** The careful way, first half: carries the rows to the stages of this connection. Nothing is locked. */
export async function stageFacts(client: ClientBase, pieces: FactPieces): Promise<void> {
  for (const [kind, ofKind] of pieces) await stageRows(client, FACT_TABLES[kind], ofKind);
}

/** The careful way, second half: takes what is staged of some kinds. What became of the rows. */
export async function applyStaged(
  client: ClientBase,
  kinds: readonly FactKind[],
): Promise<RowCounts> {
  await lockFacts(client);
  const changes = new Map<FactKind, Change>();
  const sums = { accepted: 0, duplicates: 0, replaced: 0 };
  for (const kind of kinds) {
    const { counts, ...change } = await stagedChange(client, FACT_TABLES[kind]);
    changes.set(kind, change);
    sums.accepted += counts.accepted;
    sums.duplicates += counts.duplicates;
    sums.replaced += counts.replaced;
  }
  await bringUpToDate(client, changes, async () => {
    for (const change of changes.values()) await writeChange(client, change);
  });
  const turned =
    kinds.length > 1
      ? await changedByFurtherFacts(
          client,
          kinds.map((kind) => FACT_TABLES[kind]),
        )
      : 0;
  return {
    accepted: sums.accepted,
    duplicates: sums.duplicates - turned,
    replaced: sums.replaced + turned,
  };
}

/** Takes from the tallies what changes, as it was; writes it; adds it as it is. */
async function bringUpToDate(
  client: ClientBase,
  changes: Changes,
  write: () => Promise<void>,
): Promise<void> {
  const before = (table: string) =>
    [...changes.values()].find((change) => change.fact.table === table)?.before ?? table;
  const after = (table: string) => table;
  const links = touchedLinks(changes);
  const tickets = touchedTickets(changes.get("ticket_event"));
  await addTouchedLinks(client, -1, links, before);
  if (tickets !== null) await addTickets(client, -1, tickets, before("ticket_event"));
  await addOwn(client, changes);
  await write();
  await addTouchedLinks(client, 1, links, after);
  if (tickets !== null) {
    await addTickets(client, 1, tickets);
    await writeTickets(client, tickets);
    await removeEmptyTickets(client, tickets);
  }
}

/** What contacts and states add by themselves. */
async function addOwn(client: ClientBase, changes: Changes): Promise<void> {
  const contacts = changes.get("contact");
  if (contacts !== undefined) {
    const rows = signedRows(contacts);
    await addContactsToAgentDay(client, rows);
    await addContactsToIntervals(client, rows);
    await addRepeats(client, await changedJourneys(client, contacts));
  }
  const states = changes.get("agent_state");
  if (states !== undefined) await addAgentTime(client, signedRows(states));
}

function touchedLinks(changes: Changes): TouchedRows {
  // Whatever is replaced has the key of what replaces it.
  const touched = (kind: FactKind) => changes.get(kind)?.newRows ?? null;
  return {
    contact: touched("contact"),
    survey: touched("survey"),
    complaint: touched("complaint"),
    outcome: touched("outcome"),
  };
}

/** A query for the keys of the tickets that the change has to do with. */
function touchedTickets(change: Change | undefined): string | null {
  if (change === undefined) return null;
  const keys = (rows: string) => `select t.source_id, t.ticket_external_id from ${rows} as t`;
  return change.oldRows === null
    ? keys(change.newRows)
    : `${keys(change.newRows)} union ${keys(change.oldRows)}`;
}
