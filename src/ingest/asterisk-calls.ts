/**
 * The calls in a `queue_log`: lines come in, a contact comes out when its leg ends.
 *
 * A call keeps its id when it is transferred into another queue, and then has one leg for each
 * ENTERQUEUE, `callid#1`, `callid#2` and so on. Around a transfer the new leg's ENTERQUEUE may stand
 * before the old leg's BLINDTRANSFER, so an end is matched to the open leg it fits: of that queue, and
 * waiting or with that agent as the event demands. A leg without end in the log is `unfinished`.
 *
 * Seconds are the log's own where it gives them (hold and call time), otherwise between the lines.
 * Of calls that ended over a day ago only nothing is kept, so that memory does not grow with the log.
 */

import { DAY_MS } from "../domain/shared/days.ts";
import type { ContactRecord, RowFinding } from "../domain/shared/records.ts";
import type { ContactOutcome } from "../domain/shared/vocabulary.ts";
import type { ZoneClock } from "../domain/shared/zone.ts";
import { type QueueLine, secondsIn } from "./asterisk-line.ts";
import type { TakenRow } from "./format.ts";

interface Leg {
  readonly number: number;
  readonly entered: QueueLine;
  connected: QueueLine | null;
}

interface Call {
  legs: number;
  open: Leg[];
  lastAt: number;
}

interface Ending {
  readonly outcome: ContactOutcome;
  readonly transferred: boolean;
  readonly hold: number | null;
  readonly talk: number | null;
}

export interface LegTaken {
  readonly taken: TakenRow;
  readonly findings: readonly RowFinding[];
}

/** What a line did: it opened or continued a leg, ended one, or belongs to none that is known. */
export type CallStep = "kept" | "call_without_start" | "not_of_a_call" | LegTaken;

export interface CallTracker {
  step(line: QueueLine): CallStep;
  /** The legs still open, as unfinished contacts. */
  unfinished(): readonly LegTaken[];
}

const ENDS: Readonly<Record<string, (data: readonly string[]) => Ending>> = {
  COMPLETEAGENT: ([hold, talk]) => ending("handled", hold, talk),
  COMPLETECALLER: ([hold, talk]) => ending("handled", hold, talk),
  ABANDON: ([, , wait]) => ending("abandoned", wait),
  EXITWITHTIMEOUT: ([, , wait]) => ending("redirected", wait),
  EXITWITHKEY: ([, , , wait]) => ending("redirected", wait),
  EXITEMPTY: ([, , wait]) => ending("redirected", wait),
  BLINDTRANSFER: ([, , hold, talk]) => ending("handled", hold, talk, true),
  TRANSFER: ([, , hold, talk]) => ending("handled", hold, talk, true),
  // How a transfer was made differs in length; the times stand before the position at the end.
  ATTENDEDTRANSFER: (data) => ending("handled", data.at(-3), data.at(-2), true),
};

const SWEEP_EVERY = 100_000;

export function callTracker(clock: ZoneClock): CallTracker {
  const calls = new Map<string, Call>();
  let steps = 0;
  return {
    step(line) {
      const { call: id, event } = line;
      const isEnd = Object.hasOwn(ENDS, event);
      if (!isEnd && event !== "ENTERQUEUE" && event !== "CONNECT") return "not_of_a_call";
      if (++steps % SWEEP_EVERY === 0) forgetOld(calls, line.at);
      if (id === null) return "call_without_start";
      if (event === "ENTERQUEUE") return enter(calls, id, line);
      const call = calls.get(id);
      if (call === undefined) return "call_without_start";
      call.lastAt = line.at;
      const leg = fittingLeg(call, line);
      if (leg === undefined) return "call_without_start";
      if (event === "CONNECT") {
        leg.connected = line;
        return "kept";
      }
      call.open = call.open.filter((one) => one !== leg);
      return legTaken(id, leg, line, clock);
    },
    unfinished: () =>
      [...calls].flatMap(([id, call]) => call.open.map((leg) => legTaken(id, leg, null, clock))),
  };
}

function enter(calls: Map<string, Call>, id: string, line: QueueLine): CallStep {
  const call = calls.get(id) ?? { legs: 0, open: [], lastAt: line.at };
  calls.set(id, call);
  call.legs++;
  call.lastAt = line.at;
  call.open.push({ number: call.legs, entered: line, connected: null });
  return "kept";
}

/** The oldest leg of the line's queue that is in the state the event ends, else any of the queue. */
function fittingLeg(call: Call, line: QueueLine): Leg | undefined {
  const ofQueue = call.open.filter((leg) => leg.entered.queue === line.queue);
  const waiting = ofQueue.find((leg) => leg.connected === null);
  if (line.event === "CONNECT") return waiting;
  if (line.agent === null) return waiting ?? ofQueue[0];
  return ofQueue.find((leg) => leg.connected?.agent === line.agent) ?? ofQueue[0];
}

function legTaken(id: string, leg: Leg, end: QueueLine | null, clock: ZoneClock): LegTaken {
  const { entered, connected } = leg;
  const told = end === null ? null : (ENDS[end.event]?.(end.data) ?? null);
  const answeredAt = connected?.at ?? null;
  const waitedUntil = answeredAt ?? end?.at ?? entered.at;
  const waited = Math.round((waitedUntil - entered.at) / 1000);
  const talked =
    answeredAt === null || end === null ? null : Math.round((end.at - answeredAt) / 1000);
  const hold = told?.hold ?? secondsIn(connected?.data[0]);
  const record: ContactRecord = {
    kind: "contact",
    externalId: `${id}#${leg.number}`,
    conversation: id,
    leg: leg.number,
    channel: "call",
    queue: entered.queue,
    agent: connected?.agent ?? (told?.outcome === "handled" ? (end?.agent ?? null) : null),
    customer: entered.data[1] === undefined || entered.data[1] === "" ? null : entered.data[1],
    reason: null,
    outcome: told?.outcome ?? "unfinished",
    arrivedAt: entered.at,
    localDay: clock.day(entered.at),
    answeredAt,
    endedAt: end?.at ?? null,
    waitSeconds: hold ?? Math.max(0, waited),
    talkSeconds: told?.talk ?? Math.max(0, talked ?? 0),
    holdSeconds: 0,
    wrapSeconds: 0,
    transferred: told?.transferred ?? false,
    assisted: null,
    followUp: false,
  };
  const rows = 1 + (connected === null ? 0 : 1) + (end === null ? 0 : 1);
  const differs =
    (hold !== null && told !== null && Math.abs(hold - waited) > 1) ||
    (told?.talk !== null && told?.talk !== undefined && Math.abs(told.talk - (talked ?? 0)) > 1);
  const { line } = entered;
  const finding = { code: "time_disagrees", day: record.localDay, agent: record.agent, line };
  return { taken: { line, rows, record, also: [] }, findings: differs ? [finding] : [] };
}

function ending(
  outcome: ContactOutcome,
  hold: string | undefined,
  talk?: string | undefined,
  transferred = false,
): Ending {
  return { outcome, transferred, hold: secondsIn(hold), talk: secondsIn(talk) };
}

/** A call that ended is remembered for a day, for it may come back with its next leg. */
function forgetOld(calls: Map<string, Call>, now: number): void {
  for (const [id, call] of calls) {
    if (call.open.length === 0 && now - call.lastAt > DAY_MS) calls.delete(id);
  }
}
