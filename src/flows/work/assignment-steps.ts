/**
 * What an agent does with an assignment: accept, complete, return.
 *
 *   offered --accept--> accepted --complete--> done
 *   offered, accepted --return--> returned          (and expired, by the sweep)
 *
 * A step asked for twice is done once and answers the same; a step that no longer fits is a
 * conflict whose code names the state found: `assignment_done`, `assignment_returned`,
 * `assignment_expired`, `assignment_not_accepted`. Rows are locked in one order everywhere
 * (presence, assignment, task), so that steps, sweeps and sign-offs cannot wait for one another in
 * a circle.
 */

import type { Store } from "../../store/connection.ts";
import { inTransaction } from "../../store/transaction.ts";
import {
  type Assignment,
  type AssignmentState,
  findAssignment,
  lockAssignment,
  markAccepted,
  markEnded,
  openAssignments,
} from "../../store/work/assignments.ts";
import { notifyWork, type WorkChanges } from "../../store/work/changes.ts";
import { freePresence, personOf, touchPresence } from "../../store/work/presence.ts";
import type { Sql } from "../../store/work/sql.ts";
import { finishTask, releaseTasks, setTaskState } from "../../store/work/tasks.ts";
import { conflict, notFound } from "../errors.ts";
import { after, type WorkSettings } from "./settings.ts";

export interface Step {
  readonly assignment: string;
  /** Who acts; null: somebody who may act for any agent. */
  readonly agentId: number | null;
  readonly now: Date;
}

/** The agent takes the offer; its lease is renewed from now. */
export function acceptAssignment(
  store: Store,
  step: Step,
  settings: WorkSettings,
): Promise<Assignment> {
  return take(store, step, async (sql, found) => {
    await touchPresence(sql, found.agentId, { now: step.now });
    const { id, state, taskId } = await locked(sql, found);
    if (state === "accepted") return;
    if (state !== "offered") throw wrongState(state);
    const leaseUntil = after(step.now, settings.workSeconds);
    await markAccepted(sql, id, { now: step.now, leaseUntil });
    await setTaskState(sql, [taskId], "accepted");
    await notifyWork(sql, { dispatch: false, agents: [] });
  });
}

/** The work is done. The first result counts. */
export function completeAssignment(
  store: Store,
  step: Step & { readonly result: Readonly<Record<string, unknown>> },
): Promise<Assignment> {
  return take(store, step, async (sql, found) => {
    await freePresence(sql, found.agentId, step.now);
    const { id, state, taskId } = await locked(sql, found);
    if (state === "done") return;
    if (state === "offered") {
      throw conflict("assignment_not_accepted", "the assignment is to be accepted first");
    }
    if (state !== "accepted") throw wrongState(state);
    await markEnded(sql, id, { state: "done", now: step.now, note: {} });
    await finishTask(sql, { id: taskId, result: step.result, now: step.now });
    await notifyWork(sql, { dispatch: true, agents: [] });
  });
}

/** The agent gives it back: it waits again, and is not offered to the same agent for a while. */
export function returnAssignment(
  store: Store,
  step: Step & { readonly reason: string },
): Promise<Assignment> {
  return take(store, step, async (sql, found) => {
    await freePresence(sql, found.agentId, step.now);
    const { id, state, taskId } = await locked(sql, found);
    if (state === "returned") return;
    if (state !== "offered" && state !== "accepted") throw wrongState(state);
    const note = { declined: step.reason };
    await markEnded(sql, id, { state: "returned", now: step.now, note });
    await releaseTasks(sql, [taskId]);
    await notifyWork(sql, { dispatch: true, agents: [] });
  });
}

function take(
  store: Store,
  step: Step,
  act: (sql: Sql, found: Assignment) => Promise<void>,
): Promise<Assignment> {
  return inTransaction(store.pool, async (sql) => {
    const found = await findAssignment(sql, step.assignment);
    const self = step.agentId === null ? null : await personOf(sql, step.agentId);
    // Another agent's is answered like one that is not there: nobody learns which there are.
    if (found === null || (self !== null && self !== found.agentId)) {
      throw notFound("unknown_assignment", `there is no assignment ${step.assignment}`);
    }
    await act(sql, found);
    return (await findAssignment(sql, found.id)) ?? found;
  });
}

async function locked(sql: Sql, found: Assignment): Promise<Assignment> {
  return (await lockAssignment(sql, found.id)) ?? found;
}

function wrongState(state: AssignmentState) {
  return conflict(`assignment_${state}`, `the assignment is ${state}`);
}

/**
 * The agent's open assignments. Where none is offered, waits for a change, `waitSeconds` at most:
 * an answer without an offer means "ask again".
 */
export async function awaitAssignments(
  store: Store,
  agentId: number,
  wait: {
    readonly waitSeconds: number;
    readonly changes: WorkChanges;
    readonly signal: AbortSignal;
  },
): Promise<Assignment[]> {
  // Listens before it reads, so that no offer can fall between the two.
  const change = nextChange(agentId, wait);
  try {
    const open = await openAssignments(store.pool, agentId);
    const offered = open.some((assignment) => assignment.state === "offered");
    if (offered || wait.waitSeconds <= 0 || wait.signal.aborted) return open;
    await change.heard;
  } finally {
    change.stop();
  }
  return openAssignments(store.pool, agentId);
}

function nextChange(
  agentId: number,
  { waitSeconds, changes, signal }: Parameters<typeof awaitAssignments>[2],
): { readonly heard: Promise<void>; readonly stop: () => void } {
  let stop = () => {};
  const heard = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, waitSeconds * 1000);
    const forget = changes.subscribe(({ agents }) => {
      if (agents === null || agents.includes(agentId)) resolve();
    });
    const aborted = () => resolve();
    signal.addEventListener("abort", aborted);
    stop = () => {
      clearTimeout(timer);
      forget();
      signal.removeEventListener("abort", aborted);
    };
  });
  return { heard, stop };
}
