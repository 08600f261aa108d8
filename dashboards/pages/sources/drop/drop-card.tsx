/** A file dropped in the browser, from the drop to its rows: one card, whose place is in the address. */

import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef } from "react";
import { importsQuery, isUnderWay } from "../../../api/uploads.ts";
import { Card } from "../../../frame/card.tsx";
import { useSite } from "../../../frame/context.ts";
import { DropZone } from "./drop-zone.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { UploadPanel } from "./upload-panel.tsx";
import { type DropPlace, useDropPlace } from "./use-place.ts";

export function DropCard() {
  const { t } = useSite();
  const [place, go] = useDropPlace();
  const box = useRef<HTMLDivElement>(null);
  useFocusAtStep(box, `${place.at} ${place.at === "start" ? "" : place.id}`);
  return (
    <Card title={t("drop.title")} hint={t("drop.hint")} file="mapped-rows">
      <div ref={box} tabIndex={-1} className="drop-place">
        {place.at === "start" && (
          <>
            <DropZone onBrought={({ id }) => go({ at: "upload", id })} />
            <UnderWay go={go} />
          </>
        )}
        {place.at === "upload" && <UploadPanel key={place.id} id={place.id} go={go} />}
        {place.at === "import" && <ImportPanel key={place.id} id={place.id} go={go} />}
      </div>
    </Card>
  );
}

/** Each step begins where it stands: the button that led here has gone with the step before. */
function useFocusAtStep(box: RefObject<HTMLElement | null>, step: string): void {
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    box.current?.focus({ preventScroll: true });
  }, [box, step]);
}

/** Imports that somebody began and left. */
function UnderWay({ go }: { go: (place: DropPlace) => void }) {
  const { t } = useSite();
  const imports = useQuery(importsQuery);
  const rows = imports.data?.rows.filter(isUnderWay) ?? [];
  if (rows.length === 0) return null;
  return (
    <ul className="under-way">
      {rows.map(({ id, file, source }) => (
        <li key={id}>
          {t("drop.underWay", { file, source })}{" "}
          <button type="button" onClick={() => go({ at: "import", id })}>
            {t("drop.watch")}
          </button>
        </li>
      ))}
    </ul>
  );
}
