/** Groups for tests: everything zero or unknown but what a test says. */

import type {
  ContactSums,
  GroupSums,
  QueueSums,
  RateSums,
  TimeSums,
} from "../../../src/domain/shared/tally.ts";

const CONTACT: ContactSums = {
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

const TIME: TimeSums = {
  signedOnSeconds: 0,
  availableSeconds: 0,
  auxSeconds: 0,
  scheduledSeconds: 0,
  paidSeconds: 0,
};

const QUEUE: QueueSums = {
  offered: 0,
  handled: 0,
  abandoned: 0,
  redirected: 0,
  handleSeconds: 0,
  answeredWaitSeconds: 0,
  abandonedWaitSeconds: 0,
  answeredWithin: [0, 0, 0, 0, 0, 0],
  abandonedWithin: [0, 0, 0, 0, 0, 0],
};

const RATE: RateSums = {
  perHour: "0",
  perContact: "0",
  perAction: "0",
  currency: "CNY",
  paidSeconds: 0,
  handled: 0,
  actionsVerified: 0,
};

const NO_REPEATS = { customerKnown: 0, repeated: 0 };

export function groupOf(of: {
  contact?: Partial<ContactSums>;
  repeats?: Partial<GroupSums["repeats"]>;
  time?: Partial<TimeSums>;
  queue?: Partial<QueueSums>;
  rates?: readonly Partial<RateSums>[];
}): GroupSums {
  return {
    contact: { ...CONTACT, ...of.contact },
    repeats: { 1: NO_REPEATS, 7: NO_REPEATS, 14: NO_REPEATS, 30: NO_REPEATS, ...of.repeats },
    time: of.time ? { ...TIME, ...of.time } : null,
    queue: of.queue ? { ...QUEUE, ...of.queue } : null,
    rates: of.rates ? of.rates.map((rate) => ({ ...RATE, ...rate })) : null,
    agents: 1,
  };
}
