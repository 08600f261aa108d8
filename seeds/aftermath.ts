/**
 * What comes after a contact: a survey some hours or days later, a complaint days later, an outcome
 * that somebody attests. Each contact has a second stream for it, so that surveys can change
 * without changing the floor. What would come after the last day has not happened yet.
 */

import type { Calendar } from "./calendar.ts";
import { DAY_SECONDS, DAYS, QUEUE_PROFILES } from "./centre.ts";
import { type Contact, childKey } from "./contact.ts";
import { SCORE_SD } from "./effects.ts";
import { OUTCOMES_BY_QUEUE } from "./outcome-kinds.ts";
import { effectsOn, type Person } from "./people.ts";
import { between, type Chance, logNormal, normal, streamOf, uniform } from "./random.ts";

export interface Survey {
  readonly contact: Contact;
  readonly score: number;
  readonly at: number;
}

export interface Complaint {
  readonly contact: Contact;
  readonly at: number;
  /** null: not decided yet. */
  readonly upheld: boolean | null;
}

export interface Outcome {
  readonly contact: Contact;
  readonly action: string;
  readonly at: number;
  readonly verified: boolean;
  /** In fen (1/100 yuan); null where the outcome is no amount. */
  readonly amountMinor: number | null;
}

/** By the day on which each happens. */
export interface Aftermath {
  readonly surveys: Survey[][];
  readonly complaints: Complaint[][];
  readonly outcomes: Outcome[][];
}

const AI_SATISFACTION = 3.85;
const DECIDED_AFTER_DAYS = 7;

export function emptyAftermath(): Aftermath {
  const days = <Item>(): Item[][] => Array.from({ length: DAYS }, () => []);
  return { surveys: days(), complaints: days(), outcomes: days() };
}

/** Adds what follows from the contacts of one day. */
export function addAftermath(
  aftermath: Aftermath,
  contacts: readonly Contact[],
  people: readonly Person[],
): void {
  for (const contact of contacts) {
    const person = people[contact.agent ?? -1];
    // The customer is asked once, after the leg that ended it.
    if (person === undefined || contact.transferred || contact.endedAt === null) continue;
    const chance = streamOf(childKey(contact, "aftermath"));
    const points = feltPoints(contact, person);
    addSurvey(aftermath, { chance, contact, points, isMachine: person.kind === "ai" });
    addComplaint(aftermath, chance, contact, points);
    addOutcome(aftermath, chance, contact);
  }
}

/** How the customer felt on the scale 1 to 5, without the chance of the day. */
function feltPoints(contact: Contact, person: Person): number {
  const day = Math.floor(contact.arrivedAt / DAY_SECONDS);
  const isMachine = person.kind === "ai";
  const base = isMachine ? AI_SATISFACTION : (QUEUE_PROFILES[contact.queue]?.satisfaction ?? 4);
  const waited = (contact.answeredAt ?? contact.arrivedAt) - contact.arrivedAt;
  const waitPenalty = Math.min(0.5, waited / 400);
  const legs = contact.leg > 1 ? 0.2 : 0;
  const own = isMachine ? 0 : effectsOn(person, day).satisfaction;
  return base + own - waitPenalty - legs - (contact.resolved ? 0 : 0.55);
}

function addSurvey(
  { surveys }: Aftermath,
  of: { chance: Chance; contact: Contact; points: number; isMachine: boolean },
): void {
  const { chance, contact, points } = of;
  const answers = uniform(chance) < (contact.channel === "chat" ? 0.28 : 0.21);
  const score = Math.min(5, Math.max(1, Math.round(points + SCORE_SD * normal(chance))));
  const at = (contact.endedAt ?? 0) + Math.round(60 + logNormal(chance, 2.5 * 3600, 1.3));
  if (answers) surveys[dayOf(at)]?.push({ contact, score, at });
}

function addComplaint(
  { complaints }: Aftermath,
  chance: Chance,
  contact: Contact,
  points: number,
): void {
  const likely = (contact.resolved ? 0.003 : 0.02) * Math.exp(1.1 * (3.9 - points));
  const complains = uniform(chance) < likely;
  const at = Math.round((contact.endedAt ?? 0) + logNormal(chance, 2.2 * DAY_SECONDS, 0.8));
  const isRight = uniform(chance) < 0.42;
  const isDecided = DAYS * DAY_SECONDS - at > DECIDED_AFTER_DAYS * DAY_SECONDS;
  if (complains) complaints[dayOf(at)]?.push({ contact, at, upheld: isDecided ? isRight : null });
}

function addOutcome({ outcomes }: Aftermath, chance: Chance, contact: Contact): void {
  if (!contact.resolved) return;
  let place = uniform(chance);
  for (const kind of OUTCOMES_BY_QUEUE[contact.queue] ?? []) {
    place -= kind.share;
    if (place >= 0) continue;
    const days = between(chance, kind.days[0], kind.days[1]);
    const at = (contact.endedAt ?? 0) + Math.round(days * DAY_SECONDS);
    const verified = uniform(chance) < kind.verified;
    const drawn = kind.yuan === null ? null : logNormal(chance, kind.yuan, 0.8);
    const amountMinor = drawn === null ? null : Math.max(100, Math.round(drawn * 100));
    outcomes[dayOf(at)]?.push({ contact, action: kind.action, at, verified, amountMinor });
    return;
  }
}

/** Beyond the last day there is no list to put it in: it has not happened yet. */
function dayOf(at: number): number {
  return Math.floor(at / DAY_SECONDS);
}

/** Chats of the missing day were never exported, so nothing that points at them may be. */
export function isLost(contact: Contact, calendar: Calendar): boolean {
  const day = Math.floor(contact.arrivedAt / DAY_SECONDS);
  return contact.channel === "chat" && day === calendar.missingDay;
}
