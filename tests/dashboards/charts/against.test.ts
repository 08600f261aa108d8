/** What charts draw of the other side, and what their tooltips say of it. */

import { expect, test } from "vitest";
import type { MetricsRow, Spread, SpreadAgent, VolumeRow } from "../../../dashboards/api/types.ts";
import { costPerAction } from "../../../dashboards/charts/cost-per-action.ts";
import { dayCourse } from "../../../dashboards/charts/day-course.ts";
import { dotInterval } from "../../../dashboards/charts/dot-interval.ts";
import { occupancy } from "../../../dashboards/charts/occupancy.ts";
import { outcomes } from "../../../dashboards/charts/outcomes.ts";
import { spreadWeeks } from "../../../dashboards/charts/spread-weeks.ts";
import { volumeChangeMap } from "../../../dashboards/charts/volume-change-map.ts";
import { drawn, SETTING, seriesOf, tooltipAt } from "./drawing.ts";

function agent(name: string, value: number | null, more: Partial<SpreadAgent> = {}): SpreadAgent {
  const bound = (by: number) => (value === null ? null : value + by);
  return {
    ...{ agent: name, name, party: "Harbour Bank", kind: "human", value },
    ...{ low: bound(-0.4), high: bound(0.4), shrunken: value },
    ...{ n: value === null ? 4 : 120, suppressed: value === null },
    ...more,
  } as SpreadAgent;
}

const DOTS = {
  agents: [agent("Ada", 4), agent("Bea", 6), agent("Robot", 5, { kind: "ai" })],
  ...{ mean: 5, standardDeviation: 0.6, kind: "perHour" as const },
  ...{ axisName: "Cases per hour", description: "Agents." },
};

const seriesIds = (option: { series?: unknown }) =>
  (option.series as { id?: string }[]).map(({ id }) => id);

test("the same agent before is a hollow mark in the agent's own place", () => {
  const agents = [agent("Bea", 5.5), agent("Ada", null), agent("Gone", 9), agent("Robot", 4.5)];
  const option = dotInterval({ ...DOTS, against: { agents, mean: 5, group: null } }, SETTING);
  // Bea stands second; Ada had too few and Gone is not here.
  expect(seriesOf(option, "ghosts").data).toEqual([[1, 5.5, 6]]);
  expect(seriesOf(option, "ghosts-beside")).toMatchObject({ data: [[0, 4.5, 5]], xAxisIndex: 1 });
  const { tooltip } = seriesOf(option, "agents") as unknown as {
    tooltip: { formatter: (parameters: object) => string };
  };
  const html = tooltip.formatter({ dataIndex: 1 });
  for (const words of ["Before", "5.50", "n, before", "+0.50 cases an hour"]) {
    expect(html).toContain(words);
  }
  expect(tooltip.formatter({ dataIndex: 0 })).toContain("too few to say");
  expect(drawn(option)).toContain("<svg");
});

test("another group stands in a column of its own, from lowest to highest", () => {
  const agents = [agent("Zoe", 7), agent("Yan", 3), agent("Few", null)];
  const against = { agents, mean: 5, group: "Vendor North" };
  const option = dotInterval({ ...DOTS, against }, SETTING);
  // Two agents, a gap of three places, then the others.
  expect(seriesOf(option, "agents-against").data).toEqual([
    { name: "Yan", value: [5, 3, 2.6, 3.4] },
    { name: "Zoe", value: [6, 7, 6.6, 7.4] },
  ]);
  expect(option.xAxis).toMatchObject([{ max: 7 }, {}]);
  expect(seriesIds(option)).not.toContain("ghosts");
  expect(drawn(option)).toContain("Vendor North: 2 agents");
});

test("nothing compared draws nothing more", () => {
  expect(seriesIds(dotInterval(DOTS, SETTING))).toEqual([
    ...["reference", "agents", "agents-beside", "too-few"],
  ]);
});

const week = (day: string, spread: number | null): Spread["weeks"][number] => ({
  ...{ week: day, agents: 40, rawStandardDeviation: spread, correctedStandardDeviation: spread },
  ...{ correctedVariance: 1, reliability: 0.5, mean: 5, suppressed: spread === null },
});

test("weeks of the other side stand under the weeks they are read against", () => {
  const option = spreadWeeks(
    {
      weeks: [week("2026-06-01", 0.5), week("2026-06-08", 0.6)],
      against: { weeks: [week("2026-05-11", 0.8), week("2026-05-04", null)], shiftDays: 28 },
      ...{ adoptions: [], period: { from: "2026-06-01", to: "2026-06-15" }, kind: "perHour" },
      ...{ axisName: "SD", description: "Weeks." },
    },
    SETTING,
  );
  expect(seriesOf(option, "against").data).toEqual([
    [Date.parse("2026-06-01"), null],
    [Date.parse("2026-06-08"), 0.8],
  ]);
  expect(tooltipAt(option, 1)).toContain("0.80 cases an hour");
  expect(tooltipAt(option, 0)).toContain("too few to say");
});

const cell = (weekday: number, minute: number, offered: number, days = 4): VolumeRow => ({
  ...{ weekday, minute, days, offered, handled: offered },
  ...{ loadErlangs: 1, serviceLevel: 0.8, averageSpeedOfAnswerSeconds: 9 },
});

test("the map of changes: more, fewer with a dash, unknown without a colour", () => {
  const rows = [cell(1, 600, 10), cell(1, 615, 4), cell(2, 600, 5)];
  const against = [cell(1, 600, 7, 3), cell(1, 615, 6), cell(2, 600, 5, 0)];
  const option = volumeChangeMap(
    { rows, against, intervalMinutes: 15, description: "Change." },
    SETTING,
  );
  const cells = seriesOf(option, "cells").data as { value: unknown[]; label: { show: boolean } }[];
  expect(cells.map(({ value, label }) => [value[2], label.show])).toEqual([
    [3, false],
    [-2, true],
    ["-", false],
  ]);
  expect(option.visualMap).toMatchObject({ min: -3, max: 3 });
  const html = tooltipAt(option, 0);
  for (const words of ["+3.0 (+42.9%)", "7.0", "4 days now, 3 there"]) {
    expect(html).toContain(words);
  }
  expect(drawn(option)).toContain("–");
});

const point = (minute: number, serviceLevel: number) => ({
  ...{
    minute,
    offered: 12,
    loadErlangs: 4,
    serviceLevel,
    averageSpeedOfAnswerSeconds: 9,
    days: 20,
  },
});

test("the course of the day has a dashed second line in each strip", () => {
  const option = dayCourse(
    { points: [point(600, 0.9)], against: [{ ...point(600, 0.7), days: 8 }], description: "D." },
    SETTING,
  );
  expect(seriesOf(option, "against 1")).toMatchObject({
    ...{ data: [0.7], yAxisIndex: 1, lineStyle: { type: "dashed" } },
  });
  const html = tooltipAt(option, 0);
  for (const words of ["90.0%", "70.0%", "Service level, before", "20 days now, 8 there"]) {
    expect(html).toContain(words);
  }
});

test("occupancy before is a mark over each bar, and a gap where there is none", () => {
  const bar = (label: string, share: number) => ({ label, occupancy: share, handled: 100 });
  const points = [bar("1 Jun", 0.8), bar("2 Jun", 0.7)];
  const option = occupancy(
    { points, against: [bar("4 May", 0.6), null], description: "" },
    SETTING,
  );
  expect(seriesOf(option, "against").data).toEqual([0.6, null]);
  expect(tooltipAt(option, 0)).toContain("60.0%");
  expect(tooltipAt(option, 1)).not.toContain("before");
});

test("parties: the total before over each bar, each party's cost as a dotted line", () => {
  const row = (party: string, day: string, cost: number, actions: number): MetricsRow => ({
    ...{ party, day, costPerAction: cost, actionsVerified: actions, handled: 9 },
    ...{ currency: "EUR", suppressed: false },
  });
  const period = { from: "2026-06-01", to: "2026-06-03" };
  const input = {
    rows: [row("Harbour Bank", "2026-06-01", 9, 5), row("Vendor North", "2026-06-02", 8, 6)],
    against: {
      rows: [row("Harbour Bank", "2026-05-04", 10, 3), row("Vendor North", "2026-05-04", 11, 4)],
      shiftDays: 28,
    },
    ...{ grain: "day" as const, counted: { period, lastDay: "2026-06-30" }, description: "P." },
  };
  const bars = outcomes(input, SETTING);
  expect(seriesOf(bars, "against").data).toEqual([7, null]);
  expect(tooltipAt(bars, 0)).toContain("Vendor North, before");
  const costs = costPerAction({ ...input, currency: "EUR" }, SETTING);
  expect(seriesOf(costs, "against Vendor North").data).toEqual([11, null]);
});
