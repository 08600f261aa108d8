/** The mapping's entry of the field that failed, to be changed, tried on the rows, and used on them. */

import { useMutation } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";
import { askSourcesAgain, type Retried, retryRejects, type Source } from "../../api/sources.ts";
import { useSite } from "../../frame/context.ts";
import { rejectName } from "./finding-names.ts";
import { type EntryPath, entryOf, textOfEntry, withEntry } from "./mapping-entry.ts";
import { problemWords } from "./problem-words.ts";

interface RetryPanelProps {
  readonly source: Source;
  readonly code: string;
  readonly field: string;
}

export function RetryPanel({ source, code, field }: RetryPanelProps) {
  const { t } = useSite();
  if (source.mapping === null || source.mapping === undefined) {
    return <p className="hint">{t("sources.noMapping")}</p>;
  }
  return <MappingForm source={source} code={code} field={field} />;
}

function MappingForm({ source, code, field }: RetryPanelProps) {
  const { t } = useSite();
  const [whole, setWhole] = useState(false);
  const path = useMemo(
    () => (whole ? [] : entryOf(source.mapping, field)),
    [whole, source.mapping, field],
  );
  const [text, setText] = useState(() => textOfEntry(source.mapping, path));
  const [keep, setKeep] = useState(true);
  const mapping = withEntry(source.mapping, path, text);
  const { retry, tried } = useRetry({ source, code, field }, text);
  const showWhole = () => {
    setText(textOfEntry(mapping ?? source.mapping, []));
    setWhole(true);
  };
  const send = (dryRun: boolean) => {
    if (mapping !== null) retry.mutate({ mapping, dryRun, save: keep });
  };
  return (
    <form
      className="retry"
      onSubmit={(event) => {
        event.preventDefault();
        send(true);
      }}
    >
      <EntryField path={path} text={text} isWrong={mapping === null} onChange={setText} />
      <div className="retry-actions">
        <button type="submit" disabled={mapping === null || retry.isPending}>
          {t("sources.tryMapping")}
        </button>
        <button
          type="button"
          disabled={!tried || retry.isPending || takenBy(retry.data) === 0}
          onClick={() => send(false)}
        >
          {t("sources.takeRows")}
        </button>
        <label>
          <input
            type="checkbox"
            checked={keep}
            onChange={(event) => setKeep(event.target.checked)}
          />
          {t("sources.keepMapping")}
        </label>
        {path.length > 0 && (
          <button type="button" className="quiet" onClick={showWhole}>
            {t("sources.showWhole")}
          </button>
        )}
      </div>
      {retry.error !== null && (
        <p className="warning" role="alert">
          {problemWords(retry.error, t)}
        </p>
      )}
      {retry.data !== undefined && (
        <RetryResult report={retry.data} tried={retry.variables.dryRun} />
      )}
    </form>
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

interface Wish {
  readonly mapping: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
  readonly save: boolean;
}

/** `tried`: the text as it stands is the one that was tried last. */
function useRetry({ source, code, field }: RetryPanelProps, text: string) {
  const [triedText, setTriedText] = useState<string | null>(null);
  const retry = useMutation({
    mutationFn: (wish: Wish) => retryRejects(source.id, { ...wish, code, field }),
    onSuccess: (_, { dryRun }) => {
      setTriedText(dryRun ? text : null);
      if (!dryRun) void askSourcesAgain();
    },
  });
  return { retry, tried: triedText === text };
}

const takenBy = (report: Retried | undefined): number =>
  report === undefined ? 0 : report.accepted + report.duplicates + report.replaced;

function RetryResult({ report, tried }: { report: Retried; tried: boolean }) {
  const { t, formats } = useSite();
  const values = {
    rows: formats.number(report.rows),
    taken: formats.number(takenBy(report)),
    duplicates: formats.number(report.duplicates),
    rejected: formats.number(report.rejected),
  };
  return (
    <div className="retry-result" role="status">
      <p>
        <b>{t(tried ? "sources.wouldTake" : "sources.didTake", values)}</b>
        {report.saved && ` ${t("sources.mappingKept")}`}
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
