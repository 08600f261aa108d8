/**
 * Tickets: opened by contacts that need a follow-up and by customers themselves, worked on first
 * come first served in the agents' back-office blocks, handed over, put back to wait for the
 * customer, resolved, closed two days later, sometimes reopened.
 */

import { CLOSES, DAY_SECONDS, DAYS, OPENS, QUEUE_PROFILES, QUEUES } from "./centre.ts";
import type { Contact } from "./contact.ts";
import { effectsOn } from "./people.ts";
import type { Post } from "./post.ts";
import {
  between,
  type Chance,
  count,
  integer,
  keyOf,
  logNormal,
  stream,
  streamOf,
  uniform,
} from "./random.ts";

export interface TicketEvent {
  readonly ticket: string;
  readonly number: number;
  readonly at: number;
  readonly activity: string;
  readonly agent: number | null;
  readonly queue: number;
  readonly customer: number;
  readonly reason: string;
  readonly priority: string;
}

interface Ticket {
  readonly id: string;
  readonly chance: Chance;
  readonly queue: number;
  readonly customer: number;
  readonly reason: string;
  readonly priority: string;
  /** From when on somebody can work on it; Infinity once it is closed for good. */
  readyAt: number;
  lastAgent: number | null;
  events: number;
}

export interface TicketDesk {
  /** Events by day, in no order within it. */
  readonly days: TicketEvent[][];
  workDay(day: number, contacts: readonly Contact[], posts: readonly Post[]): void;
}

const SELF_SERVICE_A_DAY = 55;
const WORK_SECONDS = 780;
const SHARES = QUEUE_PROFILES.map((profile) => profile.callShare);

export function ticketDesk(seed: number): TicketDesk {
  const days: TicketEvent[][] = Array.from({ length: DAYS }, () => []);
  let open: Ticket[] = [];
  let next = 100_001;

  const log = (ticket: Ticket, at: number, activity: string, agent: number | null): void => {
    ticket.events++;
    const { id, queue, customer, reason, priority, events } = ticket;
    const event = { ticket: id, number: events, at, activity, agent, queue, customer, reason };
    days[Math.floor(at / DAY_SECONDS)]?.push({ ...event, priority });
  };
  const begin = (wish: { at: number; queue: number; customer: number; reason: string }): void => {
    const chance = streamOf(keyOf(seed, "ticket", next));
    const ticket = {
      id: `T${next++}`,
      chance,
      queue: wish.queue,
      customer: wish.customer,
      reason: wish.reason,
      priority: uniform(chance) < 0.15 ? "high" : "normal",
      readyAt: wish.at,
      lastAgent: null,
      events: 0,
    };
    open.push(ticket);
    log(ticket, wish.at, "Opened", null);
  };

  return {
    days,
    workDay(day, contacts, posts) {
      for (const { followUp, endedAt, queue, customer, reason } of contacts) {
        if (followUp && endedAt !== null) begin({ at: endedAt + 60, queue, customer, reason });
      }
      for (const wish of selfService(seed, day)) begin(wish);
      for (const block of blocksOf(posts)) {
        let at = block.from + 30;
        for (;;) {
          const ticket = oldest(open, at, block.post);
          if (ticket === null || block.to - at < 240) break;
          at = work(ticket, { at, until: block.to - 15, post: block.post, log }) + 20;
        }
      }
      open = open.filter((ticket) => ticket.readyAt !== Number.POSITIVE_INFINITY);
    },
  };
}

function selfService(seed: number, day: number) {
  const chance = stream(seed, "demand/tickets", day);
  return Array.from({ length: count(chance, SELF_SERVICE_A_DAY) }, () => {
    const place = between(chance, 0, 0.94);
    let queue = 0;
    for (let sum = SHARES[0] ?? 0; sum < place && queue < SHARES.length - 2; ) {
      queue++;
      sum += SHARES[queue] ?? 0;
    }
    const reasons = QUEUE_PROFILES[queue]?.reasons ?? [];
    return {
      at: day * DAY_SECONDS + Math.floor(between(chance, OPENS, CLOSES)),
      queue,
      customer: integer(chance, 1, 600_000),
      reason: reasons[Math.floor(uniform(chance) * reasons.length)] ?? "other",
    };
  });
}

function blocksOf(posts: readonly Post[]) {
  const blocks = posts.flatMap((post) =>
    post.aux
      .filter((stretch) => stretch.why === "back_office")
      .map(({ from, to }) => ({ post, from, to })),
  );
  return blocks.sort((a, b) => a.from - b.from);
}

/**
 * The ticket that waits longest of those the agent's team serves; a handed-over one for another.
 */
function oldest(open: readonly Ticket[], at: number, post: Post): Ticket | null {
  const { person } = post.shift;
  let best: Ticket | null = null;
  for (const ticket of open) {
    if (ticket.readyAt > at || (best !== null && ticket.readyAt >= best.readyAt)) continue;
    const queue = QUEUES[ticket.queue];
    if (queue === undefined || !person.queues.includes(queue)) continue;
    if (ticket.lastAgent !== person.index) best = ticket;
  }
  return best;
}

interface Session {
  readonly at: number;
  readonly until: number;
  readonly post: Post;
  readonly log: (ticket: Ticket, at: number, activity: string, agent: number | null) => void;
}

/** One sitting over a ticket; when it ended. */
function work(ticket: Ticket, { at, until, post, log }: Session): number {
  const { chance } = ticket;
  const { person } = post.shift;
  const effect = effectsOn(person, Math.floor(at / DAY_SECONDS)).logHandle;
  const drawn = Math.round(logNormal(chance, WORK_SECONDS * Math.exp(effect), 0.5));
  const end = Math.min(until, at + Math.max(120, drawn));
  log(ticket, at, "Work started", person.index);
  const turn = uniform(chance);
  ticket.lastAgent = null;
  if (turn < 0.66) {
    log(ticket, end, "Resolved", person.index);
    const closesAt = end + 2 * DAY_SECONDS;
    const returns = uniform(chance) < 0.07;
    const returnsAt = Math.round(end + between(chance, 0.3, 1.6) * DAY_SECONDS);
    // The system closes it in the name of who resolved it; a customer reopens it in nobody's.
    if (returns) log(ticket, returnsAt, "Reopened", null);
    else log(ticket, closesAt, "Closed", person.index);
    ticket.readyAt = returns ? returnsAt : Number.POSITIVE_INFINITY;
  } else if (turn < 0.88) {
    log(ticket, end, "Handed over", person.index);
    ticket.lastAgent = person.index;
    ticket.readyAt = end + 60;
  } else {
    log(ticket, end, "Waiting for customer", person.index);
    ticket.readyAt = Math.round(end + between(chance, 0.2, 2) * DAY_SECONDS);
    log(ticket, ticket.readyAt, "Customer replied", null);
  }
  return end;
}
