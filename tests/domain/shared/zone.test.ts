/**
 * Zones against luxon as a second method, over a dozen zones and their changes, and against dates
 * looked up by hand: Israel's summer time of 1999 began on Friday 2 April at 02:00 and ended on
 * Friday 3 September at 02:00 (tz database, asia, rule Zion); Lord Howe moves by half an hour;
 * Samoa has no 30 December 2011; Casablanca goes back for Ramadan.
 */

import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dayNumber,
  daysBetween,
  dayText,
  monthStart,
  weekdayOfDay,
  weekStart,
} from "../../../src/domain/shared/days.ts";
import { InputError } from "../../../src/domain/shared/errors.ts";
import { zoneClock } from "../../../src/domain/shared/zone.ts";

const ZONES = [
  "UTC",
  "Asia/Jerusalem",
  "Asia/Shanghai",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "America/Sao_Paulo",
  "Africa/Casablanca",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Pacific/Apia",
  "Pacific/Chatham",
];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const instants = fc.integer({
  min: Date.UTC(1975, 0, 1) / 1000,
  max: Date.UTC(2035, 0, 1) / 1000,
});

describe("an instant in a zone", () => {
  it.each(ZONES)("%s: day, hour, weekday and offset are luxon's", (zone) => {
    const clock = zoneClock(zone);
    fc.assert(
      fc.property(instants, (second) => {
        const at = second * 1000;
        const local = DateTime.fromMillis(at, { zone });
        expect([clock.day(at), clock.hour(at), clock.weekday(at), clock.offset(at)]).toEqual([
          local.toISODate(),
          local.hour,
          local.weekday,
          local.offset * 60_000,
        ]);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it.each(ZONES)("%s: every half hour of 1999, around the changes too", (zone) => {
    const clock = zoneClock(zone);
    const wrong: number[] = [];
    for (let at = Date.UTC(1999, 0, 1); at < Date.UTC(2000, 0, 1); at += HOUR / 2) {
      const { offset } = DateTime.fromMillis(at, { zone });
      if (clock.offset(at) !== offset * 60_000) wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });
});

describe("a wall time in a zone", () => {
  it.each(ZONES)("%s: going there and back", (zone) => {
    const clock = zoneClock(zone);
    fc.assert(
      fc.property(instants, (second) => {
        const at = second * 1000;
        const back = clock.instant(clock.wall(at));
        // In the fold the first of the two comes back, which is earlier by the length of the fold.
        if (back !== at) {
          expect(back).toBeLessThan(at);
          expect(clock.wall(back)).toBe(clock.wall(at));
        }
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it.each(ZONES)("%s: luxon agrees outside of gaps and folds", (zone) => {
    const clock = zoneClock(zone);
    fc.assert(
      fc.property(instants, (second) => {
        const wall = DateTime.fromMillis(second * 1000, { zone: "UTC" });
        const local = wall.setZone(zone, { keepLocalTime: true });
        const offsets = new Set(
          [-DAY, 0, DAY].map((by) => DateTime.fromMillis(local.toMillis() + by, { zone }).offset),
        );
        if (offsets.size === 1) expect(clock.instant(wall.toMillis())).toBe(local.toMillis());
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it("shifts forward by the gap in spring", () => {
    const israel = zoneClock("Asia/Jerusalem");
    // 02:30 on 2 April 1999 does not exist; 03:30 summer time (UTC+3) is 00:30Z.
    expect(israel.instant(Date.UTC(1999, 3, 2, 2, 30))).toBe(Date.UTC(1999, 3, 2, 0, 30));
    expect(israel.instant(Date.UTC(1999, 3, 2, 1, 59))).toBe(Date.UTC(1999, 3, 1, 23, 59));
    expect(israel.instant(Date.UTC(1999, 3, 2, 3, 0))).toBe(Date.UTC(1999, 3, 2, 0, 0));
    // Lord Howe, 6 October 2024: 02:00 (+10:30) becomes 02:30 (+11), so 02:15 is 02:45 (+11).
    const howe = zoneClock("Australia/Lord_Howe");
    expect(howe.instant(Date.UTC(2024, 9, 6, 2, 15))).toBe(Date.UTC(2024, 9, 5, 15, 45));
  });

  it("takes the first of the two in autumn", () => {
    const israel = zoneClock("Asia/Jerusalem");
    // 01:30 on 3 September 1999 comes twice: at 22:30Z (summer, UTC+3) and at 23:30Z.
    expect(israel.instant(Date.UTC(1999, 8, 3, 1, 30))).toBe(Date.UTC(1999, 8, 2, 22, 30));
    expect(israel.instant(Date.UTC(1999, 8, 3, 2, 0))).toBe(Date.UTC(1999, 8, 3, 0, 0));
    // Lord Howe, 7 April 2024: 02:00 (+11) becomes 01:30 (+10:30), so 01:45 comes twice.
    const howe = zoneClock("Australia/Lord_Howe");
    expect(howe.instant(Date.UTC(2024, 3, 7, 1, 45))).toBe(Date.UTC(2024, 3, 6, 14, 45));
  });

  it("knows the length of a day", () => {
    const hours = (zone: string, day: string) => {
      const clock = zoneClock(zone);
      return (clock.dayEnd(day) - clock.dayStart(day)) / HOUR;
    };
    expect(hours("Asia/Jerusalem", "1999-04-02")).toBe(23);
    expect(hours("Asia/Jerusalem", "1999-09-03")).toBe(25);
    expect(hours("Australia/Lord_Howe", "2024-10-06")).toBe(23.5);
    expect(hours("Pacific/Apia", "2011-12-29")).toBe(24);
    // Midnight itself was skipped in Sao Paulo on 4 November 2018: the day starts at 01:00.
    const paulo = zoneClock("America/Sao_Paulo");
    expect(paulo.hour(paulo.dayStart("2018-11-04"))).toBe(1);
  });

  it("starts intervals on the wall's clock", () => {
    const kathmandu = zoneClock("Asia/Kathmandu");
    // 14:37 local (UTC+5:45) is 08:52Z; the half hour began at 14:30, that is 08:45Z.
    expect(kathmandu.intervalStart(Date.UTC(2024, 0, 1, 8, 52), 30)).toBe(
      Date.UTC(2024, 0, 1, 8, 45),
    );
    expect(kathmandu.intervalStart(Date.UTC(1969, 0, 1, 8, 52), 15)).toBeLessThanOrEqual(
      Date.UTC(1969, 0, 1, 8, 52),
    );
  });

  it("has no numbers for what is no time", () => {
    const clock = zoneClock("Europe/Berlin");
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, 9e15, Date.UTC(12_000, 0, 1)]) {
      expect([clock.offset(at), clock.instant(at), clock.wall(at)]).toEqual(Array(3).fill(NaN));
    }
  });

  it("refuses a zone it does not know", () => {
    expect(() => zoneClock("Mars/Olympus")).toThrow(InputError);
    expect(() => zoneClock("Mars/Olympus")).toThrow(/invalid zone: Mars\/Olympus/);
  });

  it("converts a million wall times in well below half a second", () => {
    const clock = zoneClock("Asia/Jerusalem");
    const first = Date.UTC(1999, 0, 1);
    clock.day(clock.instant(first));
    const run = () => {
      const before = performance.now();
      let length = 0;
      for (let index = 0; index < 1_000_000; index++) {
        // A stride of 7 h 13 min over a year, so that days and stretches change all the time.
        const at = clock.instant(first + ((index * 25_980_000) % (365 * DAY)));
        length += clock.day(at).length;
      }
      expect(length).toBe(10_000_000);
      return performance.now() - before;
    };
    // The best of three: others may be using the machine.
    expect(Math.min(run(), run(), run())).toBeLessThan(500);
  });
});

describe("days", () => {
  it("counts, adds and finds weeks as luxon does", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -30_000, max: 60_000 }),
        fc.integer({ min: -400, max: 400 }),
        (number, count) => {
          const day = dayText(number);
          const date = DateTime.fromISO(day, { zone: "UTC" });
          expect(dayNumber(day)).toBe(number);
          expect(addDays(day, count)).toBe(date.plus({ days: count }).toISODate());
          expect(daysBetween(day, addDays(day, count))).toBe(count);
          expect(weekdayOfDay(day)).toBe(date.weekday);
          expect(weekStart(day)).toBe(date.startOf("week").toISODate());
          expect(monthStart(day)).toBe(date.startOf("month").toISODate());
        },
      ),
      { seed: 4 },
    );
  });

  it.each(["1999-02-29", "1999-13-01", "1999-1-1", "", "yesterday", "1999-02-31"])(
    "refuses %j",
    (text) => {
      expect(() => dayNumber(text)).toThrow(InputError);
    },
  );
});
