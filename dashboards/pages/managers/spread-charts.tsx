/** The two charts of the managers' page: every agent at the left, the spread over weeks at the right. */

import { useMemo } from "react";
import type { Spread, SpreadAgent, SpreadMetric } from "../../api/types.ts";
import { agentOfMark, dotInterval } from "../../charts/dot-interval.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import { type ChartSetting, partyIndex } from "../../charts/setting.ts";
import { spreadWeeks } from "../../charts/spread-weeks.ts";
import { Card, Legend, type LegendItem } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting } from "../../frame/context.ts";
import { isPartial, type Period } from "../../frame/periods.ts";
import { sheetOfRows } from "../../frame/sheet.ts";
import { useFilters } from "../../frame/use-filters.ts";
import type { OpenedAgent } from "./agent-table.tsx";

/** The unit that a metric's standard deviation is in. */
const UNITS = {
  casesPerHour: "unit.perHour",
  casesPerHourOnTask: "unit.perHour",
  meanHandleSeconds: "unit.seconds",
  satisfactionMean: "unit.score",
  firstContactResolution: "unit.share",
} as const satisfies Record<SpreadMetric, string>;

const HEIGHT = 360;

/** `casesPerHour` as `cases-per-hour`. */
const fileWords = (id: string): string =>
  id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

interface SpreadChartsProps {
  readonly spread: Spread;
  /** The days there is data for in the period: weeks that stick out of it are marked. */
  readonly days: Period;
  readonly onAgent: (agent: OpenedAgent) => void;
}

export function SpreadCharts({ spread, days, onAgent }: SpreadChartsProps) {
  const setting = useChartSetting();
  const { parameters } = useFilters();
  const { t } = setting;
  const { metric } = spread;
  const name = t(`metric.${metric}`);
  const { dots, weeks } = useOptions(spread, days, setting);
  const openMark = (seriesId: string, index: number) => {
    const agent = agentOfMark(spread.agents, seriesId, index);
    if (agent !== undefined) onAgent({ id: agent.agent, name: agent.name });
  };
  const hasArtificial = spread.agents.some((agent) => agent.kind === "ai");
  const hasPartial = spread.weeks.some(({ week }) => isPartial(week, "week", days));
  return (
    <div className="cards three-two">
      <Card
        title={t("managers.dotsTitle", { metric: name })}
        {...(hasArtificial ? { hint: t("managers.aiHint") } : {})}
        file={`spread-${fileWords(metric)}`}
        source={{ path: "/spread", query: { ...parameters, metric } }}
        aside={<Legend items={dotLegend(spread.agents, setting)} />}
      >
        <Chart option={dots} height={HEIGHT} onMark={openMark} />
      </Card>
      <Card
        title={t("managers.weeksTitle")}
        file={`weeks-${fileWords(metric)}`}
        sheet={() => sheetOfRows(spread.weeks)}
        aside={
          <Legend
            items={[
              { name: t("chart.correctedSpread"), mark: "mark bold-line" },
              { name: t("legend.raw"), mark: "mark thin-line" },
              ...(hasPartial ? [{ name: t("legend.partWeek"), mark: "mark hollow" }] : []),
            ]}
          />
        }
      >
        <Chart option={weeks} height={HEIGHT} />
      </Card>
    </div>
  );
}

function useOptions(spread: Spread, days: Period, setting: ChartSetting) {
  const { t } = setting;
  const { metric } = spread;
  const name = t(`metric.${metric}`);
  const kind = kindOf(metric);
  const unit = t(UNITS[metric]);
  const dots = useMemo(
    () =>
      dotInterval(
        {
          agents: spread.agents,
          mean: spread.overall.mean,
          standardDeviation: spread.overall.correctedStandardDeviation,
          kind,
          axisName: t(`axis.${metric}`),
          description: t("managers.dotsAria", { metric: name }),
        },
        setting,
      ),
    [spread, kind, metric, name, t, setting],
  );
  const weeks = useMemo(
    () =>
      spreadWeeks(
        {
          weeks: spread.weeks,
          period: days,
          adoptions: spread.adoptions,
          kind,
          axisName: t("axis.spread", { unit }),
          description: t("managers.weeksAria", { metric: name }),
        },
        setting,
      ),
    [spread, days, kind, name, unit, t, setting],
  );
  return { dots, weeks };
}

function dotLegend(agents: readonly SpreadAgent[], setting: ChartSetting): LegendItem[] {
  const { t } = setting;
  const parties = [...new Set(agents.map((agent) => agent.party))].filter(
    (party) => party !== null,
  );
  const hasArtificial = agents.some((agent) => agent.kind === "ai");
  const hasNobodys = parties.length > 0 && agents.some((agent) => agent.party === null);
  return [
    ...parties
      .map((party) => ({ name: party, mark: `swatch party-${partyIndex(setting, party)}` }))
      .sort((one, other) => (one.mark < other.mark ? -1 : 1)),
    ...(hasNobodys ? [{ name: t("vendors.noParty"), mark: "swatch" }] : []),
    { name: t("legend.shrunken"), mark: "mark hollow" },
    ...(hasArtificial ? [{ name: t("legend.ai"), mark: "mark diamond" }] : []),
    { name: t("legend.band"), mark: "mark band" },
  ];
}
