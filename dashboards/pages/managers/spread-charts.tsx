/** The two charts of the managers' page: every agent at the left, the spread over weeks at the right. */

import { useMemo } from "react";
import type { Spread, SpreadAgent, SpreadMetric } from "../../api/types.ts";
import type { ChartTimes } from "../../charts/annotation-marks.ts";
import { dotInterval } from "../../charts/dot-interval.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import { type ChartSetting, partyIndex } from "../../charts/setting.ts";
import { spreadWeeks } from "../../charts/spread-weeks.ts";
import { AnnotatedChart } from "../../frame/annotated-chart.tsx";
import { Card, Legend, type LegendItem } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import type { ChartMarks } from "../../frame/chart-marks.ts";
import { comparedSheet } from "../../frame/compared-sheet.ts";
import { type Compared, standsAgainst } from "../../frame/comparison.ts";
import { comparedName } from "../../frame/comparison-words.ts";
import { useChartSetting, useSite } from "../../frame/context.ts";
import type { Mark } from "../../frame/mark.ts";
import { isPartial, type Period } from "../../frame/periods.ts";
import { sheetOfRows } from "../../frame/sheet.ts";
import { useComparison } from "../../frame/use-comparison.ts";
import { useFilters } from "../../frame/use-filters.ts";
import { useOpenMark } from "../../frame/use-mark.ts";
import { dotsMark, weekMark } from "./marks.ts";

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
  readonly against: Spread | undefined;
  /** The days there is data for in the period: weeks that stick out of it are marked. */
  readonly days: Period;
}

export function SpreadCharts({ spread, against, days }: SpreadChartsProps) {
  const setting = useChartSetting();
  const { t } = setting;
  const { metric } = spread;
  const name = t(`metric.${metric}`);
  const { compared } = useComparison();
  const { dots, weeks } = useOptions({ spread, against, compared, days }, setting);
  const files = useFiles(spread, against);
  const marks = useMarks(spread, days);
  const hasArtificial = spread.agents.some((agent) => agent.kind === "ai");
  const hasPartial = spread.weeks.some(({ week }) => isPartial(week, "week", days));
  return (
    <div className="cards three-two">
      <Card
        title={t("managers.dotsTitle", { metric: name })}
        {...(hasArtificial ? { hint: t("managers.aiHint") } : {})}
        file={`spread-${fileWords(metric)}`}
        {...files.dots}
        aside={
          <Legend
            items={[
              ...dotLegend(spread.agents, setting),
              ...(against === undefined ? [] : [ghostLegend(compared, setting)]),
            ]}
          />
        }
      >
        <Chart option={dots} height={HEIGHT} marks={marks.dots} />
      </Card>
      <Card
        title={t("managers.weeksTitle")}
        file={`weeks-${fileWords(metric)}`}
        sheet={files.weeks}
        aside={
          <Legend
            items={[
              { name: t("chart.correctedSpread"), mark: "mark bold-line" },
              { name: t("legend.raw"), mark: "mark thin-line" },
              ...(against === undefined
                ? []
                : [{ name: t("legend.against"), mark: "mark dashed-line" }]),
              ...(hasPartial ? [{ name: t("legend.partWeek"), mark: "mark hollow" }] : []),
            ]}
          />
        }
      >
        <AnnotatedChart
          times={timesOf(spread)}
          option={weeks}
          height={HEIGHT}
          marks={marks.weeks}
        />
      </Card>
    </div>
  );
}

/** The weeks in the order that they are drawn in. */
const timesOf = ({ weeks }: Spread): ChartTimes => ({
  axis: "time",
  grain: "week",
  starts: weeks.map(({ week }) => week).sort(),
});

/** Dots lead to their agents' contacts, weeks to those of their days. */
function useMarks(spread: Spread, days: Period): { dots: ChartMarks; weeks: ChartMarks } {
  const open = useOpenMark();
  return useMemo(() => {
    const openIf = (mark: Mark | null) => mark !== null && open(mark);
    return {
      dots: {
        series: ["agents", "agents-beside"],
        open: (series, index) => openIf(dotsMark(spread, series, [index])),
        openSeveral: (indexes) => openIf(dotsMark(spread, null, indexes)),
      },
      weeks: {
        series: ["weeks"],
        open: (_, index) => openIf(weekMark(spread, index, days)),
      },
    };
  }, [spread, days, open]);
}

/** What each chart shows as a file, with the other side where there is one. */
function useFiles(spread: Spread, against: Spread | undefined) {
  const site = useSite();
  const { parameters } = useFilters();
  const { compared } = useComparison();
  const source = { path: "/spread", query: { ...parameters, metric: spread.metric } };
  if (compared === null || against === undefined) {
    return { dots: { source }, weeks: () => sheetOfRows(spread.weeks) };
  }
  const name = comparedName(compared, site);
  const align = (row: Readonly<Record<string, unknown>>) => ({
    ...row,
    week: standsAgainst(String(row.week), "week", compared.shiftDays),
  });
  return {
    dots: {
      sheet: () =>
        comparedSheet({
          rows: spread.agents,
          against: against.agents,
          keys: ["agent", "name", "kind"],
          name,
        }),
    },
    weeks: () =>
      comparedSheet({ rows: spread.weeks, against: against.weeks, keys: ["week"], align, name }),
  };
}

interface Shown {
  readonly spread: Spread;
  readonly against: Spread | undefined;
  readonly compared: Compared | null;
  readonly days: Period;
}

function useOptions({ spread, against, compared, days }: Shown, setting: ChartSetting) {
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
          against:
            against === undefined || compared === null
              ? null
              : { agents: against.agents, mean: against.overall.mean, group: compared.group },
          description: t("managers.dotsAria", { metric: name }),
        },
        setting,
      ),
    [spread, against, compared, kind, metric, name, t, setting],
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
          against:
            against === undefined || compared === null
              ? null
              : { weeks: against.weeks, shiftDays: compared.shiftDays },
          description: t("managers.weeksAria", { metric: name }),
        },
        setting,
      ),
    [spread, against, compared, days, kind, name, unit, t, setting],
  );
  return { dots, weeks };
}

const ghostLegend = (compared: Compared | null, { t }: ChartSetting): LegendItem => ({
  name: compared?.group ?? t("legend.before"),
  mark: "mark ghost",
});

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
