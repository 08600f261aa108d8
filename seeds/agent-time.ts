/**
 * What the agents' time of a day was spent as, so that it adds up to the second:
 * signed on = handling + available + aux, for every agent and day.
 *
 * An agent with several chats open at once works on each for a share of the time: every second is
 * split evenly over the chats open in it. That share is what a chat's handling time says in the
 * demo (its answer and its end still say how long it was open), so the handling times of
 * overlapping chats sum to the time the agent was busy, and not to more.
 */

import type { AgentState } from "../src/domain/shared/vocabulary.ts";
import type { Contact } from "./contact.ts";
import type { FloorDay } from "./floor.ts";
import type { Post } from "./post.ts";
import type { Shift } from "./roster.ts";

export interface StateStretch {
  readonly agent: number;
  readonly state: AgentState;
  readonly from: number;
  readonly to: number;
}

/**
 * Replaces what chats took by their share of the agent's time. Calls come one at a time already.
 */
export function shareChatTime(posts: readonly Post[]): void {
  for (const post of posts) if (post.shift.capacity > 1) shareOf(post.contacts);
}

function shareOf(contacts: readonly Contact[]): void {
  const edges = contacts.flatMap((contact) => [
    { at: contact.answeredAt ?? 0, step: 1 },
    { at: contact.releasedAt ?? 0, step: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  // What one chat that is open all the time would have got, up to each edge.
  const shareUpTo = new Map<number, number>();
  let open = 0;
  let share = 0;
  let last = 0;
  for (const { at, step } of edges) {
    if (open > 0) share += (at - last) / open;
    shareUpTo.set(at, share);
    open += step;
    last = at;
  }
  // Rounded along the running sum: the whole seconds add up to the time the agent was busy.
  let exact = 0;
  let given = 0;
  for (const contact of contacts) {
    const until = shareUpTo.get(contact.releasedAt ?? 0) ?? 0;
    exact += until - (shareUpTo.get(contact.answeredAt ?? 0) ?? 0);
    const seconds = Math.round(exact) - given;
    given += seconds;
    const whole = contact.talk + contact.hold + contact.wrap;
    contact.wrap = Math.round((seconds * contact.wrap) / whole);
    contact.talk = seconds - contact.wrap;
  }
}

/** All stretches of a day, agent by agent, in order of time within each state. */
export function statesOf(shifts: readonly Shift[], floor: FloorDay): StateStretch[] {
  const posts = new Map(floor.posts.map((post) => [post.shift.person.index, post]));
  return shifts.flatMap((shift) => {
    const agent = shift.person.index;
    const scheduled = {
      agent,
      state: "scheduled",
      from: shift.startsAt,
      to: shift.endsAt,
    } as const;
    const post = posts.get(agent);
    return post === undefined
      ? // Ill: paid as the shift was planned.
        [scheduled, { ...scheduled, state: "paid" as const }]
      : [scheduled, ...paidOf(post), ...workedOf(post)];
  });
}

/**
 * Paid from the shift's start to its end, or to the end of work that ran over it; lunch is
 * unpaid.
 */
function paidOf(post: Post): StateStretch[] {
  const { shift } = post;
  const until = Math.max(shift.endsAt, post.signedOffAt);
  const lunches = post.aux.filter((stretch) => stretch.why === "lunch");
  const cuts = lunches.flatMap(({ from, to }) => [from, to]);
  const points = [shift.startsAt, ...cuts, until];
  const paid: StateStretch[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const from = points[i] ?? 0;
    const to = points[i + 1] ?? 0;
    if (to > from) paid.push({ agent: shift.person.index, state: "paid", from, to });
  }
  return paid;
}

function workedOf(post: Post): StateStretch[] {
  const agent = post.shift.person.index;
  const { signedOnAt, signedOffAt } = post;
  const aux = post.aux.map(({ from, to }) => ({ agent, state: "aux" as const, from, to }));
  const work = post.contacts.map((contact) => ({
    from: contact.answeredAt ?? 0,
    to: contact.releasedAt ?? 0,
  }));
  const taken = [...work, ...aux].sort((a, b) => a.from - b.from);
  const available: StateStretch[] = [];
  let until = signedOnAt;
  for (const { from, to } of [...taken, { from: signedOffAt, to: signedOffAt }]) {
    if (from > until) available.push({ agent, state: "available", from: until, to: from });
    until = Math.max(until, to);
  }
  return [{ agent, state: "signed_on", from: signedOnAt, to: signedOffAt }, ...aux, ...available];
}
