/** Tasks: written once by their origin, read by state and page. */

import type { Channel } from "../../domain/shared/vocabulary.ts";
import type { Sql } from "./sql.ts";

export const TASK_STATES = ["waiting", "offered", "accepted", "done", "cancelled"] as const;
export type TaskState = (typeof TASK_STATES)[number];

export interface NewTask {
  /** What it was made from: a second task of the same origin is not made. */
  readonly origin: string;
  readonly kind: string;
  readonly channel: Channel;
  readonly queueId: number | null;
  readonly skillId: number | null;
  readonly minProficiency: number;
  readonly priority: number;
  readonly dueAt: Date | null;
  readonly expectedSeconds: number;
  readonly notBefore: Date;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Task {
  readonly id: string;
  readonly origin: string;
  readonly kind: string;
  readonly channel: Channel;
  readonly queue: string | null;
  readonly skill: string | null;
  readonly minProficiency: number;
  readonly priority: number;
  readonly dueAt: Date | null;
  readonly expectedSeconds: number;
  readonly state: TaskState;
  readonly notBefore: Date;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Makes those whose origin is new. Answers for all of them, in the order given. */
export async function insertTasks(
  sql: Sql,
  tasks: readonly NewTask[],
  now: Date,
): Promise<{ readonly id: string; readonly origin: string; readonly created: boolean }[]> {
  const { rows: made } = await sql.query<{ id: string; origin: string }>(
    `insert into task (origin, kind, channel, site_id, queue_id, skill_id, min_proficiency,
       priority, due_at, expected_seconds, not_before, created_at, detail)
     select t.origin, t.kind, t.channel, queue.site_id, t."queueId", t."skillId",
       t."minProficiency", t.priority, t."dueAt", t."expectedSeconds", t."notBefore", $2, t.detail
     from jsonb_to_recordset($1) as t(origin text, kind text, channel channel, "queueId" integer,
       "skillId" integer, "minProficiency" float8, priority integer, "dueAt" timestamptz,
       "expectedSeconds" integer, "notBefore" timestamptz, detail jsonb)
     left join queue on queue.id = t."queueId"
     on conflict (origin) do nothing
     returning id, origin`,
    [JSON.stringify(tasks), now],
  );
  const created = new Map(made.map((row) => [row.origin, row.id]));
  const { rows } = await sql.query<{ id: string; origin: string }>(
    "select id, origin from task where origin = any($1)",
    [tasks.map((task) => task.origin)],
  );
  const ids = new Map(rows.map((row) => [row.origin, row.id]));
  return tasks.map(({ origin }, index) => ({
    id: ids.get(origin) ?? "",
    origin,
    // Given twice in one call: the first of them made it.
    created: created.has(origin) && tasks.findIndex((each) => each.origin === origin) === index,
  }));
}

const COLUMNS = `t.id, t.origin, t.kind, t.channel, queue.name as queue, skill.name as skill,
  t.min_proficiency as "minProficiency", t.priority, t.due_at as "dueAt",
  t.expected_seconds as "expectedSeconds", t.state, t.not_before as "notBefore",
  t.created_at as "createdAt", t.done_at as "doneAt", t.result, t.detail`;
const FROM = `from task t left join queue on queue.id = t.queue_id
  left join skill on skill.id = t.skill_id`;

export async function findTask(sql: Sql, id: string): Promise<Task | null> {
  const { rows } = await sql.query<Task>(`select ${COLUMNS} ${FROM} where t.id = $1`, [id]);
  return rows[0] ?? null;
}

/**
 * Newest first, by id: ids are made in time's order. `before` is the last id of the page before.
 */
export async function listTasks(
  sql: Sql,
  page: {
    readonly state: TaskState | null;
    /** The id of the API; "none" for tasks of no queue. */
    readonly queue: string | null;
    /** Only those that may begin by then. */
    readonly readyAt: Date | null;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<Task[]> {
  const { rows } = await sql.query<Task>(
    `select ${COLUMNS} ${FROM}
     where ($1::task_state is null or t.state = $1) and ($2::uuid is null or t.id < $2)
       and ($3::text is null or coalesce(queue.uuid::text, 'none') = lower($3))
       and ($4::timestamptz is null or t.not_before <= $4)
     order by t.id desc limit $5`,
    [page.state, page.before, page.queue, page.readyAt, page.limit],
  );
  return rows;
}

/** Tasks whose owner is gone go back to the queue, at their old place in it. */
export async function releaseTasks(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(
    `update task set state = 'waiting' where id = any($1) and state in ('offered', 'accepted')`,
    [ids],
  );
}

export async function setTaskState(
  sql: Sql,
  ids: readonly string[],
  state: "offered" | "accepted",
): Promise<void> {
  await sql.query("update task set state = $2 where id = any($1)", [ids, state]);
}

export async function finishTask(
  sql: Sql,
  task: { readonly id: string; readonly result: unknown; readonly now: Date },
): Promise<void> {
  await sql.query(`update task set state = 'done', done_at = $2, result = $3 where id = $1`, [
    task.id,
    task.now,
    JSON.stringify(task.result),
  ]);
}

export async function idsByName(
  sql: Sql,
  table: "skill" | "queue",
  names: readonly string[],
): Promise<Map<string, number>> {
  const text =
    table === "skill"
      ? "select name, id from skill where name = any($1)"
      : "select uuid::text as name, id from queue where uuid = any($1::uuid[])";
  const { rows } = await sql.query<{ name: string; id: number }>(text, [names]);
  return new Map(rows.map((row) => [row.name, row.id]));
}
