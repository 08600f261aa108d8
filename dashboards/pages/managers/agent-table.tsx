/** Every agent as a row: the metric in question with interval and n, then the other figures. */

import { useMemo } from "react";
import { figureOf, isSuppressed, textOf } from "../../api/rows.ts";
import type { MetricsRow, Spread, SpreadAgent, SpreadMetric } from "../../api/types.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import { type Site, useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { MetricName } from "../../frame/metric-name.tsx";
import { TooFew } from "../shared/too-few.tsx";

const OTHERS = [
  "handled",
  "casesPerHour",
  "meanHandleSeconds",
  "satisfactionMean",
  "firstContactResolution",
  "occupancy",
] as const;
type OtherMetric = (typeof OTHERS)[number];

interface AgentRow {
  readonly row: MetricsRow;
  readonly agent: SpreadAgent | undefined;
}

/** The agent whose contacts are looked at. */
export interface OpenedAgent {
  readonly id: string;
  readonly name: string;
}

interface AgentTableProps {
  readonly rows: readonly MetricsRow[];
  readonly metric: SpreadMetric;
  readonly spread: Spread | undefined;
  readonly onAgent: (agent: OpenedAgent) => void;
}

export function AgentTable({ rows, metric, spread, onAgent }: AgentTableProps) {
  const { t } = useSite();
  const joined = useMemo(() => {
    const agents = new Map(spread?.agents.map((agent) => [agent.agent, agent]));
    // The row without an agent holds what nobody served, such as abandoned contacts.
    return rows
      .filter((row) => textOf(row, "agentId") !== null)
      .map((row) => ({ row, agent: agents.get(textOf(row, "agentId") ?? "") }));
  }, [rows, spread]);
  const columns = useColumns(metric);
  const open = ({ row }: AgentRow) => {
    const id = textOf(row, "agentId");
    if (id !== null) onAgent({ id, name: textOf(row, "agent") ?? id });
  };
  return (
    <DataTable
      label={t("managers.tableTitle")}
      rows={joined}
      columns={columns}
      rowKey={({ row }, index) => textOf(row, "agentId") ?? String(index)}
      onRow={open}
    />
  );
}

type Words = Pick<Site, "t" | "formats">;

function whoColumns({ t }: Words): Column<AgentRow>[] {
  return [
    {
      id: "agent",
      header: t("column.agent"),
      value: ({ row }) => textOf(row, "agent"),
      write: ({ row, agent }) => (
        <>
          {textOf(row, "agent")} {agent?.kind === "ai" && <em>AI</em>}
        </>
      ),
    },
    {
      id: "party",
      header: t("column.party"),
      value: ({ agent }) => agent?.party ?? null,
      write: ({ agent }) => agent?.party ?? t("figure.none"),
    },
  ];
}

function otherColumn(id: OtherMetric, { t, formats }: Words): Column<AgentRow> {
  return {
    id,
    header: <MetricName id={id} name={t(`metric.${id}`)} />,
    name: t(`metric.${id}`),
    numeric: true,
    value: ({ row }) => figureOf(row, id),
    write: ({ row }) => {
      const value = figureOf(row, id);
      if (value !== null) return formats.figure(kindOf(id), value);
      return isSuppressed(row) ? <TooFew>{t("state.tooFewShort")}</TooFew> : t("figure.none");
    },
  };
}

function useColumns(metric: SpreadMetric): Column<AgentRow>[] {
  const { t, formats } = useSite();
  return useMemo(() => {
    const kind = kindOf(metric);
    const shown = ({ agent }: AgentRow) => (agent?.suppressed === false ? agent : undefined);
    return [
      ...whoColumns({ t, formats }),
      {
        id: "metric",
        header: <MetricName id={metric} name={t(`metric.${metric}`)} />,
        name: t(`metric.${metric}`),
        numeric: true,
        value: (each) => shown(each)?.value ?? null,
        write: (each) => {
          // Nothing at all tells of nobody; few would.
          if (each.agent?.suppressed === true && each.agent.n > 0)
            return <TooFew>{t("state.tooFew")}</TooFew>;
          const value = shown(each)?.value ?? null;
          return value === null ? t("figure.none") : <b>{formats.figure(kind, value)}</b>;
        },
      },
      {
        id: "interval",
        header: t("column.interval"),
        numeric: true,
        value: (each) => shown(each)?.low ?? null,
        write: (each) => {
          const { low = null, high = null } = shown(each) ?? {};
          return low === null || high === null
            ? t("figure.none")
            : `${formats.figure(kind, low)} – ${formats.figure(kind, high)}`;
        },
      },
      {
        id: "n",
        header: t("column.n"),
        numeric: true,
        value: ({ agent }) => agent?.n ?? null,
        write: ({ agent }) => (agent === undefined ? t("figure.none") : formats.number(agent.n)),
      },
      ...OTHERS.filter((id) => id !== metric).map((id) => otherColumn(id, { t, formats })),
    ];
  }, [metric, t, formats]);
}
