/**
 * Proof that a matching is the best one, from nothing but the problem, the answer and its prices.
 *
 * A matching is optimal when it keeps every capacity and prices exist with (linear programming
 * duality, complementary slackness):
 *   - no arc is worth more than it costs: task price - place price - agent price <= cost
 *   - an arc in use costs exactly that
 *   - no task price above the price of waiting, and exactly that where the task waits
 *   - a place or agent with room left has price 0
 * Then the total of the prices equals the total cost and no other matching can be below it. Shares
 * no code with the search.
 */

import type { Matching } from "./matching.ts";
import type { MatchingProblem } from "./problem.ts";

export interface Certificate {
  /** What is wrong, in words; empty when the matching is proven optimal. */
  readonly violations: readonly string[];
  /** Cost of the matching with waiting tasks at their price. */
  readonly primal: number;
  /** Lower bound on that cost for any matching. */
  readonly dual: number;
}

/** `tolerance` is relative to the largest price or cost in the problem. */
export function certify(
  problem: MatchingProblem,
  matching: Matching,
  tolerance = 1e-9,
): Certificate {
  const slack = tolerance * largest(problem, matching);
  const violations = [
    ...capacityViolations(problem, matching),
    ...arcViolations(problem, matching, slack),
    ...taskViolations(problem, matching, slack),
    ...roomViolations(problem, matching, slack),
  ];
  return { violations, primal: primalCost(problem, matching), dual: dualCost(problem, matching) };
}

function* capacityViolations(problem: MatchingProblem, matching: Matching): Generator<string> {
  const { placeUse, agentUse } = uses(problem, matching);
  for (const [index, place] of problem.places.entries()) {
    if ((placeUse[index] ?? 0) > place.capacity) yield `place ${index} holds too many`;
  }
  for (const [index, capacity] of problem.agentCapacities.entries()) {
    if ((agentUse[index] ?? 0) > capacity) yield `agent ${index} holds too many`;
  }
  for (const [task, arc] of matching.arcOfTask.entries()) {
    if (arc >= 0 && problem.arcs[arc]?.task !== task) yield `task ${task} uses an arc of another`;
  }
}

function* arcViolations(
  problem: MatchingProblem,
  { arcOfTask, prices }: Matching,
  slack: number,
): Generator<string> {
  for (const [index, { task, place, cost }] of problem.arcs.entries()) {
    const agent = problem.places[place]?.agent ?? -1;
    const worth =
      (prices.task[task] ?? Number.NaN) - (prices.place[place] ?? 0) - (prices.agent[agent] ?? 0);
    if (!(worth <= cost + slack)) yield `arc ${index} is worth ${worth} and costs ${cost}`;
    if (arcOfTask[task] === index && !(worth >= cost - slack)) {
      yield `arc ${index} is in use, worth ${worth}, costs ${cost}`;
    }
  }
}

function* taskViolations(
  problem: MatchingProblem,
  { arcOfTask, prices }: Matching,
  slack: number,
): Generator<string> {
  for (let task = 0; task < problem.tasks; task += 1) {
    const price = prices.task[task] ?? Number.NaN;
    if (!(price <= prices.waiting + slack)) yield `task ${task} is priced above waiting`;
    const waits = (arcOfTask[task] ?? -1) < 0;
    if (waits && !(price >= prices.waiting - slack)) yield `task ${task} waits below that price`;
  }
}

function* roomViolations(
  problem: MatchingProblem,
  matching: Matching,
  slack: number,
): Generator<string> {
  const { placeUse, agentUse } = uses(problem, matching);
  const { prices } = matching;
  for (const [index, place] of problem.places.entries()) {
    const price = prices.place[index] ?? Number.NaN;
    if (!(price >= 0)) yield `place ${index} has a price below 0`;
    if ((placeUse[index] ?? 0) < place.capacity && price > slack) yield `place ${index} has room`;
  }
  for (const [index, capacity] of problem.agentCapacities.entries()) {
    const price = prices.agent[index] ?? Number.NaN;
    if (!(price >= 0)) yield `agent ${index} has a price below 0`;
    if ((agentUse[index] ?? 0) < capacity && price > slack) yield `agent ${index} has room`;
  }
}

function uses(problem: MatchingProblem, { arcOfTask }: Matching) {
  const placeUse = problem.places.map(() => 0);
  const agentUse = problem.agentCapacities.map(() => 0);
  for (const index of arcOfTask) {
    const arc = problem.arcs[index];
    if (arc === undefined) continue;
    placeUse[arc.place] = (placeUse[arc.place] ?? 0) + 1;
    const agent = problem.places[arc.place]?.agent ?? -1;
    agentUse[agent] = (agentUse[agent] ?? 0) + 1;
  }
  return { placeUse, agentUse };
}

function primalCost(problem: MatchingProblem, { arcOfTask, prices }: Matching): number {
  let cost = 0;
  for (const index of arcOfTask) cost += problem.arcs[index]?.cost ?? prices.waiting;
  return cost;
}

function dualCost(problem: MatchingProblem, { prices }: Matching): number {
  let bound = 0;
  for (const price of prices.task) bound += price;
  for (const [index, place] of problem.places.entries()) {
    bound -= place.capacity * (prices.place[index] ?? 0);
  }
  for (const [index, capacity] of problem.agentCapacities.entries()) {
    bound -= capacity * (prices.agent[index] ?? 0);
  }
  return bound;
}

function largest(problem: MatchingProblem, { prices }: Matching): number {
  let most = Math.max(1, Math.abs(prices.waiting));
  for (const { cost } of problem.arcs) most = Math.max(most, Math.abs(cost));
  return most;
}
