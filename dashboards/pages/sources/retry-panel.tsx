/** The mapping's entry of the field that failed, to be changed, tried on the rows, and used on them. */

import { type ReactNode, useId, useMemo, useState } from "react";
import type { Retried } from "../../api/sources.ts";
import { useSite } from "../../frame/context.ts";
import { rejectName } from "./finding-names.ts";
import { type EntryPath, entryOf, textOfEntry, withEntry } from "./mapping-entry.ts";
import { problemWords } from "./problem-words.ts";
import { takenBy } from "./retry-rows.ts";
import { type RetryOf, type UsedRetry, useRetry } from "./use-retry.ts";

export function RetryPanel(props: RetryOf) {
  const { t } = useSite();
  const { retry } = props.source;
  if (retry === "by_mapping") return <MappingForm {...props} />;
  if (retry === "as_they_are") return <AsTheyAre {...props} />;
  return retry === null ? null : <p className="hint">{t(`sources.retry.${retry}`)}</p>;
}

function MappingForm({ source, code, field }: RetryOf) {
  const { t } = useSite();
  const [whole, setWhole] = useState(false);
  // An event log may have come without one.
  const standing = source.mapping ?? NO_MAPPING;
  const path = useMemo(() => (whole ? [] : entryOf(standing, field)), [whole, standing, field]);
  const [text, setText] = useState(() => textOfEntry(standing, path));
  const [keep, setKeep] = useState(true);
  const mapping = withEntry(standing, path, text);
  const used = useRetry({ source, code, field }, text);
  const showWhole = () => {
    setText(textOfEntry(mapping ?? standing, []));
    setWhole(true);
  };
  const send = (dryRun: boolean) => {
    if (mapping !== null) used.run({ mapping, dryRun, save: keep });
  };
  const beside = (
    <>
      <label>
        <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.target.checked)} />
        {t("sources.keepMapping")}
      </label>
      {path.length > 0 && (
        <button type="button" className="quiet" onClick={showWhole}>
          {t("sources.showWhole")}
        </button>
      )}
    </>
  );
  const isWrong = mapping === null;
  return (
    <RetryForm {...{ used, send, beside }} mayTry={!isWrong} asks={t("sources.tryMapping")}>
      <EntryField path={path} text={text} isWrong={isWrong} onChange={setText} />
    </RetryForm>
  );
}

const NO_MAPPING = {};

/** A format without a mapping: the rows as they are, which helps where Muster reads them better now. */
function AsTheyAre(props: RetryOf) {
  const { t } = useSite();
  const used = useRetry(props, "");
  const send = (dryRun: boolean) => used.run({ dryRun, save: false });
  return (
    <RetryForm used={used} mayTry send={send} asks={t("sources.tryAsTheyAre")}>
      <p className="hint">{t("sources.retry.as_they_are")}</p>
    </RetryForm>
  );
}

interface RetryFormProps {
  readonly used: UsedRetry;
  readonly mayTry: boolean;
  readonly send: (dryRun: boolean) => void;
  /** What the button says that tries. */
  readonly asks: string;
  /** Controls beside the buttons. */
  readonly beside?: ReactNode;
  /** What is tried. */
  readonly children: ReactNode;
}

function RetryForm({ used, mayTry, send, asks, beside, children }: RetryFormProps) {
  const { t } = useSite();
  const { busy, error, soFar, tried, wasTrial } = used;
  const mayTake = tried && !busy && soFar !== null && takenBy(soFar) > 0;
  return (
    <form
      className="retry"
      onSubmit={(event) => {
        event.preventDefault();
        send(true);
      }}
    >
      {children}
      <div className="retry-actions">
        <button type="submit" disabled={!mayTry || busy}>
          {asks}
        </button>
        <button type="button" disabled={!mayTake} onClick={() => send(false)}>
          {t("sources.takeRows")}
        </button>
        {beside}
      </div>
      {busy && <Underway soFar={soFar} onStop={used.stop} />}
      {error !== null && (
        <p className="warning" role="alert">
          {problemWords(error, t)}
        </p>
      )}
      {!busy && soFar !== null && <RetryResult report={soFar} tried={wasTrial} />}
    </form>
  );
}

/** Of a few rows the answer is there at once; of many it is shown how far they are. */
function Underway({ soFar, onStop }: { soFar: Retried | null; onStop: () => void }) {
  const { t, formats } = useSite();
  const [stopping, setStopping] = useState(false);
  if (soFar === null || soFar.next === null) return null;
  const open = soFar.open ?? soFar.rows;
  return (
    <div className="retry-underway">
      <progress aria-label={t("sources.retry.reading")} max={open} value={soFar.rows} />
      <span>
        {t("sources.retry.progress", {
          rows: formats.number(soFar.rows),
          open: formats.number(open),
        })}
      </span>
      <button
        type="button"
        disabled={stopping}
        onClick={() => {
          setStopping(true);
          onStop();
        }}
      >
        {t("sources.retry.stop")}
      </button>
    </div>
  );
}

interface EntryFieldProps {
  readonly path: EntryPath;
  readonly text: string;
  readonly isWrong: boolean;
  readonly onChange: (text: string) => void;
}

function EntryField({ path, text, isWrong, onChange }: EntryFieldProps) {
  const { t } = useSite();
  const id = useId();
  return (
    <>
      <label htmlFor={id}>
        {path.length === 0
          ? t("sources.mappingWhole")
          : t("sources.mappingOf", { field: path.join(".") })}
      </label>
      <textarea
        id={id}
        value={text}
        rows={Math.min(16, text.split("\n").length + 1)}
        spellCheck={false}
        aria-invalid={isWrong}
        onChange={(event) => onChange(event.target.value)}
      />
      {isWrong && (
        <p className="warning" role="alert">
          {t("sources.noJson")}
        </p>
      )}
    </>
  );
}

function RetryResult({ report, tried }: { report: Retried; tried: boolean }) {
  const { t, formats } = useSite();
  const values = {
    rows: formats.number(report.rows),
    taken: formats.number(takenBy(report)),
    duplicates: formats.number(report.duplicates),
    rejected: formats.number(report.rejected),
  };
  const open = formats.number(report.open ?? report.rows);
  return (
    <div className="retry-result" role="status">
      <p>
        <b>{t(tried ? "sources.wouldTake" : "sources.didTake", values)}</b>
        {report.saved && ` ${t("sources.mappingKept")}`}
        {report.next !== null && ` ${t("sources.retry.stopped", { rows: values.rows, open })}`}
      </p>
      {report.reasons.length > 0 && (
        <ul>
          {report.reasons.map(({ code, field, expected, count }) => (
            <li key={`${code} ${field}`}>
              {t("sources.stays", {
                count,
                shown: formats.number(count),
                reason: rejectName(code, t),
                field,
                expected,
              })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
