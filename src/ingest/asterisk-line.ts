/**
 * One line of Asterisk's `queue_log`: `epoch|callid|queue|agent|EVENT|data...`, where NONE stands for
 * "no such thing". The format is that of app_queue (Asterisk 1.4 to 22; older ones give fewer data).
 */

import { LONGEST_TEXT } from "./text-faults.ts";

export interface QueueLine {
  readonly line: number;
  readonly raw: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly call: string | null;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly event: string;
  readonly data: readonly string[];
}

const SHAPE = /^\d{9,11}(\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|[A-Z]/;

/** Null when the text is no line of a queue log. */
export function queueLine(raw: string, line: number): QueueLine | null {
  if (!SHAPE.test(raw)) return null;
  const [epoch, call, queue, agent, event, ...data] = raw.split("|");
  if ([call, queue, agent, event].some((text) => (text ?? "").length > LONGEST_TEXT)) return null;
  return {
    line,
    raw,
    at: Math.round(Number(epoch) * 1000),
    call: named(call),
    queue: named(queue),
    agent: named(agent),
    event: event ?? "",
    data,
  };
}

/** Whole seconds in a datum; null where the log has none. */
export function secondsIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function named(text: string | undefined): string | null {
  return text === undefined || text === "" || text === "NONE" ? null : text;
}
