/** An id of several columns, for rows of contacts that have no id of their own. */

import type { Column } from "./columns.ts";
import type { KindMatch } from "./matching.ts";
import { note } from "./notes.ts";

const MOST_PARTS = 6;
const LEAST_UNIQUE = 0.9;

/** The kind with an id put together, where an id is all that is missing and enough else was found. */
export function withComposedId(kind: KindMatch, columns: readonly Column[]): KindMatch {
  const lacksId = kind.missing.length === 1 && kind.missing[0] === "externalId";
  if (kind.record !== "contact" || !lacksId || kind.matches.length < 3) return kind;
  const parts = partsOfId(columns);
  const rows = columns[0]?.cells.length ?? 0;
  const distinct = distinctOf(parts);
  if (rows === 0 || distinct < LEAST_UNIQUE * rows) return kind;
  const names = parts.flatMap((part) => part.names);
  const repeats = rows - distinct;
  const parameters = { columns: names.length, repeats };
  const fit = {
    rule: { columns: names },
    reason: `unique together, ${distinct} of ${rows} rows`,
    share: distinct / rows,
    warnings: [note(repeats === 0 ? "composed_id" : "composed_id_repeats", parameters)],
  };
  const words = new Set<string>();
  const column: Column = { ...(parts[0] as Column), names, words };
  const match = { field: "externalId", column, fit, score: 0.5, equal: null };
  return { ...kind, matches: [match, ...kind.matches], missing: [] };
}

/** The time first, then whatever makes most rows differ; durations are no part of an id. */
function partsOfId(columns: readonly Column[]): Column[] {
  const single = columns.filter(
    ({ names, filled, words }) =>
      names.length === 1 &&
      filled.length > 0 &&
      !words.has("duration") &&
      !/count/i.test(names[0] ?? ""),
  );
  const time = single.find((column) => column.time?.hasDate);
  const parts = time === undefined ? [] : [time];
  while (parts.length < MOST_PARTS) {
    const before = distinctOf(parts);
    const gains = single
      .filter((column) => !parts.includes(column))
      .map((column) => ({ column, gain: distinctOf([...parts, column]) - before }))
      .sort((a, b) => b.gain - a.gain);
    const next = gains[0];
    if (next === undefined || next.gain <= 0) return parts;
    parts.push(next.column);
  }
  return parts;
}

function distinctOf(parts: readonly Column[]): number {
  const rows = parts[0]?.cells.length ?? 0;
  const ids = new Set<string>();
  for (let row = 0; row < rows; row++) ids.add(parts.map(({ cells }) => cells[row]).join(" "));
  return ids.size;
}
