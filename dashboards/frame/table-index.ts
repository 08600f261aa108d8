/**
 * The words of every row, for the search. A table of 100,000 rows writes over a million cells: that
 * is done in slices between which the page answers, from when the table first stands.
 */

import { useEffect, useMemo, useState } from "react";
import type { Column } from "./column.ts";
import { rankSteps } from "./table-order.ts";
import { cellWords } from "./written.ts";

/** Up to this many rows all is done at the first need of it. */
const AT_ONCE = 2000;
const SLICE_MILLISECONDS = 8;
const STEP_ROWS = 50;

interface Words {
  readonly rows: readonly unknown[];
  readonly texts: string[];
}

function* wordSteps<Row>(rows: readonly Row[], columns: readonly Column<Row>[], texts: string[]) {
  for (let row = 0; row < rows.length; row++) {
    const cells = columns.map((column) => cellWords(column, rows[row] as Row));
    texts[row] = cells.join(" ").toLocaleLowerCase();
    if (row % STEP_ROWS === STEP_ROWS - 1) yield;
  }
}

/** Runs the steps in slices; call what it returns to stop. */
function inSlices(steps: Iterator<void, unknown>, done: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const slice = () => {
    const end = performance.now() + SLICE_MILLISECONDS;
    while (performance.now() < end) {
      if (steps.next().done === true) return done();
    }
    timer = setTimeout(slice, 1);
  };
  timer = setTimeout(slice, 1);
  return () => clearTimeout(timer);
}

/** The words of each row in small letters, or null while they are gathered. */
export function useWords<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  collator: Intl.Collator,
  wanted: boolean,
): readonly string[] | null {
  const [gathered, setGathered] = useState<Words | null>(null);
  const many = rows.length > AT_ONCE;
  useEffect(() => {
    if (!many) return;
    const texts: string[] = new Array(rows.length);
    function* all() {
      for (const column of columns) yield* rankSteps(rows, column, collator);
      yield* wordSteps(rows, columns, texts);
    }
    setGathered(null);
    return inSlices(all(), () => setGathered({ rows, texts }));
  }, [many, rows, columns, collator]);
  const few = useMemo(() => {
    if (many || !wanted) return null;
    const texts: string[] = new Array(rows.length);
    for (const _ of wordSteps(rows, columns, texts));
    return texts;
  }, [many, wanted, rows, columns]);
  if (!many) return few;
  return gathered?.rows === rows ? gathered.texts : null;
}

/** The rows, in their order, that hold every word looked for. */
export function matching(order: Uint32Array, texts: readonly string[], needle: string) {
  const terms = needle.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return order.filter((row) => terms.every((term) => texts[row]?.includes(term) === true));
}
