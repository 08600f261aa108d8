/** Each party as a row: what it handled, what was verified, what it costs, and how well. */

import { useMemo } from "react";
import { figureOf, isSuppressed, textOf } from "../../api/rows.ts";
import type { MetricsRow } from "../../api/types.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import { partyIndex } from "../../charts/setting.ts";
import { useChartSetting } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { MetricName } from "../../frame/metric-name.tsx";
import { TooFew } from "../shared/too-few.tsx";

const FIGURES = [
  "handled",
  "actionsVerified",
  "costPerAction",
  "costPerResolution",
  "costPerContact",
  "meanHandleSeconds",
  "firstContactResolution",
  "satisfactionMean",
  "complaintsPerThousand",
] as const;

const SORTED = { id: "actionsVerified", desc: true };

export function PartyTable({ rows }: { rows: readonly MetricsRow[] }) {
  const setting = useChartSetting();
  const { t, formats } = setting;
  const columns = useMemo(
    (): Column<MetricsRow>[] => [
      {
        id: "party",
        header: t("column.party"),
        value: (row) => textOf(row, "party"),
        write: (row) => (
          <>
            <i className={`swatch party-${partyIndex(setting, textOf(row, "party"))}`} />{" "}
            {textOf(row, "party") ?? t("vendors.noParty")}
          </>
        ),
      },
      ...FIGURES.map(
        (id): Column<MetricsRow> => ({
          id,
          header: <MetricName id={id} name={t(`metric.${id}`)} />,
          name: t(`metric.${id}`),
          numeric: true,
          value: (row) => figureOf(row, id),
          write: (row) => {
            const value = figureOf(row, id);
            if (value === null)
              return isSuppressed(row) ? <TooFew>{t("state.tooFew")}</TooFew> : t("figure.none");
            return formats.figure(kindOf(id), value, textOf(row, "currency") ?? undefined);
          },
        }),
      ),
    ],
    [setting, t, formats],
  );
  return (
    <DataTable
      label={t("vendors.tableTitle")}
      rows={rows}
      columns={columns}
      rowKey={(row, index) => textOf(row, "party") ?? String(index)}
      sortedBy={SORTED}
      isMuted={(row) => textOf(row, "party") === null}
    />
  );
}
