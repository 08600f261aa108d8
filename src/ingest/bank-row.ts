/**
 * One row of the `anonymous-bank` log: 17 cells to a call with its stages, or the fault that prevents it.
 *
 * A stage's `start` and `end` are seconds from midnight of the day of the call, 86400 and more on the
 * next day; `seconds` is what the log says it took.
 */

import { dayNumber } from "../domain/shared/days.ts";
import { textFault } from "./text-faults.ts";

export const HEADER = [
  "vru+line",
  "call_id",
  "customer_id",
  "priority",
  "type",
  "date",
  "vru_entry",
  "vru_exit",
  "vru_time",
  "q_start",
  "q_exit",
  "q_time",
  "outcome",
  "ser_start",
  "ser_exit",
  "ser_time",
  "server",
] as const;

export interface BankStage {
  readonly start: number;
  readonly end: number;
  readonly seconds: number;
}

export interface BankCall {
  readonly id: string;
  readonly customer: string | null;
  readonly type: string;
  /** Day number of the local day. */
  readonly day: number;
  readonly vru: BankStage;
  readonly queue: BankStage | null;
  readonly service: BankStage | null;
  readonly outcome: "AGENT" | "HANG" | "PHANTOM";
  readonly server: string | null;
  /** Some clock stands on the day after. */
  readonly wraps: boolean;
}

export interface BankFault {
  readonly code: string;
  readonly field: string;
  readonly value: string;
  readonly expected: string;
}

const DAY_SECONDS = 86_400;
const OUTCOMES = ["AGENT", "HANG", "PHANTOM"] as const;
/** Places of the columns whose text is taken as it is. */
const TEXTS = [0, 1, 2, 4, 16];
const dayNumbers = new Map<string, number>();
const clocks = new Map<string, number>();

/** The call of a row of 17 cells. */
export function bankCall(cells: readonly string[]): BankCall | BankFault {
  const cell = (at: number) => cells[at] ?? "";
  const missing = [0, 1, 4, 5, 12].find((at) => cell(at) === "");
  if (missing !== undefined) return fault("missing_field", missing, "", "a value");
  for (const at of TEXTS) {
    const wrong = textFault(cell(at));
    if (wrong !== null) return fault(wrong.code, at, cell(at).slice(0, 200), wrong.expected);
  }
  const day = dayOf(cell(5));
  if (day === null) return fault("invalid_date", 5, cell(5), "yymmdd");
  const outcome = OUTCOMES.find((name) => name === cell(12));
  if (outcome === undefined) return fault("unknown_value", 12, cell(12), OUTCOMES.join(", "));
  const wrong = [6, 7, 9, 10, 13, 14].find((at) => clockSeconds(cell(at)) === null);
  if (wrong !== undefined) return fault("invalid_time", wrong, cell(wrong), "h:mm:ss");
  const odd = [8, 11, 15].find((at) => !/^-?\d{1,9}$/.test(cell(at)));
  if (odd !== undefined) return fault("invalid_number", odd, cell(odd), "whole seconds");
  // A negative time in the menu is no measure of ours and becomes a finding; these two are measures.
  const negative = [11, 15].find((at) => Number(cell(at)) < 0);
  if (negative !== undefined) {
    return fault("negative_duration", negative, cell(negative), "0 seconds or more");
  }
  return {
    id: `${cell(0)}|${cell(1)}|${cell(5)}`,
    customer: cell(2) === "0" || cell(2) === "" ? null : cell(2),
    type: cell(4),
    day,
    outcome,
    server: cell(16) === "NO_SERVER" || cell(16) === "" ? null : cell(16),
    ...stages(cells),
  };
}

function stages(cells: readonly string[]) {
  let before = 0;
  const at = (index: number) => {
    const clock = clockSeconds(cells[index] ?? "") ?? 0;
    // More than half a day back can only be the next day.
    const second = before - clock > DAY_SECONDS / 2 ? clock + DAY_SECONDS : clock;
    before = second;
    return second;
  };
  const stage = (index: number): BankStage | null => {
    const seconds = Number(cells[index + 2]);
    const none =
      clockSeconds(cells[index] ?? "") === 0 && clockSeconds(cells[index + 1] ?? "") === 0;
    return none && seconds === 0 ? null : { start: at(index), end: at(index + 1), seconds };
  };
  const vru = { start: at(6), end: at(7), seconds: Number(cells[8]) };
  const queue = stage(9);
  const service = stage(13);
  const wraps = [vru, queue, service].some(
    (one) => one !== null && (one.start >= DAY_SECONDS || one.end >= DAY_SECONDS),
  );
  return { vru, queue, service, wraps };
}

/** Seconds of `h:mm:ss`, kept by text; null when it is no clock time. */
function clockSeconds(text: string): number | null {
  const known = clocks.get(text);
  if (known !== undefined) return known;
  const match = /^(\d{1,2}):(\d\d):(\d\d)$/.exec(text);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const total = hours * 3600 + minutes * 60 + seconds;
  clocks.set(text, total);
  return total;
}

/** Day number of `yymmdd`: 70 to 99 are of the last century. */
function dayOf(text: string): number | null {
  const known = dayNumbers.get(text);
  if (known !== undefined) return known;
  if (!/^\d{6}$/.test(text)) return null;
  const century = Number(text.slice(0, 2)) >= 70 ? "19" : "20";
  const day = `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`;
  if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return null;
  const number = dayNumber(day);
  dayNumbers.set(text, number);
  return number;
}

function fault(code: string, at: number, value: string, expected: string): BankFault {
  return { code, field: HEADER[at] ?? "row", value, expected };
}
