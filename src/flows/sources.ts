/** Sources that are folders: added, paused, resumed. */

import { formatNamed } from "../ingest/formats.ts";
import type { Store } from "../store/connection.ts";
import { ensureSource, findSource } from "../store/import/batches.ts";
import { setPaused } from "../store/import/folders.ts";
import { inTransaction } from "../store/transaction.ts";
import { notFound } from "./errors.ts";
import { zoneOfSource } from "./import/source-zone.ts";

export interface FolderWish {
  readonly name: string;
  readonly place: string;
  readonly format: string;
  readonly mapping: unknown;
  readonly zone: string | undefined;
}

/** Adds a folder, or moves the source of that name to it. @throws InputError without a zone. */
export async function addFolderSource(store: Store, wish: FolderWish): Promise<void> {
  const format = formatNamed(wish.format);
  await inTransaction(store.pool, async (client) => {
    const known = await findSource(client, wish.name);
    const zone = zoneOfSource(wish.zone, known, format);
    await ensureSource(client, { ...wish, kind: "folder", zone });
  });
}

export async function pauseSource(store: Store, name: string, paused: boolean): Promise<void> {
  if (await setPaused(store.db, name, paused)) return;
  throw notFound("unknown_source", `there is no source ${name}`);
}
