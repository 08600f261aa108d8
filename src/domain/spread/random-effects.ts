/**
 * One-way random effects: how much of the variance of single values lies between agents. Weights each
 * agent by its values, so it is about the contact that a customer meets, where the unweighted method of
 * moments (`between-agents.ts`) is about agents. The two differ when those with many values are alike,
 * and neither is wrong.
 *
 *   y_ij = μ + a_i + e_ij,   n_i values of agent i, N in all, k agents, θ = σ²_A / σ²_e
 *
 * ANOVA (Henderson 1953): MSB = Σ n_i (m_i − m)² / (k − 1), MSW = ΣΣ (y_ij − m_i)² / (N − k),
 *   n₀ = (N − Σ n_i² / N) / (k − 1), σ²_A = (MSB − MSW) / n₀, which may be negative and is kept.
 * REML (Patterson & Thompson 1971), profiled to the one parameter θ ≥ 0:
 *   w_i = n_i / (1 + n_i θ), μ = Σ w_i m_i / Σ w_i, Q = SSW + Σ w_i (m_i − μ)², σ²_e = Q / (N − 1),
 *   −2ℓ(θ) = (N − 1) ln σ²_e + Σ ln(1 + n_i θ) + ln Σ w_i + constant,
 *   its slope = Σ w_i − Σ w_i² / Σ w_i − (N − 1) Σ w_i² (m_i − μ)² / Q, whose root is taken.
 * ICC = σ²_A / (σ²_A + σ²_e).
 *
 * @example
 * anovaEstimate([{ n: 3, sum: 6, squares: 14 }, { n: 3, sum: 12, squares: 50 }, { n: 3, sum: 18, squares: 110 }])?.betweenVariance // => 3.666667
 */

/** The values of one agent: how many, their sum, the sum of their squares. */
export interface ValueSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

export interface AnovaEstimate {
  readonly meanSquareBetween: number;
  readonly meanSquareWithin: number;
  /** Values of a typical agent. */
  readonly typicalN: number;
  /** σ²_A; may be negative. */
  readonly betweenVariance: number;
  /** Null where neither variance is above 0. */
  readonly intraclassCorrelation: number | null;
}

export interface RemlEstimate {
  readonly mean: number;
  readonly betweenVariance: number;
  readonly withinVariance: number;
  readonly intraclassCorrelation: number;
}

/** null below two agents, or where no agent has two values. */
export function anovaEstimate(agents: readonly ValueSums[]): AnovaEstimate | null {
  const all = totals(agents);
  if (all === null) return null;
  const { k, n, mean, within } = all;
  let between = 0;
  let squaredN = 0;
  for (const agent of agents) {
    between += agent.n * (agent.sum / agent.n - mean) ** 2;
    squaredN += agent.n ** 2;
  }
  const meanSquareBetween = between / (k - 1);
  const meanSquareWithin = within / (n - k);
  const typicalN = (n - squaredN / n) / (k - 1);
  const betweenVariance = (meanSquareBetween - meanSquareWithin) / typicalN;
  const whole = betweenVariance + meanSquareWithin;
  return {
    meanSquareBetween,
    meanSquareWithin,
    typicalN,
    betweenVariance,
    intraclassCorrelation: whole > 0 ? betweenVariance / whole : null,
  };
}

/** null as `anovaEstimate`, and where all values of every agent are the same. */
export function remlEstimate(agents: readonly ValueSums[]): RemlEstimate | null {
  const all = totals(agents);
  // Without any variance within, the likelihood grows without bound.
  if (all === null || !(all.within > 0)) return null;
  const theta = bestTheta(agents, all);
  const { mean, residual } = profile(agents, all, theta);
  const betweenVariance = theta * residual;
  const intraclassCorrelation = theta / (1 + theta);
  return { mean, betweenVariance, withinVariance: residual, intraclassCorrelation };
}

interface Totals {
  readonly k: number;
  readonly n: number;
  readonly mean: number;
  /** Σ of squares within agents. */
  readonly within: number;
}

function totals(agents: readonly ValueSums[]): Totals | null {
  const k = agents.length;
  let n = 0;
  let sum = 0;
  let within = 0;
  for (const agent of agents) {
    n += agent.n;
    sum += agent.sum;
    within += Math.max(0, agent.squares - agent.sum ** 2 / agent.n);
  }
  return k < 2 || n <= k ? null : { k, n, mean: sum / n, within };
}

interface Profile {
  readonly mean: number;
  /** σ²_e at this θ. */
  readonly residual: number;
  /** −2ℓ, up to a constant, and its slope. */
  readonly deviance: number;
  readonly slope: number;
}

function profile(agents: readonly ValueSums[], { n, within }: Totals, theta: number): Profile {
  let weights = 0;
  let weighted = 0;
  let squaredWeights = 0;
  let logs = 0;
  for (const agent of agents) {
    const weight = agent.n / (1 + agent.n * theta);
    weights += weight;
    weighted += weight * (agent.sum / agent.n);
    squaredWeights += weight ** 2;
    logs += Math.log1p(agent.n * theta);
  }
  const mean = weighted / weights;
  let apart = 0;
  let pull = 0;
  for (const agent of agents) {
    const weight = agent.n / (1 + agent.n * theta);
    const distance = (agent.sum / agent.n - mean) ** 2;
    apart += weight * distance;
    pull += weight ** 2 * distance;
  }
  const sum = within + apart;
  const residual = sum / (n - 1);
  return {
    mean,
    residual,
    deviance: (n - 1) * Math.log(residual) + logs + Math.log(weights),
    slope: weights - squaredWeights / weights - ((n - 1) * pull) / sum,
  };
}

/** Ratios of the variances that are looked at first: from far below any that matters to far above. */
const GRID = [0, ...Array.from({ length: 49 }, (_, step) => 10 ** (step / 4 - 8))];

/** The lowest point of the grid, and from it the root of the slope between its neighbours. */
function bestTheta(agents: readonly ValueSums[], all: Totals): number {
  const deviances = GRID.map((theta) => profile(agents, all, theta).deviance);
  const best = deviances.indexOf(Math.min(...deviances));
  let low = GRID[Math.max(0, best - 1)] as number;
  let high = GRID[Math.min(GRID.length - 1, best + 1)] as number;
  if (best === 0 && profile(agents, all, 0).slope >= 0) return 0;
  const slopeAt = (theta: number) => profile(agents, all, theta).slope;
  // Halving: the slope is below 0 on the left. Ends where the two are neighbours as numbers.
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (slopeAt(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
