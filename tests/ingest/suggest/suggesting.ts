/** What the tests of suggestions share. */

import { expect } from "vitest";
import { noteWords } from "../../../src/ingest/suggest/notes.ts";
import {
  type Sample,
  type Suggestion,
  suggestMapping,
} from "../../../src/ingest/suggest/suggestion.ts";

/** The suggestion for lines of CSV without quotes; fails where there is none. */
export function suggested(lines: readonly string[], more: Partial<Sample> = {}): Suggestion {
  const [header = [], ...rows] = lines.map((line) => line.split(","));
  const suggestion = suggestMapping({ header, rows, layout: "delimited", ...more });
  expect(suggestion.found, JSON.stringify(suggestion)).toBe(true);
  return suggestion as Suggestion;
}

/** The columns of a mapping by field. */
export function columnsByField({ mapping }: Suggestion): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping.fields).flatMap(([field, rule]) =>
      "constant" in rule ? [] : [[field, (rule.columns ?? [rule.column]).join(" + ")]],
    ),
  );
}

/** As the command line words them. */
export function warningsOf({ fields, notes }: Suggestion): string {
  return [...fields.flatMap(({ warnings }) => warnings), ...notes].map(noteWords).join("\n");
}
