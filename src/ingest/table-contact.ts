/**
 * From a mapped row to a contact.
 *
 * Derived, and only where the mapping names no column for it: the wait from arrival to answer, the talk
 * from answer to end. The outcome is `handled` and the channel `call` unless mapped.
 */

import type { ContactRecord } from "../domain/shared/records.ts";
import { CHANNELS, CONTACT_OUTCOMES } from "../domain/shared/vocabulary.ts";
import {
  type BuilderContext,
  endsTooEarly,
  NOWHEN,
  type RecordBuilder,
  readers,
} from "./table-readers.ts";
import { choiceReader, flagReader, integerReader, secondsReader } from "./table-values.ts";

export function contactBuilder(context: BuilderContext): RecordBuilder<ContactRecord> {
  const { clock } = context;
  const read = readers(context);
  const [externalId, conversation, queue] = read.texts("externalId", "conversation", "queue");
  const [agent, customer, reason] = read.texts("agent", "customer", "reason");
  const leg = read.field("leg", integerReader);
  const channel = read.field("channel", (one) => choiceReader(one, CHANNELS));
  const outcome = read.field("outcome", (one) => choiceReader(one, CONTACT_OUTCOMES));
  const [arrivedAt, answeredAt, endedAt] = read.instants("arrivedAt", "answeredAt", "endedAt");
  const wait = read.field("waitSeconds", secondsReader);
  const talk = read.field("talkSeconds", secondsReader);
  const hold = read.field("holdSeconds", secondsReader);
  const wrap = read.field("wrapSeconds", secondsReader);
  const transferred = read.field("transferred", flagReader);
  const assisted = read.field("assisted", flagReader);
  const followUp = read.field("followUp", flagReader);
  return (cells, sink) => {
    const arrived = arrivedAt(cells, sink) ?? NOWHEN;
    const answered = answeredAt(cells, sink);
    const ended = endedAt(cells, sink);
    if (ended !== null && ended < arrived) endsTooEarly(sink, "endedAt", ended, "arrivedAt");
    if (answered !== null && answered < arrived) {
      endsTooEarly(sink, "answeredAt", answered, "arrivedAt");
    }
    return {
      kind: "contact",
      externalId: externalId(cells, sink) ?? "",
      conversation: conversation(cells, sink),
      leg: leg(cells, sink) ?? 1,
      channel: channel(cells, sink) ?? "call",
      queue: queue(cells, sink),
      agent: agent(cells, sink),
      customer: customer(cells, sink),
      reason: reason(cells, sink),
      outcome: outcome(cells, sink) ?? "handled",
      arrivedAt: arrived,
      localDay: clock.day(arrived),
      answeredAt: answered,
      endedAt: ended,
      waitSeconds: wait(cells, sink) ?? (read.has("waitSeconds") ? 0 : between(arrived, answered)),
      talkSeconds: talk(cells, sink) ?? (read.has("talkSeconds") ? 0 : between(answered, ended)),
      holdSeconds: hold(cells, sink) ?? 0,
      wrapSeconds: wrap(cells, sink) ?? 0,
      transferred: transferred(cells, sink) ?? false,
      assisted: assisted(cells, sink),
      followUp: followUp(cells, sink) ?? false,
    };
  };
}

function between(from: number | null, to: number | null): number {
  return from === null || to === null ? 0 : Math.max(0, Math.round((to - from) / 1000));
}
