/** Contacts as a table: when, where, with whom, what came of it, and the line of the file they came from. */

import { useMemo } from "react";
import type { Contacts } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import type { Translate } from "../../i18n/catalogue.ts";

type Contact = Contacts["rows"][number];

const OUTCOMES = [
  "handled",
  "abandoned",
  "redirected",
  "left_before_queue",
  "phantom",
  "unfinished",
] as const;

function outcomeWords(outcome: string, t: Translate): string {
  const known = OUTCOMES.find((each) => each === outcome);
  return known === undefined ? outcome.replaceAll("_", " ") : t(`outcome.${known}`);
}

export function ContactTable({ rows }: { rows: readonly Contact[] }) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<Contact>[] => [
      {
        id: "arrived",
        header: t("drawer.arrived"),
        value: (row) => row.arrivedAt,
        write: (row) => formats.momentLong(row.arrivedAt),
      },
      {
        id: "channel",
        header: t("filter.channel"),
        value: (row) => row.channel,
        write: (row) => t(`channel.${row.channel}`),
      },
      { id: "queue", header: t("column.queue"), value: (row) => row.queue },
      { id: "agent", header: t("column.agent"), value: (row) => row.agent },
      {
        id: "outcome",
        header: t("drawer.outcome"),
        value: (row) => row.outcome,
        write: (row) => outcomeWords(row.outcome, t),
      },
      {
        id: "wait",
        header: t("drawer.wait"),
        numeric: true,
        value: (row) => row.waitSeconds,
        write: (row) => formats.figure("seconds", row.waitSeconds),
      },
      {
        id: "handle",
        header: t("metric.meanHandleSeconds"),
        numeric: true,
        value: (row) => row.handleSeconds,
        write: (row) => formats.figure("seconds", row.handleSeconds),
      },
      {
        id: "file",
        header: t("drawer.file"),
        value: (row) => row.file,
        write: (row) => (
          <span className="muted">{row.line === null ? row.file : `${row.file}:${row.line}`}</span>
        ),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      label={t("what.contacts")}
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.source} ${row.externalId}`}
    />
  );
}
