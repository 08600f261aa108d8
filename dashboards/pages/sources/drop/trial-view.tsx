/** What would become of the rows: how many are taken, why the others are not, and the first as records. */

import { useMemo } from "react";
import type { Trial } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { type Column, DataTable } from "../../../frame/data-table.tsx";
import { rejectName } from "../finding-names.ts";
import { choiceName, faultWords, fieldName, recordName } from "./drop-words.ts";
import { type Draft, fieldOfReject } from "./mapping-draft.ts";

interface TrialViewProps {
  readonly trial: Trial;
  readonly draft: Draft;
}

export function TrialView({ trial, draft }: TrialViewProps) {
  const { t, formats } = useSite();
  const counts = {
    rows: formats.number(trial.rows),
    taken: formats.number(trial.taken),
    rejected: formats.number(trial.rejected),
  };
  return (
    <>
      {trial.faults.length > 0 && (
        <ul className="drop-faults" role="alert">
          {trial.faults.map((fault) => (
            <li key={`${fault.code} ${fault.path} ${fault.value}`}>{faultWords(fault, t)}</li>
          ))}
        </ul>
      )}
      {trial.rows > 0 && (
        <p className="drop-sum" role="status">
          {t(trial.isWhole ? "drop.wouldAll" : "drop.wouldFirst", counts)}
        </p>
      )}
      {trial.reasons.length > 0 && <Reasons trial={trial} draft={draft} />}
      {trial.first.length > 0 && <FirstRecords trial={trial} />}
    </>
  );
}

type Reason = Trial["reasons"][number];

function Reasons({ trial, draft }: TrialViewProps) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<Reason>[] => [
      {
        id: "code",
        header: t("column.reason"),
        wrap: true,
        value: ({ code }) => rejectName(code, t),
      },
      {
        id: "field",
        header: t("column.field"),
        value: ({ field }) => fieldName(fieldOfReject(field, draft), t),
      },
      {
        id: "count",
        header: t("column.count"),
        numeric: true,
        value: ({ count }) => count,
        write: ({ count }) => formats.number(count),
      },
      {
        id: "rows",
        header: t("drop.firstLines"),
        wrap: true,
        value: ({ rows }) => rows[0]?.line ?? null,
        write: (reason) => linesWords(reason, t("detail.separator")),
        text: (reason) => linesWords(reason, "; "),
      },
      {
        id: "expected",
        header: t("drop.expectedTitle"),
        wrap: true,
        value: ({ rows }) => rows[0]?.expected ?? null,
      },
    ],
    [t, formats, draft],
  );
  return (
    <DataTable
      label={t("drop.reasonsTitle")}
      rows={trial.reasons}
      columns={columns}
      rowKey={({ code, field }) => `${code} ${field}`}
    />
  );
}

const linesWords = ({ rows }: Reason, separator: string): string =>
  rows.map(({ line, value }) => `${line}: ${value === "" ? "–" : value}`).join(separator);

type Tried = Trial["first"][number];

function FirstRecords({ trial }: { trial: Trial }) {
  const { t } = useSite();
  const columns = useMemo((): Column<Tried>[] => {
    const names = [...new Set(trial.first.flatMap(({ values }) => Object.keys(values)))];
    const several = new Set(trial.first.map(({ kind }) => kind)).size > 1;
    const kind: Column<Tried> = {
      id: "kind",
      header: t("drop.recordLabel"),
      value: (row) => recordName(row.kind, t),
    };
    return [
      {
        id: "line",
        header: t("drop.lineTitle"),
        numeric: true,
        value: ({ line }) => line,
      },
      ...(several ? [kind] : []),
      ...names.map(
        (name): Column<Tried> => ({
          id: name,
          header: fieldName(name, t),
          value: ({ values }) => cellOf(values[name]),
          write: ({ values }) => shownOf(name, values[name], t),
        }),
      ),
    ];
  }, [trial, t]);
  return (
    <>
      <h4>{t("drop.firstRecords")}</h4>
      <DataTable
        label={t("drop.firstRecords")}
        rows={trial.first}
        columns={columns}
        rowKey={({ line, kind }) => `${line} ${kind}`}
      />
    </>
  );
}

type Value = Tried["values"][string] | undefined;

const cellOf = (value: Value) => (typeof value === "boolean" ? String(value) : (value ?? null));

/** Our own words in the reader's language, the file's as they stand. */
function shownOf(name: string, value: Value, t: Parameters<typeof fieldName>[1]) {
  if (typeof value === "boolean") return choiceName(value ? "yes" : "no", t);
  const isOurs = ["channel", "outcome", "state", "effect"].includes(name);
  return isOurs && typeof value === "string" ? choiceName(value, t) : (value ?? "");
}
