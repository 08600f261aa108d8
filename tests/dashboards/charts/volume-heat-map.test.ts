import { expect, test } from "vitest";
import type { VolumeRow } from "../../../dashboards/api/types.ts";
import { openMinutes, volumeHeatMap } from "../../../dashboards/charts/volume-heat-map.ts";
import { drawn, pictureOf, SETTING, tooltipAt } from "./drawing.ts";

const row = (weekday: number, minute: number, offered: number): VolumeRow => ({
  weekday,
  minute,
  days: 4,
  offered,
  handled: offered * 0.9,
  loadErlangs: (offered * 360) / 900,
  serviceLevel: offered > 0 ? 0.8 : null,
  averageSpeedOfAnswerSeconds: offered > 0 ? 31 : null,
});

/** Open from 09:15 to 10:45 on Monday and Tuesday; all other intervals are there and empty. */
const ROWS = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
  Array.from({ length: 96 }, (_, index) => {
    const minute = index * 15;
    const open = weekday <= 2 && minute >= 555 && minute < 645;
    return row(weekday, minute, open ? weekday * 10 + (minute - 555) / 15 : 0);
  }),
);

const OPTION = volumeHeatMap({ rows: ROWS, intervalMinutes: 15, description: "Heat." }, SETTING);

test("the day is cut to whole hours with contacts", () => {
  expect(openMinutes(ROWS, 15)).toEqual([540, 555, 570, 585, 600, 615, 630, 645]);
  expect(openMinutes([], 15)).toEqual([]);
});

test("a cell for each weekday and interval, Monday on top, the scale from zero", () => {
  const { series, yAxis, visualMap } = OPTION as unknown as {
    series: { data: number[][] }[];
    yAxis: { inverse: boolean; data: string[] };
    visualMap: { min: number; max: number };
  };
  expect(series[0]?.data).toHaveLength(7 * 8);
  expect(series[0]?.data[1]).toEqual([1, 0, 10]);
  expect(yAxis.inverse).toBe(true);
  expect(yAxis.data).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  expect([visualMap.min, visualMap.max]).toEqual([0, 25]);
});

test("the tooltip names the interval, all figures, and over how many days", () => {
  const html = tooltipAt(OPTION, 1);
  expect(html).toContain("Monday 09:15–09:30");
  for (const figure of ["10.0", "9.0", "4.0", "80.0%", "31s", "mean over 4 days"]) {
    expect(html).toContain(figure);
  }
  // 09:00 on Monday had no contacts: a computed zero, and no service level.
  expect(tooltipAt(OPTION, 0)).toContain("<td>–</td>");
});

test("drawn", async () => {
  await expect(drawn(OPTION)).toMatchFileSnapshot(pictureOf("volume-heat-map"));
});
