/** What looks wrong: the code in plain words, where, how often, and what was seen. */

import { useMemo } from "react";
import type { Quality } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { findingName } from "./finding-names.ts";

type Finding = Quality["findings"][number];

/** A detail's parts as they are: names and plain values. */
function detailWords(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}

export function FindingTable({ findings }: { findings: readonly Finding[] }) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<Finding>[] => [
      { id: "source", header: t("column.source"), value: (row) => row.source },
      {
        id: "code",
        header: t("column.finding"),
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
        value: (row) => detailWords(row.detail),
        write: (row) => <span className="muted">{detailWords(row.detail)}</span>,
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
