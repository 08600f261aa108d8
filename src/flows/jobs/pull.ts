/**
 * Pulls what was dropped into the folders of sources: files not seen before by name, size and time of
 * change are imported, oldest first. Files stay where they are.
 */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../domain/shared/errors.ts";
import type { Store } from "../../store/connection.ts";
import { type FolderSource, folderSources, seenFiles } from "../../store/import/folders.ts";
import { type ImportReport, importFile } from "../import/import-file.ts";

export interface PullContext {
  readonly store: Store;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, label: string) => void;
}

export interface PullIdentity {
  readonly installationKey: Uint8Array;
  readonly owner: string;
}

interface WaitingFile {
  readonly source: FolderSource;
  readonly path: string;
  readonly modifiedAt: Date;
}

/** A file that changed this lately may still be being written. */
const SETTLED_MS = 2_000;

/** All folders that are not paused, or the folder of one source whether it is or not. */
export async function pull(
  context: PullContext,
  identity: PullIdentity,
  only: string | null = null,
): Promise<Record<string, unknown>> {
  const files: WaitingFile[] = [];
  const failures: { file: string; code: string }[] = [];
  for (const source of await folderSources(context.store.db, only)) {
    const names = await readdir(source.place).catch(() => null);
    if (names === null) failures.push({ file: source.place, code: "folder_unreadable" });
    else files.push(...(await waitingFiles(context, source, names)));
  }
  const reports: ImportReport[] = [];
  for (const [index, file] of files.entries()) {
    context.signal.throwIfAborted();
    context.progress(index, files.length, file.path);
    try {
      reports.push(await importOne(context, identity, file));
    } catch (error) {
      // A file that is no good is in the ledger of batches; the next one may be good.
      if (!(error instanceof InputError)) throw error;
      failures.push({ file: file.path, code: error.code });
    }
  }
  const sum = (key: "accepted" | "duplicates" | "replaced" | "rejected") =>
    reports.reduce((total, report) => total + report[key], 0);
  return {
    ...(only === null ? {} : { source: only }),
    files: reports.length,
    accepted: sum("accepted"),
    duplicates: sum("duplicates"),
    replaced: sum("replaced"),
    rejected: sum("rejected"),
    failures,
  };
}

async function waitingFiles(
  context: PullContext,
  source: FolderSource,
  names: readonly string[],
): Promise<WaitingFile[]> {
  const seen = await seenFiles(context.store.db, source.id);
  const waiting: WaitingFile[] = [];
  for (const name of names) {
    if (name.startsWith(".") || /\.(part|tmp|crdownload)$/i.test(name)) continue;
    const path = join(source.place, name);
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile()) continue;
    if (context.now().getTime() - found.mtimeMs < SETTLED_MS) continue;
    if (!seen(name, found.size, found.mtime)) {
      waiting.push({ source, path, modifiedAt: found.mtime });
    }
  }
  return waiting.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
}

function importOne(
  context: PullContext,
  identity: PullIdentity,
  { source, path }: WaitingFile,
): Promise<ImportReport> {
  return importFile(context.store, {
    file: path,
    format: source.format,
    source: source.name,
    kind: "folder",
    place: source.place,
    zone: source.zone,
    ...identity,
    now: context.now,
    signal: context.signal,
  });
}
