/**
 * The days of the demo, one after the other: arrivals, rosters, the floor, tickets, and what comes
 * after. What a day leaves for later days (repeats, surveys, closings) waits in lists by day.
 */

import type { Day } from "../src/domain/shared/vocabulary.ts";
import { addAftermath, emptyAftermath, isLost } from "./aftermath.ts";
import { shareChatTime, statesOf } from "./agent-time.ts";
import type { Calendar } from "./calendar.ts";
import { DAY_SECONDS, DAYS } from "./centre.ts";
import type { Contact } from "./contact.ts";
import { arrivalsOf } from "./demand.ts";
import { type FloorDay, floorDay } from "./floor.ts";
import { natureOf } from "./nature.ts";
import type { Person } from "./people.ts";
import { type Shift, shiftsOf } from "./roster.ts";
import { ticketDesk } from "./tickets.ts";

/** All that happens on one day, for its lines in every file. */
export interface DemoDay {
  readonly day: number;
  readonly shifts: readonly Shift[];
  readonly floor: FloorDay;
  readonly states: ReturnType<typeof statesOf>;
  readonly tickets: ReturnType<typeof ticketDesk>["days"][number];
  readonly aftermath: {
    readonly [Kind in keyof ReturnType<typeof emptyAftermath>]: ReturnType<
      typeof emptyAftermath
    >[Kind][number];
  };
}

/** The days in order. Pure: same seed and calendar, same days. */
export function* daysOf(
  seed: number,
  calendar: Calendar,
  people: readonly Person[],
): Generator<DemoDay> {
  const nature = natureOf(seed, people);
  const desk = ticketDesk(seed);
  const aftermath = emptyAftermath();
  const returning: Contact[][] = Array.from({ length: DAYS }, () => []);
  for (let day = 0; day < DAYS; day++) {
    const arrivals = [...arrivalsOf(seed, day, calendar), ...(returning[day] ?? [])];
    const shifts = shiftsOf(seed, day, calendar, people);
    const floor = floorDay(day, shifts, arrivals, nature);
    for (const contact of floor.later) {
      returning[Math.floor(contact.arrivedAt / DAY_SECONDS)]?.push(contact);
    }
    nameContacts(floor.contacts, calendar.day(day));
    shareChatTime(floor.posts);
    desk.workDay(day, floor.contacts, floor.posts);
    const exported = floor.contacts.filter((contact) => !isLost(contact, calendar));
    addAftermath(aftermath, exported, people);
    yield {
      day,
      shifts,
      floor,
      states: statesOf(shifts, floor),
      tickets: [...(desk.days[day] ?? [])].sort((a, b) => a.at - b.at),
      aftermath: {
        surveys: aftermath.surveys[day] ?? [],
        complaints: aftermath.complaints[day] ?? [],
        outcomes: aftermath.outcomes[day] ?? [],
      },
    };
  }
}

/** Ids by channel and day, in order of arrival: C250304-00017. */
function nameContacts(contacts: readonly Contact[], day: Day): void {
  const next = { call: 1, chat: 1 };
  const date = day.slice(2).replaceAll("-", "");
  for (const contact of contacts) {
    const letter = contact.channel === "call" ? "C" : "H";
    contact.id = `${letter}${date}-${String(next[contact.channel]++).padStart(5, "0")}`;
  }
}
