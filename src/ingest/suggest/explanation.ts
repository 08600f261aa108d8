/** What a suggestion says to its reader, as lines: one a field, then what is doubtful, then what is left. */

import { noteWords } from "./notes.ts";
import type { NoSuggestion, Suggestion, UnusedColumn } from "./suggestion.ts";
import type { Trial } from "./trial.ts";

export function explanationOf(
  { mapping, fields, unused, notes }: Suggestion,
  trial: Trial,
): string[] {
  const width = Math.max(...fields.map(({ field }) => field.length));
  return [
    `record: ${mapping.record}`,
    ...fields.flatMap(({ field, column, reason, warnings }) => [
      `${field.padEnd(width)}  <- ${column} (${reason})`,
      ...warnings.map((warning) => `  ! ${field}: ${noteWords(warning)}`),
    ]),
    ...notes.map((note) => `! ${noteWords(note)}`),
    ...unusedLines(unused),
    trialLine(trial),
  ];
}

/** Why there is no suggestion, kind by kind. */
export function refusalOf({ lookedFor, unused }: NoSuggestion): string[] {
  return [
    "no kind of record fits this file; looked for columns, by name and by cells:",
    ...lookedFor.map(({ record, missing }) =>
      missing.length === 0
        ? `  ${record}: nothing but an id and a time speaks for it`
        : `  ${record}: no column for ${missing.join(", ")}`,
    ),
    ...unusedLines(unused),
  ];
}

function unusedLines(unused: readonly UnusedColumn[]): string[] {
  if (unused.length === 0) return [];
  return [
    "columns that became no field:",
    ...unused.map(({ column, samples }) => {
      const shown = samples.map((text) => JSON.stringify(text)).join(", ");
      return `  ${column}: ${shown === "" ? "always empty" : shown}`;
    }),
  ];
}

function trialLine({ sampled, taken, rejects }: Trial): string {
  const head = `of ${sampled} rows sampled ${taken} would be taken, ${sampled - taken} rejected`;
  const shown = rejects.map(([what, count]) => `${what} (${count})`);
  return shown.length === 0 ? head : `${head}: ${shown.join(", ")}`;
}
