/**
 * The search inside match(): the residual network of tasks, places and agents, and one shortest
 * augmenting path through it.
 *
 * Nodes: tasks first, then places, then agents. A step forward goes task -> place -> agent -> end;
 * a step back goes place -> a task placed there (which must then move on), agent -> place in use.
 * The end is an agent with room, or "stays waiting" at a fixed cost, so every search ends.
 * Potentials keep all reduced costs of steps at 0 or more, which is what lets Dijkstra be used at
 * all (Ahuja, Magnanti and Orlin, Network Flows, 1993, section 9.7).
 */

import FlatQueue from "flatqueue";
import { invariant } from "../shared/errors.ts";
import { at, makeNetwork, type Network } from "./network.ts";
import type { CostScale, MatchingProblem } from "./problem.ts";

export interface Search {
  readonly arcOfTask: Int32Array;
  readonly potential: Float64Array;
  /** Gives one more task its place, or leaves the cheapest task waiting instead. */
  readonly place: (task: number) => void;
}

interface Dijkstra {
  readonly potential: Float64Array;
  readonly distance: Float64Array;
  readonly parent: Int32Array;
  /** The sorted arc by which a place was reached from a task. */
  readonly byArc: Int32Array;
  readonly settled: Uint8Array;
  readonly touched: number[];
  readonly queue: FlatQueue;
}

interface End {
  readonly node: number;
  readonly distance: number;
}

export function startSearch(problem: MatchingProblem, scale: CostScale): Search {
  const network = makeNetwork(problem, scale);
  const nodes = problem.tasks + problem.places.length + problem.agentCapacities.length;
  const state: Dijkstra = {
    potential: new Float64Array(nodes),
    distance: new Float64Array(nodes).fill(Number.POSITIVE_INFINITY),
    parent: new Int32Array(nodes).fill(-1),
    byArc: new Int32Array(nodes).fill(-1),
    settled: new Uint8Array(nodes),
    touched: [],
    queue: new FlatQueue(),
  };
  const arcOfTask = new Int32Array(problem.tasks).fill(-1);
  return {
    arcOfTask,
    potential: state.potential,
    place: (task) => {
      const end = shortestPath(network, state, task);
      shiftPotentials(state, end.distance);
      const moved = augment(network, state, end.node);
      for (const each of moved) {
        const arc = at(network.chosen, each);
        arcOfTask[each] = arc < 0 ? -1 : at(network.arcNumber, arc);
      }
      forget(state);
    },
  };
}

function shortestPath(network: Network, state: Dijkstra, task: number): End {
  let best: End = { node: -1, distance: Number.POSITIVE_INFINITY };
  reach(state, { node: task, from: -1, distance: 0 });
  while (state.queue.length > 0) {
    if ((state.queue.peekValue() ?? 0) >= best.distance) break;
    const node = state.queue.pop();
    if (node === undefined) break;
    // The queue may hold a node several times, each time with a shorter distance; the first out
    // counts.
    if (state.settled[node] === 1) continue;
    state.settled[node] = 1;
    const ending = at(state.distance, node) + endCost(network, state, node);
    if (ending < best.distance) best = { node, distance: ending };
    leave(network, state, node);
  }
  invariant(best.node >= 0, "a task can always stay waiting");
  return best;
}

/** Reduced cost of ending here; Infinity where a path cannot end. */
function endCost(network: Network, state: Dijkstra, node: number): number {
  const { tasks, places } = network;
  const potential = at(state.potential, node);
  if (node < tasks) return Math.max(0, network.waitingCost + potential);
  if (node < tasks + places) return Number.POSITIVE_INFINITY;
  const full = at(network.agentRoom, node - tasks - places) === 0;
  return full ? Number.POSITIVE_INFINITY : Math.max(0, potential);
}

function leave(network: Network, state: Dijkstra, node: number): void {
  const { tasks, places } = network;
  const distance = at(state.distance, node);
  if (node < tasks) {
    leaveTask(network, state, node);
  } else if (node < tasks + places) {
    const place = node - tasks;
    // A task placed here has a reduced cost of 0 both ways: it is reached for nothing.
    for (const task of network.tasksOfPlace[place] ?? []) {
      reach(state, { node: task, from: node, distance });
    }
    if (at(network.placeRoom, place) > 0) {
      step(state, node, tasks + places + at(network.agentOfPlace, place));
    }
  } else {
    for (const place of network.placesOfAgent[node - tasks - places] ?? []) {
      const inUse = (network.tasksOfPlace[place]?.length ?? 0) > 0;
      if (inUse) step(state, node, tasks + place);
    }
  }
}

function leaveTask(network: Network, state: Dijkstra, task: number): void {
  const { arcPlace, arcCost, firstArc, tasks } = network;
  const { distance, potential, settled } = state;
  const here = at(distance, task) + at(potential, task);
  const arrived = at(distance, task);
  const own = at(network.chosen, task);
  const last = at(firstArc, task + 1);
  for (let arc = at(firstArc, task); arc < last; arc += 1) {
    const node = tasks + at(arcPlace, arc);
    if (settled[node] === 1 || arc === own) continue;
    // Never shorter than the way so far: rounding may leave a reduced cost just below 0.
    const far = Math.max(arrived, here + at(arcCost, arc) - at(potential, node));
    if (far < at(distance, node)) {
      state.byArc[node] = arc;
      reach(state, { node, from: task, distance: far });
    }
  }
}

/** A step that costs nothing but the difference of potentials. */
function step(state: Dijkstra, from: number, node: number): void {
  const reduced = Math.max(0, at(state.potential, from) - at(state.potential, node));
  reach(state, { node, from, distance: at(state.distance, from) + reduced });
}

function reach(state: Dijkstra, to: { node: number; from: number; distance: number }): void {
  if (state.settled[to.node] === 1 || to.distance >= at(state.distance, to.node)) return;
  if (state.distance[to.node] === Number.POSITIVE_INFINITY) state.touched.push(to.node);
  state.distance[to.node] = to.distance;
  state.parent[to.node] = to.from;
  state.queue.push(to.node, to.distance);
}

function shiftPotentials(state: Dijkstra, total: number): void {
  for (const node of state.touched) {
    if (state.settled[node] !== 1) continue;
    const shift = at(state.distance, node) - total;
    if (shift < 0) state.potential[node] = at(state.potential, node) + shift;
  }
}

/** Moves every task on the path one place on. Returns the tasks that moved. */
function augment(network: Network, state: Dijkstra, end: number): number[] {
  const { tasks, places } = network;
  const moved: number[] = [];
  if (end >= tasks + places) take(network.agentRoom, end - tasks - places, 1);
  else if (end < tasks) {
    network.chosen[end] = -1;
    moved.push(end);
  }
  let node = end;
  for (let from = at(state.parent, node); from >= 0; from = at(state.parent, node)) {
    // An edge of the path changes what is used between its two nodes by one.
    if (from < tasks) {
      network.chosen[from] = at(state.byArc, node);
      network.tasksOfPlace[node - tasks]?.push(from);
      moved.push(from);
    } else if (node < tasks) {
      const there = network.tasksOfPlace[from - tasks] ?? [];
      there.splice(there.indexOf(node), 1);
    } else if (node >= tasks + places) take(network.placeRoom, from - tasks, 1);
    else take(network.placeRoom, node - tasks, -1);
    node = from;
  }
  return moved;
}

function take(room: Int32Array, index: number, count: number): void {
  room[index] = at(room, index) - count;
}

function forget(state: Dijkstra): void {
  for (const node of state.touched) {
    state.distance[node] = Number.POSITIVE_INFINITY;
    state.parent[node] = -1;
    state.settled[node] = 0;
  }
  state.touched.length = 0;
  state.queue.clear();
}
