/**
 * One day on the floor, second by second: contacts arrive, wait, are taken by whoever is free and
 * able (least open work, then longest idle), or lose patience; agents sign on, take their breaks
 * when their work is done, and sign off when their shift is over and nothing is left open.
 *
 * Events are kept in a list a second, in the order they were planned: exact, repeatable, and faster
 * than a heap. What a contact is like (its times, what follows from it) is asked of `Nature`.
 */

import { AI_WORK, CHAT_WORK, CLOSES, DAY_SECONDS, QUEUES } from "./centre.ts";
import type { Contact } from "./contact.ts";
import { bestPost, dueBreak, longestWaiting, newPost, type Post, serves } from "./post.ts";
import type { Break, Shift } from "./roster.ts";

export interface Nature {
  /** Sets talk, hold and wrap of a contact that an agent takes. */
  readonly serve: (contact: Contact, shift: Shift) => void;
  /** What follows from a contact that ended or was given up, later on: transfers and repeats. */
  readonly after: (contact: Contact) => readonly Contact[];
}

export interface FloorDay {
  readonly contacts: readonly Contact[];
  readonly posts: readonly Post[];
  /** Contacts that come back on a later day. */
  readonly later: readonly Contact[];
}

type Event = () => void;

interface Floor {
  readonly start: number;
  now: number;
  readonly seconds: (Event[] | undefined)[];
  readonly posts: readonly Post[];
  /** Who waits, by kind of work, first come first. */
  readonly waiting: Map<number, Contact[]>;
  readonly contacts: Contact[];
  readonly later: Contact[];
  readonly nature: Nature;
}

const ANY_AI = QUEUES.reduce((bits, _, queue) => bits | (1 << (AI_WORK + queue)), 0);

export function floorDay(
  day: number,
  shifts: readonly Shift[],
  arrivals: readonly Contact[],
  nature: Nature,
): FloorDay {
  const start = day * DAY_SECONDS;
  const floor: Floor = {
    start,
    now: start,
    // AI agents finish what they have after midnight; nothing takes longer than four hours.
    seconds: new Array(DAY_SECONDS + 4 * 3600),
    posts: shifts.flatMap((shift) => (shift.signsOnAt === null ? [] : [newPost(shift)])),
    waiting: new Map(),
    contacts: [],
    later: [],
    nature,
  };
  for (const post of floor.posts) planShift(floor, post);
  for (const contact of arrivals) plan(floor, contact.arrivedAt, () => arrive(floor, contact));
  plan(floor, start + CLOSES, () => close(floor));
  for (let second = 0; second < floor.seconds.length; second++) {
    const events = floor.seconds[second];
    if (events === undefined) continue;
    floor.now = start + second;
    // The list grows while it is read: an event may plan another for the same second.
    for (let i = 0; i < events.length; i++) events[i]?.();
  }
  return floor;
}

function plan(floor: Floor, at: number, event: Event): void {
  const second = Math.min(Math.max(at, floor.now) - floor.start, floor.seconds.length - 1);
  const list = floor.seconds[second];
  if (list === undefined) floor.seconds[second] = [event];
  else list.push(event);
}

function planShift(floor: Floor, post: Post): void {
  plan(floor, post.signedOnAt, () => {
    post.on = true;
    look(floor, post);
  });
  for (const due of post.shift.breaks) plan(floor, due.at, () => look(floor, post));
  plan(floor, post.shift.endsAt, () => look(floor, post));
}

function arrive(floor: Floor, contact: Contact): void {
  floor.contacts.push(contact);
  const isForAi = (contact.work & ANY_AI) !== 0;
  if (isForAi && !floor.posts.some((post) => serves(post, contact) && !post.away)) {
    // Nobody at the machines' end: the chat goes to people.
    contact.work >>= AI_WORK - CHAT_WORK;
  }
  const post = bestPost(floor.posts, contact, floor.now);
  if (post !== null) {
    take(floor, post, contact);
    return;
  }
  const line = floor.waiting.get(contact.work);
  if (line === undefined) floor.waiting.set(contact.work, [contact]);
  else line.push(contact);
  plan(floor, contact.arrivedAt + contact.patience, () => leave(floor, contact, "abandoned"));
}

function leave(floor: Floor, contact: Contact, outcome: "abandoned" | "redirected"): void {
  if (contact.endedAt !== null) return;
  const line = floor.waiting.get(contact.work) ?? [];
  line.splice(line.indexOf(contact), 1);
  contact.outcome = outcome;
  contact.endedAt = floor.now;
  follow(floor, contact);
}

/**
 * At the end of the day people go home: who still waits for one is sent to the recorded message.
 */
function close(floor: Floor): void {
  for (const [work, line] of floor.waiting) {
    if ((work & ANY_AI) !== 0) continue;
    for (const contact of [...line]) leave(floor, contact, "redirected");
  }
}

function follow(floor: Floor, contact: Contact): void {
  for (const next of floor.nature.after(contact)) {
    if (next.arrivedAt >= floor.start + DAY_SECONDS) floor.later.push(next);
    else plan(floor, next.arrivedAt, () => arrive(floor, next));
  }
}

function take(floor: Floor, post: Post, contact: Contact): void {
  floor.nature.serve(contact, post.shift);
  contact.outcome = "handled";
  contact.agent = post.shift.person.index;
  contact.answeredAt = floor.now;
  contact.endedAt = floor.now + contact.talk + contact.hold;
  contact.releasedAt = contact.endedAt + contact.wrap;
  post.open++;
  post.contacts.push(contact);
  plan(floor, contact.endedAt, () => follow(floor, contact));
  plan(floor, contact.releasedAt, () => {
    post.open--;
    if (post.open === 0) post.idleSince = floor.now;
    look(floor, post);
  });
}

/** What an agent does next: a break that is due, the way home, or the longest waiting customer. */
function look(floor: Floor, post: Post): void {
  if (!post.on || post.away) return;
  const due = dueBreak(post, floor.now);
  if (due !== null) {
    if (post.open === 0) rest(floor, post, due);
    return;
  }
  if (floor.now >= post.shift.endsAt) {
    if (post.open > 0) return;
    post.on = false;
    post.signedOffAt = floor.now;
    return;
  }
  while (post.open < post.shift.capacity) {
    const next = longestWaiting(floor.waiting, post);
    if (next === null) return;
    take(floor, post, next);
  }
}

function rest(floor: Floor, post: Post, due: Break): void {
  post.nextBreak++;
  post.away = true;
  post.aux.push({ from: floor.now, to: floor.now + due.seconds, why: due.why });
  plan(floor, floor.now + due.seconds, () => {
    post.away = false;
    post.idleSince = floor.now;
    look(floor, post);
  });
}
