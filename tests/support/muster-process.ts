/** Runs `muster` as a process of its own on the database of a test, as a user would. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Reject } from "../../src/domain/shared/records.ts";
import type { ImportReport } from "../../src/flows/import/import-file.ts";
import type { QualityFinding } from "../../src/flows/quality.ts";
import type { Store } from "../../src/store/connection.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** Says at the end how much memory was held at most, in KiB. */
const PEAK = "process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS))";

/** What `muster import --json` prints. */
export interface ImportDocument {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  readonly rejects: readonly (Reject & { readonly file: string })[];
  readonly quality: readonly QualityFinding[];
  readonly files: readonly Omit<ImportReport, "rejects">[];
}

/** What `muster metrics --json` prints. */
export interface MetricsDocument {
  readonly rows: readonly Readonly<Record<string, number>>[];
}

export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly exit: number | string;
  readonly out: string;
  readonly err: string;
  readonly peakMiB: number;
  /** Standard output as the one JSON document that `--json` promises. */
  json<Document = ImportDocument>(): Document;
}

export interface MusterProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/**
 * `store` null: no database is given, the embedded one of `MUSTER_DATA` is used. `input` is what stands
 * on its standard input; without it that is closed.
 */
export function startMuster(
  store: Store | null,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input?: string,
): MusterProcess {
  const given = { ...process.env, MUSTER_KEY: "ab".repeat(32), DATABASE_URL: store?.url ?? "" };
  const imports = [
    "--import",
    "tsx",
    "--import",
    `data:text/javascript,${encodeURIComponent(PEAK)}`,
  ];
  const child = spawn(process.execPath, [...imports, MAIN, ...words], {
    env: { ...given, ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.end(input);
  let out = "";
  let err = "";
  child.stdout?.on("data", (piece: Buffer) => {
    out += piece;
  });
  child.stderr?.on("data", (piece: Buffer) => {
    err += piece;
  });
  const ended = once(child, "close").then(([code, signal]) => {
    const peak = /^peak (\d+)$/m.exec(err);
    return {
      exit: (code ?? signal) as number | string,
      out,
      err: err.replace(/^peak \d+\n/m, ""),
      peakMiB: Number(peak?.[1]) / 1024,
      json: () => JSON.parse(out),
    };
  });
  return { child, ended };
}

export function runMuster(
  store: Store | null,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return startMuster(store, words, env).ended;
}
