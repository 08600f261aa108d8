/** The head of a table: each column's name sorts by it, first as it is most often wanted. */

import { memo } from "react";
import type { Column } from "./column.ts";
import { InControl } from "./explained.tsx";

export interface Sorting {
  readonly id: string;
  readonly desc: boolean;
}

/** Figures first from the highest, words from A; then the other way; then as they came. */
export function toggled<Row>(now: Sorting | null, { id, numeric }: Column<Row>): Sorting | null {
  const first = numeric === true;
  if (now?.id !== id) return { id, desc: first };
  return now.desc === first ? { id, desc: !first } : null;
}

interface TableHeaderProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting | null;
  readonly onSort: (column: Column<Row>) => void;
}

function Header<Row>({ columns, sorting, onSort }: TableHeaderProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const sorted = sorting?.id === column.id ? sorting : null;
          const direction = sorted?.desc === true ? "descending" : "ascending";
          return (
            <th
              key={column.id}
              className={column.numeric ? "numeric" : undefined}
              aria-sort={sorted === null ? "none" : direction}
            >
              <button type="button" onClick={() => onSort(column)}>
                <InControl value>{column.header}</InControl>
                <i aria-hidden="true">{sorted === null ? "" : sorted.desc ? "▼" : "▲"}</i>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

export const TableHeader = memo(Header) as typeof Header;
