/** The import of a bench's file, as `muster import` would do it. */

import { type ImportReport, importFile } from "../flows/import/import-file.ts";
import type { Store } from "../store/connection.ts";
import { BENCH_MAPPING } from "./bench-file.ts";

export function takeBenchFile(store: Store, file: string): Promise<ImportReport> {
  return importFile(store, {
    file,
    format: "table",
    source: "bench",
    mapping: BENCH_MAPPING,
    zone: "UTC",
    installationKey: new Uint8Array(32).fill(7),
    owner: `bench:${process.pid}`,
    now: () => new Date(),
  });
}
