/**
 * What it costs to give one task to one agent now, in money, so that unlike things can be added.
 *
 *   expected cost = hours of work x cost per hour + cost per task,   hours = expected / proficiency
 *   arc cost      = expected cost + lateness - worth of doing it now - idle
 *   lateness      = hours late that an agent of full speed would not be x LATE_PER_HOUR
 *   worth         = priority x PRIORITY_WORTH + (hours waited + pressure) x LATE_PER_HOUR
 *   pressure      = hours by which the deadline is nearer than PRESSURE_HOURS; past it, growing on
 *   idle          = hours the agent has been free x IDLE_PER_HOUR
 *
 * `worth` is the same for every agent: it decides which tasks wait when there are too few agents,
 * never who takes one. Waiting longer is worth more, so no task that somebody can do waits for
 * ever. `idle` is small: between agents of about the same cost the one free for longest goes first.
 * Hours are capped at HOURS_CAP, so that a backlog of last year does not drown the prices. A plain
 * rule with fixed weights; shadow prices of the plan replace it later.
 *
 * @example
 * expectedWork({ expectedSeconds: 360 }, { costPerHour: 30, costPerTask: 0 }, 0.5)
 * // { seconds: 720, cost: 6 }
 */

import type { FreeAgent, WaitingTask } from "./offer.ts";

/**
 * Money units an hour. Above the hourly cost of people, so that a deadline outweighs a cheaper
 * agent.
 */
export const LATE_PER_HOUR = 100;
export const PRIORITY_WORTH = 1000;
export const IDLE_PER_HOUR = 1;
export const HOURS_CAP = 72;
export const PRESSURE_HOURS = 24;

const HOUR_MS = 3_600_000;

/** Seconds this agent needs and what they cost. */
export function expectedWork(
  task: Pick<WaitingTask, "expectedSeconds">,
  agent: Pick<FreeAgent, "costPerHour" | "costPerTask">,
  proficiency: number,
): { readonly seconds: number; readonly cost: number } {
  const seconds = task.expectedSeconds / proficiency;
  return { seconds, cost: (seconds / 3600) * agent.costPerHour + agent.costPerTask };
}

/** Money units; often negative, since doing a task is worth something. */
export function arcCost(
  task: WaitingTask,
  agent: FreeAgent,
  { proficiency, now }: { readonly proficiency: number; readonly now: number },
): number {
  const work = expectedWork(task, agent, proficiency);
  const late = hoursLate(task, now, work.seconds) - hoursLate(task, now, task.expectedSeconds);
  const idle = hoursBetween(agent.freeSince, now) * IDLE_PER_HOUR;
  return work.cost + late * LATE_PER_HOUR - worth(task, now) - idle;
}

function worth({ priority, waitingSince, dueAt }: WaitingTask, now: number): number {
  const pressed = dueAt === null ? now : dueAt - PRESSURE_HOURS * HOUR_MS;
  const hours = hoursBetween(waitingSince, now) + hoursBetween(pressed, now);
  return priority * PRIORITY_WORTH + hours * LATE_PER_HOUR;
}

function hoursLate({ dueAt }: WaitingTask, now: number, workSeconds: number): number {
  return dueAt === null ? 0 : hoursBetween(dueAt, now + workSeconds * 1000);
}

/** From the first to the second, never below 0, capped. */
function hoursBetween(from: number, to: number): number {
  return Math.min(HOURS_CAP, Math.max(0, (to - from) / HOUR_MS));
}
