/**
 * Slots in zones. The changes of the clock are the tz database's: Berlin 2024 on 31 March 01:00Z
 * and 27 October 01:00Z, New York 2024 on 10 March 07:00Z and 3 November 06:00Z, Lord Howe (by half
 * an hour) on 6 April 2024 15:00Z and 5 October 2024 15:30Z, Shanghai none, Samoa without 30
 * December 2011. `zdump -v` prints them. The fuzz steps minute by minute with luxon, as a second
 * method.
 */

import { DateTime } from "luxon";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { type CronFields, parseCron } from "../../src/jobs/cron.ts";
import { nextSlots, slotsIn } from "../../src/jobs/slots.ts";

const MINUTE = 60_000;

function slots(expression: string, zone: string, from: string, to: string): readonly string[] {
  const stretch = { after: Date.parse(from), upTo: Date.parse(to), limit: 10_000 };
  return slotsIn(parseCron(expression), zone, stretch).map((slot) =>
    new Date(slot).toISOString().replace(":00.000Z", "Z"),
  );
}

/** zone | expression | after | up to | slots */
const TABLE = `
UTC                 | 30 2 * * *    | 2024-03-30T02:30Z | 2024-04-01T02:30Z | 2024-03-31T02:30Z 2024-04-01T02:30Z
UTC                 | */20 * * * *  | 2024-03-31T01:00Z | 2024-03-31T02:00Z | 2024-03-31T01:20Z 2024-03-31T01:40Z 2024-03-31T02:00Z
Asia/Shanghai       | 30 2 * * *    | 2024-03-30T00:00Z | 2024-04-01T00:00Z | 2024-03-30T18:30Z 2024-03-31T18:30Z
Asia/Shanghai       | 0 9 * * 1-5   | 2024-03-29T02:00Z | 2024-04-02T00:00Z | 2024-04-01T01:00Z
Europe/Berlin       | 30 2 * * *    | 2024-03-29T12:00Z | 2024-04-01T12:00Z | 2024-03-30T01:30Z 2024-03-31T01:00Z 2024-04-01T00:30Z
Europe/Berlin       | 0,30 2 * * *  | 2024-03-31T00:00Z | 2024-03-31T12:00Z | 2024-03-31T01:00Z
Europe/Berlin       | 0 2,3 * * *   | 2024-03-31T00:00Z | 2024-03-31T12:00Z | 2024-03-31T01:00Z
Europe/Berlin       | 30 2 * * *    | 2024-10-26T12:00Z | 2024-10-28T12:00Z | 2024-10-27T00:30Z 2024-10-28T01:30Z
Europe/Berlin       | 30 * * * *    | 2024-10-26T23:00Z | 2024-10-27T03:00Z | 2024-10-26T23:30Z 2024-10-27T00:30Z 2024-10-27T01:30Z 2024-10-27T02:30Z
Europe/Berlin       | 30 * * * *    | 2024-03-30T23:00Z | 2024-03-31T03:00Z | 2024-03-30T23:30Z 2024-03-31T00:30Z 2024-03-31T01:30Z 2024-03-31T02:30Z
America/New_York    | 30 2 * * *    | 2024-03-09T12:00Z | 2024-03-11T12:00Z | 2024-03-10T07:00Z 2024-03-11T06:30Z
America/New_York    | 30 1 * * *    | 2024-11-02T12:00Z | 2024-11-04T12:00Z | 2024-11-03T05:30Z 2024-11-04T06:30Z
Australia/Lord_Howe | 15 2 * * *    | 2024-10-05T00:00Z | 2024-10-06T15:00Z | 2024-10-05T15:30Z
Australia/Lord_Howe | 45 1 * * *    | 2024-04-06T00:00Z | 2024-04-07T16:00Z | 2024-04-06T14:45Z 2024-04-07T15:15Z
Australia/Lord_Howe | 45 * * * *    | 2024-04-06T14:00Z | 2024-04-06T17:00Z | 2024-04-06T14:45Z 2024-04-06T15:15Z 2024-04-06T16:15Z
Pacific/Apia        | 0 3 * * *     | 2011-12-29T00:00Z | 2011-12-31T00:00Z | 2011-12-29T13:00Z 2011-12-30T10:00Z 2011-12-30T13:00Z
Europe/Berlin       | 0 0 29 2 *    | 2023-01-01T00:00Z | 2024-12-31T00:00Z | 2024-02-28T23:00Z
UTC                 | 0 0 29 2 1    | 2023-01-01T00:00Z | 2024-12-31T00:00Z |
`;

describe("slots of an expression in a zone", () => {
  const rows = TABLE.trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  it.each(rows)("%s: %s after %s up to %s", (zone, expression, from, to, expected) => {
    const found = slots(expression ?? "", zone ?? "", from ?? "", to ?? "");
    expect(found.join(" ")).toBe(expected);
  });

  it("gives the latest where there are more than asked for", () => {
    const stretch = { after: Date.UTC(2024, 0, 1), upTo: Date.UTC(2024, 6, 1), limit: 2 };
    expect(slotsIn(parseCron("*/5 * * * *"), "UTC", stretch)).toEqual([
      Date.UTC(2024, 5, 30, 23, 55),
      Date.UTC(2024, 6, 1),
    ]);
  });

  it("gives none for a stretch that ends before it begins", () => {
    const stretch = { after: 2, upTo: 1, limit: 10 };
    expect(slotsIn(parseCron("* * * * *"), "UTC", stretch)).toEqual([]);
  });
});

describe("the next slots", () => {
  it("lie after the instant, across the missing hour", () => {
    const next = nextSlots(parseCron("30 2 * * *"), "Europe/Berlin", {
      after: Date.UTC(2024, 2, 30, 1, 30),
      count: 2,
    });
    expect(next).toEqual([Date.UTC(2024, 2, 31, 1), Date.UTC(2024, 3, 1, 0, 30)]);
  });

  it("are none where none comes within eight years: 29 February is next a Monday in 2044", () => {
    const far = { after: Date.UTC(2024, 0, 1), count: 1 };
    expect(nextSlots(parseCron("0 0 29 2 1"), "UTC", far)).toEqual([]);
  });
});

const WINDOWS = [
  ["Europe/Berlin", "2024-03-31"],
  ["Europe/Berlin", "2024-10-27"],
  ["America/New_York", "2024-03-10"],
  ["America/New_York", "2024-11-03"],
  ["Australia/Lord_Howe", "2024-04-06"],
  ["Australia/Lord_Howe", "2024-10-05"],
  ["Asia/Shanghai", "2024-02-29"],
  ["America/Santiago", "2024-09-08"],
  ["America/Santiago", "2024-04-07"],
  ["Africa/Casablanca", "2024-03-10"],
  ["Pacific/Apia", "2011-12-30"],
] as const;

describe.each(WINDOWS)("fuzz: %s around %s", (zone, day) => {
  const from = Date.parse(`${day}T00:00Z`) - 2 * 86_400_000;
  const walls = Array.from({ length: 5 * 1440 }, (_, index) =>
    wallMinute(from + index * MINUTE, zone),
  );

  it("agrees with stepping minute by minute", () => {
    const random = xoroshiro128plus(20_240_331);
    const below = (limit: number) => uniformInt(random, 0, limit - 1);
    for (let round = 0; round < 60; round += 1) {
      const expression = randomExpression(below);
      const start = 1440 + below(1440);
      const end = start + below(5 * 1440 - start);
      const stretch = { after: from + start * MINUTE, upTo: from + end * MINUTE, limit: 1e6 };
      const stepped = stepMinutes(parseCron(expression), walls)
        .filter((index) => index > start && index <= end)
        .map((index) => from + index * MINUTE);
      const reckoned = slotsIn(parseCron(expression), zone, stretch);
      expect(reckoned, `${expression} from minute ${start} to ${end}`).toEqual(stepped);
      const next = nextSlots(parseCron(expression), zone, { ...stretch, count: 3 });
      expect(next.filter((slot) => slot <= stretch.upTo)).toEqual(stepped.slice(0, 3));
    }
  });
});

/** The wall clock, in minutes as if it stood in UTC. */
function wallMinute(instant: number, zone: string): number {
  const local = DateTime.fromMillis(instant, { zone });
  return (instant + local.offset * MINUTE) / MINUTE;
}

/** Indices of the minutes that are slots, by walking the wall clock and watching it jump. */
function stepMinutes(cron: CronFields, walls: readonly number[]): readonly number[] {
  const everyHour = cron.hours.length === 24;
  const seen = new Set<number>();
  const slots: number[] = [];
  for (const [index, wall] of walls.entries()) {
    const before = walls[index - 1] ?? wall - 1;
    let slot = fits(cron, wall) && (everyHour || !seen.has(wall));
    for (let missing = before + 1; missing < wall; missing += 1) {
      slot ||= !everyHour && fits(cron, missing);
    }
    seen.add(wall);
    if (slot) slots.push(index);
  }
  return slots;
}

function fits(cron: CronFields, wall: number): boolean {
  const local = DateTime.fromMillis(wall * MINUTE, { zone: "UTC" });
  return (
    cron.minutes.includes(local.minute) &&
    cron.hours.includes(local.hour) &&
    cron.daysOfMonth.includes(local.day) &&
    cron.months.includes(local.month) &&
    cron.weekdays.includes(local.weekday % 7)
  );
}

function randomExpression(below: (limit: number) => number): string {
  const minutes = [`${below(60)}`, "*/5", "*/7", `${below(60)},${below(60)}`, "0"][below(5)];
  const hours = [`${below(24)}`, `${below(4)}`, "*", "0-3", "*/2", `${below(4)},${below(24)}`];
  const weekdays = ["*", "*", "*", "1-5", `${below(7)}`][below(5)];
  return `${minutes} ${hours[below(6)]} * * ${weekdays}`;
}
