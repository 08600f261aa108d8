/** What is drawn of who stayed, of the fifths, and of the days on which nothing happened. */

import { expect, test } from "vitest";
import {
  compositionSteps,
  studyComposition,
} from "../../../dashboards/charts/study-composition.ts";
import { studyCuts } from "../../../dashboards/charts/study-cuts.ts";
import { studyFifths } from "../../../dashboards/charts/study-fifths.ts";
import { STUDY } from "../study.ts";
import { drawn, SETTING, seriesOf, tooltipAt } from "./drawing.ts";

const COMPOSITION = STUDY.composition;
if (COMPOSITION === null) throw new Error("the study made by hand has a composition");
const STEPS = compositionSteps(COMPOSITION);

type Formatter = (parameters: { dataIndex: number }) => string;
function tooltipOf(option: Parameters<typeof seriesOf>[0], id: string, dataIndex: number): string {
  const { tooltip } = seriesOf(option, id) as unknown as { tooltip: { formatter: Formatter } };
  return tooltip.formatter({ dataIndex });
}

test("each step begins where the one before ended, and the last ends at what is after", () => {
  expect(STEPS.map(({ id, from, to, people }) => [id, from, to, people])).toEqual([
    ["before", 0, 900, 58],
    ["stayers", 900, 400, 50],
    ["joiners", 400, 460, 7],
    ["leavers", 460, 440, 8],
    ["after", 0, 440, 57],
  ]);
});

test("bars as steps, with the unit, the sign of each step and the people", () => {
  const option = studyComposition({ steps: STEPS, unit: "s²" }, SETTING);
  expect(seriesOf(option, "steps").data).toEqual([
    [0, 0, 900],
    [1, 900, 400],
    [2, 400, 460],
    [3, 460, 440],
    [4, 0, 440],
  ]);
  expect(option.yAxis).toMatchObject({ name: "Variance, s²" });
  const picture = drawn(option);
  for (const words of ["900", "−500", "+60", "−20", "440"]) expect(picture).toContain(`>${words}<`);
  for (const words of ["n = 50", "n = 7", "n = 8"]) expect(picture).toContain(words);
  expect(JSON.stringify(option.aria)).toContain("Stayed −500 (n = 50)");
  expect(tooltipAt(option, 2)).toContain("+60");
});

test("a rise and a fall differ by colour; small variances keep their figures", () => {
  const option = studyComposition({ steps: STEPS, unit: "s²" }, SETTING);
  const picture = drawn(option);
  expect(picture).toContain(SETTING.tokens.change[0]);
  expect(picture).toContain(SETTING.tokens.change[4]);
  const small = compositionSteps(COMPOSITION, 1 / 100_000);
  expect(drawn(studyComposition({ steps: small, unit: "points²" }, SETTING))).toContain("0.00900");
  // 0.0009 of a share's variance is 9 square percentage points.
  const [before] = compositionSteps({ ...COMPOSITION, before: 0.0009 }, 100 ** 2);
  expect(before?.to).toBeCloseTo(9, 10);
});

test("fifths: before and after of each, from the lowest on", () => {
  const { fifths } = STUDY;
  const axisName = "Mean handling time, seconds";
  const option = studyFifths({ fifths: fifths ?? [], kind: "seconds", axisName }, SETTING);
  expect(seriesOf(option, "fifths").data).toEqual([
    [340, 370, 0],
    [380, 390, 1],
    [420, 410, 2],
    [460, 430, 3],
    [500, 450, 4],
  ]);
  const { data } = option.yAxis as { data: string[] };
  expect([data[0], data[4]]).toEqual(["Lowest fifth", "Highest fifth"]);
  const picture = drawn(option);
  expect(picture).toContain("340s → 370s");
  expect(picture).toContain(axisName);
  expect(JSON.stringify(option.aria)).toContain("Highest fifth 500s → 450s");
  const html = tooltipOf(option, "fifths", 4);
  for (const words of ["500s", "450s", "−50s", "10"]) expect(html).toContain(words);
});

test("fifths of a share that lie close have an axis with decimals", () => {
  const fifths = [1, 5].map((fifth) => ({
    ...{ fifth, agents: 10, before: 0.87 + fifth / 500, after: 0.88 },
  }));
  const picture = drawn(studyFifths({ fifths, kind: "share", axisName: "Resolved" }, SETTING));
  const labels = [...picture.matchAll(/>(\d\d\.\d%)</g)].map(([, label]) => label);
  expect(labels.length).toBeGreaterThan(2);
  expect(new Set(labels).size).toBe(labels.length);
});

test("earlier days are hollow, the true one is marked; what has no figure has no dot", () => {
  const option = studyCuts({ cuts: STUDY.cuts, day: "2026-07-01", reduction: 0.302 }, SETTING);
  expect(seriesOf(option, "earlier").data).toEqual([
    [Date.parse("2026-06-10T00:00:00Z"), -0.04],
    [Date.parse("2026-06-12T00:00:00Z"), 0.05],
  ]);
  expect(seriesOf(option, "own").data).toEqual([[Date.parse("2026-07-01T00:00:00Z"), 0.302]]);
  expect(seriesOf(option, "earlier")).toMatchObject({ markLine: { data: [{ yAxis: 0 }] } });
  const picture = drawn(option);
  for (const words of ["10 Jun", "1 Jul", ">30%<"]) expect(picture).toContain(words);
  expect(tooltipOf(option, "earlier", 1)).toContain("12 Jun 2026 · nothing happened");
  expect(tooltipOf(option, "own", 0)).toContain("30.2%");
  expect(JSON.stringify(option.aria)).toContain("the assistant came: 1 Jul 30%");
  const untold = studyCuts({ cuts: STUDY.cuts, day: "2026-07-01", reduction: null }, SETTING);
  expect(seriesOf(untold, "own").data).toEqual([]);
});
