/** Which dirt is in which file, and how much of it. Everything here is counted in truth.json. */

import type { Calendar } from "./calendar.ts";
import { CLOSES, DAY_SECONDS } from "./centre.ts";
import { isoText } from "./contact-files.ts";
import type { DirtPlan, DirtyRow } from "./dirt.ts";
import { type Chance, integer, pick } from "./random.ts";

export const UNKNOWN_AGENTS = ["Temp 07", "Bot-Staging"] as const;
export const UNKNOWN_QUEUE = "old_ivr_3";

type Place = Parameters<DirtyRow["line"]>[0];

/** `names`: people who are there all the time. */
export function callDirt(calendar: Calendar, names: readonly string[]): DirtPlan {
  const row = (prefix: string, at: Place, change: Partial<CallCells>, talkMinutes = 0): string => {
    const start = at.day * DAY_SECONDS + integer(at.chance, 9 * 3600, CLOSES - 7200);
    const whole: CallCells = {
      queue: "cards",
      agent: pick(at.chance, names),
      reason: "fees",
      result: "ANSWERED",
      offered: calendar.text(start),
      answered: calendar.text(start + 9),
      ended: calendar.text(start + 9 + talkMinutes * 60),
      talk: `00:0${talkMinutes}:00`,
      ...change,
    };
    return cells(`${prefix}${at.number + 1}`, whole);
  };
  const temp = UNKNOWN_AGENTS[0];
  return {
    duplicates: 25,
    replaced: 6,
    spoiled: (line) => line.replace(/[YN]$/, (flag) => (flag === "Y" ? "N" : "Y")),
    rows: [
      taken("unknown_agent", 12, (at) => row("XA", at, { agent: temp }, 4)),
      taken("unknown_queue", 9, (at) =>
        row("XQ", at, { queue: UNKNOWN_QUEUE, agent: "", result: "ABANDONED", answered: "" }),
      ),
      taken("zero_handle_time", 7, (at) => row("XZ", at, {})),
      refused("negative_duration", 4, (at) => row("XN", at, { talk: "-00:00:12" })),
      refused("negative_duration", 2, (at) =>
        row("XE", at, { ended: `${calendar.day(at.day)} 00:00:01` }),
      ),
      refused("invalid_date", 3, (at) => row("XD", at, { offered: "2025-02-30 10:15:00" })),
      refused("invalid_date", 2, (at) => row("XM", at, { offered: "13/25/25 9:61" })),
      refused("formula_in_cell", 2, (at) => row("XF", at, { reason: "=SUM(A1:A9)" })),
      refused("unknown_value", 1, (at) => row("XR", at, { result: "LOST?" })),
    ],
  };
}

export function chatDirt(calendar: Calendar): DirtPlan {
  const chat = (id: string, at: Place, change: object): string => {
    const start = at.day * DAY_SECONDS + integer(at.chance, 9 * 3600, CLOSES - 7200);
    const time = isoText(calendar.text(start));
    const ended = isoText(calendar.text(start + 30));
    return JSON.stringify({
      id: `${id}${at.number + 1}`,
      conversation: { id: `${id}${at.number + 1}`, leg: 1 },
      queue: "digital",
      agent: UNKNOWN_AGENTS[1],
      customer: null,
      topic: "app",
      result: "handled",
      times: { offered: time, answered: time, ended },
      seconds: { wait: 0, attention: 30, wrap: 0 },
      escalated: false,
      followUp: false,
      ...change,
    });
  };
  return {
    duplicates: 15,
    replaced: 0,
    missingDay: calendar.missingDay,
    rows: [
      taken("unknown_agent", 5, (at) => chat("XA", at, {})),
      refused("malformed_row", 2, (at) => chat("XT", at, {}).slice(0, 80)),
      refused("invalid_date", 2, (at) => chat("XD", at, { times: { offered: "yesterday" } })),
      refused("negative_duration", 1, (at) => chat("XN", at, { seconds: { attention: -30 } })),
    ],
  };
}

export function ticketDirt(): DirtPlan {
  return {
    duplicates: 20,
    replaced: 0,
    rows: [
      refused(
        "invalid_date",
        2,
        ({ number }) => `X-${number},T99999,Opened,,cards,,fees,normal,n/a`,
      ),
    ],
  };
}

export function surveyDirt(calendar: Calendar): DirtPlan {
  const row = ({ day, number }: Place, contact: string, score: number) =>
    `X${contact}${number},calls,${contact},${score},${calendar.text(day * DAY_SECONDS + 40_000)}`;
  return {
    duplicates: 10,
    replaced: 0,
    rows: [
      taken("unknown_contact", 5, (at) => row(at, `C0-${at.number}`, 4)),
      refused("invalid_number", 4, (at) => row(at, "C1", 9)),
    ],
  };
}

export function complaintDirt(): DirtPlan {
  const line = ({ number }: Place) => `X${number},,,,cards,call,,32.13.2025,no`;
  return { duplicates: 2, replaced: 0, rows: [refused("invalid_date", 2, line)] };
}

export function outcomeDirt(calendar: Calendar): DirtPlan {
  const line = ({ day, number }: Place) =>
    `X${number},refund,,,,cards,call,${calendar.text(day * DAY_SECONDS + 50_000)},yes,12.5.0`;
  return { duplicates: 4, replaced: 0, rows: [refused("invalid_number", 2, line)] };
}

export function stateDirt(calendar: Calendar, names: readonly string[]): DirtPlan {
  const row = (at: Place, state: string, chance: Chance) => {
    const text = calendar.text(at.day * DAY_SECONDS + 50_000 + at.number);
    const before = calendar.text(at.day * DAY_SECONDS + 49_000);
    return `X${state}${at.number},${pick(chance, names)},${state},${text},${before}`;
  };
  return {
    duplicates: 8,
    replaced: 0,
    rows: [
      refused("negative_duration", 3, (at) => row(at, "aux", at.chance)),
      refused("unknown_value", 2, (at) => row(at, "MEETING", at.chance)),
    ],
  };
}

interface CallCells {
  readonly queue: string;
  readonly agent: string;
  readonly reason: string;
  readonly result: string;
  readonly offered: string;
  readonly answered: string;
  readonly ended: string;
  readonly talk: string;
}

function cells(id: string, of: CallCells): string {
  const { queue, agent, reason, result, offered, answered, ended, talk } = of;
  const who = `${id};${id};1;${queue};${agent};;${reason};${result}`;
  return `${who};${offered};${answered};${ended};9;${talk};00:00:00;00:00:00;N;N`;
}

function taken(kind: string, count: number, line: DirtyRow["line"]): DirtyRow {
  return { kind, count, code: null, line };
}

function refused(code: string, count: number, line: DirtyRow["line"]): DirtyRow {
  return { kind: code, count, code, line };
}
