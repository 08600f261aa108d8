/**
 * The agents: 120 people and 6 AI agents, who they work for and since when, what they can do, and
 * how they differ. Some come and some go within the 60 days, and one moves between two parties.
 */

import {
  ADOPTION_DAY,
  AI_TEAM,
  AI_WORK,
  BANK,
  CALL_WORK,
  CHAT_WORK,
  DAYS,
  type QueueName,
  queueIndex,
  TEAMS,
  type TeamProfile,
} from "./centre.ts";
import { type Effects, groupEffects } from "./effects.ts";
import { AI_NAMES, peopleNames } from "./names.ts";
import { integer, pick, shuffled, stream, uniform } from "./random.ts";

export interface Stay {
  readonly party: string;
  readonly team: string;
  readonly fromDay: number;
  /** The first day no longer there. */
  readonly toDay: number | null;
}

export interface Person {
  readonly index: number;
  readonly name: string;
  readonly kind: "human" | "ai";
  /** Days from the first of the period; negative before it. */
  readonly hiredDay: number;
  readonly leftDay: number | null;
  readonly stays: readonly Stay[];
  readonly adopts: boolean;
  /** Works here before and after the assistant came. */
  readonly stayer: boolean;
  readonly queues: readonly QueueName[];
  readonly english: boolean;
  readonly cantonese: boolean;
  readonly proficiency: number;
  readonly partTime: boolean;
  readonly chatShare: number;
  readonly effects: Effects;
  readonly callMask: number;
  readonly chatMask: number;
}

const JOINERS_A_TEAM = 2;
const LEAVERS_A_TEAM = 2;
/** From one control team to the other, so that the groups of the truth stay as they are. */
const MOVE = { from: 2, to: 1, day: 33 } as const;
const NO_EFFECTS: Effects = {
  logHandleBefore: 0,
  logHandleAfter: 0,
  satisfactionBefore: 0,
  satisfactionAfter: 0,
};
const CHAT_QUEUES: readonly QueueName[] = ["cards", "accounts", "loans", "digital"];

export function makePeople(seed: number): Person[] {
  const total = TEAMS.reduce((sum, team) => sum + team.agents, 0);
  const names = peopleNames(stream(seed, "people/names"), total);
  const drafts = TEAMS.flatMap((team, t) => teamDates(seed, team, t));
  const effects = new Map<number, Effects>();
  for (const adopts of [true, false]) {
    const group = drafts
      .map((draft, i) => ({ ...draft, i }))
      .filter((d) => d.team.adopts === adopts);
    const stayers = group.map((draft) => isStayer(draft));
    const chance = stream(seed, "people/effects", adopts ? 1 : 0);
    groupEffects(chance, stayers, adopts).forEach((effect, g) => {
      effects.set(group[g]?.i ?? -1, effect);
    });
  }
  const humans = drafts.map((draft, index) =>
    human(seed, {
      index,
      name: names[index] ?? "",
      draft,
      effects: effects.get(index) ?? NO_EFFECTS,
    }),
  );
  return [...humans, ...AI_NAMES.map((name, i) => machine(name, total + i))];
}

interface Dates {
  readonly team: TeamProfile;
  readonly hiredDay: number;
  readonly leftDay: number | null;
  readonly moves: boolean;
}

function isStayer({ hiredDay, leftDay }: Omit<Dates, "team" | "moves">): boolean {
  return hiredDay <= 0 && (leftDay === null || leftDay >= DAYS);
}

/** In every team two come and two go, on both sides of the assistant's first day. */
function teamDates(seed: number, team: TeamProfile, t: number): Dates[] {
  const chance = stream(seed, "people/dates", t);
  const places = shuffled(
    chance,
    Array.from({ length: team.agents }, (_, i) => i),
  );
  const joiners = new Set(places.slice(0, JOINERS_A_TEAM));
  const leavers = new Set(places.slice(JOINERS_A_TEAM, JOINERS_A_TEAM + LEAVERS_A_TEAM));
  const mover = t === MOVE.from ? places[JOINERS_A_TEAM + LEAVERS_A_TEAM] : undefined;
  return Array.from({ length: team.agents }, (_, i) => ({
    team,
    hiredDay: joiners.has(i) ? integer(chance, 4, 50) : -integer(chance, 60, 2400),
    leftDay: leavers.has(i) ? integer(chance, 10, 54) : null,
    moves: i === mover,
  }));
}

function human(
  seed: number,
  given: {
    readonly index: number;
    readonly name: string;
    readonly draft: Dates;
    readonly effects: Effects;
  },
): Person {
  const { index, name, draft, effects } = given;
  const { team, hiredDay, leftDay } = draft;
  const chance = stream(seed, "people/skills", index);
  const english = uniform(chance) < 0.4;
  const queues = team.queues.filter((queue) => queue !== "english" || english);
  const stay = { party: team.party, team: team.name, fromDay: hiredDay, toDay: leftDay };
  const target = TEAMS[MOVE.to];
  const stays: Stay[] =
    draft.moves && target !== undefined
      ? [
          { ...stay, toDay: MOVE.day },
          { party: target.party, team: target.name, fromDay: MOVE.day, toDay: null },
        ]
      : [stay];
  return {
    index,
    name,
    kind: "human",
    hiredDay,
    leftDay,
    stays,
    adopts: team.adopts,
    stayer: isStayer(draft),
    queues,
    english,
    cantonese: uniform(chance) < 0.3,
    proficiency: Math.round(100 * (0.6 + 0.4 * uniform(chance))) / 100,
    partTime: uniform(chance) < 0.4,
    chatShare: team.chatShare,
    effects,
    callMask: mask(CALL_WORK, queues),
    chatMask: mask(CHAT_WORK, CHAT_QUEUES),
  };
}

function machine(name: string, index: number): Person {
  // Two AI agents a product; the app's own pair also takes what has no pair.
  const own: readonly (readonly QueueName[])[] = [["cards"], ["accounts", "loans"], ["digital"]];
  const queues = own[Math.floor((index % AI_NAMES.length) / 2)] ?? [];
  return {
    index,
    name,
    kind: "ai",
    hiredDay: -200,
    leftDay: null,
    stays: [{ party: BANK, team: AI_TEAM, fromDay: -200, toDay: null }],
    adopts: false,
    stayer: true,
    queues,
    english: true,
    cantonese: false,
    proficiency: 0.8,
    partTime: false,
    chatShare: 1,
    effects: NO_EFFECTS,
    callMask: 0,
    chatMask: mask(AI_WORK, queues),
  };
}

/** The effects of an agent on a day. */
export function effectsOn(person: Person, day: number) {
  const after = day >= ADOPTION_DAY;
  const { effects } = person;
  return {
    logHandle: after ? effects.logHandleAfter : effects.logHandleBefore,
    satisfaction: after ? effects.satisfactionAfter : effects.satisfactionBefore,
  };
}

function mask(first: number, queues: readonly QueueName[]): number {
  return queues.reduce((bits, queue) => bits | (1 << (first + queueIndex(queue))), 0);
}

/** A name from the middle of the list of people, for one who plays a part in the dirty rows. */
export function someone(seed: number, people: readonly Person[], team: string): Person {
  const able = people.filter((person) => person.stayer && person.stays[0]?.team === team);
  return pick(stream(seed, "dirt/someone"), able);
}
