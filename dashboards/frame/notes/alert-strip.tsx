/** A strip over the page while figures are past their threshold; put away until there is a new one. */

import { lazy, Suspense, useCallback, useState } from "react";
import { useSite } from "../context.ts";
import { keyOfAlert, useAlerts } from "./alert-list.tsx";

const ThresholdsDrawer = lazy(() => import("./thresholds-drawer.tsx"));

/** Kept in the browser: what one has seen is nobody else's matter. */
const KEY = "muster.alerts.seen";

function readSeen(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

function keepSeen(keys: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(keys));
  } catch {
    // A browser that keeps nothing shows the strip again after a reload.
  }
}

export function AlertStrip() {
  const { t, formats } = useSite();
  const alerts = useAlerts();
  const [seen, setSeen] = useState(readSeen);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const keys = alerts.map(keyOfAlert);
  const isNew = keys.some((key) => !seen.includes(key));
  const dismiss = () => {
    setSeen(keys);
    keepSeen(keys);
    document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
  };
  return (
    <>
      <div className={isNew ? "alert-strip" : "alert-strip none"} role="status">
        {isNew && (
          <>
            <button type="button" onClick={() => setOpen(true)}>
              {t("alerts.strip", { count: alerts.length, shown: formats.number(alerts.length) })}
            </button>
            <button type="button" className="quiet" onClick={dismiss}>
              {t("alerts.dismiss")}
            </button>
          </>
        )}
      </div>
      <Suspense>{open && <ThresholdsDrawer onClose={close} />}</Suspense>
    </>
  );
}
