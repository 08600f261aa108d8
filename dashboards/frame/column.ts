/** What a column of a table is: what it sorts by, what it writes, what it is called in a file. */

import type { ReactNode } from "react";

export type Cell = string | number | null;

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  /** The header in plain words, for files; needed where the header is more than words. */
  readonly name?: string;
  /** What the column is sorted by; null sorts last. */
  readonly value: (row: Row) => Cell;
  /** What is written; the value itself where it is not said. */
  readonly write?: (row: Row) => ReactNode;
  /** What is written in plain words, for the search and files; needed where `write` draws. */
  readonly text?: (row: Row) => string;
  readonly numeric?: boolean;
  /** Long words break into lines; else a row is one line. */
  readonly wrap?: boolean;
}
