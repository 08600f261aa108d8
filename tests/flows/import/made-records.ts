/** Records of every kind, made by chance: few agents, queues, customers and days, so that they meet. */

import fc from "fast-check";
import { DateTime } from "luxon";
import type {
  AgentStateRecord,
  ComplaintRecord,
  ContactRecord,
  FactRecord,
  OutcomeRecord,
  PaymentRecord,
  SurveyRecord,
  TicketEventRecord,
} from "../../../src/domain/shared/records.ts";
import { AGENT_STATES, CHANNELS, CONTACT_OUTCOMES } from "../../../src/domain/shared/vocabulary.ts";

/** A record and the source it comes from. */
export interface Sourced {
  readonly source: string;
  readonly record: FactRecord;
}

export const SOURCES = ["alpha", "beta"] as const;
/** Each changes its clocks in the weeks that records are made in, Havana at midnight itself. */
export const ZONES = ["Asia/Jerusalem", "Australia/Lord_Howe", "America/Havana"] as const;

const CLOCKS_CHANGE = {
  "Asia/Jerusalem": "2024-10-27",
  "Australia/Lord_Howe": "2024-10-06",
  "America/Havana": "2024-11-03",
};

const QUARTER_MS = 900_000;

export const dayIn = (zone: string, at: number): string =>
  DateTime.fromMillis(at, { zone }).toISODate() ?? "none";

const source = fc.constantFrom(...SOURCES);
const agent = fc.constantFrom("Ann", "Bo", "Cy");
const someAgent = fc.option(agent, { freq: 4 });
const queue = fc.option(fc.constantFrom("cards", "loans"), { freq: 4 });
const customer = fc.option(fc.constantFrom("4711", "4712"), { freq: 4 });
const channel = fc.constantFrom(...CHANNELS);
const seconds = fc.constantFrom(0, 9, 10, 11, 20, 21, 300, 301, 5000);

/** Whole days, quarters and odd seconds around the change of clocks, equal moments among them. */
function moment(zone: (typeof ZONES)[number]): fc.Arbitrary<number> {
  const middle = DateTime.fromISO(CLOCKS_CHANGE[zone], { zone }).toMillis();
  return fc
    .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -8, max: 8 }), fc.nat({ max: 1 }))
    .map(
      ([days, quarters, odd]) => middle + days * 86_400_000 + quarters * QUARTER_MS + odd * 17e3,
    );
}

const CONTACT_IDS = Array.from({ length: 8 }, (_, at) => `c${at}`);
const reference = fc.record({
  source: fc.option(source),
  externalId: fc.constantFrom(...CONTACT_IDS, "never came"),
});

function contact(zone: (typeof ZONES)[number]): fc.Arbitrary<Omit<ContactRecord, "externalId">> {
  return fc
    .record({
      kind: fc.constant("contact" as const),
      conversation: fc.constant(null),
      leg: fc.constantFrom(1, 1, 1, 2),
      channel,
      queue,
      agent: someAgent,
      customer,
      reason: fc.constantFrom(null, "card \\ lost\t\n"),
      outcome: fc.constantFrom("handled" as const, "handled" as const, ...CONTACT_OUTCOMES),
      arrivedAt: moment(zone),
      answeredAt: fc.constant(null),
      endedAt: fc.constant(null),
      waitSeconds: seconds,
      talkSeconds: seconds,
      holdSeconds: seconds,
      wrapSeconds: seconds,
      transferred: fc.boolean(),
      assisted: fc.boolean(),
      followUp: fc.boolean(),
    })
    .map((made) => ({ ...made, localDay: dayIn(zone, made.arrivedAt) }));
}

type Loose<T> = Omit<T, "externalId">;

function others(zone: (typeof ZONES)[number]) {
  const at = moment(zone);
  const survey: fc.Arbitrary<Loose<SurveyRecord>> = fc.record({
    kind: fc.constant("survey" as const),
    contact: reference,
    milliPoints: fc.constantFrom(1000, 2500, 5000),
    answeredAt: at,
  });
  const complaint: fc.Arbitrary<Loose<ComplaintRecord>> = fc
    .record({
      kind: fc.constant("complaint" as const),
      contact: fc.option(reference, { freq: 3 }),
      agent: someAgent,
      queue,
      channel,
      customer,
      receivedAt: at,
      upheld: fc.constantFrom(true, false, null),
    })
    .map((made) => ({ ...made, localDay: dayIn(zone, made.receivedAt) }));
  const outcome: fc.Arbitrary<Loose<OutcomeRecord>> = fc
    .record({
      kind: fc.constant("outcome" as const),
      action: fc.constantFrom("refund", "promise"),
      contact: fc.option(reference, { freq: 3 }),
      agent: someAgent,
      queue,
      channel,
      occurredAt: at,
      verified: fc.boolean(),
      amountMinor: fc.constant(null),
      currency: fc.constant(null),
    })
    .map((made) => ({ ...made, localDay: dayIn(zone, made.occurredAt) }));
  const payment: fc.Arbitrary<Loose<PaymentRecord>> = fc
    .record({
      kind: fc.constant("payment" as const),
      contact: fc.option(reference, { freq: 3 }),
      agent: someAgent,
      queue,
      customer,
      paidAt: at,
      amountMinor: fc.constantFrom(0n, 1n, 2n ** 63n - 1n),
      currency: fc.constantFrom("CNY", "JPY"),
      returned: fc.constantFrom(null, 0, 86_400_000),
      reference: fc.constantFrom(null, "instalment 3"),
    })
    .map(({ returned, ...made }) => ({
      ...made,
      localDay: dayIn(zone, made.paidAt),
      returnedAt: returned === null ? null : made.paidAt + returned,
    }));
  const ticketEvent: fc.Arbitrary<Loose<TicketEventRecord>> = fc
    .record({
      kind: fc.constant("ticket_event" as const),
      ticket: fc.constantFrom("t1", "t1", "t1", "t2"),
      activity: fc.constant("step"),
      agent: someAgent,
      queue,
      customer,
      reason: fc.constant(null),
      priority: fc.constant(null),
      at,
      effect: fc.constantFrom(null, "opened", "resolved", "closed", "reopened"),
    })
    .map((made) => ({ ...made, localDay: dayIn(zone, made.at) }));
  const state: fc.Arbitrary<Loose<AgentStateRecord>> = fc
    .record({
      kind: fc.constant("agent_state" as const),
      agent,
      state: fc.constantFrom(...AGENT_STATES),
      startsAt: at,
      quarters: fc.integer({ min: 1, max: 250 }),
    })
    .map(({ quarters, ...made }) => ({ ...made, endsAt: made.startsAt + quarters * QUARTER_MS }));
  return [survey, complaint, outcome, payment, ticketEvent, state] as const;
}

export interface MadeRecords {
  readonly zone: (typeof ZONES)[number];
  /** Each with an id of its own in its source and kind. */
  readonly records: readonly Sourced[];
  /** Later versions of some of them: other content under the same id. */
  readonly versions: readonly Sourced[];
}

export const madeRecords: fc.Arbitrary<MadeRecords> = fc.constantFrom(...ZONES).chain((zone) => {
  const contacts = fc.uniqueArray(fc.tuple(source, fc.constantFrom(...CONTACT_IDS)), {
    minLength: 3,
    maxLength: 14,
    selector: ([from, id]) => `${from} ${id}`,
  });
  const made = contacts.chain((ids) =>
    fc.tuple(
      ...ids.map(([from, externalId]) =>
        contact(zone).map((loose) => ({ source: from, record: { ...loose, externalId } })),
      ),
    ),
  );
  const [survey, complaint, outcome, payment, ticketEvent, state] = others(zone);
  const events = { weight: 3, arbitrary: ticketEvent };
  const loose = fc.oneof(survey, complaint, outcome, payment, events, state);
  const rest = fc
    .array(fc.tuple(source, loose), { minLength: 8, maxLength: 24, size: "max" })
    .map((list) =>
      list.map(([from, one], at) => {
        const record = { ...one, externalId: `r${String(at).padStart(2, "0")}` };
        return { source: from, record: record as FactRecord };
      }),
    );
  const later = fc.array(fc.tuple(fc.nat(), contact(zone)), { maxLength: 4 });
  return fc.tuple(made, rest, later).map(([first, second, changes]) => ({
    zone,
    records: [...first, ...second],
    versions: changes.map(([at, change]) => {
      const old = first[at % first.length] as (typeof first)[number];
      return { source: old.source, record: { ...change, externalId: old.record.externalId } };
    }),
  }));
});
