/** How busy the agents were while signed on, by day of the period or by hour of the day. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { metricsQuery } from "../../api/queries.ts";
import { figureOf } from "../../api/rows.ts";
import type { MetricsRow } from "../../api/types.ts";
import { type OccupancyPoint, occupancy } from "../../charts/occupancy.ts";
import { Card, Tabs } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting } from "../../frame/context.ts";
import { MetricName } from "../../frame/metric-name.tsx";
import { Loaded } from "../../frame/states.tsx";
import { useAddressValue, useFilters } from "../../frame/use-filters.ts";
import type { Formats } from "../../i18n/formats.ts";

const GRAINS = ["day", "hour"] as const;
type Grain = (typeof GRAINS)[number];

const HEIGHT = 260;

/** In order of time. An hour is its number, 0 to 23. */
export function occupancyPoints(
  rows: readonly MetricsRow[],
  grain: Grain,
  formats: Formats,
): OccupancyPoint[] {
  const order = (row: MetricsRow) =>
    grain === "hour" ? String(row.hour).padStart(2, "0") : String(row.day);
  const label = (row: MetricsRow) =>
    grain === "hour" ? formats.clock(Number(row.hour) * 60) : formats.day(String(row.day));
  return [...rows]
    .sort((one, other) => (order(one) < order(other) ? -1 : 1))
    .map((row) => ({
      label: label(row),
      occupancy: figureOf(row, "occupancy"),
      handled: figureOf(row, "handled"),
    }));
}

export function OccupancyCard() {
  const { t } = useChartSetting();
  const { period, parameters } = useFilters();
  const [grain, setGrain] = useAddressValue("occupancy", GRAINS);
  const query = useQuery({
    ...metricsQuery({ ...parameters, by: grain }),
    enabled: period !== null,
  });
  return (
    <Card
      title={<MetricName id="occupancy" name={t("metric.occupancy")} />}
      hint={t("planners.occupancyHint")}
      aside={
        <Tabs
          label={t("planners.grain")}
          values={GRAINS}
          value={grain}
          onChange={setGrain}
          nameOf={(value) => t(`planners.by.${value}`)}
        />
      }
    >
      <Loaded
        query={query}
        what={t("what.occupancy")}
        height={HEIGHT}
        isEmpty={({ rows }) => rows.every((row) => figureOf(row, "occupancy") === null)}
        emptyText={t("empty.occupancy")}
      >
        {({ rows }) => <OccupancyChart rows={rows} grain={grain} />}
      </Loaded>
    </Card>
  );
}

interface OccupancyChartProps {
  readonly rows: readonly MetricsRow[];
  readonly grain: Grain;
}

function OccupancyChart({ rows, grain }: OccupancyChartProps) {
  const setting = useChartSetting();
  const option = useMemo(
    () =>
      occupancy(
        {
          // While the next grain loads, the rows are still those of the last one.
          points: rows.some((row) => grain in row)
            ? occupancyPoints(rows, grain, setting.formats)
            : [],
          description: setting.t("planners.occupancyAria"),
        },
        setting,
      ),
    [rows, grain, setting],
  );
  return <Chart option={option} height={HEIGHT} />;
}
