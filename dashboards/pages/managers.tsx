/** Managers: do people perform alike, and is it real? */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { metricsQuery, spreadQuery } from "../api/queries.ts";
import type { Metrics, Role, Spread, SpreadMetric } from "../api/types.ts";
import { Card, Headline, Tabs } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { choosesQueues } from "../frame/filters.ts";
import { MetricName } from "../frame/metric-name.tsx";
import { type Period, periodWithData } from "../frame/periods.ts";
import { After, Empty, Loaded, Skeleton } from "../frame/states.tsx";
import { type AskedTwice, useAskedTwice, useComparison } from "../frame/use-comparison.ts";
import { useAddressValue, useFilters } from "../frame/use-filters.ts";
import { useOpenMark } from "../frame/use-mark.ts";
import { AgentTable } from "./managers/agent-table.tsx";
import { agentsMark } from "./managers/marks.ts";
import { QualityCard } from "./managers/quality-card.tsx";
import { spreadBasis, spreadSentence, spreadsSentence } from "./managers/sentence.ts";
import { SpreadCharts } from "./managers/spread-charts.tsx";
import { NO_STUDY_HEIGHT, STUDY_HEIGHT } from "./managers/study-height.ts";
import { ChangeLines } from "./shared/change-lines.tsx";
import { useComparedFile } from "./shared/compared-file.ts";
import { CutNote } from "./shared/cut-note.tsx";
import { NamesNote } from "./shared/names-note.tsx";

const StudySection = lazy(() => import("./managers/study-section.tsx"));

/** Who may ask for studies, which look at the whole centre. */
const STUDY_ROLES: readonly Role[] = ["administrator", "manager", "planner"];

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
  const { metric, setMetric, standsIn } = useMetric();
  const spread = useAskedTwice((asked) => spreadQuery({ ...asked, metric }));
  const agents = useAskedTwice((asked) => metricsQuery({ ...asked, by: "agent" }));
  const file = useComparedFile(agents, ["agentId", "agent"], {
    path: "/metrics",
    query: { ...parameters, by: "agent" },
  });
  const open = useOpenMark();
  const openAgents = useCallback(
    (ids: readonly string[]) => open(agentsMark(metric, ids)),
    [open, metric],
  );
  if (period === null) return <Empty text={t("empty.period")} />;
  const ofHours = metric === "casesPerHour";
  const metricName = t(`metric.${metric}`);
  return (
    <>
      <MetricTabs metric={metric} onChange={setMetric} />
      <NamesNote>
        {standsIn && t(choosesQueues(filters) ? "managers.noHoursByQueue" : "managers.noHours")}
      </NamesNote>
      <Loaded
        query={spread.now}
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
        {(data) => <Answer spread={data} asked={spread} period={period} />}
      </Loaded>
      <After queries={[spread.now]}>
        {STUDY_ROLES.includes(session.role) && <Study metric={metric} />}
        <div className={session.role === "vendor" ? "cards" : "cards three-one"}>
          <Card
            title={t("managers.tableTitle")}
            hint={t("managers.tableHint", { metric: metricName })}
            file="agents"
            {...file}
          >
            <Agents asked={agents} spread={spread} metric={metric} onAgents={openAgents} />
          </Card>
          {session.role !== "vendor" && <QualityCard />}
        </div>
      </After>
    </>
  );
}

function Study({ metric }: { metric: SpreadMetric }) {
  const { dimensions } = useSite();
  const height = dimensions.assistantsCame ? STUDY_HEIGHT : NO_STUDY_HEIGHT;
  return (
    <Suspense fallback={<Skeleton height={height} />}>
      <StudySection metric={metric} />
    </Suspense>
  );
}

/**
 * The metric of the address. Many logs know no agents' hours: where the address names no metric and there
 * are none, the one that needs none stands in for the first.
 */
function useMetric() {
  const [asked, setMetric] = useAddressValue("metric", METRICS);
  const [search] = useSearchParams();
  const { period, parameters } = useFilters();
  const isAsked = search.has("metric");
  const hours = useQuery({
    ...spreadQuery({ ...parameters, metric: METRICS[0] }),
    enabled: period !== null && !isAsked,
  });
  const standsIn = !isAsked && hours.data?.agents.every(({ n }) => n === 0) === true;
  const metric: SpreadMetric = standsIn ? "casesPerHourOnTask" : asked;
  return { metric, setMetric, standsIn };
}

interface AgentsProps {
  readonly asked: AskedTwice<Metrics>;
  readonly spread: AskedTwice<Spread>;
  readonly metric: SpreadMetric;
  readonly onAgents: (ids: readonly string[]) => void;
}

function Agents({ asked, spread, metric, onAgents }: AgentsProps) {
  const { t } = useSite();
  return (
    <Loaded
      query={asked.now}
      what={t("what.agents")}
      height={320}
      isEmpty={({ rows }) => rows.length === 0}
    >
      {({ rows, cut }) => (
        <>
          <CutNote cut={cut} />
          <AgentTable
            rows={rows}
            metric={metric}
            spread={spread.now.data}
            against={spread.against}
            onAgents={onAgents}
          />
        </>
      )}
    </Loaded>
  );
}

interface AnswerProps {
  readonly spread: Spread;
  readonly asked: AskedTwice<Spread>;
  readonly period: Period;
}

function Answer({ spread, asked, period }: AnswerProps) {
  const site = useSite();
  const { compared } = useComparison();
  const { dimensions } = site;
  const days = useMemo(() => periodWithData(period, dimensions), [period, dimensions]);
  return (
    <>
      <Headline sentence={spreadSentence(spread, site)} basis={spreadBasis(spread, days, site)}>
        {compared !== null && (
          <ChangeLines
            compared={compared}
            metrics={[spread.metric]}
            more={asked.against === undefined ? [] : [spreadsSentence(spread, asked.against, site)]}
            retry={asked.retry}
          />
        )}
      </Headline>
      <CutNote cut={spread.cut} />
      <SpreadCharts spread={spread} against={asked.against} days={days} />
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
