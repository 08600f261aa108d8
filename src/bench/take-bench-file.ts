/** The import of a bench's file, as `muster import` would do it. */

import { type ImportReport, importFile } from "../flows/import/import-file.ts";
import type { Store } from "../store/connection.ts";
import { BENCH_MAPPING } from "./bench-file.ts";

/** Of the stores that benches make and drop. */
export const BENCH_KEY: Uint8Array = new Uint8Array(32).fill(7);

export function takeBenchFile(store: Store, file: string, source = "bench"): Promise<ImportReport> {
  return importFile(store, {
    file,
    format: "table",
    source,
    mapping: BENCH_MAPPING,
    zone: "UTC",
    installationKey: BENCH_KEY,
    owner: `bench:${process.pid}`,
    now: () => new Date(),
  });
}
