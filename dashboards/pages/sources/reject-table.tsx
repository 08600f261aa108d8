/** Rows that were not taken, by source, reason and field. */

import { useMemo } from "react";
import type { Quality } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { rejectName } from "./finding-names.ts";

type Reject = Quality["rejects"][number];

const SORTED = { id: "count", desc: true };

interface RejectTableProps {
  readonly rejects: readonly Reject[];
  readonly onRow: (row: Reject) => void;
}

export function RejectTable({ rejects, onRow }: RejectTableProps) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<Reject>[] => [
      { id: "source", header: t("column.source"), value: (row) => row.source },
      {
        id: "code",
        header: t("column.reason"),
        wrap: true,
        value: (row) => rejectName(row.code, t),
        write: (row) => <span title={row.code}>{rejectName(row.code, t)}</span>,
      },
      { id: "field", header: t("column.field"), value: (row) => row.field },
      {
        id: "count",
        header: t("column.count"),
        numeric: true,
        value: (row) => row.count,
        write: (row) => formats.number(row.count),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      label={t("sources.rejectsTitle")}
      rows={rejects}
      columns={columns}
      rowKey={(_, index) => String(index)}
      onRow={onRow}
      sortedBy={SORTED}
    />
  );
}
