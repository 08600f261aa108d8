/** Two names of one agent: joined and taken apart. Figures count under the person at once. */

import { z } from "zod";
import { day, instant, route, uuid } from "./route.ts";

const ROLES = ["administrator", "manager"] as const;

const named = z.object({ id: uuid, name: z.string() });

const agentJoin = z.object({
  id: uuid,
  agent: named.describe("the name whose rows count under the other"),
  into: named,
  joinedBy: z.string().nullable(),
  joinedAt: instant,
  undoneBy: z.string().nullable(),
  undoneAt: instant.nullable().describe("null: it stands"),
});
export type AgentJoin = z.infer<typeof agentJoin>;

const suspectedName = named.extend({
  contacts: z.number().int(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
});

export const agentJoinList = route({
  method: "get",
  path: "/agent-joins",
  summary: "Names that were joined to one agent, and those that the quality report suspects",
  roles: ROLES,
  response: z.object({
    joins: z.array(agentJoin).describe("standing and undone, the latest first"),
    suspected: z.array(
      z.object({
        source: z.string(),
        agent: suspectedName.describe("the one with fewer rows"),
        other: suspectedName,
        detail: z.record(z.string(), z.unknown()).describe("the evidence, as in the report"),
      }),
    ),
  }),
});

export const makeAgentJoin = route({
  method: "post",
  path: "/agent-joins",
  audited: true,
  idempotent: true,
  summary: "Counts one name under another: 409 where others are joined into it",
  roles: ROLES,
  body: z.object({ agent: uuid, into: uuid }),
  response: agentJoin,
  status: 201,
});

export const undoAgentJoin = route({
  method: "post",
  path: "/agent-joins/{join}/undo",
  audited: true,
  idempotent: true,
  summary: "Takes a join back: every figure is again what it was",
  roles: ROLES,
  response: agentJoin,
});
