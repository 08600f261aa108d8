/** A group of which only its queues' intervals are known: an hour, a quarter of an hour. */

import {
  type ContactSums,
  type GroupSums,
  type QueueSums,
  REPEAT_WINDOWS,
} from "../../domain/shared/tally.ts";

/** What an interval tally tells of contacts; the rest is zero and its metrics are not shown. */
export function sumsOfQueue(queue: QueueSums): GroupSums {
  const contact: ContactSums = {
    ...EMPTY_CONTACT,
    contacts: queue.offered,
    handled: queue.handled,
    abandoned: queue.abandoned,
    redirected: queue.redirected,
    handleSeconds: queue.handleSeconds,
    answeredWaitSeconds: queue.answeredWaitSeconds,
    abandonedWaitSeconds: queue.abandonedWaitSeconds,
  };
  const unseen = { customerKnown: 0, repeated: 0 };
  const repeats = Object.fromEntries(REPEAT_WINDOWS.map((days) => [days, unseen])) as never;
  return { contact, repeats, agents: 0, queue, time: null, rates: null };
}

const EMPTY_CONTACT: ContactSums = {
  contacts: 0,
  handled: 0,
  abandoned: 0,
  redirected: 0,
  leftBeforeQueue: 0,
  phantom: 0,
  unfinished: 0,
  transferred: 0,
  talkSeconds: 0,
  holdSeconds: 0,
  wrapSeconds: 0,
  handleSeconds: 0,
  handleSecondsSquared: 0,
  answeredWaitSeconds: 0,
  abandonedWaitSeconds: 0,
  surveys: 0,
  surveyMilliPoints: 0,
  surveyMilliPointsSquared: 0,
  complaints: 0,
  complaintsUpheld: 0,
  actions: 0,
  actionsVerified: 0,
  handOffs: 0,
  ticketsResolved: 0,
};
