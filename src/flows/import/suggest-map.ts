/** A mapping suggested for a file by its names and its cells; nothing is written. */

import { type FileSuggestion, suggestForFile } from "../../ingest/suggest/suggest-file.ts";

/** @throws InputError as opening a file does, and where the file fits no kind of record. */
export function suggestMap(
  file: string,
  options: { readonly encoding?: string | undefined; readonly zone?: string | undefined },
): Promise<FileSuggestion> {
  return suggestForFile(file, options);
}
