/** Empty days and surges: small calendars drawn by hand, and real logs with their known faults. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyDays, surges } from "../../../src/domain/quality/days.ts";
import type { DayCount } from "../../../src/domain/quality/finding.ts";
import { addDays } from "../../../src/domain/shared/days.ts";

const REAL_DATA = resolve(process.env.MUSTER_REAL_DATA || "../shared/data");
/** A Monday. */
const START = "2024-01-01";

describe("emptyDays", () => {
  // One digit a day from Monday on, a line a week; 0 is a day without rows.
  it.each([
    ["a lone gap", "9999900 9909900 9999900", ["2024-01-10"]],
    ["closed weekends", "9999900 9999900 9999900", []],
    ["a gap at either end is no gap", "0099900 9999900 9999000", []],
    ["two of three Wednesdays without rows: then it is usual", "9909900 9999900 9909900", []],
    ["a whole week off", "9999900 0000000 9999900 9999900", weekdays("2024-01-08")],
    ["a Sunday open twice in six weeks", "9999909 9999909 9999900 9999900 9999900 9999900", []],
    ["too short a log to know", "9999900 0999900", []],
  ])("%s", (_, picture, expected) => {
    expect(emptyDays(countsOf(picture)).map(({ day }) => day)).toEqual(expected);
  });

  it("tells what is usual", () => {
    const [found] = emptyDays(countsOf("9999900 9909900 9979900"));
    expect(found).toEqual({
      code: "day_without_rows",
      day: "2024-01-10",
      agent: null,
      queue: null,
      count: 0,
      // Neighbours 9 and 7: median 8.
      detail: { weekday: 3, sameWeekdays: 2, sameWeekdaysWithRows: 2, usualRows: 8 },
    });
    expect(emptyDays([])).toEqual([]);
  });
});

describe("surges", () => {
  const mondays = (rows: readonly number[]) =>
    rows.map((count, week) => ({ day: addDays(START, 7 * week), rows: count }));

  it.each([
    ["three times as many", [100, 104, 96, 300, 100, 98], ["2024-01-22"]],
    ["a third more", [100, 104, 96, 133, 100, 98], []],
    ["steady as a clock and less than half more", [1000, 1000, 1000, 1450, 1000, 1000], []],
    ["far more, but this weekday always swings", [100, 400, 50, 500, 90, 300], []],
    ["twice very few", [3, 2, 3, 6, 3, 2], []],
    ["too few neighbours", [100, 100, 900, 100], []],
    ["the neighbours of a surge are no surge", [100, 100, 100, 1000, 100, 100], ["2024-01-22"]],
  ])("%s", (_, rows, expected) => {
    expect(surges(mondays(rows)).map(({ day }) => day)).toEqual(expected);
  });

  it("shows its reckoning: 300 against median 100, floor 0.1: ln 3 / 0.1 (hand)", () => {
    const [found] = surges(mondays([100, 100, 100, 300, 100, 100]));
    expect(found).toMatchObject({
      code: "surge",
      count: 300,
      detail: { usualRows: 100, ratio: 3 },
    });
    expect(found?.detail.deviations).toBeCloseTo(Math.log(3) / 0.1, 12);
  });

  it("does not depend on the order of the days, nor on how rows come in parts", () => {
    const days = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(days, (rows) => {
        const counts = rows.map((count, at) => ({ day: addDays(START, at), rows: count }));
        const parts = counts.flatMap(({ day, rows: count }) => [
          { day, rows: Math.floor(count / 3) },
          { day, rows: count - Math.floor(count / 3) },
        ]);
        expect(surges(parts.reverse())).toEqual(surges(counts));
        expect(emptyDays(parts)).toEqual(emptyDays(counts));
      }),
    );
  });
});

describe.skipIf(!existsSync(REAL_DATA))("real logs", () => {
  it("the Anonymous Bank: the two empty days of January, alone and in four months, no surge", () => {
    // By awk: 118 of the 120 days from 1 January to 30 April 1999 have rows; 990111 and 990112 do not.
    const folder = join(REAL_DATA, "anonymous_bank");
    const months = readdirSync(folder)
      .filter((name) => name.endsWith(".txt.gz"))
      .sort()
      .map((name) =>
        gunzipSync(readFileSync(join(folder, name)))
          .toString()
          .split("\n")
          .slice(1),
      )
      .map((lines) => lines.filter((line) => line !== "").map((line) => line.split("\t")[5] ?? ""))
      .map((dates) => counted(dates.map(dayOf)));
    const january = months[0] ?? [];
    expect(emptyDays(january).map(({ day }) => day)).toEqual(["1999-01-11", "1999-01-12"]);
    for (const later of months.slice(1)) expect(emptyDays(later)).toEqual([]);
    const all = months.flat();
    expect(all.length).toBe(118);
    expect(emptyDays(all).map(({ day }) => day)).toEqual(["1999-01-11", "1999-01-12"]);
    expect(surges(all)).toEqual([]);
  });

  it("bank_calls: the working days the data's readers name as missing, the weekends not", () => {
    // 4 and 7 April, Memorial Day, Independence Day, Labor Day 2003: gaps of fpp3::bank_calls.
    const lines = readFileSync(join(REAL_DATA, "bank_calls/bank_calls_5min.csv"), "utf8");
    const days = lines
      .split("\n")
      .slice(1)
      .filter((line) => line !== "");
    const counts = counted(days.map((line) => line.slice(0, 10)));
    expect(emptyDays(counts).map(({ day }) => day)).toEqual([
      "2003-04-04",
      "2003-04-07",
      "2003-05-26",
      "2003-07-04",
      "2003-09-01",
    ]);
  });
});

function countsOf(picture: string): DayCount[] {
  const digits = [...picture].filter((digit) => digit !== " ");
  return digits.map((digit, at) => ({ day: addDays(START, at), rows: Number(digit) }));
}

function weekdays(monday: string): string[] {
  return [0, 1, 2, 3, 4].map((at) => addDays(monday, at));
}

function dayOf(yymmdd: string): string {
  return `19${yymmdd.slice(0, 2)}-${yymmdd.slice(2, 4)}-${yymmdd.slice(4)}`;
}

function counted(days: readonly string[]): DayCount[] {
  const rows = new Map<string, number>();
  for (const day of days) rows.set(day, (rows.get(day) ?? 0) + 1);
  return [...rows].map(([day, count]) => ({ day, rows: count }));
}
