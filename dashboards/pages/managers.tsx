/** Managers: do people perform alike, and is it real? */

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { metricsQuery, spreadQuery } from "../api/queries.ts";
import type { Spread, SpreadMetric } from "../api/types.ts";
import { Card, Headline, Tabs } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { choosesQueues } from "../frame/filters.ts";
import { MetricName } from "../frame/metric-name.tsx";
import { type Period, periodWithData } from "../frame/periods.ts";
import { Empty, Loaded } from "../frame/states.tsx";
import { useAddressValue, useFilters } from "../frame/use-filters.ts";
import { AgentTable, type OpenedAgent } from "./managers/agent-table.tsx";
import { QualityCard } from "./managers/quality-card.tsx";
import { spreadBasis, spreadSentence } from "./managers/sentence.ts";
import { SpreadCharts } from "./managers/spread-charts.tsx";
import { ContactsDrawer } from "./shared/contacts-drawer.tsx";

const METRICS = [
  "casesPerHour",
  "casesPerHourOnTask",
  "meanHandleSeconds",
  "satisfactionMean",
  "firstContactResolution",
] as const satisfies readonly SpreadMetric[];

const EMPTY_TEXT = {
  casesPerHour: "empty.casesPerHour",
  casesPerHourOnTask: "empty.casesPerHourOnTask",
  meanHandleSeconds: "empty.period",
  satisfactionMean: "empty.satisfactionMean",
  firstContactResolution: "empty.period",
} as const satisfies Record<SpreadMetric, string>;

const CHARTS_HEIGHT = 500;

export default function Managers() {
  const { t, session } = useSite();
  const { filters, period, parameters } = useFilters();
  const [metric, setMetric] = useAddressValue("metric", METRICS);
  const spread = useQuery({
    ...spreadQuery({ ...parameters, metric }),
    enabled: period !== null,
  });
  const agents = useQuery({
    ...metricsQuery({ ...parameters, by: "agent" }),
    enabled: period !== null,
  });
  const [opened, setOpened] = useState<OpenedAgent | null>(null);
  const close = useCallback(() => setOpened(null), []);
  if (period === null) return <Empty text={t("empty.period")} />;
  const ofHours = metric === "casesPerHour";
  const metricName = t(`metric.${metric}`);
  return (
    <>
      <MetricTabs metric={metric} onChange={setMetric} />
      <Loaded
        query={spread}
        what={t("what.spread")}
        height={CHARTS_HEIGHT}
        isEmpty={(data) => data.agents.every(({ n }) => n === 0)}
        emptyAction={
          ofHours && (
            <button type="button" onClick={() => setMetric("casesPerHourOnTask")}>
              {t("empty.showOnTask")}
            </button>
          )
        }
        emptyText={t(ofHours && choosesQueues(filters) ? "empty.timeByQueue" : EMPTY_TEXT[metric])}
      >
        {(data) => <Answer spread={data} period={period} onAgent={setOpened} />}
      </Loaded>
      <div className={session.role === "vendor" ? "cards" : "cards three-one"}>
        <Card
          title={t("managers.tableTitle")}
          hint={t("managers.tableHint", { metric: metricName })}
          file="agents"
          source={{ path: "/metrics", query: { ...parameters, by: "agent" } }}
        >
          <Loaded
            query={agents}
            what={t("what.agents")}
            height={320}
            isEmpty={({ rows }) => rows.length === 0}
          >
            {({ rows }) => (
              <AgentTable rows={rows} metric={metric} spread={spread.data} onAgent={setOpened} />
            )}
          </Loaded>
        </Card>
        {session.role !== "vendor" && <QualityCard />}
      </div>
      {opened !== null && (
        <ContactsDrawer
          title={t("drawer.title", { name: opened.name })}
          query={{ ...parameters, agent: opened.id }}
          onClose={close}
        />
      )}
    </>
  );
}

interface AnswerProps {
  readonly spread: Spread;
  readonly period: Period;
  readonly onAgent: (agent: OpenedAgent) => void;
}

function Answer({ spread, period, onAgent }: AnswerProps) {
  const site = useSite();
  const { dimensions } = site;
  const days = useMemo(() => periodWithData(period, dimensions), [period, dimensions]);
  return (
    <>
      <Headline sentence={spreadSentence(spread, site)} basis={spreadBasis(spread, days, site)} />
      <SpreadCharts spread={spread} days={days} onAgent={onAgent} />
    </>
  );
}

interface MetricTabsProps {
  readonly metric: SpreadMetric;
  readonly onChange: (metric: SpreadMetric) => void;
}

function MetricTabs({ metric, onChange }: MetricTabsProps) {
  const { t } = useSite();
  return (
    <Tabs
      label={t("managers.metric")}
      values={METRICS}
      value={metric}
      onChange={onChange}
      nameOf={(id) => <MetricName id={id} name={t(`metric.${id}`)} />}
    />
  );
}
