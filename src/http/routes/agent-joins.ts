/** Answers about two names of one agent. */

import { joinAgents, undoAgentJoin as undoJoin } from "../../flows/agent-joins.ts";
import { type AgentJoinRow, agentJoins, suspectedPairs } from "../../store/agent-joins.ts";
import {
  type AgentJoin,
  agentJoinList,
  makeAgentJoin,
  undoAgentJoin,
} from "../contract/agent-joins.ts";
import { type Mounted, mount } from "../mount.ts";

export const AGENT_JOIN_ROUTES: readonly Mounted[] = [
  mount(agentJoinList, async ({ context, shows }) => {
    const { db } = context.store;
    const [joins, suspected] = await Promise.all([agentJoins(db, null), suspectedPairs(db)]);
    shows(joins.flatMap(({ agent, into }) => [agent.id, into.id]));
    shows(suspected.flatMap(({ agent, other }) => [agent.id, other.id]));
    return { joins: joins.map(shapeOfJoin), suspected };
  }),
  mount(makeAgentJoin, async ({ body, caller, context }) => {
    const wish = { ...body, userId: caller.userId, now: context.now() };
    return shapeOfJoin(await joinAgents(context.store, wish));
  }),
  mount(undoAgentJoin, async ({ params, caller, context }) => {
    const wish = { join: params.join ?? "", userId: caller.userId, now: context.now() };
    return shapeOfJoin(await undoJoin(context.store, wish));
  }),
];

function shapeOfJoin(join: AgentJoinRow): AgentJoin {
  return {
    ...join,
    joinedAt: join.joinedAt.toISOString(),
    undoneAt: join.undoneAt?.toISOString() ?? null,
  };
}
