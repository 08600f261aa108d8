/**
 * How the fields of each record are named in logs, as phrases of the words of `words.ts`. A column fits
 * a phrase when it has all its words; the fewer other words it has, the better. A word after `-` must
 * not be there. `?` before a phrase makes it a weak one, `??` the weakest.
 */

import type { TableRecord } from "../table-fields.ts";

const AGENT = ["agent", "agent name", "agent id", "agent answer name", "?user", "?user id"];
const CUSTOMER = ["customer -agent", "customer id -outgoing", "customer name", "from"];
const QUEUE = ["queue -time -duration", "queue name", "?queue id"];
const REASON = ["reason -end -customer -channel -hold"];
const CHANNEL = ["channel"];
const CALL = ["call id", "call", "?ticket id"];

/** `survey` and `resolvedOutcome` are the two that stand beside the fields of a contact. */
export const FIELD_NAMES: Readonly<
  Record<TableRecord, Readonly<Record<string, readonly string[]>>>
> = {
  contact: {
    externalId: ["call id -previous", "?id -previous -customer -agent", "?ticket id -previous"],
    channel: CHANNEL,
    queue: QUEUE,
    agent: AGENT,
    customer: CUSTOMER,
    reason: REASON,
    outcome: ["outcome", "outcome call", "missed", "answer call", "answer"],
    arrivedAt: [
      "arrive time",
      "arrive",
      "call start time",
      "start time",
      "start",
      "call time",
      "arrive queue time",
      "?queue start",
      "?time",
    ],
    answeredAt: ["answer time", "answer", "agent answer time", "?talk start", "?talk start time"],
    endedAt: ["end time", "end", "call end time", "?talk end"],
    waitSeconds: [
      "wait",
      "wait duration",
      "wait time",
      "queue duration",
      "queue time -start -end",
      "speed answer duration",
      "speed answer",
    ],
    talkSeconds: ["talk", "talk duration", "talk time", "agent call duration", "?call duration"],
    holdSeconds: ["hold", "hold duration", "hold time", "customer hold duration"],
    wrapSeconds: ["wrap", "wrap duration", "wrap time", "wrap call duration"],
    transferred: ["transfer"],
    assisted: ["assisted"],
    followUp: ["follow"],
    leg: ["leg"],
    survey: ["score", "survey score", "survey"],
    resolvedOutcome: ["resolved", "resolved call"],
  },
  ticket_event: {
    externalId: ["activity id", "??id -ticket -agent -customer -queue -previous"],
    ticket: ["ticket id -form", "ticket -outcome -field", "?id -agent -customer -queue -previous"],
    activity: [
      "activity",
      "activity name",
      "?outcome",
      "?ticket outcome",
      "?field name",
      "?value",
      "?action",
    ],
    agent: AGENT,
    queue: QUEUE,
    customer: CUSTOMER,
    reason: REASON,
    priority: ["priority"],
    at: ["time", "end time", "activity time", "?start time", "?start"],
    effect: ["effect"],
  },
  survey: {
    externalId: ["survey id", "?id -call -agent -customer"],
    contact: CALL,
    score: ["score", "survey score"],
    answeredAt: ["answer time", "survey time", "answer", "?end time", "?time", "?start time"],
  },
  complaint: {
    externalId: ["complaint id", "?id -call -agent -customer"],
    contact: CALL,
    agent: AGENT,
    queue: QUEUE,
    channel: CHANNEL,
    customer: CUSTOMER,
    receivedAt: ["arrive time", "complaint time", "arrive", "?start time", "?time"],
    upheld: ["upheld"],
  },
  outcome: {
    externalId: ["action id", "outcome id", "?id -call -agent -customer"],
    action: ["action", "outcome", "action name"],
    contact: CALL,
    agent: AGENT,
    queue: QUEUE,
    channel: CHANNEL,
    occurredAt: ["action time", "outcome time", "occurred time", "occurred", "?time", "?end time"],
    verified: ["verified"],
    amount: ["amount", "action amount", "?value"],
    currency: ["currency"],
  },
  payment: {
    externalId: ["payment id", "?id -call -agent -customer -ticket"],
    contact: CALL,
    agent: AGENT,
    queue: QUEUE,
    customer: CUSTOMER,
    paidAt: ["payment time", "payment", "?time -return"],
    amount: ["amount", "payment amount", "?value -time"],
    currency: ["currency", "payment currency"],
    returnedAt: ["return time", "return", "payment return time"],
    reference: ["memo", "payment memo", "??id -payment -call -agent -customer -queue"],
  },
  agent_state: {
    externalId: ["state id", "?id -agent"],
    agent: AGENT,
    state: ["state", "agent state", "activity", "state name"],
    startsAt: ["from", "from time", "start time", "start", "state start time"],
    endsAt: ["to", "to time", "end time", "end", "state end time"],
  },
};

/** Words in any column that speak for a kind of record. */
export const KIND_SIGNS: Readonly<Record<TableRecord, readonly string[]>> = {
  contact: ["call", "queue", "wait", "talk", "hold", "wrap"],
  ticket_event: ["ticket", "activity"],
  survey: ["survey", "score"],
  complaint: ["complaint", "upheld"],
  outcome: ["action", "amount", "currency", "verified"],
  payment: ["payment", "amount", "currency", "return"],
  agent_state: ["state"],
};

const WEAK = 0.6;
const WEAKEST = 0.45;

/** How well a name's words fit a field, 0 to a little above 1; 0 for not at all. */
export function nameFit(phrases: readonly string[], words: ReadonlySet<string>): number {
  return Math.max(0, ...phrases.map((phrase) => phraseFit(phrase, words)));
}

function phraseFit(phrase: string, words: ReadonlySet<string>): number {
  const parts = phrase.replace(/^\?+/, "").split(" ");
  const wanted = parts.filter((part) => !part.startsWith("-"));
  const unwanted = parts.filter((part) => part.startsWith("-")).map((part) => part.slice(1));
  if (!wanted.every((word) => words.has(word))) return 0;
  if (unwanted.some((word) => words.has(word))) return 0;
  const others = words.size - wanted.length;
  const whole = wanted.length / (wanted.length + 0.4 * others) + 0.03 * wanted.length;
  // An address of the thing is less than the thing.
  const fit = words.has("link") || words.has("url") ? 0.7 * whole : whole;
  if (phrase.startsWith("??")) return fit * WEAKEST;
  return phrase.startsWith("?") ? fit * WEAK : fit;
}
