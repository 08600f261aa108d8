/**
 * One transaction's worth of facts: staged, classified, counted and written, so that facts and tallies
 * never disagree, whenever the process dies.
 *
 * Order matters: what a change takes away is read before it is written, what depends on other facts is
 * added after. One importer at a time applies (`lockFacts`), because a repeat is found by reading the
 * customer's other contacts, and two importers would not see each other's.
 */

import type { ClientBase } from "pg";
import type { FactKind } from "../../domain/shared/records.ts";
import { addContactsToAgentDay, addContactsToIntervals } from "../tally/contact-tally.ts";
import { addTouchedLinks, type TouchedRows } from "../tally/linked-tally.ts";
import { addRepeats, changedJourneys } from "../tally/repeat-tally.ts";
import { addTickets, removeEmptyTickets, writeTickets } from "../tally/ticket-tally.ts";
import { addAgentTime } from "../tally/time-tally.ts";
import {
  type BatchIdentity,
  type Change,
  carefulChange,
  changedByFurtherFacts,
  hopefulChange,
  looksKnown,
  type RowCounts,
  signedRows,
  writeChange,
} from "./classify.ts";
import { FACT_TABLES, type FactTable } from "./fact-tables.ts";
import { copyIntoStage, createStage } from "./stage.ts";

/** Any number will do that nothing else locks. */
const FACTS_LOCK = 7_305_411;

/** Waits for other importers; held until the transaction ends. */
export async function lockFacts(client: ClientBase): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [FACTS_LOCK]);
}

/** Rows of the stage by kind, as `takePieces` gives them. */
export type StagedPieces = ReadonlyMap<FactKind, readonly Buffer[]>;

/** Carries the rows to the stages of this connection. Nothing is locked yet. */
export async function stageFacts(client: ClientBase, pieces: StagedPieces): Promise<void> {
  for (const [kind, ofKind] of pieces) {
    await createStage(client, FACT_TABLES[kind]);
    await copyIntoStage(client, FACT_TABLES[kind], ofKind);
  }
}

/** Takes what is staged of some kinds; in the transaction that staged it. What became of the rows. */
export async function applyFacts(
  client: ClientBase,
  batch: BatchIdentity,
  kinds: readonly FactKind[],
): Promise<RowCounts> {
  await lockFacts(client);
  const facts = kinds.map((kind) => FACT_TABLES[kind]);
  for (const fact of facts) {
    if (await looksKnown(client, fact, batch)) return applyCarefully(client, batch, facts);
  }
  await client.query("savepoint hopeful");
  try {
    return await applyAll(client, batch, facts, hopefulChange);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await client.query("rollback to savepoint hopeful");
    return applyCarefully(client, batch, facts);
  }
}

async function applyCarefully(
  client: ClientBase,
  batch: BatchIdentity,
  facts: readonly FactTable[],
): Promise<RowCounts> {
  const counts = await applyAll(client, batch, facts, carefulChange);
  const turned = facts.length > 1 ? await changedByFurtherFacts(client, facts) : 0;
  return {
    ...counts,
    duplicates: counts.duplicates - turned,
    replaced: counts.replaced + turned,
  };
}

const UNIQUE_VIOLATION = "23505";

async function applyAll(
  client: ClientBase,
  batch: BatchIdentity,
  facts: readonly FactTable[],
  changeOf: typeof carefulChange,
): Promise<RowCounts> {
  const changes = new Map<FactKind, Change>();
  for (const fact of facts) changes.set(fact.kind, await changeOf(client, fact, batch));
  const links = touchedLinks(changes);
  const tickets = touchedTickets(changes.get("ticket_event"));
  await addTouchedLinks(client, -1, links);
  if (tickets !== null) await addTickets(client, -1, tickets);
  await addOwn(client, changes);
  for (const change of changes.values()) await writeChange(client, change);
  await addTouchedLinks(client, 1, links);
  if (tickets !== null) {
    await addTickets(client, 1, tickets);
    await writeTickets(client, tickets);
    await removeEmptyTickets(client, tickets);
  }
  const sum = (key: keyof RowCounts) =>
    [...changes.values()].reduce((total, { counts }) => total + counts[key], 0);
  return {
    accepted: sum("accepted"),
    duplicates: sum("duplicates"),
    replaced: sum("replaced"),
  };
}

/** What contacts and states add by themselves, read before they are written. */
async function addOwn(client: ClientBase, changes: ReadonlyMap<FactKind, Change>): Promise<void> {
  const contacts = changes.get("contact");
  if (contacts !== undefined) {
    const rows = signedRows(contacts);
    await addContactsToAgentDay(client, rows);
    await addContactsToIntervals(client, rows);
    await addRepeats(client, changedJourneys(contacts.newRows, contacts.oldRows));
  }
  const states = changes.get("agent_state");
  if (states !== undefined) await addAgentTime(client, signedRows(states));
}

function touchedRows(change: Change | undefined): string | null {
  if (change === undefined) return null;
  // Whatever is replaced has the key of what replaces it.
  return change.newRows;
}

function touchedLinks(changes: ReadonlyMap<FactKind, Change>): TouchedRows {
  return {
    contact: touchedRows(changes.get("contact")),
    survey: touchedRows(changes.get("survey")),
    complaint: touchedRows(changes.get("complaint")),
    outcome: touchedRows(changes.get("outcome")),
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
