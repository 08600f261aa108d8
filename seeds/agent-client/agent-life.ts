/**
 * One agent at work through the API: signs on, waits for offers, takes them or now and then gives
 * one back, works for a while, completes, and takes a break. Accepted work found after a restart of
 * either side is taken up again; work that was lost meanwhile is let go.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { AssignmentShape } from "../../src/http/contract/work.ts";
import { between, type Chance, logNormal, pick, uniform } from "../random.ts";
import { type Api, ApiRefusal } from "./api.ts";
import type { Player } from "./cast.ts";

export interface LifeOptions {
  readonly api: Api;
  readonly player: Player;
  readonly chance: Chance;
  /** How many times faster than real work: 10 makes of five minutes half a minute. */
  readonly pace: number;
  readonly signal: AbortSignal;
}

interface Life extends LifeOptions {
  /** Assignments this agent is busy with, by id. */
  readonly busy: Set<string>;
}

const POLL_SECONDS = 20;
const HEARTBEAT_MS = 15_000;
const RETURNS = 0.04;
const RETURN_REASONS = ["wrong language", "needs another skill", "customer asked for a colleague"];
const RESULTS = ["resolved", "resolved", "resolved", "informed", "called back", "refund booked"];

/** Ends when the signal is aborted; the agent is then signed off by the caller. */
export async function liveAgent(options: LifeOptions): Promise<void> {
  const life: Life = { ...options, busy: new Set() };
  await signOn(life);
  await Promise.all([takeWork(life), showLife(life), takeBreaks(life)]);
}

function signOn({ api, player }: Life): Promise<unknown> {
  const { pool, capacity, capacityTotal } = player;
  return api.send("POST", presencePath(player), { pool, capacity, capacityTotal });
}

async function takeWork(life: Life): Promise<void> {
  const { api, player, signal } = life;
  const path = `/agents/${player.id}/assignments?waitSeconds=${POLL_SECONDS}`;
  while (!signal.aborted) {
    const asked = performance.now();
    const { assignments } = await api.get<{ assignments: readonly AssignmentShape[] }>(path);
    const fresh = assignments.filter(({ id }) => !life.busy.has(id));
    for (const assignment of fresh) {
      life.busy.add(assignment.id);
      // On its own: the next offer is waited for meanwhile.
      void work(life, assignment).finally(() => life.busy.delete(assignment.id));
    }
    // A poll that had nothing new and came at once must not become a busy loop.
    const isHasty = fresh.length === 0 && performance.now() - asked < 1000;
    if (isHasty) await sleep(2000, undefined, { signal });
  }
}

async function work(life: Life, assignment: AssignmentShape): Promise<void> {
  const { api, chance, pace, player, signal } = life;
  const path = `/assignments/${assignment.id}`;
  try {
    if (assignment.state === "offered") {
      // A person looks first; a machine does not.
      if (player.kind === "human") await sleep(between(chance, 500, 3500), undefined, { signal });
      if (player.kind === "human" && uniform(chance) < RETURNS) {
        await api.send("POST", `${path}/return`, { reason: pick(chance, RETURN_REASONS) });
        return;
      }
      await api.send("POST", `${path}/accept`);
    }
    const speed = pace * (player.kind === "ai" ? 3 : 1);
    const seconds = logNormal(chance, assignment.task.expectedSeconds / speed, 0.4);
    await sleep(Math.min(300, Math.max(2, seconds)) * 1000, undefined, { signal });
    const result = { outcome: pick(chance, RESULTS) };
    await api.send("POST", `${path}/complete`, { result });
  } catch (error) {
    // Refused: somebody else has it by now. Aborted: its lease ends and it goes back to the queue.
    if (!(error instanceof ApiRefusal) && !signal.aborted) throw error;
  }
}

/**
 * Signs of life keep the agent signed on and its leases long; a server that forgot is told
 * again.
 */
async function showLife(life: Life): Promise<void> {
  const { api, player, signal, chance } = life;
  while (!signal.aborted) {
    await sleep(HEARTBEAT_MS * between(chance, 0.8, 1.2), undefined, { signal });
    await api.send("PATCH", presencePath(player), {}).catch((error: unknown) => {
      if (error instanceof ApiRefusal && error.code === "not_signed_on") return signOn(life);
      throw error;
    });
  }
}

/** People are away for a minute or so now and then; machines are not. */
async function takeBreaks(life: Life): Promise<void> {
  const { api, player, signal, chance } = life;
  if (player.kind === "ai") return;
  const change = async (state: "available" | "aux"): Promise<void> => {
    await api.send("PATCH", presencePath(player), { state }).catch((error: unknown) => {
      // Signed off meanwhile: the next sign of life signs on again.
      if (!(error instanceof ApiRefusal && error.code === "not_signed_on")) throw error;
    });
  };
  while (!signal.aborted) {
    await sleep(between(chance, 120_000, 900_000), undefined, { signal });
    await change("aux");
    await sleep(between(chance, 20_000, 80_000), undefined, { signal });
    await change("available");
  }
}

export function presencePath(player: Player): string {
  return `/agents/${player.id}/presence`;
}
