/**
 * The demo centre as it is set up: one bank, two vendors, their teams, the queues and what work in
 * them is like. All names are invented.
 *
 * Time in the demo is whole seconds since the first day, 00:00 on the wall of the centre.
 * Asia/Shanghai has no summer time, so a wall second is a second, and files say local times.
 */

import type { PartyKind } from "../src/domain/shared/vocabulary.ts";

export const ZONE = "Asia/Shanghai";
export const CURRENCY = "CNY";
export const DAYS = 60;
/** The day (from 0) on which the assistant comes: as many days before as after. */
export const ADOPTION_DAY = 30;
export const DAY_SECONDS = 86_400;
export const OPENS = 8 * 3600;
export const CLOSES = 22 * 3600;
export const ASSISTANT = "Yunqi Copilot";

export const BANK = "Yunqi Bank";
export const QINGHE = "Qinghe Service";
export const NORTHGATE = "Northgate Contact";

export const PARTIES: readonly { readonly name: string; readonly kind: PartyKind }[] = [
  { name: BANK, kind: "client" },
  { name: QINGHE, kind: "vendor" },
  { name: NORTHGATE, kind: "vendor" },
];

export const QUEUES = [
  "cards",
  "accounts",
  "loans",
  "complaints",
  "collections",
  "digital",
  "english",
] as const;
export type QueueName = (typeof QUEUES)[number];

export interface QueueProfile {
  readonly name: QueueName;
  /** Share of calls and of chats that are for it. */
  readonly callShare: number;
  readonly chatShare: number;
  /** Median handling time of a call in seconds; its logarithm has CALL_SIGMA. */
  readonly callSeconds: number;
  readonly unresolved: number;
  readonly satisfaction: number;
  readonly reasons: readonly string[];
}

export const CALL_SIGMA = 0.5;
export const CHAT_SIGMA = 0.45;
/**
 * Median seconds of a chat with a person, first word to last, wrap-up included; and with an AI
 * agent.
 */
export const CHAT_SECONDS = 760;
export const AI_CHAT_SECONDS = 180;

export const QUEUE_PROFILES: readonly QueueProfile[] = [
  queue("cards", [0.3, 0.25, 440, 0.13, 4.05], ["lost card", "limit", "disputed charge", "fees"]),
  queue("accounts", [0.24, 0.2, 400, 0.12, 4.1], ["balance", "transfer", "statement", "details"]),
  queue("loans", [0.18, 0.1, 580, 0.16, 3.95], ["application", "rate", "early repayment"]),
  queue("complaints", [0.07, 0, 720, 0.22, 3.5], ["service", "fees", "delay"]),
  queue("collections", [0.1, 0, 470, 0.2, 3.7], ["instalment", "arrears", "hardship"]),
  queue("digital", [0.06, 0.45, 420, 0.17, 3.95], ["password", "app", "device", "payment"]),
  queue("english", [0.05, 0, 520, 0.14, 4.1], ["transfer", "lost card", "visa"]),
];

export interface TeamProfile {
  readonly name: string;
  readonly party: string;
  readonly agents: number;
  readonly adopts: boolean;
  readonly queues: readonly QueueName[];
  /** Share of its agents' days that are spent on chats. */
  readonly chatShare: number;
}

/** Sixty people adopt the assistant and sixty do not: a bank team and a vendor's team of each. */
export const TEAMS: readonly TeamProfile[] = [
  {
    name: "Cards and Accounts",
    party: BANK,
    agents: 34,
    adopts: true,
    queues: ["cards", "accounts", "digital", "english"],
    chatShare: 0.15,
  },
  {
    name: "Lending",
    party: BANK,
    agents: 26,
    adopts: false,
    queues: ["loans", "complaints", "collections", "english"],
    chatShare: 0,
  },
  {
    name: "Voice",
    party: QINGHE,
    agents: 34,
    adopts: false,
    queues: ["cards", "accounts", "loans", "collections", "digital"],
    chatShare: 0.1,
  },
  {
    name: "Digital",
    party: NORTHGATE,
    agents: 26,
    adopts: true,
    queues: ["digital", "collections", "complaints", "cards"],
    chatShare: 0.6,
  },
];
export const AI_TEAM = "AI Agents";
export const LANGUAGES = ["mandarin", "cantonese", "english"] as const;
export const HUMAN_CHAT_CAPACITY = 3;
export const AI_CHAT_CAPACITY = 5;

/** Kinds of work as bits of a mask: calls by queue, chats with people by queue, chats with AI. */
export const CALL_WORK = 0;
export const CHAT_WORK = 8;
export const AI_WORK = 16;

export function queueIndex(name: QueueName): number {
  return QUEUES.indexOf(name);
}

function queue(
  name: QueueName,
  figures: readonly [number, number, number, number, number],
  reasons: readonly string[],
): QueueProfile {
  const [callShare, chatShare, callSeconds, unresolved, satisfaction] = figures;
  return { name, callShare, chatShare, callSeconds, unresolved, satisfaction, reasons };
}
