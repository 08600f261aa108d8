/**
 * `asterisk-queue-log`: what Asterisk's app_queue writes, one event a line. Calls become contacts (see
 * `asterisk-calls.ts`), pauses and logins become agents' states (`asterisk-agents.ts`), all else and
 * every event not known becomes a log event.
 *
 * Times are epoch seconds, so the zone is needed for days only. An identical line is the same event:
 * a log event's id is a digest of its line.
 */

import { createHash } from "node:crypto";
import { inputError } from "../domain/shared/errors.ts";
import type { LogEventRecord, Reject, RowFinding } from "../domain/shared/records.ts";
import { type ZoneClock, zoneClock } from "../domain/shared/zone.ts";
import { stateTracker } from "./asterisk-agents.ts";
import { callTracker, type LegTaken } from "./asterisk-calls.ts";
import { type QueueLine, queueLine } from "./asterisk-line.ts";
import type { Format, ParsedBlock, TakenRow } from "./format.ts";
import { linesOf } from "./lines.ts";

interface Collected {
  rows: number;
  taken: TakenRow[];
  rejects: Reject[];
  findings: RowFinding[];
}

const SHAPE = "epoch|callid|queue|agent|EVENT|data...";

export const asteriskQueueLog: Format = {
  name: "asterisk-queue-log",
  summary: "Asterisk's queue_log: calls, pauses, logins and events",
  zone: null,
  async *parse(text, options): AsyncGenerator<ParsedBlock> {
    const clock = zoneClock(options.zone);
    const calls = callTracker(clock);
    const states = stateTracker();
    let isFirst = true;
    const takeLine = (raw: string, number: number, into: Collected) => {
      const line = queueLine(raw, number);
      if (line === null && isFirst) throw wrongFormat(raw, number);
      isFirst = false;
      into.rows++;
      if (line === null) {
        into.rejects.push(rejected("malformed_row", "line", raw, SHAPE, number, raw));
        return;
      }
      const step = calls.step(line);
      if (step === "kept") return;
      if (step === "call_without_start") {
        into.rejects.push(withoutStart(line));
        return;
      }
      if (step !== "not_of_a_call") {
        takeLeg(step, into);
        return;
      }
      const state = states.step(line);
      if (state?.taken) into.taken.push(state.taken);
      for (const loose of state?.loose ?? (state === null ? [line] : [])) {
        into.taken.push(logEvent(loose, clock));
      }
    };
    for await (const { firstLine, lines } of linesOf(text)) {
      const into = collected();
      lines.forEach((raw, index) => {
        if (raw.trim() !== "") takeLine(raw, firstLine + index, into);
      });
      yield into;
    }
    const rest = collected();
    for (const leg of calls.unfinished()) takeLeg(leg, rest);
    for (const line of states.unended()) rest.taken.push(logEvent(line, clock));
    yield rest;
  },
};

function collected(): Collected {
  return { rows: 0, taken: [], rejects: [], findings: [] };
}

function takeLeg(leg: LegTaken, into: Collected): void {
  into.taken.push(leg.taken);
  into.findings.push(...leg.findings);
}

function logEvent(line: QueueLine, clock: ZoneClock): TakenRow {
  const record: LogEventRecord = {
    kind: "log_event",
    externalId: createHash("sha256").update(line.raw).digest("base64url").slice(0, 22),
    at: line.at,
    localDay: clock.day(line.at),
    activity: line.event,
    agent: line.agent,
    queue: line.queue,
    conversation: line.call,
    detail: line.data.join("|"),
  };
  return { line: line.line, rows: 1, record, also: [] };
}

function withoutStart(line: QueueLine): Reject {
  const expected = `an ENTERQUEUE of this call in this log, before ${line.event}`;
  const { raw, call } = line;
  return rejected("call_without_start", "callid", call ?? "", expected, line.line, raw);
}

function rejected(
  code: string,
  field: string,
  value: string,
  expected: string,
  line: number,
  raw: string,
): Reject {
  return { line, code, field, value: value.slice(0, 200), expected, raw };
}

function wrongFormat(raw: string, line: number) {
  const expected = `a line of a queue log: ${SHAPE}`;
  return inputError({ code: "wrong_format", path: "line", value: raw, expected, line });
}
