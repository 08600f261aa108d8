/**
 * One late row after all the others, until it shows in the metrics, against a full recount of the
 * tallies.
 */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../store/connection.ts";
import { recountTallies } from "../store/tally/rebuild.ts";
import { inTransaction } from "../store/transaction.ts";
import { BENCH_COLUMNS } from "./bench-file.ts";
import { median, seconds } from "./bench-store.ts";
import { takeBenchFile } from "./take-bench-file.ts";

const LATE_ROWS_A_RUN = 5;

export interface LateRowBench {
  readonly lateRowSeconds: number;
  readonly recountSeconds: number;
  /** Of the full recount; below 0.01 is asked for. */
  readonly share: number;
}

export async function lateRowBench(store: Store, runs: number): Promise<LateRowBench> {
  const folder = await mkdtemp(join(tmpdir(), "muster-late-"));
  try {
    const late: number[] = [];
    // As in a server that has been up for a while: the first rows on a fresh connection are no measure.
    for (let run = 0; run < runs * LATE_ROWS_A_RUN; run++) {
      const file = join(folder, `late-${run}.csv`);
      await writeFile(file, `${BENCH_COLUMNS.join(",")}\n${lateLine(run)}\n`);
      const before = await handledOf(store);
      late.push(await seconds(() => takeBenchFile(store, file)));
      if ((await handledOf(store)) !== before + 1) throw new Error("the late row does not show");
    }
    const recounts: number[] = [];
    for (let run = 0; run < Math.min(runs, 3); run++) {
      recounts.push(await seconds(() => inTransaction(store.pool, recountTallies)));
    }
    const [lateRowSeconds, recountSeconds] = [median(late), median(recounts)];
    return { lateRowSeconds, recountSeconds, share: lateRowSeconds / recountSeconds };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** In the middle of the period, of a known agent and a customer with other calls. */
function lateLine(run: number): string {
  return [
    `LATE${process.pid}-${run}`,
    "cards",
    "agent-7",
    "861000001",
    "2026-01-30 10:00:00",
    "2026-01-30 10:00:12",
    "2026-01-30 10:05:12",
    12,
    300,
    0,
    20,
    "answered",
    "no",
    "limit",
  ].join(",");
}

async function handledOf(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ handled: number }>(
    "select sum(handled)::int8 as handled from tally_agent_day where local_day = '2026-01-30'",
  );
  return rows[0]?.handled ?? 0;
}
