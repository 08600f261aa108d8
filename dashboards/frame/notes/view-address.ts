/** A view and the address bar: one is the other under a name. */

import type { SavedView, ViewPage } from "../../api/notes.ts";
import { PAGES, type PageId } from "../pages.ts";

/** Pages that a view can be of. */
const VIEW_PAGES: readonly ViewPage[] = ["managers", "vendors", "planners", "live", "sources"];

export const viewPageOf = (page: PageId): ViewPage | null =>
  VIEW_PAGES.find((known) => known === page) ?? null;

/** The search as it is kept: every name once, encoded as a form encodes it. */
export function keptSearch(search: string): string {
  return new URLSearchParams(Object.fromEntries(new URLSearchParams(search))).toString();
}

export function addressOfView({ page, search }: Pick<SavedView, "page" | "search">): string {
  return `${PAGES[page].path}${search === "" ? "" : `?${search}`}`;
}

/** Does the address bar show this view? The order of what stands in it does not matter. */
export function isShown(
  view: Pick<SavedView, "page" | "search">,
  page: PageId,
  search: string,
): boolean {
  const parts = (text: string) => [...new URLSearchParams(keptSearch(text))].sort().join("&");
  return view.page === page && parts(view.search) === parts(search);
}
