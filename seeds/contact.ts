/**
 * One leg of a customer's contact as it goes through the demo: what it wants, then what became
 * of it.
 */

import type { ContactOutcome } from "../src/domain/shared/vocabulary.ts";
import { AI_WORK, CALL_WORK, CHAT_WORK } from "./centre.ts";
import { type Chance, keyOf, streamOf, uniform } from "./random.ts";

export interface Contact {
  /** Names the contact's own stream of chance. */
  readonly key: number;
  readonly chance: Chance;
  readonly channel: "call" | "chat";
  /** Index in QUEUES. */
  readonly queue: number;
  readonly customer: number;
  readonly arrivedAt: number;
  readonly leg: number;
  /** The first leg; itself where it is the first. */
  readonly root: Contact | null;
  /** Begins with an AI agent. */
  readonly simple: boolean;
  /** The bit of AI, chat or call work in this queue. */
  work: number;
  readonly patience: number;
  readonly reason: string;
  id: string;
  outcome: ContactOutcome;
  agent: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** When the agent is through with it: the end and the wrap-up. */
  releasedAt: number | null;
  talk: number;
  hold: number;
  wrap: number;
  transferred: boolean;
  followUp: boolean;
  /** Of the last leg: did the customer get what they came for? */
  resolved: boolean;
}

export interface Wish {
  readonly channel: "call" | "chat";
  readonly queue: number;
  readonly customer: number;
  readonly arrivedAt: number;
  readonly simple: boolean;
  readonly reasons: readonly string[];
  readonly root?: Contact;
}

const CALL_PATIENCE_SECONDS = 280;
const CHAT_PATIENCE_SECONDS = 420;

export function newContact(key: number, wish: Wish): Contact {
  const chance = streamOf(key);
  const { channel, queue, customer, arrivedAt, simple, reasons, root } = wish;
  const mean = channel === "call" ? CALL_PATIENCE_SECONDS : CHAT_PATIENCE_SECONDS;
  const first = channel === "call" ? CALL_WORK : simple ? AI_WORK : CHAT_WORK;
  const patience = Math.ceil(5 - mean * Math.log(uniform(chance)));
  const reason = reasons[Math.floor(uniform(chance) * reasons.length)] ?? "other";
  return {
    key,
    chance,
    channel,
    queue,
    customer,
    arrivedAt,
    leg: root === undefined ? 1 : root.leg + 1,
    root: root === undefined ? null : (root.root ?? root),
    simple,
    work: 1 << (first + queue),
    patience,
    reason,
    id: "",
    outcome: "abandoned",
    agent: null,
    answeredAt: null,
    endedAt: null,
    releasedAt: null,
    talk: 0,
    hold: 0,
    wrap: 0,
    transferred: false,
    followUp: false,
    resolved: false,
  };
}

/** The key of a contact that follows from this one. */
export function childKey(contact: Contact, tag: "transfer" | "repeat" | "aftermath"): number {
  return keyOf(contact.key, tag);
}
