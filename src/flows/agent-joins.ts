/**
 * Two names of one agent are joined, and taken apart again. Facts and tallies keep the name of their
 * log; reports count under the person, so both take effect at once and undoing gives back what was.
 * Only what the names handed to one another is counted anew. Who is at work under the name is at work
 * as the person from then on: signed on once, with the work in hand of both.
 */

import { validate as isUuid } from "uuid";
import {
  type AgentJoinRow,
  agentJoins,
  insertJoin,
  type JoinedName,
  joinToUndo,
  lockJoins,
  nameToJoin,
  undoJoin,
} from "../store/agent-joins.ts";
import type { Store } from "../store/connection.ts";
import { whileRenaming } from "../store/tally/ticket-tally.ts";
import { inTransaction } from "../store/transaction.ts";
import { notifyWork } from "../store/work/changes.ts";
import { movePresence } from "../store/work/presence.ts";
import { conflict, notFound } from "./errors.ts";

export interface JoinWish {
  /** Whose rows count under the other from now on. */
  readonly agent: string;
  readonly into: string;
  readonly userId: string;
  readonly now: Date;
}

/**
 * Joins one name into another, or into the one which that was joined into: there are no chains.
 *
 * @throws FlowError `unknown_agent`, `same_person`, `already_joined`, `agent_has_names`,
 *   `different_kinds`.
 */
export async function joinAgents(store: Store, wish: JoinWish): Promise<AgentJoinRow> {
  const id = await inTransaction(store.pool, async (client) => {
    await lockJoins(client);
    const found = async (uuid: string): Promise<JoinedName> => {
      const name = await nameToJoin(client, uuid);
      if (name === null) throw notFound("unknown_agent", `there is no agent ${uuid}`);
      return name;
    };
    const [agent, into] = [await found(wish.agent), await found(wish.into)];
    const root = into.joinedInto ?? into.id;
    refuseUnfit(agent, into, root);
    const pair = { agentId: agent.id, intoAgentId: root };
    const made = await whileRenaming(client, agent.id, () => insertJoin(client, pair, wish));
    await movePresence(client, pair);
    await notifyWork(client, { dispatch: true, agents: [agent.id, root] });
    return made;
  });
  return theJoin(store, id);
}

function refuseUnfit(agent: JoinedName, into: JoinedName, root: number): void {
  if ((agent.joinedInto ?? agent.id) === root) {
    throw conflict("same_person", `${agent.name} and ${into.name} count as one already`);
  }
  if (agent.joinedInto !== null) {
    throw conflict("already_joined", `${agent.name} is joined to another: undo that first`);
  }
  if (agent.hasNames) {
    throw conflict(
      "agent_has_names",
      `other names are joined into ${agent.name}: join ${into.name} into ${agent.name} instead`,
    );
  }
  if (agent.kind !== into.kind) {
    throw conflict("different_kinds", `${agent.name} and ${into.name}: a person is no AI agent`);
  }
}

export interface UndoWish {
  readonly join: string;
  readonly userId: string;
  readonly now: Date;
}

/** @throws FlowError `unknown_join`, `join_undone`. */
export async function undoAgentJoin(store: Store, wish: UndoWish): Promise<AgentJoinRow> {
  const unknown = () => notFound("unknown_join", `there is no join ${wish.join}`);
  if (!isUuid(wish.join)) throw unknown();
  await inTransaction(store.pool, async (client) => {
    await lockJoins(client);
    const join = await joinToUndo(client, wish.join);
    if (join === null) throw unknown();
    if (join.undone) throw conflict("join_undone", "the join was undone before");
    const { agentId, intoAgentId } = join;
    const undone = { id: wish.join, agentId };
    await whileRenaming(client, agentId, () => undoJoin(client, undone, wish));
    await notifyWork(client, { dispatch: true, agents: [agentId, intoAgentId] });
  });
  return theJoin(store, wish.join);
}

async function theJoin({ db }: Store, id: string): Promise<AgentJoinRow> {
  const [join] = await agentJoins(db, id);
  if (join === undefined) throw notFound("unknown_join", `there is no join ${id}`);
  return join;
}
