/** Tasks from the API and from what happened. Making the same ones again changes nothing. */

import { randomUUID } from "node:crypto";
import { type Fault, InputError } from "../../domain/shared/errors.ts";
import type { Channel, DayRange } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../../store/connection.ts";
import { inTransaction } from "../../store/transaction.ts";
import { notifyWork } from "../../store/work/changes.ts";
import {
  cancelTasksOfClosedTickets,
  insertCallBacks,
  insertFollowUps,
  insertTicketTasks,
  lockTaskMaking,
  type MakeTasks,
} from "../../store/work/make-tasks.ts";
import type { Sql } from "../../store/work/sql.ts";
import { idsByName, insertTasks, type NewTask } from "../../store/work/tasks.ts";

/** A task as the API takes it. */
export interface TaskRequest {
  /** The caller's own id of it: sending it again makes no second task. */
  readonly key?: string | undefined;
  readonly kind: string;
  readonly channel: Channel;
  /** UUID of a queue, name of a skill. */
  readonly queue: string | null;
  readonly skill: string | null;
  readonly minProficiency: number;
  readonly priority: number;
  readonly dueAt: Date | null;
  readonly expectedSeconds: number;
  readonly notBefore: Date | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface TaskReceipt {
  readonly id: string;
  readonly key: string | null;
  /** False where a task of that key was there before. */
  readonly created: boolean;
}

/** @throws InputError `unknown_queue`, `unknown_skill`, for every task that names one. */
export async function createTasks(
  store: Store,
  requests: readonly TaskRequest[],
  now: Date,
): Promise<TaskReceipt[]> {
  return inTransaction(store.pool, async (sql) => {
    const tasks = await newTasks(sql, requests, now);
    const made = await insertTasks(sql, tasks, now);
    if (made.some((task) => task.created)) await notifyWork(sql, { dispatch: true, agents: [] });
    return made.map(({ id, created }, index) => ({
      id,
      created,
      key: requests[index]?.key ?? null,
    }));
  });
}

async function newTasks(sql: Sql, requests: readonly TaskRequest[], now: Date): Promise<NewTask[]> {
  const named = (list: readonly (string | null)[]) => list.filter((name) => name !== null);
  const skills = await idsByName(sql, "skill", named(requests.map((task) => task.skill)));
  const queues = await idsByName(sql, "queue", named(requests.map((task) => task.queue)));
  const faults: Fault[] = [];
  const find = (ids: Map<string, number>, name: string | null, fault: Fault): number | null => {
    if (name === null) return null;
    const found = ids.get(name);
    if (found === undefined) faults.push({ ...fault, value: name });
    return found ?? null;
  };
  const tasks = requests.map(({ key, queue, skill, notBefore, ...task }, index) => {
    const path = `tasks[${index}]`;
    const expected = "one that Muster knows";
    return {
      ...task,
      origin: `api:${key ?? randomUUID()}`,
      queueId: find(queues, queue?.toLowerCase() ?? null, {
        code: "unknown_queue",
        path: `${path}.queue`,
        expected,
      }),
      skillId: find(skills, skill, { code: "unknown_skill", path: `${path}.skill`, expected }),
      notBefore: notBefore ?? now,
    };
  });
  if (faults.length > 0) throw new InputError(faults);
  return tasks;
}

export interface MakeRequest extends DayRange {
  readonly now: Date;
  readonly dueWithinSeconds?: number;
  readonly expectedSeconds?: number;
}

type Insert = (sql: Sql, make: MakeTasks) => Promise<number>;

/** Call-backs to known customers who hung up on these days and were not served since. How many. */
export function makeCallBackTasks(store: Store, request: MakeRequest): Promise<number> {
  return make(store, insertCallBacks, { dueWithinSeconds: 7200, expectedSeconds: 240, ...request });
}

/** Tasks for contacts of these days that need a follow-up. How many were made. */
export function makeFollowUpTasks(store: Store, request: MakeRequest): Promise<number> {
  return make(store, insertFollowUps, {
    dueWithinSeconds: 86_400,
    expectedSeconds: 600,
    ...request,
  });
}

/** Tasks for tickets opened on these days and still open; those of closed tickets are cancelled. */
export function makeTicketTasks(store: Store, request: MakeRequest): Promise<number> {
  const insert: Insert = async (sql, makeTasks) => {
    await cancelTasksOfClosedTickets(sql);
    return insertTicketTasks(sql, makeTasks);
  };
  return make(store, insert, { dueWithinSeconds: 172_800, expectedSeconds: 900, ...request });
}

function make(store: Store, insert: Insert, request: Required<MakeRequest>): Promise<number> {
  const { from, to, ...rest } = request;
  return inTransaction(store.pool, async (sql) => {
    await lockTaskMaking(sql);
    const made = await insert(sql, { ...rest, days: { from, to } });
    if (made > 0) await notifyWork(sql, { dispatch: true, agents: [] });
    return made;
  });
}
