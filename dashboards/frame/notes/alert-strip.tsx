/** A strip over the page while figures are past their threshold; put away until there is a new one. */

import { lazy, Suspense, useCallback, useState } from "react";
import { dismissAlerts } from "../../api/notes.ts";
import { useSite } from "../context.ts";
import { useAlerts } from "./alert-list.tsx";
import { useChange } from "./use-change.ts";

const ThresholdsDrawer = lazy(() => import("./thresholds-drawer.tsx"));

export function AlertStrip() {
  const { t, formats } = useSite();
  const alerts = useAlerts().filter(({ dismissed }) => !dismissed);
  const change = useChange("alerts");
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const isNew = alerts.length > 0;
  const dismiss = async () => {
    if (!(await change.run(() => dismissAlerts(alerts)))) return;
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
            {change.problem !== null && <span className="warning">{change.problem}</span>}
            <button
              type="button"
              className="quiet"
              disabled={change.busy}
              onClick={() => void dismiss()}
            >
              {t("alerts.dismiss")}
            </button>
          </>
        )}
      </div>
      <Suspense>{open && <ThresholdsDrawer onClose={close} />}</Suspense>
    </>
  );
}
