/** Compact buttons of the header: note something on a day, views, and the bell of alerts. */

import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { useSite } from "./context.ts";
import { useAlerts } from "./notes/alert-list.tsx";
import { PAGES, type PageId } from "./pages.ts";

// Fetched when they are first opened.
const NoteDrawer = lazy(() => import("./notes/note-drawer.tsx"));
const ThresholdsDrawer = lazy(() => import("./notes/thresholds-drawer.tsx"));
const ViewsDrawer = lazy(() => import("./notes/views-drawer.tsx"));

/** 20 × 20 line drawings. */
const ICONS = {
  note: "M5 3v14M5 4h10l-2.5 3l2.5 3h-10",
  views: "M6 3h8v14l-4-3.5L6 17z",
  alerts: "M5 14h10l-1.5-2V8.5a3.5 3.5 0 0 0-7 0V12zM8.5 16.5a1.6 1.6 0 0 0 3 0M10 3v2",
} as const;
type Tool = keyof typeof ICONS;

export function PageTools({ page }: { page: PageId }) {
  const { t, formats, session } = useSite();
  const [open, setOpen] = useState<Tool | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const { length } = useAlerts();
  const isAgent = session.role === "agent";
  const alerts = t("alerts.button", { count: length, shown: formats.number(length) });
  const button = (tool: Tool, name: string, badge: ReactNode = null) => (
    <button
      type="button"
      className="tool"
      aria-label={name}
      aria-haspopup="dialog"
      aria-expanded={open === tool}
      title={name}
      onClick={() => setOpen(tool)}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={ICONS[tool]} />
      </svg>
      {badge}
    </button>
  );
  return (
    <div className="tools">
      {!isAgent && PAGES[page].filtered && button("note", t("notes.button"))}
      {button("views", t("views.title"))}
      {!isAgent &&
        button("alerts", alerts, length > 0 && <i aria-hidden="true">{formats.number(length)}</i>)}
      <Suspense>
        {open === "note" && <NoteDrawer onClose={close} />}
        {open === "views" && <ViewsDrawer page={page} onClose={close} />}
        {open === "alerts" && <ThresholdsDrawer onClose={close} />}
      </Suspense>
    </div>
  );
}
