/** The rows that one reason kept out, and the mapping to put right so that they can be taken. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { type Reject, rejectsQuery, type Source } from "../../api/sources.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { DownloadMenu } from "../../frame/download-menu.tsx";
import { Drawer } from "../../frame/drawer.tsx";
import { Loaded } from "../../frame/states.tsx";
import { FileNamesNote } from "../shared/names-note.tsx";
import { rejectName } from "./finding-names.ts";
import { RetryPanel } from "./retry-panel.tsx";
import { mayChangeSources } from "./source-table.tsx";

interface RejectDrawerProps {
  readonly source: Source;
  readonly code: string;
  readonly field: string;
  readonly onClose: () => void;
}

export function RejectDrawer({ source, code, field, onClose }: RejectDrawerProps) {
  const { t, session } = useSite();
  const drawer = useRef<HTMLElement>(null);
  const query = useMemo(() => ({ source: source.id, code, field }), [source.id, code, field]);
  const rejects = useInfiniteQuery(rejectsQuery(query));
  const reason = rejectName(code, t);
  return (
    <Drawer
      title={t("sources.rejectsOf", { reason, field, source: source.name })}
      drawer={drawer}
      onClose={onClose}
      aside={
        <DownloadMenu
          what="rejects"
          source={{ path: "/rejects", query, paged: true }}
          sheet={null}
          printed={drawer}
        />
      }
    >
      {mayChangeSources(session.role) && <RetryPanel source={source} code={code} field={field} />}
      <Loaded
        query={rejects}
        what={t("sources.rejectsTitle")}
        height={320}
        isEmpty={({ pages }) => (pages[0]?.rows.length ?? 0) === 0}
        emptyText={t("sources.noneLeft")}
      >
        {({ pages }) => (
          <>
            <FileNamesNote />
            <RowTable rows={pages.flatMap(({ rows }) => rows)} />
            {rejects.hasNextPage && (
              <button
                type="button"
                className="more"
                disabled={rejects.isFetchingNextPage}
                onClick={() => void rejects.fetchNextPage()}
              >
                {t("sources.moreRejects")}
              </button>
            )}
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function RowTable({ rows }: { rows: readonly Reject[] }) {
  const { t } = useSite();
  const columns = useMemo(
    (): Column<Reject>[] => [
      {
        id: "line",
        header: t("sources.line"),
        value: (row) => row.line,
        text: (row) => `${row.file}:${row.line}`,
        write: (row) => (
          <span className="muted">
            {row.file}:{row.line}
          </span>
        ),
      },
      { id: "value", header: t("sources.value"), wrap: true, value: (row) => row.value },
      { id: "expected", header: t("sources.expected"), wrap: true, value: (row) => row.expected },
      {
        id: "raw",
        header: t("sources.raw"),
        wrap: true,
        value: (row) => row.raw,
        write: (row) => <code className="raw">{row.raw}</code>,
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t("sources.rejectsTitle")}
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.file} ${row.line} ${row.raw}`}
    />
  );
}
