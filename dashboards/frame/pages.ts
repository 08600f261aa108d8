/** The pages there are: address, who may see them, and whether the filter bar speaks to them. */

import type { Role } from "../api/types.ts";

export const PAGE_IDS = ["managers", "vendors", "planners", "live", "sources", "settings"] as const;
export type PageId = (typeof PAGE_IDS)[number];

interface PageEntry {
  readonly path: string;
  readonly roles: readonly Role[];
  readonly filtered: boolean;
  /** A 20 × 20 line drawing. */
  readonly icon: string;
}

const ALL: readonly Role[] = ["administrator", "manager", "planner", "vendor", "agent"];

export const PAGES: Readonly<Record<PageId, PageEntry>> = {
  managers: {
    path: "/managers",
    roles: ["administrator", "manager", "planner", "vendor"],
    filtered: true,
    icon: "M4 5v10M4 9h0M10 3v12M16 7v10M2.5 10a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M8.5 8a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M14.5 12a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0",
  },
  vendors: {
    path: "/vendors",
    roles: ALL,
    filtered: true,
    icon: "M5 2.5h10v15l-2.5-1.5L10 17.5L7.5 16L5 17.5zM8 7h4M8 10.5h4",
  },
  planners: {
    path: "/planners",
    roles: ALL,
    filtered: true,
    icon: "M3 4.5h14v12.5H3zM3 8.5h14M7 2.5v4M13 2.5v4M6 14l3-3l2 2l3-3",
  },
  live: {
    path: "/live",
    roles: ALL,
    filtered: false,
    icon: "M2.5 10h3.5l2.5-6l3.5 12l2.5-6h3",
  },
  sources: {
    path: "/sources",
    roles: ["administrator", "manager", "planner"],
    filtered: false,
    icon: "M4 5a6 2.5 0 1 0 12 0a6 2.5 0 1 0-12 0M4 5v10a6 2.5 0 0 0 12 0V5M4 10a6 2.5 0 0 0 12 0",
  },
  settings: {
    path: "/settings",
    roles: ALL,
    filtered: false,
    icon: "M3 6h7M14 6h3M3 14h3M10 14h7M10 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0M6 14a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  },
};

export const pagesOf = (role: Role): PageId[] =>
  PAGE_IDS.filter((id) => PAGES[id].roles.includes(role));
