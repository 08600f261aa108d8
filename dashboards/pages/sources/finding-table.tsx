/** What looks wrong: the code in plain words, where, how often, and what was seen. */

import { useMemo } from "react";
import type { Quality } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { detailWords } from "./detail-words.ts";
import { findingName } from "./finding-names.ts";

type Finding = Quality["findings"][number];

export function FindingTable({ findings }: { findings: readonly Finding[] }) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<Finding>[] => [
      { id: "source", header: t("column.source"), value: (row) => row.source },
      {
        id: "code",
        header: t("column.finding"),
        wrap: true,
        value: (row) => findingName(row.code, t),
        write: (row) => <span title={row.code}>{findingName(row.code, t)}</span>,
      },
      {
        id: "day",
        header: t("column.day"),
        value: (row) => row.day,
        write: (row) => (row.day === null ? t("figure.none") : formats.dayLong(row.day)),
      },
      {
        id: "who",
        header: t("column.who"),
        value: (row) => row.agent ?? row.queue,
        write: (row) => row.agent ?? row.queue ?? t("figure.none"),
      },
      {
        id: "count",
        header: t("column.count"),
        numeric: true,
        value: (row) => row.count,
        write: (row) => formats.number(row.count),
      },
      {
        id: "detail",
        header: t("column.detail"),
        wrap: true,
        value: (row) => detailWords(row, { t, formats }),
        write: (row) => <span className="muted">{detailWords(row, { t, formats })}</span>,
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      label={t("sources.findingsTitle")}
      rows={findings}
      columns={columns}
      rowKey={(_, index) => String(index)}
    />
  );
}
