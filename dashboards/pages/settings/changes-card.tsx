/** The log of changes: who did what to what, from what to what. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { changesQuery, type LoggedChange } from "../../api/accounts.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { Loaded } from "../../frame/states.tsx";
import { actionWords, detailWords } from "./change-words.ts";
import { MoreRows } from "./more-rows.tsx";

export function ChangesCard() {
  const { t } = useSite();
  const changes = useInfiniteQuery(changesQuery);
  return (
    <Card
      title={t("settings.tab.changes")}
      hint={t("changes.hint")}
      file="changes"
      source={{ path: "/audit", query: {}, paged: true }}
    >
      <Loaded
        query={changes}
        what={t("what.changes")}
        height={320}
        isEmpty={({ pages }) => pages.every(({ rows }) => rows.length === 0)}
        emptyText={t("changes.none")}
      >
        {({ pages }) => (
          <>
            <ChangeTable rows={pages.flatMap(({ rows }) => rows)} />
            <MoreRows query={changes} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

function ChangeTable({ rows }: { readonly rows: readonly LoggedChange[] }) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<LoggedChange>[] => [
      {
        id: "at",
        header: t("looks.at"),
        value: (row) => row.at,
        write: (row) => formats.momentLong(row.at),
      },
      {
        id: "user",
        header: t("looks.who"),
        wrap: true,
        value: (row) => row.user ?? t("changes.commandLine"),
      },
      { id: "action", header: t("changes.what"), wrap: true, value: (row) => actionWords(row, t) },
      { id: "subject", header: t("changes.subject"), wrap: true, value: (row) => row.subject },
      {
        id: "detail",
        header: t("changes.detail"),
        wrap: true,
        value: (row) => detailWords(row, t),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      label={t("settings.tab.changes")}
      rows={rows}
      columns={columns}
      rowKey={(row, index) => `${row.at} ${index}`}
    />
  );
}
