import { expect, test } from "vitest";
import {
  type ChartTimes,
  type Note,
  noteDays,
  notesAt,
  notesWithin,
  withAnnotations,
} from "../../../dashboards/charts/annotation-marks.ts";
import { instantOf } from "../../../dashboards/charts/axes.ts";
import { occupancy } from "../../../dashboards/charts/occupancy.ts";
import { drawn, SETTING, seriesOf, settingIn, tooltipAt } from "./drawing.ts";

const note = (from: string, to: string, text = "Note"): Note => ({ id: from, from, to, text });

const DAYS: ChartTimes = {
  axis: "category",
  grain: "day",
  starts: ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"],
};
const WEEKS: ChartTimes = {
  axis: "time",
  grain: "week",
  starts: ["2026-03-02", "2026-03-09", "2026-03-16"],
};

const chart = occupancy(
  {
    points: DAYS.starts.map((day) => ({ day, label: day, occupancy: 0.8, handled: 40 })),
    description: "Occupancy over time.",
  },
  SETTING,
);

interface Marks {
  readonly markLine: { readonly data: readonly { xAxis: number }[] };
  readonly markArea: { readonly data: readonly (readonly { xAxis: number }[])[] };
}

const marksOf = (notes: readonly Note[], times: ChartTimes): Marks =>
  seriesOf(withAnnotations(chart, notes, times, SETTING), "annotations") as unknown as Marks;

test("without a note the chart is the very same", () => {
  expect(withAnnotations(chart, [], DAYS, SETTING)).toBe(chart);
  const elsewhere = [note("2026-03-01", "2026-03-02"), note("2026-03-06", "2026-03-07")];
  expect(withAnnotations(chart, elsewhere, DAYS, SETTING)).toBe(chart);
  expect(withAnnotations(chart, elsewhere, { ...DAYS, starts: [] }, SETTING)).toBe(chart);
});

test("a note on one day is a line, one over days is a line and a band", () => {
  const marks = marksOf([note("2026-03-03", "2026-03-04"), note("2026-03-04", "2026-03-06")], DAYS);
  expect(marks.markLine.data.map(({ xAxis }) => xAxis)).toEqual([1, 2]);
  expect(marks.markArea.data).toEqual([[{ xAxis: 2 }, { xAxis: 3 }]]);
});

test("a note that began before the chart, or goes on after it, stands at its ends", () => {
  const marks = marksOf([note("2026-01-01", "2026-12-31")], DAYS);
  expect(marks.markLine.data.map(({ xAxis }) => xAxis)).toEqual([0]);
  expect(marks.markArea.data).toEqual([[{ xAxis: 0 }, { xAxis: 3 }]]);
  const weeks = marksOf([note("2026-01-01", "2026-12-31")], WEEKS);
  const [first, last] = [instantOf("2026-03-02"), instantOf("2026-03-16")];
  expect(weeks.markArea.data).toEqual([[{ xAxis: first }, { xAxis: last }]]);
});

test("on an axis of instants it stands on its day; in the last week, at the end of the axis", () => {
  const marks = marksOf(
    [note("2026-03-11", "2026-03-12"), note("2026-03-20", "2026-03-21")],
    WEEKS,
  );
  expect(marks.markLine.data.map(({ xAxis }) => xAxis)).toEqual([
    instantOf("2026-03-11"),
    instantOf("2026-03-16"),
  ]);
  expect(marks.markArea.data).toEqual([]);
});

test("a time has the notes that touch any of its days", () => {
  const notes = [note("2026-03-15", "2026-03-17"), note("2026-03-02", "2026-03-09")];
  const starts = (found: readonly Note[]) => found.map(({ from }) => from);
  expect(starts(notesWithin(notes, WEEKS))).toEqual(["2026-03-02", "2026-03-15"]);
  expect([0, 1, 2, 3].map((index) => starts(notesAt(notes, WEEKS, index)))).toEqual([
    ["2026-03-02"],
    ["2026-03-15"],
    ["2026-03-15"],
    [],
  ]);
});

test("the tooltip keeps its figures and has the notes of its days below", () => {
  const option = withAnnotations(
    chart,
    [note("2026-03-03", "2026-03-05", "New script")],
    DAYS,
    SETTING,
  );
  expect(tooltipAt(option, 0)).toBe(tooltipAt(chart, 0));
  expect(tooltipAt(option, 1).startsWith(tooltipAt(chart, 1))).toBe(true);
  expect(tooltipAt(option, 1)).toContain("<b>3 Mar – 4 Mar</b> <bdi>New script</bdi>");
});

test("markup, right-to-left and emoji are text", () => {
  const text = `<img src=x onerror="alert(1)"> \u202Eevil שלום 🎉`;
  const html = tooltipAt(
    withAnnotations(chart, [note("2026-03-02", "2026-03-03", text)], DAYS, SETTING),
    0,
  );
  expect(html).not.toContain("<img");
  const escaped = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; \u202Eevil שלום 🎉";
  // In a <bdi> no direction reaches what stands beside it.
  expect(html).toContain(`<bdi>${escaped}</bdi>`);
  const option = withAnnotations(chart, [note("2026-03-02", "2026-03-03", text)], DAYS, SETTING);
  expect(drawn(option)).not.toContain("onerror");
});

test("days are written as the reader's language writes them", () => {
  const { formats } = settingIn("zh");
  expect(noteDays(note("2026-03-03", "2026-03-04"), formats)).toBe("3月3日");
  expect(noteDays(note("2026-03-03", "2026-03-06"), formats)).toBe("3月3日 – 3月5日");
});

test("each note is drawn as a line and a flag", () => {
  const paths = (notes: readonly Note[]) =>
    drawn(withAnnotations(chart, notes, DAYS, SETTING)).match(/<path/g)?.length ?? 0;
  const one = [note("2026-03-03", "2026-03-04")];
  expect(paths([...one, note("2026-03-05", "2026-03-06")])).toBe(paths(one) + 2);
});
