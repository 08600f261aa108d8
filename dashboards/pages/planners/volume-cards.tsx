/** The volume by weekday and interval, and the course of a day with its service. */

import { useMemo } from "react";
import type { VolumeRow } from "../../api/types.ts";
import { dayCourse } from "../../charts/day-course.ts";
import { volumeChangeMap } from "../../charts/volume-change-map.ts";
import { openMinutes, volumeHeatMap } from "../../charts/volume-heat-map.ts";
import { Card, Tabs } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import type { ChartMarks } from "../../frame/chart-marks.ts";
import { comparedSheet } from "../../frame/compared-sheet.ts";
import { comparedName } from "../../frame/comparison-words.ts";
import { useChartSetting, useSite } from "../../frame/context.ts";
import type { Mark } from "../../frame/mark.ts";
import { useComparison } from "../../frame/use-comparison.ts";
import { useAddressValue, useFilters } from "../../frame/use-filters.ts";
import { useOpenMark } from "../../frame/use-mark.ts";
import type { OpenedVolume } from "./compared-volume.ts";
import { courseOf } from "./course.ts";
import { cellMark, courseMark } from "./marks.ts";

const HEIGHT = 420;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const SHOWN = ["level", "change"] as const;
const WEEKDAYS = ["all", "1", "2", "3", "4", "5", "6", "7"] as const;

const openIf = (open: (mark: Mark) => void, mark: Mark | null) => mark !== null && open(mark);

interface VolumeCardProps {
  readonly volume: OpenedVolume;
  /** The other side over the same cells; null where nothing is compared. */
  readonly against: readonly VolumeRow[] | null;
}

/** The rows of the map and the course as a file, with the other side where there is one. */
function useVolumeFile({ volume, against }: VolumeCardProps) {
  const site = useSite();
  const { parameters } = useFilters();
  const { compared } = useComparison();
  if (against === null || compared === null) {
    return { source: { path: "/volume", query: parameters } };
  }
  const name = comparedName(compared, site);
  const keys = ["weekday", "minute"];
  return { sheet: () => comparedSheet({ rows: volume.rows, against, keys, name }) };
}

export function HeatMapCard({ volume, against }: VolumeCardProps) {
  const site = useSite();
  const setting = useChartSetting();
  const { t } = setting;
  const { compared } = useComparison();
  const [shown, setShown] = useAddressValue("map", SHOWN);
  const file = useVolumeFile({ volume, against });
  const { rows, opening, intervalMinutes } = volume;
  const isChange = against !== null && shown === "change";
  const option = useMemo(() => {
    const input = { rows, opening, intervalMinutes };
    return isChange
      ? volumeChangeMap({ ...input, against, description: t("planners.changeAria") }, setting)
      : volumeHeatMap({ ...input, description: t("planners.heatAria") }, setting);
  }, [rows, opening, intervalMinutes, against, isChange, t, setting]);
  const open = useOpenMark();
  const marks = useMemo<ChartMarks>(
    () => ({ series: ["cells"], open: (_, index) => openIf(open, cellMark(volume, index)) }),
    [volume, open],
  );
  const name = compared === null ? "" : comparedName(compared, site);
  return (
    <Card
      title={t(isChange ? "planners.changeTitle" : "planners.heatTitle")}
      hint={isChange ? t("planners.changeHint", { name }) : t("planners.heatHint")}
      file="volume"
      {...file}
      aside={
        against !== null && (
          <Tabs
            label={t("planners.show")}
            values={SHOWN}
            value={shown}
            onChange={setShown}
            nameOf={(value) => t(`planners.${value}`)}
          />
        )
      }
    >
      <Chart option={option} height={HEIGHT + 40} marks={marks} />
    </Card>
  );
}

export function CourseCard({ volume, against }: VolumeCardProps) {
  const site = useSite();
  const setting = useChartSetting();
  const { t, formats } = setting;
  const { compared } = useComparison();
  const file = useVolumeFile({ volume, against });
  const [weekday, setWeekday] = useAddressValue("weekday", WEEKDAYS);
  const { rows, opening, intervalMinutes } = volume;
  const option = useMemo(() => {
    const weekdays = weekday === "all" ? EVERY_DAY : [Number(weekday)];
    const minutes = openMinutes(opening ?? rows, intervalMinutes);
    return dayCourse(
      {
        points: courseOf(rows, weekdays, minutes),
        against: against === null ? null : courseOf(against, weekdays, minutes),
        description: t("planners.courseAria"),
      },
      setting,
    );
  }, [rows, opening, against, intervalMinutes, weekday, t, setting]);
  const open = useOpenMark();
  const marks = useMemo<ChartMarks>(() => {
    const chosen = weekday === "all" ? null : Number(weekday);
    return {
      series: ["strip 0"],
      open: (_, index) => openIf(open, courseMark(volume, chosen, index)),
    };
  }, [volume, weekday, open]);
  const nameOf = (value: (typeof WEEKDAYS)[number]) =>
    value === "all" ? t("planners.everyDay") : formats.weekday(Number(value));
  const courseHint =
    against === null || compared === null
      ? t("planners.courseHint")
      : [
          t("planners.courseHint"),
          t("chart.againstLine", { name: comparedName(compared, site) }),
        ].join(" · ");
  return (
    <Card
      title={t("planners.courseTitle")}
      hint={courseHint}
      file="volume"
      {...file}
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
      <Chart option={option} height={HEIGHT} marks={marks} />
    </Card>
  );
}
