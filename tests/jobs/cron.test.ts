/** Expected numbers: crontab(5), read by hand. */

import { describe, expect, it } from "vitest";
import { InputError } from "../../src/domain/shared/errors.ts";
import { parseCron } from "../../src/jobs/cron.ts";

describe("a cron expression", () => {
  it("has five fields, and the second is 0", () => {
    const cron = parseCron("*/15 2,3 1 jan-mar mon");
    expect(cron.seconds).toEqual([0]);
    expect(cron.minutes).toEqual([0, 15, 30, 45]);
    expect(cron.hours).toEqual([2, 3]);
    expect(cron.daysOfMonth).toEqual([1]);
    expect(cron.months).toEqual([1, 2, 3]);
    expect(cron.weekdays).toEqual([1]);
  });

  it("has six with the seconds in front", () => {
    expect(parseCron("*/30 * * * * *").seconds).toEqual([0, 30]);
  });

  it("takes 7 for Sunday", () => {
    expect(parseCron("0 2 * * 7").weekdays).toEqual([0]);
  });

  it.each([
    "",
    "0 0 31 4 *",
    "99 2 * * *",
    "0 2 * *",
    "0 2 L * *",
    "0 2 15W * *",
    "0 2 * * 5#2",
    "often",
  ])("refuses %j", (expression) => {
    expect(() => parseCron(expression)).toThrow(InputError);
  });
});
