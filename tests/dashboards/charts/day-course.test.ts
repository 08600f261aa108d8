import { expect, test } from "vitest";
import { dayCourse } from "../../../dashboards/charts/day-course.ts";
import { drawn, pictureOf, SETTING, tooltipAt } from "./drawing.ts";

const POINTS = Array.from({ length: 12 }, (_, index) => ({
  minute: 540 + index * 15,
  offered: 10 + index,
  loadErlangs: index === 11 ? null : 4 + index / 2,
  serviceLevel: 0.9 - index / 50,
  averageSpeedOfAnswerSeconds: 10 + 3 * index,
  days: 20,
}));

const OPTION = dayCourse({ points: POINTS, description: "Course." }, SETTING);

test("three strips over the same clock, each from zero; service level up to 100 %", () => {
  const { xAxis, yAxis, series } = OPTION as unknown as {
    xAxis: { data: string[] }[];
    yAxis: { min: number; max?: number; name: string }[];
    series: { data: (number | null)[] }[];
  };
  expect(xAxis.map(({ data }) => data[0])).toEqual(["09:00", "09:00", "09:00"]);
  expect(yAxis.map(({ min }) => min)).toEqual([0, 0, 0]);
  expect(yAxis.map(({ name }) => name)).toEqual([
    "Offered load, erlangs",
    "Answered within 20 s",
    "Mean speed of answer, seconds",
  ]);
  expect(yAxis[1]?.max).toBe(1);
  expect(series[0]?.data.at(-1)).toBeNull();
});

test("the tooltip has all figures and the days behind them", () => {
  const html = tooltipAt(OPTION, 1);
  for (const figure of ["09:15", "4.5", "11.0", "88.0%", "13s", "mean over 20 days"]) {
    expect(html).toContain(figure);
  }
});

test("drawn", async () => {
  await expect(drawn(OPTION, 640, 420)).toMatchFileSnapshot(pictureOf("day-course"));
});
