/**
 * A demo centre made once for a test file: its files in a folder of their own, parsed on demand.
 */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll } from "vitest";
import type { DemoFiles } from "../../seeds/demo-centre.ts";
import type { Truth } from "../../seeds/truth.ts";
import { table } from "../../src/ingest/table.ts";
import { parseFile, type Whole } from "../ingest/reading.ts";

const run = promisify(execFile);

export const SEED = 7;
/** A Thursday; the demo's days run from 18 January to 18 March. */
export const TO_DAY = "2026-03-19";

export interface Made {
  readonly files: DemoFiles;
  readonly truth: Truth;
  readonly milliseconds: number;
  /** A file through the importer everybody has. */
  readonly parsed: (name: string) => Promise<Whole>;
}

export async function madeDemo(): Promise<Made> {
  const directory = await mkdtemp(join(tmpdir(), "muster-demo-"));
  afterAll(() => rm(directory, { recursive: true }));
  const start = performance.now();
  const script = fileURLToPath(new URL("./make-demo.ts", import.meta.url));
  const { stdout } = await run(process.execPath, [
    "--import",
    "tsx",
    script,
    String(SEED),
    TO_DAY,
    directory,
  ]);
  const files = JSON.parse(stdout) as DemoFiles;
  const milliseconds = performance.now() - start;
  const parses = new Map<string, Promise<Whole>>();
  const parse = async (name: string) => {
    const file = files.files.find((one) => basename(one.path) === name);
    const mapping: unknown = JSON.parse(await readFile(file?.mapping ?? "", "utf8"));
    return parseFile(table, file?.path ?? "", { zone: files.zone, mapping });
  };
  const truth = JSON.parse(await readFile(files.truth, "utf8")) as Truth;
  return {
    files,
    truth,
    milliseconds,
    parsed: (name) => {
      const whole = parses.get(name) ?? parse(name);
      parses.set(name, whole);
      return whole;
    },
  };
}
