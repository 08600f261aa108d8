/** Records written by hand, where a test says only what matters to it. */

import type { AgentStateRecord, ContactRecord } from "../../../src/domain/shared/records.ts";

/** A call of half a minute that Ann handled after 5 s, at 09:00 UTC of a day of March 2024. */
export function call(id: string, day: number, change: Partial<ContactRecord> = {}): ContactRecord {
  const localDay = `2024-03-${String(day).padStart(2, "0")}`;
  return {
    ...{ kind: "contact", externalId: id, conversation: null, leg: 1, channel: "call" },
    ...{ queue: "cards", agent: "Ann", customer: "4711", reason: null, outcome: "handled" },
    ...{
      arrivedAt: Date.parse(`${localDay}T09:00:00Z`),
      localDay,
      answeredAt: null,
      endedAt: null,
    },
    ...{ waitSeconds: 5, talkSeconds: 30, holdSeconds: 0, wrapSeconds: 0, transferred: false },
    ...{ assisted: false, followUp: false },
    ...change,
  };
}

export function calls(count: number, day: number, change: Partial<ContactRecord> = {}) {
  const who = `${change.agent ?? "Ann"} ${change.outcome ?? ""} ${day}`;
  return Array.from({ length: count }, (_, at) => call(`${who} ${at}`, day, change));
}

export function stretch(
  agent: string,
  state: AgentStateRecord["state"],
  [from, to]: readonly [string, string],
): AgentStateRecord {
  const externalId = `${agent} ${state} ${from}`;
  const [startsAt, endsAt] = [Date.parse(from), Date.parse(to)];
  return { kind: "agent_state", externalId, agent, state, startsAt, endsAt };
}
