/**
 * Imports of dropped files, run in this process: begun here, asked about by their batch, stopped by hand
 * or with the process. Nobody has to stay and look: an import goes on when the page is left.
 *
 * What is in the ledger is told by any process; how many bytes were read and whether it waits, only by
 * the one that runs it.
 */

import { validate } from "uuid";
import type { Store } from "../../store/connection.ts";
import { closeAllDeadBatches } from "../../store/import/batches.ts";
import { findImport, type ImportRow, latestImports } from "../../store/import/uploads.ts";
import { inTransaction } from "../../store/transaction.ts";
import { conflict, notFound } from "../errors.ts";
import { assessQuality } from "../quality.ts";
import { beginImport, type ImportProgress } from "./import-file.ts";
import type { Upload } from "./uploads.ts";

export interface DeskOptions {
  readonly installationKey: Uint8Array;
  readonly owner: string;
  readonly now: () => Date;
  /** Told of what was nobody's fault but ours. */
  readonly onError: (error: unknown) => void;
}

export interface ImportOrder {
  readonly format: string;
  readonly mapping: unknown;
  readonly source: string;
  readonly zone: string | undefined;
  readonly encoding: string | undefined;
}

/** An import as the ledger has it, and how far it is where this process runs it. */
export interface ImportState extends ImportRow {
  readonly waits: boolean;
  /** Null where another process runs it, or it has not begun to read. */
  readonly progress: ImportProgress | null;
}

export interface ImportDesk {
  /** Begins to import. @throws InputError where it cannot begin. */
  start(upload: Upload, order: ImportOrder): Promise<ImportState>;
  /** @throws FlowError `unknown_import`. */
  stateOf(batch: string): Promise<ImportState>;
  latest(): Promise<ImportState[]>;
  /** @throws FlowError `unknown_import`, `import_not_running`, `import_elsewhere`. */
  stop(batch: string): Promise<ImportState>;
  /** Stops all that run, which are then interrupted, and waits for them. */
  close(): Promise<void>;
}

interface Running {
  waits: boolean;
  progress: ImportProgress | null;
  readonly stopping: AbortController;
  ended: Promise<void>;
}

/** So many that have ended are remembered with the days they brought. */
const REMEMBERED = 100;
const LATEST = 20;

/** Opens the desk. What an earlier process left running is closed as interrupted. */
export async function openImportDesk(store: Store, options: DeskOptions): Promise<ImportDesk> {
  const { owner, now } = options;
  await inTransaction(store.pool, (client) => closeAllDeadBatches(client, { owner, now: now() }));
  const known = new Map<string, Running>();
  const stateFrom = (row: ImportRow): ImportState => {
    const { waits = false, progress = null } = known.get(row.id) ?? {};
    return { ...row, waits: waits && row.state === "running", progress };
  };
  const stateOf = async (batch: string) => {
    const row = validate(batch) ? await findImport(store.db, batch) : null;
    if (row === null) throw notFound("unknown_import", "there is no such import");
    return stateFrom(row);
  };
  return {
    stateOf,
    latest: async () => (await latestImports(store.db, LATEST)).map(stateFrom),
    start: async (upload, order) => stateOf(await start({ store, options, known }, upload, order)),
    async stop(batch) {
      const { state } = await stateOf(batch);
      if (state !== "running") throw conflict("import_not_running", `the import is ${state}`);
      const running = known.get(batch);
      if (running === undefined) {
        throw conflict("import_elsewhere", "another process runs it: stop it there");
      }
      running.stopping.abort(conflict("import_stopped", "stopped by hand"));
      await running.ended;
      return stateOf(batch);
    },
    async close() {
      const running = [...known.values()];
      for (const { stopping } of running) {
        stopping.abort(conflict("server_stopped", "the server was stopped"));
      }
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
}

interface DeskParts {
  readonly store: Store;
  readonly options: DeskOptions;
  readonly known: Map<string, Running>;
}

/** The id of the batch, as soon as it stands in the ledger. */
async function start(
  { store, options, known }: DeskParts,
  upload: Upload,
  order: ImportOrder,
): Promise<string> {
  const { installationKey, owner, now, onError } = options;
  const stopping = new AbortController();
  const running: Running = { waits: false, progress: null, stopping, ended: Promise.resolve() };
  const begun = await beginImport(store, {
    ...order,
    ...{ file: upload.path, upload: upload.id, installationKey, owner, now },
    signal: stopping.signal,
    onWait: () => {
      running.waits = true;
    },
    onProgress: (progress) => {
      running.waits = false;
      running.progress = { ...progress };
    },
  });
  forgetOldest(known);
  known.set(begun.batch, running);
  running.ended = begun.run().then(
    // What looks wrong in the source is found anew, as after an import by hand.
    () => assessQuality(store, begun.source).then(() => undefined, onError),
    // The ledger has the reason.
    () => undefined,
  );
  return begun.batch;
}

function forgetOldest(known: Map<string, Running>): void {
  if (known.size < REMEMBERED) return;
  const [oldest] = known.keys();
  if (oldest !== undefined && known.get(oldest)?.progress !== null) known.delete(oldest);
}
