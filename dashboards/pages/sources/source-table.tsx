/** A row a source: its latest import, its next pull, how far behind it is; pulled and paused by hand. */

import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  askSourcesAgain,
  pauseSource,
  pullSource,
  type Source,
  type Sources,
} from "../../api/sources.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { problemWords } from "./problem-words.ts";

const WRITERS: ReadonlySet<string> = new Set(["administrator", "planner"]);

export const mayChangeSources = (role: string): boolean => WRITERS.has(role);

export function SourceTable({ sources, lastPull }: Sources) {
  const { t, session } = useSite();
  const isPulling = lastPull?.state === "running";
  const change = useMutation({
    mutationFn: ({ source, what }: { source: Source; what: "pull" | "pause" }) =>
      what === "pull" ? pullSource(source) : pauseSource(source),
    onSettled: askSourcesAgain,
  });
  // What was dropped or imported by hand is not pulled, and nothing can be done to it here.
  const isPulled = sources.some(({ kind }) => kind === "folder");
  const may = isPulled && mayChangeSources(session.role);
  const columns = useColumns(isPulled);
  const all = useMemo(
    () =>
      may ? [...columns, actionColumn(t("sources.actions"), isPulling, change.mutate)] : columns,
    [may, columns, t, isPulling, change.mutate],
  );
  return (
    <>
      <PullLine lastPull={lastPull} />
      {change.error !== null && (
        <p className="warning" role="alert">
          {problemWords(change.error, t)}
        </p>
      )}
      <DataTable
        label={t("sources.tableTitle")}
        rows={sources}
        columns={all}
        rowKey={(row) => row.id}
        isMuted={(row) => row.paused}
      />
    </>
  );
}

function useColumns(isPulled: boolean): Column<Source>[] {
  const { t, formats } = useSite();
  return useMemo(() => {
    const moment = (at: string | null) => (at === null ? t("figure.none") : formats.momentLong(at));
    const number = (id: "rows" | "rejects" | "findings", header: string): Column<Source> => ({
      id,
      header,
      numeric: true,
      value: (row) => row[id],
      write: (row) => formats.number(row[id]),
    });
    const next: Column<Source> = {
      id: "next",
      header: t("sources.nextPull"),
      value: (row) => row.nextPull,
      write: (row) => moment(row.nextPull),
    };
    return [
      {
        id: "source",
        header: t("column.source"),
        wrap: true,
        value: (row) => row.name,
        text: (row) => [row.name, row.place ?? ""].join(" "),
        write: (row) => (
          <>
            {row.name} {row.paused && <span className="badge">{t("sources.paused")}</span>}
            {row.place !== null && <div className="muted place">{row.place}</div>}
          </>
        ),
      },
      {
        id: "format",
        header: t("sources.format"),
        value: (row) => row.format,
        write: (row) => (row.format === "" ? t("figure.none") : row.format),
      },
      {
        id: "last",
        header: t("sources.lastImport"),
        wrap: true,
        value: (row) => row.lastBatch?.startedAt ?? null,
        text: (row) => moment(row.lastBatch?.startedAt ?? null),
        write: (row) => <LastImport source={row} />,
      },
      ...(isPulled ? [next] : []),
      {
        id: "lag",
        header: t("sources.lag"),
        numeric: true,
        value: (row) => row.lagSeconds,
        text: (row) => (row.lagSeconds === null ? "" : formats.duration(row.lagSeconds)),
        write: (row) =>
          row.lagSeconds === null ? (
            t("figure.none")
          ) : (
            <span title={t("sources.latest", { moment: moment(row.latestArrival) })}>
              {formats.duration(row.lagSeconds)}
            </span>
          ),
      },
      number("rows", t("column.rows")),
      number("rejects", t("sources.openRejects")),
      number("findings", t("sources.findings")),
    ];
  }, [isPulled, t, formats]);
}

function LastImport({ source: { lastBatch } }: { source: Source }) {
  const { t, formats } = useSite();
  if (lastBatch === null) return t("figure.none");
  const { startedAt, state, file } = lastBatch;
  return (
    <>
      {formats.momentLong(startedAt)}{" "}
      <span className={`batch-${state}`}>{state === "done" ? "" : t(`batch.${state}`)}</span>
      <div className="muted place">{file}</div>
    </>
  );
}

type Change = (wish: { source: Source; what: "pull" | "pause" }) => void;

function actionColumn(header: string, isPulling: boolean, change: Change): Column<Source> {
  return {
    id: "actions",
    header,
    value: () => null,
    text: () => "",
    write: (row) =>
      row.kind === "folder" && <Actions source={row} isPulling={isPulling} change={change} />,
  };
}

interface ActionsProps {
  readonly source: Source;
  readonly isPulling: boolean;
  readonly change: Change;
}

function Actions({ source, isPulling, change }: ActionsProps) {
  const { t } = useSite();
  const { name } = source;
  return (
    <span className="row-actions">
      <button
        type="button"
        disabled={isPulling}
        aria-label={t("sources.pullNamed", { name })}
        onClick={() => change({ source, what: "pull" })}
      >
        {t("sources.pull")}
      </button>
      <button
        type="button"
        aria-label={t(source.paused ? "sources.resumeNamed" : "sources.pauseNamed", { name })}
        onClick={() => change({ source, what: "pause" })}
      >
        {t(source.paused ? "sources.resume" : "sources.pause")}
      </button>
    </span>
  );
}

/** What the last look into the folders brought, or how far the one under way has come. */
function PullLine({ lastPull }: Pick<Sources, "lastPull">) {
  const { t, formats } = useSite();
  if (lastPull === null) return null;
  if (lastPull.state === "running") {
    const { done = 0, total = 0 } = lastPull.progress ?? {};
    return (
      <p className="hint" role="status">
        {t("sources.pulling", { done: formats.number(done), total: formats.number(total) })}
      </p>
    );
  }
  const count = (name: string) => {
    const value = lastPull.result?.[name];
    return formats.number(typeof value === "number" ? value : 0);
  };
  const failures = lastPull.result?.failures;
  const failed = Array.isArray(failures) ? failures.length : 0;
  const when = formats.momentLong(lastPull.finishedAt ?? lastPull.scheduledFor);
  return (
    <p className="hint" role="status">
      {lastPull.state === "done"
        ? t("sources.pulled", { when, files: count("files"), rows: count("accepted") })
        : t("sources.pullFailed", { when, reason: lastPull.error?.message ?? lastPull.state })}
      {failed > 0 && (
        <span className="warning">
          {" "}
          {t("sources.pullFailures", { count: failed, shown: formats.number(failed) })}
        </span>
      )}
    </p>
  );
}
