/** How busy the agents were while signed on, over the period. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { metricsQuery } from "../../api/queries.ts";
import { figureOf, textOf } from "../../api/rows.ts";
import type { MetricsRow } from "../../api/types.ts";
import { type OccupancyPoint, occupancy } from "../../charts/occupancy.ts";
import { Card } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting } from "../../frame/context.ts";
import { choosesQueues } from "../../frame/filters.ts";
import { MetricName } from "../../frame/metric-name.tsx";
import { daysBetween } from "../../frame/periods.ts";
import { Loaded } from "../../frame/states.tsx";
import { useFilters } from "../../frame/use-filters.ts";
import type { Formats } from "../../i18n/formats.ts";

/** As many bars as still can be told apart. */
const MOST_DAYS = 100;
const HEIGHT = 260;

/** In order of time; a week is named by its first day. */
export function occupancyPoints(rows: readonly MetricsRow[], formats: Formats): OccupancyPoint[] {
  return rows
    .flatMap((row) => {
      const day = textOf(row, "day") ?? textOf(row, "week");
      return day === null ? [] : [{ day, row }];
    })
    .sort((one, other) => (one.day < other.day ? -1 : 1))
    .map(({ day, row }) => ({
      label: formats.day(day),
      occupancy: figureOf(row, "occupancy"),
      handled: figureOf(row, "handled"),
    }));
}

export function OccupancyCard() {
  const { t } = useChartSetting();
  const { filters, period, parameters } = useFilters();
  const long = period !== null && daysBetween(period.from, period.to) > MOST_DAYS;
  const asked = { ...parameters, by: long ? "week" : "day" };
  const query = useQuery({
    ...metricsQuery(asked),
    enabled: period !== null,
  });
  return (
    <Card
      title={<MetricName id="occupancy" name={t("metric.occupancy")} />}
      hint={t("planners.occupancyHint")}
      file="occupancy"
      source={{ path: "/metrics", query: asked }}
    >
      <Loaded
        query={query}
        what={t("what.occupancy")}
        height={HEIGHT}
        isEmpty={({ rows }) => rows.every((row) => figureOf(row, "occupancy") === null)}
        emptyText={t(choosesQueues(filters) ? "empty.timeByQueue" : "empty.occupancy")}
      >
        {({ rows }) => <OccupancyChart rows={rows} />}
      </Loaded>
    </Card>
  );
}

function OccupancyChart({ rows }: { rows: readonly MetricsRow[] }) {
  const setting = useChartSetting();
  const option = useMemo(() => {
    const points = occupancyPoints(rows, setting.formats);
    return occupancy({ points, description: setting.t("planners.occupancyAria") }, setting);
  }, [rows, setting]);
  return <Chart option={option} height={HEIGHT} />;
}
