/** The words that a cell shows, without its markup: what the search looks through and files keep. */

import { isValidElement, type ReactNode } from "react";
import type { Column } from "./column.ts";

/** The words in a node. A component that writes by itself has none: its column says `text`. */
export function wordsOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  if (typeof node === "number" || typeof node === "bigint") return String(node);
  if (Array.isArray(node)) return node.map(wordsOf).join("");
  if (!isValidElement<{ children?: ReactNode }>(node)) return "";
  return wordsOf(node.props.children);
}

export function cellWords<Row>(column: Column<Row>, row: Row): string {
  if (column.text !== undefined) return column.text(row);
  return wordsOf(column.write === undefined ? column.value(row) : column.write(row));
}

export const headerWords = <Row>(column: Column<Row>): string =>
  column.name ?? wordsOf(column.header);
