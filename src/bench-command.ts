/** `muster bench [NAME]`: seeded benchmarks, each beside its yardstick in the same run, as a ratio. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Command, InvalidArgumentError } from "commander";
import { writeBenchFile } from "./bench/bench-file.ts";
import { withBenchStore } from "./bench/bench-store.ts";
import { dashboardsBench, type ServerProcess } from "./bench/dashboards-bench.ts";
import { importBench, importInChild } from "./bench/import-bench.ts";
import { lateRowBench } from "./bench/late-row-bench.ts";
import { queryBench } from "./bench/query-bench.ts";
import { spreadBench } from "./bench/spread-bench.ts";
import { BENCH_KEY } from "./bench/take-bench-file.ts";
import { printJson, printLine } from "./cli/output.ts";
import { type Session, withSession } from "./cli/session.ts";
import type { Config } from "./config.ts";
import { inputError } from "./domain/shared/errors.ts";

const SEED = 1;

interface BenchOptions {
  readonly rows: number;
  readonly runs: number;
  readonly json?: boolean;
}

type Bench = (session: Session, file: string, options: BenchOptions) => Promise<object>;

const BENCHES: Readonly<Record<string, Bench>> = {
  import: (session, file, { runs }) => importBench(session.store, file, runs),
  metrics: (session, file, { runs }) =>
    withBenchStore(session.store, async (store) => {
      const { seconds, peakMegabytes } = await importInChild({ url: store.url, file });
      await store.pool.query("vacuum analyze");
      const queries = await queryBench(store, runs);
      return {
        importSeconds: seconds,
        peakMegabytes,
        ...queries,
        ...(await lateRowBench(store, runs)),
      };
    }),
  dashboards: (session, file) =>
    withBenchStore(session.store, (store) => dashboardsBench(store, file, startServer)),
  spread: async (_session, _file, { runs }) => spreadBench(runs),
};

export function benchCommand(program: Command, config: () => Config): void {
  program
    .command("bench")
    .description("seeded benchmarks beside their yardsticks: import, metrics, dashboards, spread")
    .argument("[name]", "one of them; all where it is not said")
    .option("--rows <count>", "contacts", wholeNumber, 1_000_000)
    .option("--runs <count>", "medians are of so many", wholeNumber, 3)
    .option("--json", "one JSON document on standard output, nothing else there")
    .action(async (name: string | undefined, options: BenchOptions) => {
      const names = name === undefined ? Object.keys(BENCHES) : [name];
      await withSession(config(), async (session) => {
        const file = await benchFile(session, options.rows);
        const results: Record<string, object> = {};
        for (const each of names) {
          results[each] = await benchNamed(each)(session, file, options);
          if (options.json !== true) printLine(`${each} ${JSON.stringify(results[each])}`);
        }
        if (options.json === true) printJson(results);
      });
    });
}

function benchNamed(name: string): Bench {
  const found = BENCHES[name];
  if (found !== undefined) return found;
  const expected = `one of ${Object.keys(BENCHES).join(", ")}`;
  throw inputError({ code: "unknown_bench", path: "name", value: name, expected });
}

/** The log of so many rows, made once and kept. */
async function benchFile(session: Session, rows: number): Promise<string> {
  const folder = join(session.config.dataFolder, "bench");
  const file = join(folder, `calls-${rows}.csv`);
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true });
    process.stderr.write(`making ${file}\n`);
    await writeBenchFile(file, rows, SEED);
  }
  return file;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("expected a whole number above 0");
}

const ADDRESS = /^Muster serves at (\S+)$/;

/** `muster serve` on that store, by the very program that runs the bench. */
async function startServer(databaseUrl: string): Promise<ServerProcess> {
  const program = process.argv[1];
  if (program === undefined) throw new Error("the bench was not started as a program");
  const child = spawn(process.execPath, [program, "serve", "--port", "0", "--no-agents"], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      MUSTER_KEY: Buffer.from(BENCH_KEY).toString("hex"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the server ended with code ${code}`);
  });
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stdout });
  const served = (async () => {
    for await (const line of lines) {
      const address = ADDRESS.exec(line)?.[1];
      if (address !== undefined) return address;
    }
    throw new Error("the server said no address");
  })();
  const address = await Promise.race([served, ended]);
  return {
    address,
    stop: async () => {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
