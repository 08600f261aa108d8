/**
 * Import against its yardstick: rows a second of `muster import` (validated, idempotent, tallied, with
 * repeats) by rows a second of a bare COPY of the same file into a typed table without an index.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { from as copyFrom } from "pg-copy-streams";
import type { Store } from "../store/connection.ts";
import { median, seconds, withBenchStore } from "./bench-store.ts";
import type { ImportOrder, ImportResult } from "./import-child.ts";

export interface ImportBench {
  readonly rows: number;
  readonly copySeconds: number;
  readonly importSeconds: number;
  /** Rows a second of the import by rows a second of COPY. */
  readonly ratio: number;
  readonly peakMegabytes: number;
  readonly runs: number;
}

export async function importBench(store: Store, file: string, runs: number): Promise<ImportBench> {
  const copies: number[] = [];
  const imports: ImportResult[] = [];
  for (let run = 0; run < runs; run++) {
    await withBenchStore(store, async (bench) => {
      copies.push(await bareCopy(bench, file));
    });
    await withBenchStore(store, async (bench) => {
      imports.push(await importInChild({ url: bench.url, file }));
    });
  }
  const copySeconds = median(copies);
  const importSeconds = median(imports.map((result) => result.seconds));
  return {
    rows: imports[0]?.rows ?? 0,
    copySeconds,
    importSeconds,
    ratio: copySeconds / importSeconds,
    peakMegabytes: Math.max(...imports.map((result) => result.peakMegabytes)),
    runs,
  };
}

async function bareCopy(bench: Store, file: string): Promise<number> {
  await bench.pool.query(
    `create table bare (call_id text, queue text, agent text, customer text,
       arrived_at timestamptz, answered_at timestamptz, ended_at timestamptz,
       wait_s integer, talk_s integer, hold_s integer, wrap_s integer,
       result text, transferred text, reason text)`,
  );
  const client = await bench.pool.connect();
  try {
    return await seconds(async () => {
      const copy = client.query(copyFrom("copy bare from stdin (format csv, header true)"));
      await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), copy);
    });
  } finally {
    client.release();
  }
}

/** Runs the import in a child process. */
export async function importInChild(order: ImportOrder): Promise<ImportResult> {
  const here = import.meta.url;
  const module = here.endsWith(".ts") ? "./import-child.ts" : "./import-child.js";
  const child = fork(fileURLToPath(new URL(module, here)));
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`the import ended with code ${code}`);
  });
  child.send(order);
  const [result] = (await Promise.race([once(child, "message"), failed])) as [ImportResult];
  failed.catch(() => undefined);
  return result;
}
