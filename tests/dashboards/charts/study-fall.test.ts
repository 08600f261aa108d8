/** What is drawn of how much the spread fell. */

import { expect, test } from "vitest";
import { signedShare } from "../../../dashboards/charts/signed-share.ts";
import { fallExtent, fallRows, studyFall } from "../../../dashboards/charts/study-fall.ts";
import { STUDY } from "../study.ts";
import { drawn, SETTING, seriesOf, settingIn } from "./drawing.ts";

const ROWS = fallRows(STUDY);

type Formatter = (parameters: { dataIndex: number }) => string;
const tooltipOf = (option: ReturnType<typeof studyFall>, dataIndex: number): string => {
  const { tooltip } = seriesOf(option, "fall") as unknown as { tooltip: { formatter: Formatter } };
  return tooltip.formatter({ dataIndex });
};

test("three rows: as seen without an interval, without noise, net of the others", () => {
  expect(ROWS.map(({ id, reduction, interval }) => [id, reduction, interval])).toEqual([
    ["seen", 0.214, null],
    ["corrected", 0.302, { low: 0.18, high: 0.41 }],
    ["net", 0.31, { low: 0.12, high: 0.46 }],
  ]);
  expect(ROWS[2]?.control).toEqual({ before: 55, after: 54 });
});

test("on one axis with zero, the figure, its ends, and its row", () => {
  const option = studyFall(ROWS, SETTING);
  expect(option.xAxis).toMatchObject({ min: -0.1, max: 0.5 });
  expect(seriesOf(option, "fall").data).toEqual([
    [0.214, 0.214, 0.214, 0, 0],
    [0.302, 0.18, 0.41, 1, 0],
    [0.31, 0.12, 0.46, 2, 0],
  ]);
  expect(seriesOf(option, "names")).toMatchObject({ markLine: { data: [{ xAxis: 0 }] } });
});

test("names and figures stand in the picture, and in what a screen reader says", () => {
  const option = studyFall(ROWS, SETTING);
  const picture = drawn(option);
  for (const words of ["As seen", "21%", "Without noise", "30% (18% to 41%)", "31% (12% to 46%)"]) {
    expect(picture).toContain(words);
    expect(JSON.stringify(option.aria)).toContain(words);
  }
  const chinese = drawn(studyFall(ROWS, settingIn("zh")));
  expect(chinese).toContain("30%（18% 至 41%）");
});

test("without a lower bound it runs to the edge, with an arrow", () => {
  const interval = { low: null, high: 0.7 };
  const { treated } = STUDY;
  const study = { ...STUDY, treated: { ...treated, change: { ...treated.change, interval } } };
  const option = studyFall(fallRows(study), SETTING);
  expect(seriesOf(option, "fall").data[1]).toEqual([0.302, -0.1, 0.7, 1, 1]);
  expect(drawn(option)).toContain("30% (any rise to 70%)");
  expect(tooltipOf(option, 1)).toContain("any rise – 70.0%");
});

test("an interval far to the left does not squeeze the rest: it is cut off, with an arrow", () => {
  const study = { ...STUDY, net: { reduction: -0.2, interval: { low: -6, high: 0.4 } } };
  const rows = fallRows(study);
  expect(fallExtent(rows)).toEqual({ min: -1.1, max: 0.5 });
  const option = studyFall(rows, SETTING);
  expect(seriesOf(option, "fall").data[2]).toEqual([-0.2, -1.1, 0.4, 2, 1]);
  expect(drawn(option)).toContain("−20% (−600% to 40%)");
});

test("more than all of it cannot fall, and what is not drawn needs no room", () => {
  const rows = fallRows({ ...STUDY, net: { reduction: 0.6, interval: { low: 0.2, high: 1 } } });
  expect(fallExtent(rows)).toEqual({ min: -0.1, max: 1 });
  const untold = fallRows({ ...STUDY, net: { reduction: null, interval: { low: -3, high: 1 } } });
  expect(fallExtent(untold)).toEqual({ min: -0.1, max: 0.5 });
});

test("what cannot be told has words and no dot", () => {
  const { treated } = STUDY;
  const change = { rawReduction: 0.1, reduction: null, interval: null };
  const study = { ...STUDY, control: null, net: null, treated: { ...treated, change } };
  const option = studyFall(fallRows(study), SETTING);
  expect(seriesOf(option, "fall").data).toEqual([[0.1, 0.1, 0.1, 0, 0]]);
  expect(drawn(option)).toContain("cannot be estimated");
  expect(drawn(option)).toContain("nobody without one");
});

test("the tooltip has the people of both arms", () => {
  const html = tooltipOf(studyFall(ROWS, SETTING), 2);
  for (const words of ["Net of those without an assistant", "31.0%", "58, 57", "55, 54"]) {
    expect(html).toContain(words);
  }
});

test("a share below zero has a true minus, and nothing has none", () => {
  const written = [-0.124, -0.001, 0, 0.5].map((value) => signedShare(value, SETTING.formats));
  expect(written).toEqual(["−12%", "0%", "0%", "50%"]);
});
