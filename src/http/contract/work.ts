/** Work: tasks, agents signed on, and the assignments between them. */

import { z } from "zod";
import { CHANNELS, POOLS, type Role } from "../../domain/shared/vocabulary.ts";
import { instant, route, uuid } from "./route.ts";

/** An agent acts for itself; a manager or administrator for any (a gateway, the demo). */
const ACTORS: readonly Role[] = ["administrator", "manager", "agent"];
const PLANNERS: readonly Role[] = ["administrator", "manager", "planner"];

const freeForm = z.record(z.string(), z.unknown());
const proficiency = z.number().gt(0).max(1).describe("share of full speed");
const count = z.number().int().min(0).max(1000);
const seconds = z.number().int().min(1).max(86_400);

export const task = z.object({
  id: uuid,
  origin: z.string().describe("what it was made from: contact, ticket or the API's key"),
  kind: z.string(),
  channel: z.enum(CHANNELS),
  queue: z.string().nullable(),
  skill: z.string().nullable().describe("null: anybody may take it"),
  minProficiency: z.number(),
  priority: z.number().int(),
  dueAt: instant.nullable(),
  expectedSeconds: z.number().int(),
  state: z.enum(["waiting", "offered", "accepted", "done", "cancelled"]),
  notBefore: instant,
  createdAt: instant,
  doneAt: instant.nullable(),
  result: freeForm.nullable(),
  detail: freeForm,
});
export type TaskShape = z.infer<typeof task>;

export const assignment = z.object({
  id: uuid,
  task: z.object({
    id: uuid,
    kind: z.string(),
    channel: z.enum(CHANNELS),
    queue: z.string().nullable(),
    skill: z.string().nullable(),
    priority: z.number().int(),
    dueAt: instant.nullable(),
    expectedSeconds: z.number().int(),
    detail: freeForm,
  }),
  agent: uuid,
  state: z.enum(["offered", "accepted", "done", "returned", "expired"]),
  offeredAt: instant,
  acceptedAt: instant.nullable(),
  endedAt: instant.nullable(),
  leaseUntil: instant.describe("then it goes back to the queue, unless it is done or renewed"),
  expectedCost: z.number(),
  why: freeForm,
});
export type AssignmentShape = z.infer<typeof assignment>;

export const createTasks = route({
  method: "post",
  path: "/tasks",
  summary: "Makes tasks; one with a key that is known already is not made again",
  roles: PLANNERS,
  body: z.object({
    tasks: z
      .array(
        z.object({
          key: z.string().min(1).max(200).optional().describe("your own id of the task"),
          kind: z.string().min(1).max(100),
          channel: z.enum(CHANNELS),
          queue: uuid.nullable().default(null),
          skill: z.string().min(1).nullable().default(null).describe("name of a skill"),
          minProficiency: z.number().min(0).max(1).default(0),
          priority: z.number().int().min(-1000).max(1000).default(0),
          dueAt: instant.nullable().default(null),
          expectedSeconds: seconds.default(300),
          notBefore: instant.nullable().default(null),
          detail: freeForm.default({}),
        }),
      )
      .min(1)
      .max(1000),
  }),
  response: z.object({
    tasks: z.array(z.object({ id: uuid, key: z.string().nullable(), created: z.boolean() })),
  }),
  status: 201,
  idempotent: true,
});

export const tasks = route({
  method: "get",
  path: "/tasks",
  summary: "Tasks, newest first, a page at a time",
  roles: PLANNERS,
  query: z.object({
    state: task.shape.state.optional(),
    queue: z
      .string()
      .regex(/^(?:none|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i)
      .optional()
      .describe("none: tasks of no queue"),
    ready: z.literal("true").optional().describe("only those that may begin now"),
    cursor: uuid.optional().describe("`next` of the page before"),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({ rows: z.array(task), next: z.string().nullable() }),
  rowsKey: "rows",
});

export const oneTask = route({
  method: "get",
  path: "/tasks/{task}",
  summary: "A task with every assignment it ever had, oldest first",
  roles: PLANNERS,
  response: task.extend({ assignments: z.array(assignment) }),
});

export const presence = z.object({
  agent: uuid.describe(
    "who is signed on: the person, where the name asked for is joined into another",
  ),
  pool: z.enum(POOLS),
  state: z.enum(["available", "aux"]),
  capacity: z.partialRecord(z.enum(CHANNELS), z.number().int()),
  capacityTotal: z.number().int(),
  signedOnAt: instant,
  lastSeenAt: instant,
  seenSeconds: z.number().describe("signed off when not heard of for this long"),
});
export type PresenceShape = z.infer<typeof presence>;

export const signOn = route({
  method: "post",
  path: "/agents/{agent}/presence",
  summary: "Signs an agent on; again changes pool, capacity and skills and keeps its work",
  roles: ACTORS,
  body: z.object({
    pool: z.enum(POOLS),
    capacity: z
      .partialRecord(z.enum(CHANNELS), count)
      .describe("pieces of work at once by channel; none in a channel that is not named"),
    capacityTotal: count.min(1).describe("and in all"),
    skills: z
      .record(z.string().min(1).max(100), proficiency)
      .optional()
      .describe("from today on, in place of what the agent held; not for the role agent"),
  }),
  response: presence.extend({ skills: z.record(z.string(), z.number()) }),
});

export const changePresence = route({
  method: "patch",
  path: "/agents/{agent}/presence",
  summary: "A sign of life, and a new state where one is given; renews leases of accepted work",
  roles: ACTORS,
  body: z.object({ state: z.enum(["available", "aux"]).optional() }),
  response: presence,
});

export const signOff = route({
  method: "delete",
  path: "/agents/{agent}/presence",
  summary: "Signs an agent off; offers go back to the queue, accepted work keeps its lease",
  roles: ACTORS,
  response: z.object({ agent: uuid, signedOn: z.literal(false) }),
});

export const agentAssignments = route({
  method: "get",
  path: "/agents/{agent}/assignments",
  summary: "Open assignments of an agent; waits for an offer where asked to",
  roles: ACTORS,
  query: z.object({
    waitSeconds: z.coerce.number().min(0).max(25).default(0),
  }),
  response: z.object({ assignments: z.array(assignment) }),
});

export const acceptAssignment = route({
  method: "post",
  path: "/assignments/{assignment}/accept",
  summary: "Takes an offer; again answers the same; 409 once it has ended",
  roles: ACTORS,
  response: assignment,
});

export const completeAssignment = route({
  method: "post",
  path: "/assignments/{assignment}/complete",
  summary: "The work is done; again answers the same; 409 when it was lost meanwhile",
  roles: ACTORS,
  body: z.object({ result: freeForm.default({}) }),
  response: assignment,
});

export const returnAssignment = route({
  method: "post",
  path: "/assignments/{assignment}/return",
  summary: "Gives an offer or accepted work back to the queue",
  roles: ACTORS,
  body: z.object({ reason: z.string().min(1).max(500) }),
  response: assignment,
});
