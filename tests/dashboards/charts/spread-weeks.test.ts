import { expect, test } from "vitest";
import type { Spread } from "../../../dashboards/api/types.ts";
import { instantOf } from "../../../dashboards/charts/axes.ts";
import { type SpreadWeeksInput, spreadWeeks } from "../../../dashboards/charts/spread-weeks.ts";
import { drawn, pictureOf, SETTING, seriesOf, tooltipAt } from "./drawing.ts";

type Week = Spread["weeks"][number];

const week = (day: string, corrected: number | null, more: Partial<Week> = {}): Week => ({
  week: day,
  agents: 40,
  rawStandardDeviation: 0.09,
  correctedStandardDeviation: corrected,
  correctedVariance: corrected === null ? -0.001 : corrected ** 2,
  reliability: 0.6,
  mean: 0.78,
  suppressed: false,
  ...more,
});

const INPUT: SpreadWeeksInput = {
  weeks: [
    week("2026-06-15", 0.05),
    week("2026-06-01", 0.07),
    week("2026-06-08", null),
    week("2026-06-22", 0.04, { suppressed: true }),
    week("2026-06-29", 0.045),
  ],
  adoptions: [
    { day: "2026-06-11", assistant: "Reply helper", agents: 3 },
    { day: "2026-06-17", assistant: "Reply helper", agents: 21 },
  ],
  period: { from: "2026-06-01", to: "2026-07-06" },
  kind: "share",
  axisName: "Standard deviation between agents: percentage points",
  description: "Spread by week.",
};

test("weeks in order; what cannot be estimated or is suppressed is a gap, not a zero", () => {
  expect(seriesOf(spreadWeeks(INPUT, SETTING), "corrected").data).toEqual([
    [instantOf("2026-06-01"), 0.07],
    [instantOf("2026-06-08"), null],
    [instantOf("2026-06-15"), 0.05],
    [instantOf("2026-06-22"), null],
    [instantOf("2026-06-29"), 0.045],
  ]);
});

test("a spread is a length: the axis starts at zero, and reads percentage points", () => {
  const { yAxis } = spreadWeeks(INPUT, SETTING);
  expect(yAxis).toMatchObject({ min: 0 });
  const { axisLabel } = yAxis as { axisLabel: { formatter: (value: number) => string } };
  expect(axisLabel.formatter(0.045)).toBe("4.5");
});

test("a week that sticks out of the period is a hollow mark outside of the line, and says so", () => {
  const period = { from: "2026-06-06", to: "2026-07-06" };
  const option = spreadWeeks({ ...INPUT, period }, SETTING);
  const first = [instantOf("2026-06-01"), 0.07];
  expect(seriesOf(option, "partial").data[0]).toEqual(first);
  expect(seriesOf(option, "corrected").data[0]).toEqual([first[0], null]);
  expect(seriesOf(option, "raw").data[0]).toEqual([first[0], null]);
  expect(seriesOf(option, "partial").data[2]).toEqual([instantOf("2026-06-15"), null]);
  expect(tooltipAt(option, 0)).toContain("2 of 7 days");
});

test("raw thin, corrected bold", () => {
  const option = spreadWeeks(INPUT, SETTING);
  expect(seriesOf(option, "raw")).toMatchObject({ lineStyle: { width: 1 } });
  expect(seriesOf(option, "corrected")).toMatchObject({ lineStyle: { width: 3 } });
});

test("every adoption is a line; large ones have a name, small ones stand in the tooltip", () => {
  const { markLine } = seriesOf(spreadWeeks(INPUT, SETTING), "corrected") as unknown as {
    markLine: { data: { xAxis: number; label: { show: boolean; formatter: string } }[] };
  };
  expect(markLine.data.map(({ xAxis, label }) => [xAxis, label.show])).toEqual([
    [instantOf("2026-06-11"), false],
    [instantOf("2026-06-17"), true],
  ]);
  expect(markLine.data[1]?.label.formatter).toBe("Reply helper: 21 agents");
  expect(tooltipAt(spreadWeeks(INPUT, SETTING), 1)).toContain("11 Jun Reply helper: 3 agents");
  const single = { ...INPUT, adoptions: [{ day: "2026-06-17", assistant: "Helper", agents: 1 }] };
  expect(tooltipAt(spreadWeeks(single, SETTING), 2)).toContain("Helper: 1 agent");
});

test("the tooltip has every figure and its population", () => {
  const html = tooltipAt(spreadWeeks(INPUT, SETTING), 0);
  expect(html).toContain("Week of 1 Jun 2026");
  expect(html).toContain("7.0 percentage points");
  expect(html).toContain("9.0 percentage points");
  expect(html).toContain("78.0%");
  expect(html).toContain("<td>40</td>");
  expect(tooltipAt(spreadWeeks(INPUT, SETTING), 1)).toContain("cannot be estimated");
  expect(tooltipAt(spreadWeeks(INPUT, SETTING), 3)).toContain("too few to say");
});

test("drawn", async () => {
  await expect(drawn(spreadWeeks(INPUT, SETTING))).toMatchFileSnapshot(pictureOf("spread-weeks"));
});
