/**
 * Reads a cron expression into the numbers it allows: five fields, or six with seconds in front.
 * node-cron parses (names, ranges, steps, `@daily`), so that what fires and what is reckoned agree.
 *
 * A day must fit both the day of the month and the weekday, as node-cron has it; Vixie cron would
 * take either. `L`, `15W` and `5#2` are refused: slots are reckoned from plain numbers.
 *
 * @example
 * parseCron("30 2 * * 1").hours // [2]
 */

import { parse } from "node-cron";
import { inputError } from "../domain/shared/errors.ts";

export interface CronFields {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: readonly number[];
  readonly months: readonly number[];
  /** 0 = Sunday to 6 = Saturday. */
  readonly weekdays: readonly number[];
}

/**
 * @throws InputError `invalid_cron` where the expression is none, or has fields other than numbers.
 */
export function parseCron(expression: string): CronFields {
  const fields = parsed(expression);
  return {
    seconds: numbers(expression, fields.second),
    minutes: numbers(expression, fields.minute),
    hours: numbers(expression, fields.hour),
    daysOfMonth: numbers(expression, fields.dayOfMonth),
    months: numbers(expression, fields.month),
    weekdays: numbers(expression, fields.dayOfWeek),
  };
}

function parsed(expression: string): ReturnType<typeof parse> {
  try {
    return parse(expression);
  } catch (cause) {
    throw invalid(expression, { cause });
  }
}

function numbers(expression: string, values: readonly (number | string)[]): readonly number[] {
  const plain = values.filter((value) => typeof value === "number");
  if (plain.length === 0 || plain.length < values.length) throw invalid(expression);
  return [...new Set(plain)].sort((a, b) => a - b);
}

function invalid(expression: string, options?: { cause: unknown }): Error {
  const expected = "five or six cron fields of plain numbers, such as 30 2 * * 1";
  return inputError({ code: "invalid_cron", path: "cron", value: expression, expected }, options);
}
