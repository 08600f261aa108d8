/**
 * Who contacts the centre on a day, of their own accord: calls and chats by time of day (two
 * humps), weekday and chance. Repeats and transfers come on top of it from the simulation.
 *
 * One day has a surge of card calls: the card system was down.
 */

import type { Calendar } from "./calendar.ts";
import { CLOSES, DAY_SECONDS, OPENS, QUEUE_PROFILES, queueIndex } from "./centre.ts";
import { type Contact, newContact } from "./contact.ts";
import { type Chance, count, integer, keyOf, normal, stream, uniform, weighted } from "./random.ts";

const SURGE = { queue: queueIndex("cards"), factor: 4 } as const;
const CUSTOMERS = 600_000;

const CALLS_A_WEEKDAY = 1120;
const CHATS_A_WEEKDAY = 850;
/** Monday to Sunday. */
const WEEKDAY = [1.12, 1.02, 0.98, 0.97, 1.0, 0.46, 0.38] as const;
/** By hour from 08:00: a hump before noon and one in the afternoon, and a tail. */
const CALL_HOURS = [4.2, 8.6, 11.2, 10.6, 6.8, 6.9, 9.6, 10.4, 9.2, 6.8, 4.6, 3.9, 3.2, 2.0];
/** By hour from 00:00: chats never stop, and live in the evening. */
const CHAT_HOURS = [
  0.9, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2.4, 4.6, 7.2, 8.6, 8.2, 6.4, 6.2, 7.4, 8, 7.4, 6, 5.2, 5.4, 5.6,
  4.8, 3, 1.6,
];
const SIMPLE_SHARE = 0.62;
/** Chats in the last minutes of a day would end in the next one. */
const LAST_CHAT = DAY_SECONDS - 20 * 60;
const LAST_CALL = CLOSES - 600;

/** Arrivals of a day in order of time. */
export function arrivalsOf(seed: number, day: number, calendar: Calendar): Contact[] {
  const contacts = [...calls(seed, day, calendar), ...chats(seed, day, calendar)];
  return contacts.sort((a, b) => a.arrivedAt - b.arrivedAt || a.key - b.key);
}

function calls(seed: number, day: number, calendar: Calendar): Contact[] {
  const chance = stream(seed, "demand/calls", day);
  const level =
    CALLS_A_WEEKDAY * (WEEKDAY[calendar.weekday(day)] ?? 1) * Math.exp(0.05 * normal(chance));
  return QUEUE_PROFILES.flatMap((profile, queue) => {
    const surge = day === calendar.surgeDay && queue === SURGE.queue ? SURGE.factor : 1;
    const mean = level * profile.callShare * surge * Math.exp(0.06 * normal(chance));
    return Array.from({ length: count(chance, mean) }, (_, i) =>
      newContact(keyOf(seed, "contact/call", day, queue, i), {
        channel: "call",
        queue,
        customer: integer(chance, 1, CUSTOMERS),
        arrivedAt: day * DAY_SECONDS + Math.min(LAST_CALL, OPENS + timeIn(chance, CALL_HOURS)),
        simple: false,
        reasons: profile.reasons,
      }),
    );
  });
}

function chats(seed: number, day: number, calendar: Calendar): Contact[] {
  const chance = stream(seed, "demand/chats", day);
  const level =
    CHATS_A_WEEKDAY * (WEEKDAY[calendar.weekday(day)] ?? 1) * Math.exp(0.06 * normal(chance));
  return QUEUE_PROFILES.flatMap((profile, queue) =>
    Array.from({ length: count(chance, level * profile.chatShare) }, (_, i) => {
      const clock = Math.min(LAST_CHAT, timeIn(chance, CHAT_HOURS));
      const isOpen = clock >= OPENS + 300 && clock <= LAST_CALL;
      return newContact(keyOf(seed, "contact/chat", day, queue, i), {
        channel: "chat",
        queue,
        customer: integer(chance, 1, CUSTOMERS),
        arrivedAt: day * DAY_SECONDS + clock,
        simple: uniform(chance) < SIMPLE_SHARE || !isOpen,
        reasons: profile.reasons,
      });
    }),
  );
}

/** Seconds from the first of the hours: an hour by its weight, then anywhere in it. */
function timeIn(chance: Chance, hours: readonly number[]): number {
  const hour = weighted(uniform(chance), hours);
  return Math.floor((hour + uniform(chance)) * 3600);
}
