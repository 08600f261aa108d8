/**
 * What looks wrong in a single contact, whatever log it came from. It is taken as it is.
 *
 * | code | what |
 * |---|---|
 * | `zero_handle_time` | handled, and in no time at all |
 * | `impossible_handle_time` | handled for more than 4 hours |
 * | `handled_without_agent` | handled, and the log does not say by whom |
 * | `answered_before_arrival` | answered before it arrived |
 * | `time_disagrees` | from answer to end differs by more than 1 s from the seconds given, with or without wrap-up |
 *
 * A contact of a shared agent (two chats at once) may have less handling than elapsed time, so only
 * calls are held to the last rule.
 *
 * @example
 * contactFindings({ channel: "call", outcome: "handled", agent: null, arrivedAt: 0, answeredAt: 0, endedAt: 9000, talkSeconds: 9, holdSeconds: 0, wrapSeconds: 0 }) // => ["handled_without_agent"]
 */

import type { ContactRecord } from "../shared/records.ts";

type Contact = Pick<
  ContactRecord,
  | "channel"
  | "outcome"
  | "agent"
  | "arrivedAt"
  | "answeredAt"
  | "endedAt"
  | "talkSeconds"
  | "holdSeconds"
  | "wrapSeconds"
>;

const IMPOSSIBLE_SECONDS = 4 * 3600;
const TOLERANCE_SECONDS = 1;

const RULES: readonly (readonly [string, (contact: Contact) => boolean])[] = [
  ["zero_handle_time", (contact) => contact.outcome === "handled" && handleSeconds(contact) === 0],
  ["impossible_handle_time", (contact) => handleSeconds(contact) > IMPOSSIBLE_SECONDS],
  ["handled_without_agent", ({ outcome, agent }) => outcome === "handled" && agent === null],
  [
    "answered_before_arrival",
    ({ answeredAt, arrivedAt }) => answeredAt !== null && answeredAt < arrivedAt,
  ],
  ["time_disagrees", timesDisagree],
];

/** The codes of what looks wrong, in the order of the table; most often none. */
export function contactFindings(contact: Contact): string[] {
  const codes: string[] = [];
  for (const [code, holds] of RULES) if (holds(contact)) codes.push(code);
  return codes;
}

function handleSeconds({ talkSeconds, holdSeconds, wrapSeconds }: Contact): number {
  return talkSeconds + holdSeconds + wrapSeconds;
}

function timesDisagree(contact: Contact): boolean {
  const { channel, outcome, answeredAt, endedAt } = contact;
  if (channel !== "call" || outcome !== "handled") return false;
  if (answeredAt === null || endedAt === null) return false;
  const elapsed = (endedAt - answeredAt) / 1000;
  const connected = contact.talkSeconds + contact.holdSeconds;
  const differs = (seconds: number) => Math.abs(elapsed - seconds) > TOLERANCE_SECONDS;
  return differs(connected) && differs(connected + contact.wrapSeconds);
}
