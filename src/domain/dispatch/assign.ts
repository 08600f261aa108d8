/**
 * Waiting tasks x free agents -> offers: who may do what, at which cost, and the best matching of
 * it.
 *
 * An agent may take a task when it has room in the task's channel and in all, holds the skill at
 * the proficiency asked for (a task without a skill takes anyone, at full speed), and has not
 * declined it a short while ago. As many tasks as possible are offered; among those, the least
 * total cost. Ties go by the order of the input, so the same input gives the same offers.
 */

import { arcCost, expectedWork } from "./cost.ts";
import { match } from "./matching.ts";
import type { FreeAgent, Offer, WaitingTask } from "./offer.ts";
import type { Arc, Place } from "./problem.ts";

export interface Situation {
  readonly tasks: readonly WaitingTask[];
  readonly agents: readonly FreeAgent[];
  readonly now: number;
}

/**
 * The pure heart of the dispatcher. Nothing is offered twice and nobody gets more than the room
 * they have.
 */
export function assign({ tasks, agents, now }: Situation): Offer[] {
  const places: Place[] = [];
  const placeOf = new Map<string, number>();
  for (const [index, agent] of agents.entries()) {
    for (const [channel, capacity] of Object.entries(agent.room)) {
      placeOf.set(`${index}/${channel}`, places.length);
      places.push({ agent: index, capacity: Math.max(0, capacity) });
    }
  }
  const arcs: Arc[] = [];
  const candidates: number[] = [];
  for (const [task, waiting] of tasks.entries()) {
    const before = arcs.length;
    for (const [index, agent] of agents.entries()) {
      const proficiency = proficiencyFor(waiting, agent);
      const place = placeOf.get(`${index}/${waiting.channel}`);
      if (proficiency === null || place === undefined) continue;
      arcs.push({ task, place, cost: arcCost(waiting, agent, { proficiency, now }) });
    }
    candidates.push(arcs.length - before);
  }
  const agentCapacities = agents.map((agent) => Math.max(0, agent.roomInAll));
  const matching = match({ tasks: tasks.length, places, agentCapacities, arcs });
  return tasks.flatMap((task, index) => {
    const arc = arcs[matching.arcOfTask[index] ?? -1];
    const agent = agents[places[arc?.place ?? -1]?.agent ?? -1];
    if (agent === undefined) return [];
    return [offer(task, agent, { now, alternatives: (candidates[index] ?? 1) - 1 })];
  });
}

/** The share of full speed, or null where the agent may not take the task. */
export function proficiencyFor(task: WaitingTask, agent: FreeAgent): number | null {
  if ((agent.room[task.channel] ?? 0) < 1 || agent.roomInAll < 1) return null;
  if (task.declinedBy.includes(agent.id)) return null;
  if (task.skill === null) return 1;
  const proficiency = Object.hasOwn(agent.skills, task.skill)
    ? agent.skills[task.skill]
    : undefined;
  if (proficiency === undefined || proficiency <= 0 || proficiency < task.minProficiency)
    return null;
  return proficiency;
}

function offer(
  task: WaitingTask,
  agent: FreeAgent,
  { now, alternatives }: { readonly now: number; readonly alternatives: number },
): Offer {
  const proficiency = proficiencyFor(task, agent) ?? 1;
  const work = expectedWork(task, agent, proficiency);
  return {
    taskId: task.id,
    agentId: agent.id,
    expectedCost: work.cost,
    why: {
      skill: task.skill,
      proficiency,
      expectedCost: Math.round(work.cost * 100) / 100,
      expectedSeconds: Math.round(work.seconds),
      secondsToDeadline: task.dueAt === null ? null : Math.round((task.dueAt - now) / 1000),
      alternatives,
    },
  };
}
