/** Where one is with a dropped file, kept in the address: a link or a reload comes back to it. */

import { useCallback } from "react";
import { useSearchParams } from "wouter";

export type DropPlace =
  | { readonly at: "start" }
  | { readonly at: "upload"; readonly id: string }
  | { readonly at: "import"; readonly id: string };

const UPLOAD = "upload";
const IMPORT = "import";

export function useDropPlace(): [DropPlace, (place: DropPlace) => void] {
  const [search, setSearch] = useSearchParams();
  const upload = search.get(UPLOAD);
  const running = search.get(IMPORT);
  const go = useCallback(
    (place: DropPlace) =>
      setSearch((now) => {
        const next = new URLSearchParams(now);
        next.delete(UPLOAD);
        next.delete(IMPORT);
        if (place.at !== "start") next.set(place.at, place.id);
        return next;
      }),
    [setSearch],
  );
  if (running !== null) return [{ at: "import", id: running }, go];
  if (upload !== null) return [{ at: "upload", id: upload }, go];
  return [{ at: "start" }, go];
}
