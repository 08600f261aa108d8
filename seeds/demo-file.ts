/**
 * One file of the demo, written a day at a time, with a count of what an importer must make of
 * it.
 */

import { type FileHandle, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dirt } from "./dirt.ts";

/** What the import report must say. `rows` is the sum of the four. */
export interface FileCounts {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  /** Rejects by code. */
  readonly rejects: Readonly<Record<string, number>>;
  /** Rows that are taken and that a quality report has to name, by what is wrong with them. */
  readonly odd: Readonly<Record<string, number>>;
}

export interface DemoFileWriter {
  /** Takes the clean lines of a day; the dirt of that day is added. */
  writeDay(day: number, lines: readonly string[]): Promise<void>;
  close(): Promise<FileCounts>;
}

/** Opens a file and its mapping beside it (`calls.csv`, `calls.mapping.json`). */
export async function openDemoFile(of: {
  readonly directory: string;
  readonly name: string;
  readonly header: string | null;
  readonly mapping: object;
  readonly dirt: Dirt;
}): Promise<DemoFileWriter> {
  const handle: FileHandle = await open(join(of.directory, of.name), "w");
  await writeJson(join(of.directory, mappingName(of.name)), of.mapping);
  if (of.header !== null) await handle.write(`${of.header}\n`);
  let rows = 0;
  return {
    async writeDay(day, lines) {
      const written = of.dirt.applied(day, lines);
      rows += written.length;
      if (written.length > 0) await handle.write(`${written.join("\n")}\n`);
    },
    async close() {
      await handle.close();
      const { duplicates, replaced, rejects, odd } = of.dirt.counts();
      const rejected = Object.values(rejects).reduce((sum, count) => sum + count, 0);
      const accepted = rows - duplicates - replaced - rejected;
      return { rows, accepted, duplicates, replaced, rejected, rejects, odd };
    },
  };
}

export function mappingName(file: string): string {
  return `${file.slice(0, file.lastIndexOf("."))}.mapping.json`;
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
