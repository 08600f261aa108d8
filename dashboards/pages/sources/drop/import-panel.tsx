/** An import while it runs and when it has ended. It goes on without this page, and is found here again. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { type ImportState, importQuery, isUnderWay, stopImport } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { contactsMark, MARK_PARAMETER, textOfMark } from "../../../frame/mark.ts";
import { PAGES } from "../../../frame/pages.ts";
import { addDays } from "../../../frame/periods.ts";
import { Loaded } from "../../../frame/states.tsx";
import { faultWords, problemOf } from "./drop-words.ts";
import { bytesText } from "./sizes.ts";
import type { DropPlace } from "./use-place.ts";

interface ImportPanelProps {
  readonly id: string;
  readonly go: (place: DropPlace) => void;
}

export function ImportPanel({ id, go }: ImportPanelProps) {
  const { t } = useSite();
  const state = useQuery(importQuery(id));
  const client = useQueryClient();
  const ended = state.data !== undefined && !isUnderWay(state.data);
  // What it brought is on every page: whatever was asked before is asked again.
  useEffect(() => {
    if (!ended) return;
    const isOther = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== "import";
    void client.invalidateQueries({ predicate: isOther });
  }, [ended, client]);
  return (
    <Loaded query={state} what={t("drop.importTitle")} height={160}>
      {(data) => (
        <div className="drop-import">
          <h3>{t("drop.importOf", { file: data.file, source: data.source })}</h3>
          {isUnderWay(data) ? <Running state={data} /> : <Ended state={data} />}
          <div className="drop-actions">
            <button type="button" onClick={() => go({ at: "start" })}>
              {t(isUnderWay(data) ? "drop.leave" : "drop.next")}
            </button>
            {!isUnderWay(data) && data.state !== "done" && data.upload !== null && (
              <button type="button" onClick={() => go({ at: "upload", id: data.upload ?? "" })}>
                {t("drop.backToMapping")}
              </button>
            )}
          </div>
        </div>
      )}
    </Loaded>
  );
}

function Running({ state }: { state: ImportState }) {
  const { t, formats } = useSite();
  const client = useQueryClient();
  const stopped = useMutation({
    mutationFn: () => stopImport(state.id),
    onSuccess: (next) => client.setQueryData(importQuery(state.id).queryKey, next),
  });
  const { bytes, bytesRead } = state;
  const share = bytes === null || bytesRead === null || bytes === 0 ? null : bytesRead / bytes;
  return (
    <>
      <progress
        aria-label={t("drop.importing")}
        max={1}
        {...(share === null || state.state === "waiting" ? {} : { value: share })}
      />
      <p role="status">
        {state.state === "waiting"
          ? t("drop.waits")
          : t("drop.progress", {
              read: bytesText(bytesRead ?? 0, formats),
              total: bytesText(bytes ?? 0, formats),
              rows: formats.number(state.rows),
            })}
      </p>
      <p className="hint">{t("drop.mayLeave")}</p>
      <div className="drop-actions">
        <button type="button" disabled={stopped.isPending} onClick={() => stopped.mutate()}>
          {t("drop.stop")}
        </button>
      </div>
      {stopped.error !== null && (
        <p className="problem" role="alert">
          {problemOf(stopped.error, t)}
        </p>
      )}
    </>
  );
}

const COUNTS = ["rows", "accepted", "duplicates", "replaced", "rejected"] as const;

function Ended({ state }: { state: ImportState }) {
  const { t, formats } = useSite();
  const { error, days } = state;
  return (
    <>
      <p className={state.state === "done" ? "good" : "warning"} role="status">
        {t(`drop.ended.${state.state === "done" ? "done" : endOf(state)}`)}
      </p>
      <dl className="drop-counts">
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{t(`column.${name}`)}</dt>
            <dd>{formats.number(state[name])}</dd>
          </div>
        ))}
      </dl>
      {error !== null && (
        <ul className="drop-faults">
          {error.faults.map((fault) => (
            <li key={`${fault.code} ${fault.path} ${fault.value}`}>{faultWords(fault, t)}</li>
          ))}
          {error.faults.length === 0 && error.code === "failed" && error.message !== null && (
            <li lang="en">{error.message}</li>
          )}
        </ul>
      )}
      {state.rejected > 0 && <p className="hint">{t("drop.rejectedBelow")}</p>}
      {days !== null && (
        <p>
          <Link href={contactsAddress(days)}>
            {t("drop.seeContacts", {
              from: formats.dayLong(days.first),
              to: formats.dayLong(days.last),
            })}
          </Link>
        </p>
      )}
    </>
  );
}

const endOf = ({ state, error }: ImportState) => {
  if (error?.code === "import_stopped") return "stopped";
  return state === "failed" ? "failed" : "interrupted";
};

/** The Managers page over the days that came, with the drawer of their contacts open. */
function contactsAddress({ first, last }: { first: string; last: string }): string {
  const search = new URLSearchParams({ from: first, to: addDays(last, 1) });
  search.set(MARK_PARAMETER, textOfMark(contactsMark("offered")));
  return `${PAGES.managers.path}?${search}`;
}
