/**
 * `muster import --suggest-map FILE`: a mapping to save, correct and give to `--map`. The mapping is all
 * that stands on standard output; why it is so stands on standard error.
 */

import { suggestMap } from "../flows/import/suggest-map.ts";
import { printJson } from "./output.ts";

export interface SuggestOptions {
  readonly zone?: string | undefined;
  readonly encoding?: string | undefined;
}

/** Exit code 2 when the file fits nothing. @throws InputError for a file that cannot be read as rows. */
export async function printSuggestedMapping(file: string, options: SuggestOptions): Promise<void> {
  const { mapping, lines } = await suggestMap(file, options);
  for (const line of lines) process.stderr.write(`${line}\n`);
  if (mapping === null) process.exitCode = 2;
  else printJson(mapping);
}
