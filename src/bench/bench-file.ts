/**
 * A call log as a telephone system exports it, made from a seed: the same file for the same numbers.
 *
 * 250 agents with three queues each, 60 days, 8 queues, a customer known in 7 of 10 calls, ids in the
 * order of arrival.
 */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export const BENCH_COLUMNS = [
  "call_id",
  "queue",
  "agent",
  "customer",
  "arrived_at",
  "answered_at",
  "ended_at",
  "wait_s",
  "talk_s",
  "hold_s",
  "wrap_s",
  "result",
  "transferred",
  "reason",
] as const;

const AGENTS = 250;
const QUEUES = ["cards", "loans", "accounts", "mortgages", "online", "complaints", "fraud", "vip"];
const QUEUES_OF_AN_AGENT = 3;
const REASONS = ["balance", "lost card", "limit", "rate", "password", "fee", "transfer", "other"];
const DAYS = 60;
const FIRST_INSTANT = Date.UTC(2026, 0, 1);
const PIECE_CHARACTERS = 1 << 20;

/** The mapping that a user would write for it. */
export const BENCH_MAPPING = {
  record: "contact",
  zone: "UTC",
  fields: {
    externalId: "call_id",
    queue: "queue",
    agent: "agent",
    customer: "customer",
    channel: { constant: "call" },
    arrivedAt: { column: "arrived_at", format: "yyyy-MM-dd HH:mm:ss" },
    answeredAt: { column: "answered_at", format: "yyyy-MM-dd HH:mm:ss" },
    endedAt: { column: "ended_at", format: "yyyy-MM-dd HH:mm:ss" },
    waitSeconds: { column: "wait_s", unit: "seconds" },
    talkSeconds: { column: "talk_s", unit: "seconds" },
    holdSeconds: { column: "hold_s", unit: "seconds" },
    wrapSeconds: { column: "wrap_s", unit: "seconds" },
    outcome: { column: "result", values: { answered: "handled", abandoned: "abandoned" } },
    transferred: { column: "transferred", values: { yes: "true", no: "false" } },
    reason: "reason",
  },
} as const;

/** A whole number from 0 to below `limit`. */
type Draw = (limit: number) => number;

function drawsOf(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  return (limit) => (generator.next() >>> 0) % limit;
}

/** Writes the log; returns its bytes. */
export async function writeBenchFile(path: string, rows: number, seed: number): Promise<number> {
  const draw = drawsOf(seed);
  const out = createWriteStream(path);
  let bytes = 0;
  let piece = `${BENCH_COLUMNS.join(",")}\n`;
  const flush = async () => {
    bytes += piece.length;
    if (!out.write(piece)) await once(out, "drain");
    piece = "";
  };
  for (let row = 0; row < rows; row++) {
    piece += benchLine(row, rows, draw);
    if (piece.length > PIECE_CHARACTERS) await flush();
  }
  await flush();
  out.end();
  await once(out, "close");
  return bytes;
}

function benchLine(row: number, rows: number, draw: Draw): string {
  const arrived =
    FIRST_INSTANT + Math.floor(((row + draw(1000) / 1000) / rows) * DAYS * 86_400) * 1000;
  const answered = draw(100) < 93;
  const wait = draw(4) === 0 ? draw(240) : draw(20);
  const talk = answered ? 30 + draw(300) + draw(300) : 0;
  const hold = answered && draw(5) === 0 ? draw(60) : 0;
  const wrap = answered ? draw(90) : 0;
  const pickedUp = arrived + wait * 1000;
  const ended = pickedUp + (talk + hold) * 1000;
  // Customers come back: half of the known calls are from a tenth of the customers.
  const customers = Math.max(10, Math.floor(rows / 3));
  const agent = draw(AGENTS);
  const customer = draw(2) === 0 ? draw(customers) : draw(Math.ceil(customers / 10));
  return `${[
    `C${String(row).padStart(10, "0")}`,
    QUEUES[(agent + draw(QUEUES_OF_AN_AGENT)) % QUEUES.length],
    answered ? `agent-${agent}` : "",
    draw(10) < 7 ? `86${1_000_000 + customer}` : "",
    clock(arrived),
    answered ? clock(pickedUp) : "",
    clock(ended),
    wait,
    talk,
    hold,
    wrap,
    answered ? "answered" : "abandoned",
    answered && draw(20) === 0 ? "yes" : "no",
    REASONS[draw(REASONS.length)],
  ].join(",")}\n`;
}

function clock(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19).replace("T", " ");
}
