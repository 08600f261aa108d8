/** How busy the agents were while signed on, over the period. */

import { useMemo } from "react";
import { metricsQuery } from "../../api/queries.ts";
import { figureOf, textOf } from "../../api/rows.ts";
import type { MetricsRow } from "../../api/types.ts";
import { type OccupancyPoint, occupancy } from "../../charts/occupancy.ts";
import { AnnotatedChart } from "../../frame/annotated-chart.tsx";
import { Card } from "../../frame/card.tsx";
import type { ChartMarks } from "../../frame/chart-marks.ts";
import { standsAgainst } from "../../frame/comparison.ts";
import { comparedName } from "../../frame/comparison-words.ts";
import { useChartSetting, useSite } from "../../frame/context.ts";
import { choosesQueues } from "../../frame/filters.ts";
import { MetricName } from "../../frame/metric-name.tsx";
import { daysBetween } from "../../frame/periods.ts";
import { Loaded } from "../../frame/states.tsx";
import { useAskedTwice, useComparison } from "../../frame/use-comparison.ts";
import { useFilters } from "../../frame/use-filters.ts";
import { useOpenMark } from "../../frame/use-mark.ts";
import type { Formats } from "../../i18n/formats.ts";
import { useComparedFile } from "../shared/compared-file.ts";
import { daysMark } from "./marks.ts";

/** As many bars as still can be told apart. */
const MOST_DAYS = 100;
const HEIGHT = 260;

/** In order of time; a week is named by its first day. */
export function occupancyPoints(
  rows: readonly MetricsRow[],
  formats: Formats,
): (OccupancyPoint & { readonly day: string })[] {
  return rows
    .flatMap((row) => {
      const day = textOf(row, "day") ?? textOf(row, "week");
      return day === null ? [] : [{ day, row }];
    })
    .sort((one, other) => (one.day < other.day ? -1 : 1))
    .map(({ day, row }) => ({
      day,
      label: formats.day(day),
      occupancy: figureOf(row, "occupancy"),
      handled: figureOf(row, "handled"),
    }));
}

export function OccupancyCard() {
  const { t } = useChartSetting();
  const { filters, period, parameters } = useFilters();
  const long = period !== null && daysBetween(period.from, period.to) > MOST_DAYS;
  const site = useSite();
  const { compared } = useComparison();
  const by = long ? "week" : "day";
  const asked = useAskedTwice((parameters) => metricsQuery({ ...parameters, by }));
  const file = useComparedFile(asked, [by], { path: "/metrics", query: { ...parameters, by } }, by);
  const hint = [
    t("planners.occupancyHint"),
    ...(compared === null ? [] : [t("chart.againstTimes", { name: comparedName(compared, site) })]),
  ].join(" · ");
  return (
    <Card
      title={<MetricName id="occupancy" name={t("metric.occupancy")} />}
      hint={hint}
      file="occupancy"
      {...file}
    >
      <Loaded
        query={asked.now}
        what={t("what.occupancy")}
        height={HEIGHT}
        isEmpty={({ rows }) => rows.every((row) => figureOf(row, "occupancy") === null)}
        emptyText={t(choosesQueues(filters) ? "empty.timeByQueue" : "empty.occupancy")}
      >
        {({ rows }) => <OccupancyChart rows={rows} against={asked.against?.rows} grain={by} />}
      </Loaded>
    </Card>
  );
}

interface OccupancyChartProps {
  readonly rows: readonly MetricsRow[];
  readonly against: readonly MetricsRow[] | undefined;
  /** Of each bar. */
  readonly grain: "day" | "week";
}

function OccupancyChart({ rows, against, grain }: OccupancyChartProps) {
  const days = grain === "week" ? 7 : 1;
  const setting = useChartSetting();
  const { period } = useFilters();
  const points = useMemo(() => occupancyPoints(rows, setting.formats), [rows, setting]);
  const { compared } = useComparison();
  const others = useMemo(() => {
    if (against === undefined || compared === null) return null;
    const byDay = new Map(
      occupancyPoints(against, setting.formats).map((point) => [
        standsAgainst(point.day, grain, compared.shiftDays),
        point,
      ]),
    );
    return points.map(({ day }) => byDay.get(day) ?? null);
  }, [points, against, compared, grain, setting]);
  const option = useMemo(() => {
    const description = setting.t("planners.occupancyAria");
    return occupancy({ points, against: others, description }, setting);
  }, [points, others, setting]);
  const open = useOpenMark();
  const marks = useMemo<ChartMarks>(
    () => ({
      series: ["occupancy"],
      open: (_, index) => {
        const day = points[index]?.day;
        if (day === undefined || period === null) return;
        open(daysMark("occupancy", day, days, period));
      },
    }),
    [points, period, days, open],
  );
  const times = { axis: "category", grain, starts: points.map(({ day }) => day) } as const;
  return <AnnotatedChart times={times} option={option} height={HEIGHT} marks={marks} />;
}
