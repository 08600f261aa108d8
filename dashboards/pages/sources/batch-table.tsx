/** The latest imports: what each file brought, and what became of its rows. */

import { useMemo } from "react";
import type { Quality } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";

type Batch = Quality["batches"][number];

const COUNTS = ["rows", "accepted", "duplicates", "replaced", "rejected"] as const;
const SORTED = { id: "started", desc: true };

export function BatchTable({ batches }: { batches: readonly Batch[] }) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<Batch>[] => [
      {
        id: "started",
        header: t("column.started"),
        value: (row) => row.startedAt,
        write: (row) => formats.moment(row.startedAt),
      },
      { id: "source", header: t("column.source"), wrap: true, value: (row) => row.source },
      { id: "file", header: t("column.file"), wrap: true, value: (row) => row.file },
      {
        id: "state",
        header: t("column.state"),
        value: (row) => row.state,
        write: (row) => <span className={`batch-${row.state}`}>{t(`batch.${row.state}`)}</span>,
      },
      ...COUNTS.map(
        (id): Column<Batch> => ({
          id,
          header: t(`column.${id}`),
          numeric: true,
          value: (row) => row[id],
          write: (row) => formats.number(row[id]),
        }),
      ),
    ],
    [t, formats],
  );
  return (
    <DataTable
      label={t("sources.batchesTitle")}
      rows={batches}
      columns={columns}
      rowKey={(row) => row.id}
      sortedBy={SORTED}
    />
  );
}
