/** Where only the rows in sight are drawn, columns keep the widths they began with while one scrolls. */

import { type RefObject, useLayoutEffect, useState } from "react";
import type { Column } from "./column.ts";

const LETTER_PIXELS = 7;
const MOST_EXTRA_PIXELS = 240;

interface Widths {
  readonly columns: readonly unknown[];
  readonly rows: readonly unknown[];
  /** Pixels of all columns. */
  readonly total: number;
  readonly shares: readonly number[];
}

/** Pixels that the longest words of a column need beyond those of the rows drawn first. */
function extraPixels<Row>(rows: readonly Row[], column: Column<Row>, drawn: number): number {
  if (column.numeric === true) return 0;
  let most = 0;
  let mostDrawn = 0;
  for (let place = 0; place < rows.length; place++) {
    const { length } = String(column.value(rows[place] as Row) ?? "");
    if (length > most) most = length;
    if (place < drawn && length > mostDrawn) mostDrawn = length;
  }
  return Math.min(MOST_EXTRA_PIXELS, (most - mostDrawn) * LETTER_PIXELS);
}

export function useWidths<Row>(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  fixed: boolean,
): Widths | null {
  const [widths, setWidths] = useState<Widths | null>(null);
  const current = fixed && widths?.columns === columns && widths.rows === rows ? widths : null;
  useLayoutEffect(() => {
    if (!fixed || current !== null) return;
    const cells = [...(scroller.current?.querySelectorAll<HTMLElement>("thead th") ?? [])];
    const drawn = scroller.current?.querySelectorAll("tr[data-index]").length ?? 0;
    if (drawn === 0) return;
    const own = cells.map(({ offsetWidth }) => offsetWidth);
    const wanted = own.map((width, place) => {
      const column = columns[place];
      return width + (column === undefined ? 0 : extraPixels(rows, column, drawn));
    });
    const sum = (pixels: readonly number[]) => pixels.reduce((one, other) => one + other, 0);
    const all = sum(wanted);
    setWidths({ rows, columns, total: sum(own), shares: wanted.map((width) => width / all) });
  });
  return current;
}
