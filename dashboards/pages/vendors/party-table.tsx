/** Each party as a row: what it handled, what was verified, what it costs, and how well. */

import { useMemo } from "react";
import { figureOf, isSuppressed, textOf } from "../../api/rows.ts";
import type { MetricsRow } from "../../api/types.ts";
import { relativeChange } from "../../charts/change.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import { type ChartSetting, partyIndex } from "../../charts/setting.ts";
import { useChartSetting } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { MetricName } from "../../frame/metric-name.tsx";
import { useComparison } from "../../frame/use-comparison.ts";
import { useOpenMark } from "../../frame/use-mark.ts";
import { TooFew } from "../shared/too-few.tsx";
import { partyMark } from "./marks.ts";

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

/** These stand in the table always; the others where any party has a figure. */
const ALWAYS: readonly string[] = ["handled", "actionsVerified"];

const SORTED = { id: "actionsVerified", desc: true };

/** Those that also show the other side's figure and how far it moved. */
const COMPARED: readonly string[] = ["handled", "actionsVerified", "costPerAction"];

interface PartyTableProps {
  readonly rows: readonly MetricsRow[];
  readonly against: readonly MetricsRow[] | undefined;
}

const partyOf = (row: MetricsRow): string => textOf(row, "partyId") ?? "";

/** The rows of the other side by party; a party that has rows there only joins the table. */
function useOthers({ rows, against }: PartyTableProps) {
  const { compared } = useComparison();
  const isParty = compared?.comparison.kind === "group" && compared.comparison.choice === "party";
  return useMemo(() => {
    const here = new Set(rows.map(partyOf));
    const other = against ?? [];
    // Parties stand beside one another in the table: each needs no column of its own.
    const before = isParty ? [] : other;
    return {
      all: isParty ? [...rows, ...other.filter((row) => !here.has(partyOf(row)))] : rows,
      before: new Map(before.map((row) => [partyOf(row), row])),
    };
  }, [rows, against, isParty]);
}

/** The figure of the other side and the change, beside a column of this side. */
function beforeColumns(
  id: (typeof FIGURES)[number],
  others: ReadonlyMap<string, MetricsRow>,
  { group, words }: { readonly group: string | null; readonly words: ChartSetting },
): Column<MetricsRow>[] {
  const { t, formats } = words;
  const metric = t(`metric.${id}`);
  const kind = kindOf(id);
  const before = (row: MetricsRow) => {
    const other = others.get(partyOf(row));
    return other === undefined ? null : figureOf(other, id);
  };
  const change = (row: MetricsRow) => {
    const [now, then] = [figureOf(row, id), before(row)];
    return now === null || then === null || then === 0 ? null : now / then - 1;
  };
  return [
    {
      id: `${id}-before`,
      header:
        group === null
          ? t("compare.beforeOf", { metric })
          : t("compare.ofGroup", { metric, group }),
      numeric: true,
      value: before,
      write: (row) => {
        const value = before(row);
        if (value === null) return t("figure.none");
        return formats.figure(kind, value, textOf(row, "currency") ?? undefined);
      },
    },
    {
      id: `${id}-change`,
      header: t("compare.changeOf", { metric }),
      numeric: true,
      value: change,
      write: (row) => {
        const [now, then] = [figureOf(row, id), before(row)];
        if (now === null || then === null) return t("figure.none");
        return relativeChange(now, then, words);
      },
    },
  ];
}

export function PartyTable({ rows, against }: PartyTableProps) {
  const setting = useChartSetting();
  const open = useOpenMark();
  const { t, formats } = setting;
  const { compared } = useComparison();
  const { all, before } = useOthers({ rows, against });
  const group = compared?.group ?? null;
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
      ...FIGURES.filter(
        (id) => ALWAYS.includes(id) || all.some((row) => figureOf(row, id) !== null),
      ).flatMap((id): Column<MetricsRow>[] => [
        {
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
        },
        ...(before.size > 0 && COMPARED.includes(id)
          ? beforeColumns(id, before, { group, words: setting })
          : []),
      ]),
    ],
    [setting, all, before, group, t, formats],
  );
  return (
    <DataTable
      label={t("vendors.tableTitle")}
      rows={all}
      columns={columns}
      rowKey={(row, index) => textOf(row, "party") ?? String(index)}
      sortedBy={SORTED}
      onRow={(row) => {
        const figure = figureOf(row, "costPerAction") === null ? "handled" : "costPerAction";
        open(partyMark(figure, row));
      }}
      isMuted={(row) => textOf(row, "party") === null}
    />
  );
}
