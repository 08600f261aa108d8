/** New work now and then: e-mails that customers write, chats, calls they want back, messages. */

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import type { createTasks } from "../../src/http/contract/work.ts";
import { between, type Chance, integer, pick, uniform } from "../random.ts";
import { type Api, ApiRefusal } from "./api.ts";
import type { Stage } from "./cast.ts";

type NewTask = z.input<NonNullable<typeof createTasks.body>>["tasks"][number];

interface TaskKind {
  readonly kind: string;
  readonly channel: NewTask["channel"];
  readonly expectedSeconds: number;
  /** Minutes in which it is promised. */
  readonly dueMinutes: number;
  readonly subjects: readonly string[];
}

const KINDS: readonly TaskKind[] = [
  {
    kind: "customer e-mail",
    channel: "email",
    expectedSeconds: 360,
    dueMinutes: 20,
    subjects: ["question about a fee", "address change", "card has not arrived", "statement"],
  },
  {
    kind: "call-back",
    channel: "call",
    expectedSeconds: 420,
    dueMinutes: 6,
    subjects: ["hung up in the queue", "asked to be called", "papers are missing"],
  },
  {
    kind: "chat",
    channel: "chat",
    expectedSeconds: 300,
    dueMinutes: 2,
    subjects: ["cannot sign in", "payment is pending", "limit of the card"],
  },
  {
    kind: "app message",
    channel: "message",
    expectedSeconds: 180,
    dueMinutes: 10,
    subjects: ["device was changed", "receipt wanted", "thanks and a question"],
  },
];
const ENOUGH_WAITING = 150;
const PAUSE_MS = 20_000;

export async function makeTasks(of: {
  readonly api: Api;
  readonly stage: Stage;
  readonly chance: Chance;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { api, stage, chance, signal } = of;
  let checkAt = 0;
  while (!signal.aborted) {
    try {
      if (performance.now() >= checkAt) {
        // With much waiting already, more would only make the picture grow and never move.
        const page = `/tasks?state=waiting&limit=${ENOUGH_WAITING}`;
        const { rows } = await api.get<{ rows: readonly unknown[] }>(page);
        if (rows.length >= ENOUGH_WAITING) {
          await sleep(PAUSE_MS, undefined, { signal });
          continue;
        }
        checkAt = performance.now() + PAUSE_MS;
      }
      const count = integer(chance, 1, 4);
      const tasks = Array.from({ length: count }, () => newTask(stage, chance));
      await api.send("POST", "/tasks", { tasks });
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      // A refused task (a queue that is gone) is no reason to stop making others.
      await sleep(PAUSE_MS, undefined, { signal });
    }
    await sleep(between(chance, 2000, 7000), undefined, { signal });
  }
}

function newTask({ queues }: Stage, chance: Chance): NewTask {
  const { kind, channel, expectedSeconds, dueMinutes, subjects } = pick(chance, KINDS);
  const queue = queues.length === 0 ? null : pick(chance, queues);
  const due = new Date(Date.now() + dueMinutes * 60_000 * between(chance, 0.7, 1.5));
  return {
    // Sent twice, it is made once.
    key: `demo-${randomUUID()}`,
    kind,
    channel,
    queue: queue?.id ?? null,
    priority: uniform(chance) < 0.12 ? 10 : 0,
    dueAt: due.toISOString(),
    expectedSeconds: Math.round(expectedSeconds * between(chance, 0.6, 1.6)),
    detail: { subject: pick(chance, subjects) },
  };
}
