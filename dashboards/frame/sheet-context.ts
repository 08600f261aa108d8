/** What stands in a card tells the card what a file of it holds. */

import {
  createContext,
  type RefObject,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import type { Sheet } from "./sheet.ts";

export interface Content {
  readonly kind: "chart" | "table";
  /** The rows that are shown; charts leave them to the card. */
  readonly sheet: RefObject<() => Sheet> | null;
}

/** Says what stands in the card; call what it returns when it no longer does. */
export type TellContent = (content: Content) => () => void;

export const ContentContext = createContext<TellContent | null>(null);

/** The rows of a table, made when a file is asked for. */
export function useSheet(make: () => Sheet): void {
  const tell = useContext(ContentContext);
  const latest = useRef(make);
  useEffect(() => {
    latest.current = make;
  });
  useLayoutEffect(() => tell?.({ kind: "table", sheet: latest }), [tell]);
}

export function useChartInCard(): void {
  const tell = useContext(ContentContext);
  // Before it is painted: the menu must not push the legend aside a moment later.
  useLayoutEffect(() => tell?.({ kind: "chart", sheet: null }), [tell]);
}
