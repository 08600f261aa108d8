/** One import in a process of its own, so that its peak memory is its own. Talks to its parent. */

import { giveWay } from "../store/background.ts";
import { openStore } from "../store/connection.ts";
import { takeBenchFile } from "./take-bench-file.ts";

export interface ImportOrder {
  readonly url: string;
  readonly file: string;
  /** The source it is imported as. */
  readonly source?: string;
}

export interface ImportResult {
  readonly seconds: number;
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** Of this process, in megabytes. */
  readonly peakMegabytes: number;
}

process.once("message", async ({ url, file, source }: ImportOrder) => {
  // As `muster import` does.
  giveWay();
  const store = await openStore({ databaseUrl: url });
  const started = process.hrtime.bigint();
  const { rows, accepted, duplicates } = await takeBenchFile(store, file, source);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  await store.close();
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.send?.({ seconds, rows, accepted, duplicates, peakMegabytes } satisfies ImportResult);
});
