/** Marks as text in an address, the way from one to the next, and what each asks the API. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  marksWithin,
  nearestMark,
  nextPlace,
  walkedSeries,
} from "../../dashboards/frame/chart-marks.ts";
import { contactsMark, type Mark, markOfText, textOfMark } from "../../dashboards/frame/mark.ts";
import { dotsMark, weekMark } from "../../dashboards/pages/managers/marks.ts";
import { cellMark, courseMark, daysMark } from "../../dashboards/pages/planners/marks.ts";
import { figureOfSpread, figureOfVolume } from "../../dashboards/pages/shared/mark-figure.ts";
import { contactsOf } from "../../dashboards/pages/shared/populations.ts";
import { partyMark, timeMark } from "../../dashboards/pages/vendors/marks.ts";

describe("a mark in an address", () => {
  test("comes out as it went in", () => {
    const value = fc.stringMatching(/^[\w.,-]+$/);
    const marks = fc.record({
      kind: fc.constantFrom("contacts", "spread", "tasks", "task"),
      figure: value,
      narrowing: fc.record(
        { from: value, agent: value, weekday: value, withoutParty: value },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(marks, (mark) => {
        const search = new URLSearchParams({ rows: textOfMark(mark as Mark) });
        expect(markOfText(new URLSearchParams(search.toString()).get("rows"))).toEqual(mark);
      }),
    );
  });

  test("is what a person can read", () => {
    const mark = contactsMark("offered", { minute: "600", weekday: "2" });
    expect(textOfMark(mark)).toBe("contacts:offered;weekday:2;minute:600");
  });

  test.each([null, "", "handled", "contacts", "contacts:", "other:handled", "contacts:<b>"])(
    "is none of %s",
    (text) => expect(markOfText(text)).toBeNull(),
  );

  test("leaves out what it does not know", () => {
    const mark = markOfText("contacts:handled;limit:9;agent:<i>;weekday:2;cursor:x;__proto__:a");
    expect(mark).toEqual(contactsMark("handled", { weekday: "2" }));
  });
});

describe("the arrow keys", () => {
  const option = {
    series: [
      { type: "bar" as const, id: "one", data: [null, 3, null, 5] },
      { type: "bar" as const, id: "other", data: [{ value: 1 }, null, 2, null] },
      { type: "line" as const, id: "not walked", data: [1, 2, 3, 4] },
    ],
  };
  const all = walkedSeries(option, ["one", "other", "absent"]);
  const walk = (...keys: string[]) =>
    keys.reduce<ReturnType<typeof nextPlace>>((now, key) => nextPlace(all, now, key), null);

  test("begin at the first mark and step over gaps, to the ends and no further", () => {
    expect(walk("ArrowRight")).toEqual({ series: "one", index: 1 });
    expect(walk("ArrowRight", "ArrowRight")).toEqual({ series: "one", index: 3 });
    expect(walk("ArrowRight", "End", "ArrowRight")).toEqual({ series: "one", index: 3 });
    expect(walk("ArrowRight", "End", "Home")).toEqual({ series: "one", index: 1 });
    expect(walk("ArrowRight", "ArrowLeft")).toEqual({ series: "one", index: 1 });
    expect(walk("x")).toBeNull();
  });

  test("go to the nearest mark of the series beside", () => {
    expect(walk("ArrowRight", "End", "ArrowDown")).toEqual({ series: "other", index: 2 });
    expect(walk("ArrowRight", "ArrowDown", "ArrowDown")).toMatchObject({ series: "other" });
    expect(walk("ArrowRight", "ArrowDown", "ArrowUp")).toEqual({ series: "one", index: 1 });
  });

  test("go over the cells of a heat map as they lie", () => {
    const data = [
      [0, 0, 9],
      [2, 0, 9],
      [0, 1, 9],
      [1, 1, 9],
    ];
    const cells = walkedSeries({ series: [{ type: "heatmap", id: "cells", data }] }, ["cells"]);
    const from = (index: number, key: string) =>
      nextPlace(cells, { series: "cells", index }, key)?.index;
    expect(from(0, "ArrowRight")).toBe(1);
    expect(from(0, "ArrowDown")).toBe(2);
    expect(from(2, "ArrowRight")).toBe(3);
    expect(from(3, "ArrowUp")).toBe(3);
    expect(from(1, "ArrowLeft")).toBe(0);
  });

  test("and the pointer find marks along an axis of figures", () => {
    const data = [{ value: [0, 5] }, { value: [1, 6] }, { value: [4, 2] }];
    const [dots] = walkedSeries({ series: [{ type: "custom", id: "dots", data }] }, ["dots"]);
    if (dots === undefined) throw new Error("no series");
    expect(marksWithin(dots, [0.5, 4.5])).toEqual([1, 2]);
    expect(nearestMark(dots, 3)).toBe(2);
    const [bars] = all;
    expect(bars && nearestMark(bars, 0)).toBe(1);
  });
});

describe("a mark of a page", () => {
  const agent = (id: string, value: number | null, kind: "human" | "ai" = "human") => ({
    agent: id,
    name: id,
    party: null,
    kind,
    value,
    low: null,
    high: null,
    n: 40,
    suppressed: value === null,
    shrunken: null,
  });
  const figure = {
    agents: 9,
    rawStandardDeviation: 2,
    correctedStandardDeviation: 1,
    correctedVariance: 1,
    reliability: 0.5,
    mean: 5,
    suppressed: false,
  };
  const spread = {
    metric: "casesPerHour" as const,
    unit: "contacts per hour",
    overall: figure,
    weeks: [
      { ...figure, week: "2026-03-09", correctedStandardDeviation: 3 },
      { ...figure, week: "2026-03-02" },
    ],
    cut: null,
    agents: [agent("high", 9), agent("none", null), agent("low", 1), agent("robot", 90, "ai")],
    adoptions: [],
  };
  const period = { from: "2026-03-04", to: "2026-03-12" };

  test("of the managers is an agent, several, or the days of a week in the period", () => {
    expect(dotsMark(spread, "agents", [0])?.narrowing).toEqual({ agent: "low" });
    expect(dotsMark(spread, null, [0, 1])?.narrowing).toEqual({ agent: "low,high" });
    expect(dotsMark(spread, "agents-beside", [0])?.narrowing).toEqual({ agent: "robot" });
    expect(dotsMark(spread, "other", [0])).toBeNull();
    const first = weekMark(spread, 0, period);
    expect(first?.narrowing).toEqual({ from: "2026-03-04", to: "2026-03-09" });
    const second = weekMark(spread, 1, period);
    expect(second?.narrowing).toEqual({ from: "2026-03-09", to: "2026-03-12" });
    if (first === null || second === null) throw new Error("no week");
    // The week is found again by a day in it, though the period begins later than its Monday.
    expect(figureOfSpread(spread, first)).toMatchObject({ value: 1, n: 9 });
    expect(figureOfSpread(spread, second)).toMatchObject({ value: 3 });
    expect(weekMark(spread, 2, period)).toBeNull();
  });

  test("of the planners is a quarter of an hour, or days", () => {
    const row = (weekday: number, minute: number, days: number, offered: number) => ({
      weekday,
      minute,
      days,
      offered,
      handled: 0,
      loadErlangs: null,
      serviceLevel: null,
      averageSpeedOfAnswerSeconds: null,
    });
    const rows = [row(1, 600, 0, 4), row(1, 615, 2, 4), row(2, 600, 2, 1), row(2, 615, 1, 10)];
    const volume = { zone: "UTC", intervalMinutes: 15 as const, rows };
    // A weekday without days in the period is in no cell.
    expect(cellMark(volume, 0)?.narrowing).toEqual({ weekday: "1", minute: "615" });
    expect(cellMark(volume, 3)).toBeNull();
    const course = courseMark(volume, null, 1);
    expect(course?.narrowing).toEqual({ minute: "615" });
    expect(courseMark(volume, 2, 0)?.narrowing).toEqual({ weekday: "2", minute: "600" });
    if (course === null) throw new Error("no mark");
    // Mean over the days: 2 days of 4 and 1 of 10.
    expect(figureOfVolume(rows, course)).toMatchObject({ value: 6, n: 18 });
    expect(daysMark("occupancy", "2026-03-02", 7, period).narrowing).toEqual({
      from: "2026-03-04",
      to: "2026-03-09",
    });
  });

  test("of the vendors is a party, a time, or a party at a time", () => {
    expect(partyMark("handled", { party: "North", partyId: "id" }).narrowing).toEqual({
      party: "id",
    });
    expect(partyMark("handled", { party: null, partyId: null }).narrowing).toEqual({
      withoutParty: "true",
    });
    const input = {
      figure: "costPerAction",
      times: { times: ["2026-03-02"], parts: [], series: [] },
      grain: "week" as const,
      period,
      parties: [{ id: "id", name: "North", kind: "vendor" as const }],
    };
    const days = { from: "2026-03-04", to: "2026-03-09" };
    expect(timeMark(input, null, 0)).toEqual(contactsMark("costPerAction", days));
    const own = { ...days, party: "id" };
    expect(timeMark(input, "provisional North", 0)).toEqual(contactsMark("costPerAction", own));
    expect(timeMark(input, "volume North", 0)).toEqual(contactsMark("handled", own));
    expect(timeMark(input, "volume South", 0)).toBeNull();
    expect(timeMark(input, null, 1)).toBeNull();
  });

  test("asks for the contacts of its figure within the filters of the page", () => {
    const mark = contactsMark("firstContactResolution", { agent: "a", from: "2026-03-04" });
    const filters = { from: "2026-03-01", to: "2026-03-08", queue: "q" };
    const base = { from: "2026-03-04", to: "2026-03-08", queue: "q", agent: "a" };
    expect(contactsOf(mark, filters, "whole")).toEqual({ ...base, judgedWithin: "7" });
    expect(contactsOf(mark, filters, "cameAgain")).toEqual({
      ...base,
      judgedWithin: "7",
      repeatedWithin: "7",
    });
  });
});
