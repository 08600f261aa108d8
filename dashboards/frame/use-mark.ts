/** The mark that is open, kept in the address: Back closes it, a link opens it. */

import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { MARK_PARAMETER, type Mark, markOfText, textOfMark } from "./mark.ts";

export function useMark(): Mark | null {
  const [search] = useSearchParams();
  const text = search.get(MARK_PARAMETER);
  return useMemo(() => markOfText(text), [text]);
}

/** Opens a mark's rows; null closes them. */
export function useOpenMark(): (mark: Mark | null) => void {
  const [, setSearch] = useSearchParams();
  return useCallback(
    (mark) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (mark === null) next.delete(MARK_PARAMETER);
          else next.set(MARK_PARAMETER, textOfMark(mark));
          return next;
        },
        { replace: mark === null },
      ),
    [setSearch],
  );
}
