/** A suggestion for a file: its start is read, a mapping is made, and tried on the same rows. */

import { basename } from "node:path";
import { InputError } from "../../domain/shared/errors.ts";
import type { TableMapping } from "../table-mapping.ts";
import { explanationOf, refusalOf } from "./explanation.ts";
import { readSample } from "./sample.ts";
import { suggestMapping } from "./suggestion.ts";
import { tried } from "./trial.ts";

export interface FileSuggestion {
  /** Null where nothing fits; the lines say what was looked for. */
  readonly mapping: TableMapping | null;
  readonly lines: readonly string[];
}

/** @throws InputError as `openText` does, `empty_file`, and for a zone that is none. */
export async function suggestForFile(
  file: string,
  options: { readonly encoding?: string | undefined; readonly zone?: string | undefined },
): Promise<FileSuggestion> {
  const sample = await named(file, readSample(file, { encoding: options.encoding }));
  const suggestion = suggestMapping({ ...sample, zone: options.zone });
  if (!suggestion.found) return { mapping: null, lines: refusalOf(suggestion) };
  const { suggestion: checked, trial } = await tried(suggestion, sample.read);
  return { mapping: checked.mapping, lines: explanationOf(checked, trial) };
}

/** Faults of rows carry the file's name. */
async function named<Value>(file: string, reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const name = basename(file);
    const faults = error.faults.map((fault) =>
      fault.line === undefined && fault.value !== undefined
        ? fault
        : { ...fault, path: `${fault.path} in ${name}` },
    );
    throw new InputError(faults, { cause: error });
  }
}
