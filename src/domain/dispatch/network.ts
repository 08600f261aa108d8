/**
 * The matching problem as flat arrays, with the state that changes while tasks are placed: who has
 * room, which arc a task has. Sorting the arcs by task makes the search run through memory in
 * order.
 */

import type { CostScale, MatchingProblem } from "./problem.ts";

export interface Network {
  readonly tasks: number;
  readonly places: number;
  /** Arcs of a task are arcOrder[firstArc[task]] up to arcOrder[firstArc[task + 1]]. */
  readonly firstArc: Int32Array;
  readonly arcPlace: Int32Array;
  readonly arcCost: Float64Array;
  /** The number each sorted arc has in the problem. */
  readonly arcNumber: Int32Array;
  readonly agentOfPlace: Int32Array;
  readonly placesOfAgent: readonly (readonly number[])[];
  readonly placeRoom: Int32Array;
  readonly agentRoom: Int32Array;
  readonly tasksOfPlace: readonly number[][];
  /** Position among the sorted arcs, -1 for none. */
  readonly chosen: Int32Array;
  readonly waitingCost: number;
}

export function makeNetwork(problem: MatchingProblem, scale: CostScale): Network {
  const { tasks, places, agentCapacities, arcs } = problem;
  const firstArc = new Int32Array(tasks + 1);
  for (const { task } of arcs) firstArc[task + 1] = at(firstArc, task + 1) + 1;
  for (let task = 0; task < tasks; task += 1) {
    firstArc[task + 1] = at(firstArc, task + 1) + at(firstArc, task);
  }
  const next = firstArc.slice();
  const arcPlace = new Int32Array(arcs.length);
  const arcCost = new Float64Array(arcs.length);
  const arcNumber = new Int32Array(arcs.length);
  for (const [number, { task, place, cost }] of arcs.entries()) {
    const position = at(next, task);
    next[task] = position + 1;
    arcPlace[position] = place;
    arcCost[position] = cost - scale.lowest;
    arcNumber[position] = number;
  }
  const placesOfAgent: number[][] = agentCapacities.map(() => []);
  for (const [index, place] of places.entries()) placesOfAgent[place.agent]?.push(index);
  return {
    tasks,
    places: places.length,
    firstArc,
    arcPlace,
    arcCost,
    arcNumber,
    agentOfPlace: Int32Array.from(places, (place) => place.agent),
    placesOfAgent,
    placeRoom: Int32Array.from(places, (place) => place.capacity),
    agentRoom: Int32Array.from(agentCapacities),
    tasksOfPlace: places.map(() => []),
    chosen: new Int32Array(tasks).fill(-1),
    waitingCost: scale.waiting,
  };
}

/** Reads an array whose index is known to be in range. */
export function at(values: Int32Array | Float64Array, index: number): number {
  return values[index] as number;
}
