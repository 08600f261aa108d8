/**
 * What is wrong with the files of a real centre, put in on purpose and counted.
 *
 * Dirt is added to lines that are already made and never takes a true row away: a duplicate stands
 * again at the end of its day; a replaced row stands first with a wrong content and at the end of
 * its day with the right one; all other dirty rows are rows of their own, with ids of their own.
 */

import { type Chance, integer, pick, stream } from "./random.ts";

export interface DirtyRow {
  readonly kind: string;
  readonly count: number;
  /** The code of its reject; null for a row that is taken. */
  readonly code: string | null;
  /** `number` tells the rows of one kind apart. */
  readonly line: (place: { day: number; number: number; chance: Chance }) => string;
}

export interface DirtPlan {
  readonly duplicates: number;
  readonly replaced: number;
  /** The wrong content that a replaced row had first. */
  readonly spoiled?: (line: string) => string;
  readonly rows: readonly DirtyRow[];
  /** A day whose rows were never exported: no dirt on it either. */
  readonly missingDay?: number;
}

export interface DirtCounts {
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejects: Readonly<Record<string, number>>;
  readonly odd: Readonly<Record<string, number>>;
}

export interface Dirt {
  applied(day: number, lines: readonly string[]): readonly string[];
  counts(): DirtCounts;
}

/** Lines of a day that dirt may be made of; days with fewer are left clean. */
const FEWEST_LINES = 6;

export function dirtOf(seed: number, file: string, days: number, plan: DirtPlan): Dirt {
  const chance = stream(seed, "dirt", file);
  // Spread over the days from the third to the last but two, where every file has rows.
  const usable = Array.from({ length: days - 4 }, (_, i) => i + 2).filter(
    (day) => day !== plan.missingDay,
  );
  const byDay = <Item>(items: readonly Item[]) => {
    const planned = new Map<number, Item[]>();
    for (const item of items) {
      const day = pick(chance, usable);
      planned.set(day, [...(planned.get(day) ?? []), item]);
    }
    return planned;
  };
  const numbered = plan.rows.flatMap((row) =>
    Array.from({ length: row.count }, (_, number) => ({ row, number })),
  );
  const rows = byDay(numbered);
  const copies = byDay([
    ...new Array<"duplicate">(plan.duplicates).fill("duplicate"),
    ...new Array<"replaced">(plan.replaced).fill("replaced"),
  ]);
  const made = { duplicate: 0, replaced: 0 };
  return {
    applied(day, lines) {
      const written = [...lines];
      const touched = new Set<number>();
      for (const kind of lines.length < FEWEST_LINES ? [] : (copies.get(day) ?? [])) {
        const place = integer(chance, 0, lines.length - 1);
        const line = lines[place] ?? "";
        if (touched.has(place)) continue;
        touched.add(place);
        made[kind]++;
        if (kind === "replaced") written[place] = plan.spoiled?.(line) ?? line;
        written.push(line);
      }
      for (const { row, number } of rows.get(day) ?? []) {
        written.push(row.line({ day, number, chance }));
      }
      return written;
    },
    counts: () => ({ duplicates: made.duplicate, replaced: made.replaced, ...rowCounts(plan) }),
  };
}

function rowCounts(plan: DirtPlan) {
  const rejects: Record<string, number> = {};
  const odd: Record<string, number> = {};
  for (const { kind, code, count } of plan.rows) {
    if (code === null) odd[kind] = (odd[kind] ?? 0) + count;
    else rejects[code] = (rejects[code] ?? 0) + count;
  }
  return { rejects, odd };
}
