/**
 * Takes a file of the organisation into its site, in one transaction: what it says of whom, since when.
 * Each row is accepted (something new), a duplicate (said already), replaced (said otherwise before) or
 * a reject, as in any import.
 */

import { basename } from "node:path";
import type { ClientBase } from "pg";
import { invariant } from "../../domain/shared/errors.ts";
import {
  keysOfChange,
  type OrganisationChange,
  type OrganisationEntries,
} from "../../domain/shared/organisation.ts";
import type { Reject } from "../../domain/shared/records.ts";
import { type OrganisationFile, readOrganisationFile } from "../../ingest/organisation-file.ts";
import { changeOfRows, type PlacedRow } from "../../ingest/organisation-rows.ts";
import type { Store } from "../../store/connection.ts";
import { countBatch, ensureSite, saveRejects } from "../../store/import/batches.ts";
import { lockOrganisation } from "../../store/import/locks.ts";
import { saveOrganisation } from "../../store/organisation.ts";
import { organisationEntries, zoneOfOnlySite } from "../../store/organisation-names.ts";
import { inTransaction } from "../../store/transaction.ts";
import { zoneOfSource } from "./source-zone.ts";

export interface OrganisationFileWish {
  readonly file: string;
  /** Null where the header says what is what. */
  readonly mapping: unknown;
  /** Of the site. */
  readonly zone: string;
  readonly encoding?: string | undefined;
}

export interface OrganisationTaken {
  readonly encoding: string;
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  readonly rejects: readonly Reject[];
}

/** @throws InputError as `readOrganisationFile` and `saveOrganisation` do; nothing is taken then. */
export async function takeOrganisationFile(
  store: Store,
  wish: OrganisationFileWish & { readonly siteId: number },
  batch: { readonly sourceId: number; readonly batchId: number },
): Promise<OrganisationTaken> {
  const read = await readOrganisationFile(wish.file, wish);
  return inTransaction(store.pool, async (client) => {
    const taken = await takeRead(client, wish.siteId, read);
    await saveRejects(client, batch, taken.rejects);
    await countBatch(client, batch.batchId, taken);
    return taken;
  });
}

export type OrganisationTrial = OrganisationTaken & { readonly file: string };

/** What an import of the file would report. Everything is done, and undone. */
export async function tryOrganisationFile(
  store: Store,
  wish: Omit<OrganisationFileWish, "zone"> & { readonly zone?: string | undefined },
): Promise<OrganisationTrial> {
  const undone = new Error("undone");
  let trial: OrganisationTrial | null = null;
  await inTransaction(store.pool, async (client) => {
    const zone = zoneOfSource(wish.zone, null, { zone: await zoneOfOnlySite(client) });
    const read = await readOrganisationFile(wish.file, { ...wish, zone });
    const taken = await takeRead(client, await ensureSite(client, zone), read);
    trial = { file: basename(wish.file), ...taken };
    throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  invariant(trial !== null, "the trial was undone only when it was over");
  return trial;
}

async function takeRead(
  client: ClientBase,
  siteId: number,
  read: OrganisationFile,
): Promise<OrganisationTaken> {
  // Two files at once would each be told apart from what the other is about to change.
  await lockOrganisation(client);
  const before = await organisationEntries(client, siteId);
  const { change, placed, rejects } = changeOfFile(read, before);
  await saveOrganisation(client, siteId, change);
  const after = await organisationEntries(client, siteId);
  const counts = { accepted: 0, duplicates: 0, replaced: 0 };
  for (const row of placed) counts[verdictOf(row, before, after)] += 1;
  const rejected = rejects.length;
  const { encoding } = read;
  return { encoding, rows: placed.length + rejected, ...counts, rejected, rejects };
}

interface FileChange {
  readonly change: OrganisationChange;
  readonly placed: readonly PlacedRow[];
  readonly rejects: readonly Reject[];
}

/** A document is taken whole or not at all; each thing that it mentions counts as a row. */
function changeOfFile(read: OrganisationFile, entries: OrganisationEntries): FileChange {
  if (read.is === "table") {
    const made = changeOfRows(read.table, entries);
    const rejects = [...read.table.rejects, ...made.rejects].sort((a, b) => a.line - b.line);
    return { ...made, rejects };
  }
  const change = read.document;
  const placed = keysOfChange(change).map((key) => ({ line: 1, keys: [key], renames: false }));
  return { change, placed, rejects: [] };
}

function verdictOf(
  { keys, renames }: PlacedRow,
  before: OrganisationEntries,
  after: OrganisationEntries,
): "accepted" | "duplicates" | "replaced" {
  if (renames) return "replaced";
  if (keys.some((key) => !before.has(key))) return "accepted";
  return keys.some((key) => before.get(key) !== after.get(key)) ? "replaced" : "duplicates";
}
