/**
 * What a contact is like once somebody takes it, and what follows from it: how long it lasts,
 * whether it is passed on, whether the customer is helped, and whether they come back.
 *
 * Handling time is log-normal by kind of work; the agent's effect and the shock of the agent's day
 * are added to its logarithm. All chance is drawn from the contact's own stream.
 */

import {
  AI_CHAT_SECONDS,
  CALL_SIGMA,
  CHAT_SECONDS,
  CHAT_SIGMA,
  CLOSES,
  DAY_SECONDS,
  OPENS,
  QUEUE_PROFILES,
  queueIndex,
} from "./centre.ts";
import { type Contact, childKey, newContact } from "./contact.ts";
import { DAY_SD } from "./effects.ts";
import type { Nature } from "./floor.ts";
import { effectsOn, type Person } from "./people.ts";
import { between, logNormal, normal, stream, uniform, weighted } from "./random.ts";
import type { Shift } from "./roster.ts";

const AI_LONGEST_SECONDS = 1000;
const LONGEST_SECONDS = 5400;
const SHORTEST_SECONDS = 20;
const ESCALATES = 0.27;
const AI_UNRESOLVED = 0.2;
const TRANSFERS = 0.06;
const COMES_BACK = 0.7;
const CALLS_AGAIN = 0.55;
const MOST_LEGS = 3;
const COMPLAINTS = queueIndex("complaints");
const CHAT_SHARES = QUEUE_PROFILES.map((profile) => profile.chatShare);
const CALL_SHARES = QUEUE_PROFILES.map((profile) => profile.callShare);

/** `people` by index; a day's shocks are drawn once for each agent. */
export function natureOf(seed: number, people: readonly Person[]): Nature {
  const shocks = new Map<number, number>();
  const shockOf = (agent: number, day: number): number => {
    const place = agent * 1000 + day;
    const known = shocks.get(place);
    if (known !== undefined) return known;
    const shock = DAY_SD * normal(stream(seed, "agent-day", agent, day));
    shocks.set(place, shock);
    return shock;
  };
  return {
    serve: (contact, shift) => serve(contact, shift, shockOf),
    after: (contact) => after(contact, people),
  };
}

function serve(
  contact: Contact,
  shift: Shift,
  shockOf: (agent: number, day: number) => number,
): void {
  const { chance } = contact;
  const { person } = shift;
  const day = Math.floor(shift.startsAt / DAY_SECONDS);
  const isMachine = person.kind === "ai";
  const { median, sigma } = lengthOf(contact, isMachine);
  const logShift = isMachine ? 0 : effectsOn(person, day).logHandle + shockOf(person.index, day);
  const drawn = logNormal(chance, median * Math.exp(logShift), sigma);
  const most = isMachine ? AI_LONGEST_SECONDS : LONGEST_SECONDS;
  const total = Math.round(Math.min(most, Math.max(SHORTEST_SECONDS, drawn)));
  const wrapShare = between(chance, 0.08, 0.2);
  const holdShare = between(chance, -0.7, 0.25);
  contact.wrap = isMachine ? 0 : Math.round(total * wrapShare);
  contact.hold = contact.channel === "call" ? Math.round(total * Math.max(0, holdShare)) : 0;
  contact.talk = total - contact.wrap - contact.hold;
}

function lengthOf(contact: Contact, isMachine: boolean) {
  if (isMachine) return { median: AI_CHAT_SECONDS, sigma: CHAT_SIGMA };
  if (contact.channel === "chat") return { median: CHAT_SECONDS, sigma: CHAT_SIGMA };
  return { median: QUEUE_PROFILES[contact.queue]?.callSeconds ?? 400, sigma: CALL_SIGMA };
}

function after(contact: Contact, people: readonly Person[]): readonly Contact[] {
  const { chance } = contact;
  const at = contact.endedAt ?? contact.arrivedAt;
  if (contact.outcome === "abandoned") {
    if (uniform(chance) > CALLS_AGAIN) return [];
    const soon = uniform(chance) < 0.6;
    const seconds = soon ? between(chance, 300, 5400) : between(chance, 0.5, 2) * DAY_SECONDS;
    return [repeat(contact, at + seconds)];
  }
  if (contact.outcome === "redirected") {
    return uniform(chance) < COMES_BACK ? [repeat(contact, at + DAY_SECONDS / 2)] : [];
  }
  const isMachine = people[contact.agent ?? -1]?.kind === "ai";
  const clock = at % DAY_SECONDS;
  const isOpen = clock > OPENS + 600 && clock < CLOSES - 1200;
  const passesOn = uniform(chance) < (isMachine ? ESCALATES : TRANSFERS);
  if (passesOn && isOpen && contact.leg < MOST_LEGS) {
    contact.transferred = true;
    return [passedOn(contact, at, isMachine)];
  }
  const base = QUEUE_PROFILES[contact.queue]?.unresolved ?? 0.15;
  const unresolved = (isMachine ? AI_UNRESOLVED : base) + (passesOn ? 0.3 : 0);
  contact.resolved = uniform(chance) >= unresolved;
  contact.followUp = uniform(chance) < (contact.resolved ? 0.05 : 0.3);
  if (contact.resolved || uniform(chance) > COMES_BACK) return [];
  return [repeat(contact, at + logNormal(chance, 1.4 * DAY_SECONDS, 0.9))];
}

/** The next leg: from the machine to a person of the same queue, or to those who can decide. */
function passedOn(contact: Contact, at: number, isMachine: boolean): Contact {
  const { chance } = contact;
  const shares = contact.channel === "call" ? CALL_SHARES : CHAT_SHARES;
  const others = shares.map((share, queue) => (queue === contact.queue ? 0 : share));
  const drawn = weighted(uniform(chance), others);
  const toComplaints = contact.channel === "call" && contact.queue !== COMPLAINTS;
  const other = toComplaints && uniform(chance) < 0.3 ? COMPLAINTS : drawn;
  return newContact(childKey(contact, "transfer"), {
    channel: contact.channel,
    queue: isMachine ? contact.queue : other,
    customer: contact.customer,
    arrivedAt: at,
    simple: false,
    reasons: [contact.reason],
    root: contact,
  });
}

/** The same customer about the same thing, once more; one in four who chatted calls instead. */
function repeat(contact: Contact, at: number): Contact {
  const { chance } = contact;
  const calls = contact.channel === "call" || uniform(chance) < 0.25;
  return newContact(childKey(contact, "repeat"), {
    channel: calls ? "call" : "chat",
    queue: contact.queue,
    customer: contact.customer,
    arrivedAt: withinHours(Math.round(at), uniform(chance)),
    simple: !calls && uniform(chance) < 0.4,
    reasons: [contact.reason],
  });
}

/** Who would come back at night comes next morning. */
function withinHours(at: number, share: number): number {
  const clock = at % DAY_SECONDS;
  const morning = at - clock + OPENS + 600 + Math.round(share * 10_800);
  if (clock < OPENS + 600) return morning;
  return clock > CLOSES - 900 ? morning + DAY_SECONDS : at;
}
