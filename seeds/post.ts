/**
 * An agent's day at work: what is open, what was done, and who of several takes the next
 * contact.
 */

import type { Contact } from "./contact.ts";
import type { Break, Shift } from "./roster.ts";

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly why: Break["why"];
}

/** An agent's day: the shift and what came of it. */
export interface Post {
  readonly shift: Shift;
  readonly signedOnAt: number;
  signedOffAt: number;
  readonly contacts: Contact[];
  readonly aux: Stretch[];
  open: number;
  idleSince: number;
  on: boolean;
  away: boolean;
  nextBreak: number;
}

export function newPost(shift: Shift): Post {
  const signedOnAt = shift.signsOnAt ?? shift.startsAt;
  return {
    shift,
    signedOnAt,
    signedOffAt: signedOnAt,
    contacts: [],
    aux: [],
    open: 0,
    idleSince: signedOnAt,
    on: false,
    away: false,
    nextBreak: 0,
  };
}

export function serves(post: Post, contact: Contact): boolean {
  return (post.shift.work & contact.work) !== 0;
}

export function dueBreak(post: Post, now: number): Break | null {
  const next = post.shift.breaks[post.nextBreak];
  return next !== undefined && next.at <= now ? next : null;
}

export function bestPost(posts: readonly Post[], contact: Contact, now: number): Post | null {
  let best: Post | null = null;
  for (const post of posts) {
    if (!post.on || post.away || !serves(post, contact)) continue;
    if (post.open >= post.shift.capacity || now >= post.shift.endsAt) continue;
    if (dueBreak(post, now) !== null) continue;
    if (best === null || goesBefore(post, best)) best = post;
  }
  return best;
}

/** People share the work; one machine is filled before the next is begun. */
function goesBefore(post: Post, best: Post): boolean {
  if (post.open === best.open) return post.idleSince < best.idleSince;
  return post.shift.person.kind === "ai" ? post.open > best.open : post.open < best.open;
}

export function longestWaiting(waiting: Map<number, Contact[]>, post: Post): Contact | null {
  let first: Contact | null = null;
  for (const [work, line] of waiting) {
    const head = line[0];
    if (head === undefined || (work & post.shift.work) === 0) continue;
    if (first === null || head.arrivedAt < first.arrivedAt) first = head;
  }
  if (first !== null) waiting.get(first.work)?.shift();
  return first;
}
