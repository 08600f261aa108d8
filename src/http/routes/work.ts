/** Answers of the routes of work. */

import { FlowError, forbidden, notFound } from "../../flows/errors.ts";
import {
  acceptAssignment,
  awaitAssignments,
  completeAssignment,
  returnAssignment,
} from "../../flows/work/assignment-steps.ts";
import { createTasks } from "../../flows/work/create-tasks.ts";
import type { WorkSettings } from "../../flows/work/settings.ts";
import { agentByUuid, heartbeat, signOff, signOn } from "../../flows/work/sign-on.ts";
import { type Assignment, assignmentsOfTask } from "../../store/work/assignments.ts";
import type { WorkChanges } from "../../store/work/changes.ts";
import { type AgentName, type Presence, personOf } from "../../store/work/presence.ts";
import { findTask, listTasks, type Task } from "../../store/work/tasks.ts";
import * as contract from "../contract/work.ts";
import { type Caller, type Mounted, mount, type RouteContext } from "../mount.ts";
import { idOf } from "../path-id.ts";

/** What main gives the work routes beside the store. */
export interface WorkRim {
  readonly changes: WorkChanges;
  readonly settings: WorkSettings;
}

export function workRoutes(rim: WorkRim): readonly Mounted[] {
  return [...taskRoutes(), ...presenceRoutes(rim), ...stepRoutes(rim)];
}

function taskRoutes(): Mounted[] {
  return [
    mount(contract.createTasks, async ({ body, context }) => {
      const requests = body.tasks.map(({ dueAt, notBefore, ...task }) => ({
        ...task,
        dueAt: dueAt === null ? null : new Date(dueAt),
        notBefore: notBefore === null ? null : new Date(notBefore),
      }));
      return { tasks: await createTasks(context.store, requests, context.now()) };
    }),
    mount(contract.tasks, async ({ query, context }) => {
      const limit = query.limit;
      const { state = null, queue = null, cursor: before = null } = query;
      const readyAt = query.ready === undefined ? null : context.now();
      const page = { state, queue, readyAt, before };
      // One more than asked for tells whether there is a next page.
      const found = await listTasks(context.store.pool, { ...page, limit: limit + 1 });
      const rows = found.slice(0, limit).map(shapeOfTask);
      return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
    }),
    mount(contract.oneTask, async ({ params, context }) => {
      const id = idOf(params, "task");
      const task = await findTask(context.store.pool, id);
      if (task === null) throw notFound("unknown_task", `there is no task ${id}`);
      const assignments = await assignmentsOfTask(context.store.pool, id);
      return { ...shapeOfTask(task), assignments: assignments.map(shapeOfAssignment) };
    }),
  ];
}

function presenceRoutes({ changes, settings }: WorkRim): Mounted[] {
  return [
    mount(contract.signOn, async ({ params, body, caller, context }) => {
      const agent = await agentFor(caller, params, context);
      if (body.skills !== undefined && caller.role === "agent") {
        throw forbidden("skills_by_manager", "what an agent can do is said by a manager");
      }
      const now = context.now();
      const { skills, ...signedOn } = await signOn(context.store, agent.id, { ...body, now });
      return { ...shapeOfPresence(agent, signedOn, settings), skills };
    }),
    mount(contract.changePresence, async ({ params, body, caller, context }) => {
      const agent = await agentFor(caller, params, context);
      const given = { now: context.now(), state: body.state, settings };
      return shapeOfPresence(agent, await heartbeat(context.store, agent.id, given), settings);
    }),
    mount(contract.signOff, async ({ params, caller, context }) => {
      const agent = await agentFor(caller, params, context);
      await signOff(context.store, agent.id, context.now());
      return { agent: agent.uuid, signedOn: false as const };
    }),
    mount(contract.agentAssignments, async ({ params, query, caller, context, signal }) => {
      const agent = await agentFor(caller, params, context);
      const wait = { waitSeconds: query.waitSeconds, changes, signal };
      const open = await awaitAssignments(context.store, agent.id, wait);
      return { assignments: open.map(shapeOfAssignment) };
    }),
  ];
}

function stepRoutes({ settings }: WorkRim): Mounted[] {
  const stepOf = (
    params: Readonly<Record<string, string>>,
    caller: Caller,
    context: RouteContext,
  ) => ({
    assignment: idOf(params, "assignment"),
    agentId: caller.role === "agent" ? ownAgent(caller) : null,
    now: context.now(),
  });
  return [
    mount(contract.acceptAssignment, async ({ params, caller, context }) => {
      const step = stepOf(params, caller, context);
      return shapeOfAssignment(await acceptAssignment(context.store, step, settings));
    }),
    mount(contract.completeAssignment, async ({ params, body, caller, context }) => {
      const step = { ...stepOf(params, caller, context), result: body.result };
      return shapeOfAssignment(await completeAssignment(context.store, step));
    }),
    mount(contract.returnAssignment, async ({ params, body, caller, context }) => {
      const step = { ...stepOf(params, caller, context), reason: body.reason };
      return shapeOfAssignment(await returnAssignment(context.store, step));
    }),
  ];
}

/** Who the agent of the path is, when the caller may act for it. Agents are not told of others. */
async function agentFor(
  caller: Caller,
  params: Readonly<Record<string, string>>,
  { store }: RouteContext,
): Promise<AgentName> {
  const uuid = idOf(params, "agent");
  if (caller.role !== "agent") return agentByUuid(store, uuid);
  const own = await personOf(store.pool, ownAgent(caller));
  const agent = await agentByUuid(store, uuid).catch((error: unknown) => {
    if (error instanceof FlowError && error.kind === "not_found") return null;
    throw error;
  });
  if (agent === null || agent.id !== own) {
    throw forbidden("not_your_agent", "an agent acts for itself only");
  }
  return agent;
}

function ownAgent({ agentId }: Caller): number {
  if (agentId === null) throw forbidden("no_agent", "the user is no agent");
  return agentId;
}

function shapeOfTask(task: Task): contract.TaskShape {
  return {
    ...task,
    dueAt: text(task.dueAt),
    notBefore: task.notBefore.toISOString(),
    createdAt: task.createdAt.toISOString(),
    doneAt: text(task.doneAt),
    result: task.result === null ? null : { ...task.result },
    detail: { ...task.detail },
  };
}

function shapeOfAssignment(found: Assignment): contract.AssignmentShape {
  const { kind, channel, queue, skill, priority, expectedSeconds } = found;
  const dueAt = text(found.dueAt);
  const detail = { ...found.detail };
  return {
    id: found.id,
    task: {
      id: found.taskId,
      kind,
      channel,
      queue,
      skill,
      priority,
      dueAt,
      expectedSeconds,
      detail,
    },
    agent: found.agent,
    state: found.state,
    offeredAt: found.offeredAt.toISOString(),
    acceptedAt: text(found.acceptedAt),
    endedAt: text(found.endedAt),
    leaseUntil: found.leaseUntil.toISOString(),
    expectedCost: found.expectedCost,
    why: { ...found.why },
  };
}

function shapeOfPresence(
  agent: AgentName,
  presence: Presence,
  { seenSeconds }: WorkSettings,
): contract.PresenceShape {
  const { pool, state, capacity, capacityTotal, signedOnAt, lastSeenAt } = presence;
  return {
    agent: agent.uuid,
    pool,
    state,
    capacity: { ...capacity },
    capacityTotal,
    signedOnAt: signedOnAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    seenSeconds,
  };
}

function text(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString();
}
