/**
 * Who is on shift on a day, from when to when, for calls or for chats, and when they are on a
 * break.
 *
 * A shift of 8.5 hours holds lunch, two breaks and two blocks of back-office work (tickets), one of
 * 5 hours a break and a block. Days off are two a week, staggered over the team so that more people
 * work on weekdays. All of it is drawn from the stream of agent and day.
 */

import type { Calendar } from "./calendar.ts";
import {
  AI_CHAT_CAPACITY,
  AI_WORK,
  CLOSES,
  DAY_SECONDS,
  HUMAN_CHAT_CAPACITY,
  QUEUES,
} from "./centre.ts";
import type { Person } from "./people.ts";
import { type Chance, integer, stream, uniform, weighted } from "./random.ts";

export interface Break {
  readonly at: number;
  readonly seconds: number;
  readonly why: "lunch" | "break" | "back_office" | "outage";
}

export interface Shift {
  readonly person: Person;
  readonly startsAt: number;
  readonly endsAt: number;
  /** When they really sign on; null: ill, scheduled and paid but not there. */
  readonly signsOnAt: number | null;
  readonly breaks: readonly Break[];
  readonly work: number;
  readonly capacity: number;
  readonly duty: "calls" | "chats";
}

/** On one day all AI agents are out for two hours, and their chats go to people. */
const OUTAGE = { at: 10 * 3600, seconds: 2 * 3600 } as const;

const LONG = 8.5 * 3600;
const SHORT = 5 * 3600;
const LONG_STARTS = [8, 8.5, 9, 9.5, 10.5, 12, 13, 13.5] as const;
const LONG_WEIGHTS = [0.24, 0.17, 0.15, 0.06, 0.05, 0.04, 0.11, 0.18];
const SHORT_STARTS = [8, 9, 10, 14.5, 17] as const;
const SHORT_WEIGHTS = [0.15, 0.22, 0.12, 0.11, 0.4];
/** Chance of a day off, Monday to Sunday: two a week. */
const DAY_OFF = [0.12, 0.14, 0.16, 0.16, 0.14, 0.6, 0.68] as const;
const ILL = 0.04;

export function shiftsOf(
  seed: number,
  day: number,
  calendar: Calendar,
  people: readonly Person[],
): Shift[] {
  const weekday = calendar.weekday(day);
  return people.flatMap((person) => {
    if (day < person.hiredDay || (person.leftDay !== null && day >= person.leftDay)) return [];
    if (person.kind === "ai") return [machineShift(person, day, day === calendar.outageDay)];
    const chance = stream(seed, "roster", person.index, day);
    if (uniform(chance) < (DAY_OFF[weekday] ?? 0)) return [];
    return [humanShift(chance, person, day)];
  });
}

function humanShift(chance: Chance, person: Person, day: number): Shift {
  const starts = person.partTime ? SHORT_STARTS : LONG_STARTS;
  const weights = person.partTime ? SHORT_WEIGHTS : LONG_WEIGHTS;
  const start = starts[weighted(uniform(chance), weights)] ?? 9;
  const startsAt = day * DAY_SECONDS + start * 3600;
  const endsAt = startsAt + (person.partTime ? SHORT : LONG);
  const late = Math.max(0, integer(chance, -120, 420));
  const isIll = uniform(chance) < ILL;
  const onChats = uniform(chance) < person.chatShare;
  return {
    person,
    startsAt,
    endsAt: Math.min(endsAt, day * DAY_SECONDS + CLOSES),
    signsOnAt: isIll ? null : startsAt + late,
    breaks: breaksOf(chance, person, startsAt),
    work: onChats ? person.chatMask : person.callMask,
    capacity: onChats ? HUMAN_CHAT_CAPACITY : 1,
    duty: onChats ? "chats" : "calls",
  };
}

function breaksOf(chance: Chance, person: Person, startsAt: number): Break[] {
  const around = (minutes: number) => startsAt + minutes * 60 + integer(chance, -900, 900);
  if (person.partTime) {
    return [
      { at: around(75), seconds: 60 * 60, why: "back_office" },
      { at: around(190), seconds: 15 * 60, why: "break" },
    ];
  }
  return [
    { at: around(75), seconds: 30 * 60, why: "back_office" },
    { at: around(165), seconds: 15 * 60, why: "break" },
    { at: around(235), seconds: 45 * 60, why: "lunch" },
    { at: around(325), seconds: 90 * 60, why: "back_office" },
    { at: around(455), seconds: 15 * 60, why: "break" },
  ];
}

function machineShift(person: Person, day: number, isOut: boolean): Shift {
  const startsAt = day * DAY_SECONDS;
  const outage = { at: startsAt + OUTAGE.at, seconds: OUTAGE.seconds, why: "outage" } as const;
  // The last pair also serves chats of queues that have no pair.
  const rest = QUEUES.reduce((bits, _, queue) => bits | (1 << (AI_WORK + queue)), 0);
  return {
    person,
    startsAt,
    endsAt: startsAt + DAY_SECONDS,
    signsOnAt: startsAt,
    breaks: isOut ? [outage] : [],
    work: person.queues.includes("digital") ? rest : person.chatMask,
    capacity: AI_CHAT_CAPACITY,
    duty: "chats",
  };
}
