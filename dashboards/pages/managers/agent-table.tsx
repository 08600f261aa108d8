/** Every agent as a row: the metric in question with interval and n, then the other figures. */

import { useMemo } from "react";
import { figureOf, isSuppressed, textOf } from "../../api/rows.ts";
import type { MetricsRow, Spread, SpreadAgent, SpreadMetric } from "../../api/types.ts";
import { differenceOf, shortChange } from "../../charts/change.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import { type Site, useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { MetricName } from "../../frame/metric-name.tsx";
import { useComparison } from "../../frame/use-comparison.ts";
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
  /** The same agent on the other side. */
  readonly before: SpreadAgent | undefined;
}

interface AgentTableProps {
  readonly rows: readonly MetricsRow[];
  readonly metric: SpreadMetric;
  readonly spread: Spread | undefined;
  readonly against: Spread | undefined;
  /** Opens the contacts of these agents. */
  readonly onAgents: (ids: readonly string[]) => void;
}

export function AgentTable({ rows, metric, spread, against, onAgents }: AgentTableProps) {
  const { t } = useSite();
  const joined = useMemo(() => {
    const agents = new Map(spread?.agents.map((agent) => [agent.agent, agent]));
    const others = new Map(against?.agents.map((agent) => [agent.agent, agent]));
    // The row without an agent holds what nobody served, such as abandoned contacts.
    return rows
      .filter((row) => textOf(row, "agentId") !== null)
      .map((row) => {
        const id = textOf(row, "agentId") ?? "";
        return { row, agent: agents.get(id), before: others.get(id) };
      });
  }, [rows, spread, against]);
  // Of another group's own agents none is in this table.
  const isCompared = joined.some(({ before }) => before !== undefined);
  const { compared } = useComparison();
  const otherSide = isCompared ? (compared?.group ?? t("compare.before")) : null;
  const columns = useColumns(joined, metric, otherSide);
  const openAll = (chosen: readonly AgentRow[]) =>
    onAgents(chosen.flatMap(({ row }) => textOf(row, "agentId") ?? []));
  return (
    <DataTable
      label={t("managers.tableTitle")}
      rows={joined}
      columns={columns}
      rowKey={({ row }, index) => textOf(row, "agentId") ?? String(index)}
      onRow={(row) => openAll([row])}
      onSelected={openAll}
    />
  );
}

type Words = Pick<Site, "t" | "formats">;

/** Who it is; of which party only where that is known of anybody. */
function whoColumns(rows: readonly AgentRow[], { t }: Words): Column<AgentRow>[] {
  const who: Column<AgentRow>[] = [
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
  return rows.some(({ agent }) => (agent?.party ?? null) !== null) ? who : who.slice(0, 1);
}

/** A column in which nobody has a figure says nothing: such as satisfaction where nobody was asked. */
const isKnown = (rows: readonly AgentRow[], id: OtherMetric): boolean =>
  rows.some(({ row }) => figureOf(row, id) !== null);

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

/** The figure of the other side, and how far the agent moved. */
function beforeColumns(metric: SpreadMetric, otherSide: string, words: Words): Column<AgentRow>[] {
  const { t, formats } = words;
  const kind = kindOf(metric);
  const value = (agent: SpreadAgent | undefined) =>
    agent?.suppressed === false ? agent.value : null;
  const change = ({ agent, before }: AgentRow) => differenceOf(value(agent), value(before));
  return [
    {
      id: "before",
      header: otherSide,
      numeric: true,
      value: ({ before }) => value(before),
      write: ({ before }) => {
        if (before?.suppressed === true && before.n > 0)
          return <TooFew>{t("state.tooFewShort")}</TooFew>;
        const figure = value(before);
        return figure === null ? t("figure.none") : formats.figure(kind, figure);
      },
    },
    {
      id: "change",
      header: t("compare.change"),
      numeric: true,
      value: change,
      write: (row) => {
        const moved = change(row);
        return moved === null ? t("figure.none") : shortChange(kind, moved, words);
      },
    },
  ];
}

function useColumns(
  rows: readonly AgentRow[],
  metric: SpreadMetric,
  otherSide: string | null,
): Column<AgentRow>[] {
  const { t, formats } = useSite();
  return useMemo(() => {
    const kind = kindOf(metric);
    const shown = ({ agent }: AgentRow) => (agent?.suppressed === false ? agent : undefined);
    return [
      ...whoColumns(rows, { t, formats }),
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
      ...(otherSide === null ? [] : beforeColumns(metric, otherSide, { t, formats })),
      ...OTHERS.filter((id) => id !== metric && isKnown(rows, id)).map((id) =>
        otherColumn(id, { t, formats }),
      ),
    ];
  }, [rows, metric, otherSide, t, formats]);
}
