/** Signing on and off, signs of life, and whether an agent is to be had. */

import type { Channel, Pool } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../../store/connection.ts";
import { inTransaction } from "../../store/transaction.ts";
import { extendLeases, returnOffers } from "../../store/work/assignments.ts";
import { notifyWork } from "../../store/work/changes.ts";
import {
  type AgentName,
  deletePresence,
  findAgent,
  type Presence,
  type PresenceState,
  touchPresence,
  upsertPresence,
} from "../../store/work/presence.ts";
import { readSkills, writeSkills } from "../../store/work/skills.ts";
import { releaseTasks } from "../../store/work/tasks.ts";
import { conflict, notFound } from "../errors.ts";
import { after, type WorkSettings } from "./settings.ts";

export interface SignOn {
  readonly pool: Pool;
  readonly capacity: Readonly<Partial<Record<Channel, number>>>;
  readonly capacityTotal: number;
  /** Proficiency by name, from today on; without it, what the agent held before. */
  readonly skills?: Readonly<Record<string, number>> | undefined;
}

export interface SignedOn extends Presence {
  readonly skills: Readonly<Record<string, number>>;
}

/** @throws FlowError `unknown_agent`. */
export async function agentByUuid(store: Store, uuid: string): Promise<AgentName> {
  const agent = await findAgent(store.pool, uuid);
  if (agent === null) throw notFound("unknown_agent", `there is no agent ${uuid}`);
  return agent;
}

/** Signs on, or changes what was said at sign-on. Work in hand stays in hand. */
export async function signOn(
  store: Store,
  agentId: number,
  { now, skills, ...given }: SignOn & { readonly now: Date },
): Promise<SignedOn> {
  return inTransaction(store.pool, async (sql) => {
    const presence = await upsertPresence(sql, agentId, { ...given, now });
    if (skills !== undefined) await writeSkills(sql, agentId, { skills, now });
    await notifyWork(sql, { dispatch: true, agents: [] });
    return { ...presence, skills: await readSkills(sql, agentId, now) };
  });
}

/**
 * A sign of life, and a new state where one is given. Renews the leases of accepted work.
 * @throws FlowError `not_signed_on`: sign on again.
 */
export async function heartbeat(
  store: Store,
  agentId: number,
  given: {
    readonly now: Date;
    readonly state?: PresenceState | undefined;
    readonly settings: WorkSettings;
  },
): Promise<Presence> {
  return inTransaction(store.pool, async (sql) => {
    const { now, state = null, settings } = given;
    const presence = await touchPresence(sql, agentId, { now, state });
    if (presence === null) throw conflict("not_signed_on", "the agent is not signed on");
    await extendLeases(sql, agentId, after(now, settings.workSeconds));
    if (state !== null) {
      await notifyWork(sql, { dispatch: state === "available", agents: [agentId] });
    }
    return presence;
  });
}

/** Signing off twice is once. Offers go back to the queue; accepted work keeps its lease. */
export async function signOff(store: Store, agentId: number, now: Date): Promise<void> {
  await inTransaction(store.pool, async (sql) => {
    // First the presence: a dispatcher that still counts on this agent ends before it can be
    // deleted.
    await deletePresence(sql, agentId);
    const returned = await returnOffers(sql, [agentId], now);
    await releaseTasks(
      sql,
      returned.map((each) => each.taskId),
    );
    await notifyWork(sql, { dispatch: returned.length > 0, agents: [agentId] });
  });
}
