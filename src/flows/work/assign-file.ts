/**
 * One matching from a file, without a store: `muster assign FILE`.
 *
 * Three kinds of file are told apart by what is in them:
 * - JSON `{ "arcs": [[task, agent, cost], ...] }`, with `tasks` (ids) and `agents` (`{id,
 * capacity}`)
 *   where some have no arc or take more than one
 * - JSON `{ "tasks": [...], "agents": [...], "now": instant }`: who may do what, and at which cost,
 * is
 *   found as the dispatcher finds it; the cost is the expected cost of the work
 * - an OR-Library assign file: n, then n x n costs; tasks and agents are numbered from 0
 */

import { z } from "zod";
import { assign } from "../../domain/dispatch/assign.ts";
import { match } from "../../domain/dispatch/matching.ts";
import type { FreeAgent, WaitingTask } from "../../domain/dispatch/offer.ts";
import type { MatchingProblem } from "../../domain/dispatch/problem.ts";
import { type Fault, InputError, inputError } from "../../domain/shared/errors.ts";
import { CHANNELS, POOLS } from "../../domain/shared/vocabulary.ts";

type Id = string | number;

export interface AssignReport {
  readonly cost: number;
  readonly pairs: readonly (readonly [Id, Id])[];
  /** Tasks that nobody was left for. */
  readonly unmatched: readonly Id[];
}

const id = z.union([z.string().min(1), z.number()]);
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const count = z.number().int().min(0);
const amount = z.number().min(0);

const arcsFile = z.strictObject({
  tasks: z.array(id).optional().describe("ids; those of the arcs where not given"),
  agents: z.array(z.strictObject({ id, capacity: count.default(1) })).optional(),
  arcs: z.array(z.tuple([id, id, z.number()])).describe("task, agent, cost"),
});

const taskSchema = z.strictObject({
  id: z.string().min(1),
  channel: z.enum(CHANNELS).default("call"),
  skill: z.string().min(1).nullable().default(null),
  minProficiency: z.number().min(0).max(1).default(0),
  priority: z.number().int().default(0),
  dueAt: instant.nullable().default(null),
  expectedSeconds: z.number().positive().default(300),
  waitingSince: instant.optional(),
});

const agentSchema = z.strictObject({
  id: z.string().min(1),
  pool: z.enum(POOLS).default("own"),
  skills: z.record(z.string(), z.number().gt(0).max(1)).default({}),
  capacity: z.partialRecord(z.enum(CHANNELS), count).optional().describe("by channel"),
  capacityTotal: count.default(1),
  costPerHour: amount.default(0),
  costPerTask: amount.default(0),
  freeSince: instant.optional(),
});

const situationFile = z.strictObject({
  now: instant,
  tasks: z.array(taskSchema),
  agents: z.array(agentSchema),
});

/** @throws InputError with the path of every fault in the text. */
export function assignFile(text: string, file: string): AssignReport {
  if (!/^\s*[{[]/.test(text)) return assignMatrix(text, file);
  const document = parseJson(text, file);
  const hasArcs = typeof document === "object" && document !== null && "arcs" in document;
  return hasArcs
    ? assignArcs(checked(arcsFile, document, file))
    : assignSituation(checked(situationFile, document, file));
}

function assignMatrix(text: string, file: string): AssignReport {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const size = Number(words[0]);
  const costs = words.slice(1).map(Number);
  const wrong = costs.findIndex((cost) => !Number.isFinite(cost));
  if (!Number.isInteger(size) || size < 1 || wrong >= 0) {
    const path = wrong >= 0 ? `${file}: number ${wrong + 2}` : `${file}: number 1`;
    const expected = "JSON, or an OR-Library assign file: n, then n x n costs";
    throw inputError({ code: "invalid_assign_file", path, value: words[wrong + 1], expected });
  }
  if (costs.length !== size * size) {
    const expected = `${size * size} costs after n = ${size}`;
    throw inputError({ code: "invalid_assign_file", path: file, value: costs.length, expected });
  }
  const numbers = Array.from({ length: size }, (_, number) => number);
  return matched(numbers, numbers, {
    tasks: size,
    places: numbers.map((agent) => ({ agent, capacity: 1 })),
    agentCapacities: numbers.map(() => 1),
    arcs: costs.map((cost, k) => ({ task: Math.floor(k / size), place: k % size, cost })),
  });
}

function assignArcs(file: z.output<typeof arcsFile>): AssignReport {
  const tasks = unique(file.tasks ?? file.arcs.map(([task]) => task), "tasks", file.tasks);
  const agentIds = file.agents?.map((agent) => agent.id);
  const agents = unique(agentIds ?? file.arcs.map(([, agent]) => agent), "agents", agentIds);
  const capacities = agents.map((_, index) => file.agents?.[index]?.capacity ?? 1);
  const taskNumber = numbered(tasks);
  const agentNumber = numbered(agents);
  const faults: Fault[] = [];
  const arcs = file.arcs.map(([task, agent, cost], index) => {
    const t = taskNumber.get(task);
    const a = agentNumber.get(agent);
    const expected = "the id of one that is listed";
    const at = { code: "unknown_id", expected };
    if (t === undefined) faults.push({ ...at, path: `arcs[${index}][0]`, value: task });
    if (a === undefined) faults.push({ ...at, path: `arcs[${index}][1]`, value: agent });
    return { task: t ?? 0, place: a ?? 0, cost };
  });
  if (faults.length > 0) throw new InputError(faults);
  return matched(tasks, agents, {
    tasks: tasks.length,
    places: capacities.map((capacity, agent) => ({ agent, capacity })),
    agentCapacities: capacities,
    arcs,
  });
}

function assignSituation(file: z.output<typeof situationFile>): AssignReport {
  const ids = (list: readonly { id: string }[]) => list.map((each) => each.id);
  unique(ids(file.tasks), "tasks", ids(file.tasks));
  unique(ids(file.agents), "agents", ids(file.agents));
  const tasks = file.tasks.map(
    (task): WaitingTask => ({
      ...task,
      waitingSince: task.waitingSince ?? file.now,
      declinedBy: [],
    }),
  );
  const agents = file.agents.map(
    ({ capacity, capacityTotal, ...agent }, number): FreeAgent => ({
      ...agent,
      id: number,
      room: capacity ?? Object.fromEntries(CHANNELS.map((channel) => [channel, capacityTotal])),
      roomInAll: capacityTotal,
      freeSince: agent.freeSince ?? file.now,
    }),
  );
  const offers = assign({ tasks, agents, now: file.now });
  const taken = new Set(offers.map((offer) => offer.taskId));
  return {
    cost: offers.reduce((sum, offer) => sum + offer.expectedCost, 0),
    pairs: offers.map((offer) => [offer.taskId, file.agents[offer.agentId]?.id ?? ""] as const),
    unmatched: tasks.map((task) => task.id).filter((task) => !taken.has(task)),
  };
}

function matched(tasks: readonly Id[], agents: readonly Id[], problem: MatchingProblem) {
  const { cost, arcOfTask } = match(problem);
  const pairs: [Id, Id][] = [];
  const unmatched: Id[] = [];
  for (const [index, task] of tasks.entries()) {
    const agent = agents[problem.arcs[arcOfTask[index] ?? -1]?.place ?? -1];
    if (agent === undefined) unmatched.push(task);
    else pairs.push([task, agent]);
  }
  return { cost, pairs, unmatched };
}

function numbered(ids: readonly Id[]): Map<Id, number> {
  return new Map(ids.map((each, index) => [each, index]));
}

/** Ids once each; a list that was given may not hold one twice. */
function unique(ids: readonly Id[], path: string, given: readonly Id[] | undefined): Id[] {
  const once = [...new Set(ids)];
  if (given !== undefined && once.length < given.length) {
    const index = given.findIndex((each, k) => given.indexOf(each) < k);
    const expected = "an id that is not there twice";
    throw inputError({
      code: "duplicate_id",
      path: `${path}[${index}]`,
      value: given[index],
      expected,
    });
  }
  return once;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const expected = `JSON (${(cause as Error).message})`;
    throw inputError({ code: "invalid_json", path: file, expected }, { cause });
  }
}

function checked<T extends z.ZodType>(schema: T, document: unknown, file: string): z.output<T> {
  const parsed = schema.safeParse(document, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map((issue) => ({
      code: `invalid_${issue.code}`,
      path: issue.path.length === 0 ? file : pathText(issue.path),
      value: issue.input,
      expected: issue.message.replace(/^Invalid input: expected /, ""),
    })),
  );
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number"
        ? `${text}[${key}]`
        : `${text}${text === "" ? "" : "."}${String(key)}`,
    "",
  );
}
