/** A matching problem: who could take what, at which cost, and how much anybody takes. */

/** Tasks, places and agents are numbered from 0. */
export interface MatchingProblem {
  readonly tasks: number;
  readonly places: readonly Place[];
  readonly agentCapacities: readonly number[];
  readonly arcs: readonly Arc[];
}

export interface Place {
  readonly agent: number;
  readonly capacity: number;
}

export interface Arc {
  readonly task: number;
  readonly place: number;
  /** Any finite number, in one unit for all arcs; negative is a gain. */
  readonly cost: number;
}

/**
 * Costs are shifted by `lowest` so that none is negative: with every task paying once, no choice
 * changes.
 */
export interface CostScale {
  readonly lowest: number;
  /** The shifted cost of staying waiting: above what all placed tasks together can cost. */
  readonly waiting: number;
}
