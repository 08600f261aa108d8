/** The volume by weekday and interval, and the course of a day with its service. */

import { useMemo } from "react";
import type { Volume } from "../../api/types.ts";
import { dayCourse } from "../../charts/day-course.ts";
import { openMinutes, volumeHeatMap } from "../../charts/volume-heat-map.ts";
import { Card, Tabs } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting } from "../../frame/context.ts";
import { useAddressValue, useFilters } from "../../frame/use-filters.ts";
import { courseOf } from "./course.ts";

const HEIGHT = 420;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = ["all", "1", "2", "3", "4", "5", "6", "7"] as const;

export function HeatMapCard({ volume }: { volume: Volume }) {
  const setting = useChartSetting();
  const { t } = setting;
  const { parameters } = useFilters();
  const { rows, intervalMinutes } = volume;
  const option = useMemo(
    () => volumeHeatMap({ rows, intervalMinutes, description: t("planners.heatAria") }, setting),
    [rows, intervalMinutes, t, setting],
  );
  return (
    <Card
      title={t("planners.heatTitle")}
      hint={t("planners.heatHint")}
      file="volume"
      source={{ path: "/volume", query: parameters }}
    >
      <Chart option={option} height={HEIGHT + 40} />
    </Card>
  );
}

export function CourseCard({ volume }: { volume: Volume }) {
  const setting = useChartSetting();
  const { t, formats } = setting;
  const { parameters } = useFilters();
  const [weekday, setWeekday] = useAddressValue("weekday", WEEKDAYS);
  const { rows, intervalMinutes } = volume;
  const option = useMemo(() => {
    const weekdays = weekday === "all" ? EVERY_DAY : [Number(weekday)];
    const points = courseOf(rows, weekdays, openMinutes(rows, intervalMinutes));
    return dayCourse({ points, description: t("planners.courseAria") }, setting);
  }, [rows, intervalMinutes, weekday, t, setting]);
  const nameOf = (value: (typeof WEEKDAYS)[number]) =>
    value === "all" ? t("planners.everyDay") : formats.weekday(Number(value));
  return (
    <Card
      title={t("planners.courseTitle")}
      hint={t("planners.courseHint")}
      file="volume"
      source={{ path: "/volume", query: parameters }}
      aside={
        <Tabs
          label={t("planners.weekday")}
          values={WEEKDAYS}
          value={weekday}
          onChange={setWeekday}
          nameOf={nameOf}
        />
      }
    >
      <Chart option={option} height={HEIGHT} />
    </Card>
  );
}
