/**
 * Spread by split halves: each agent's worked days are dealt at random into two halves, and what the two
 * halves share between agents is what agents bring with them. Needs no model of noise, and what a day does
 * to all of an agent's contacts is noise too.
 *
 *   σ²_A = Cov_i(m_i,1 , m_i,2), divisor k − 1, the mean over many deals
 *   reliability of a half r = Corr_i(m_i,1 , m_i,2), of the whole 2r / (1 + r)
 *
 * Unweighted: each agent counts once. May be negative, and is kept. `products` are the agents' own shares
 * of the covariance, (m_i,1 − m₁)(m_i,2 − m₂): their mean is an unbiased σ²_A times (k − 1)/k, so whatever
 * works on means works on them (`staggered.ts`).
 * Source: Spearman 1910, Brown 1910.
 *
 * @example
 * splitHalf([2, 4, 6].map((value) => ({ agent: `a${value}`, part: Float64Array.of(value, value), whole: Float64Array.of(1, 1), squares: Float64Array.of(value ** 2, value ** 2) })), { seed: 1, deals: 5 })?.betweenVariance // => 4
 */

import type { AgentDays } from "./agent-days.ts";
import { drawsFrom } from "./draws.ts";

export interface SplitHalf {
  /** Agents with two days at least that count. */
  readonly agents: number;
  readonly deals: number;
  /** May be negative. */
  readonly betweenVariance: number;
  /** Of the whole, Spearman–Brown; null where the halves have no variance. */
  readonly reliability: number | null;
  /** By agent, in the order given; null for agents that cannot be split. */
  readonly products: readonly (number | null)[];
}

const MOST_DEALS = 200;
const FEWEST_DEALS = 20;
/** Of large centres fewer deals are as good: the luck of a split is averaged over their agents already. */
const DAYS_DEALT = 4_000_000;

function dealsFor(agents: readonly AgentDays[]): number {
  const days = agents.reduce((sum, { whole }) => sum + whole.length, 0);
  return Math.min(MOST_DEALS, Math.max(FEWEST_DEALS, Math.ceil(DAYS_DEALT / Math.max(1, days))));
}

/** null below two agents that can be split. */
export function splitHalf(
  agents: readonly AgentDays[],
  { seed, deals = dealsFor(agents) }: { readonly seed: number; readonly deals?: number },
): SplitHalf | null {
  const split = agents.map(workedDays);
  const at = split.flatMap(({ days }, agent) => (days.length >= 2 ? [agent] : []));
  if (at.length < 2) return null;
  const draw = drawsFrom(seed).below;
  const products = new Float64Array(agents.length);
  const one = new Float64Array(at.length);
  const other = new Float64Array(at.length);
  let covariance = 0;
  let correlation = 0;
  for (let deal = 0; deal < deals; deal++) {
    at.forEach((agent, place) => {
      dealDays(split[agent] as Worked, draw, (first, second) => {
        one[place] = first;
        other[place] = second;
      });
    });
    const [meanOne, meanOther] = [meanOf(one), meanOf(other)];
    let [together, varianceOne, varianceOther] = [0, 0, 0];
    for (let place = 0; place < at.length; place++) {
      const first = (one[place] as number) - meanOne;
      const second = (other[place] as number) - meanOther;
      products[at[place] as number] = (products[at[place] as number] as number) + first * second;
      together += first * second;
      varianceOne += first ** 2;
      varianceOther += second ** 2;
    }
    covariance += together / (at.length - 1);
    correlation += together / Math.sqrt(varianceOne * varianceOther);
  }
  const half = correlation / deals;
  const isSplit = new Set(at);
  return {
    agents: at.length,
    deals,
    betweenVariance: covariance / deals,
    reliability: Number.isFinite(half) ? (2 * half) / (1 + half) : null,
    products: agents.map((_, agent) =>
      isSplit.has(agent) ? (products[agent] as number) / deals : null,
    ),
  };
}

interface Worked {
  /** Days with something to divide by; dealt anew each time. */
  readonly days: Int32Array;
  readonly of: AgentDays;
}

function workedDays(of: AgentDays): Worked {
  const days: number[] = [];
  of.whole.forEach((whole, day) => {
    if (whole > 0) days.push(day);
  });
  return { days: Int32Array.from(days), of };
}

/** Deals half of the days to one hand (of an odd number it is chance who has one more). */
function dealDays(
  { days, of }: Worked,
  draw: (below: number) => number,
  dealt: (first: number, second: number) => void,
): void {
  const count = days.length;
  const half = (count >> 1) + (count % 2 === 1 ? draw(2) : 0);
  let [part, whole, otherPart, otherWhole] = [0, 0, 0, 0];
  for (let place = 0; place < count; place++) {
    if (place < half) {
      // The first steps of a Fisher–Yates shuffle.
      const from = place + draw(count - place);
      const day = days[from] as number;
      days[from] = days[place] as number;
      days[place] = day;
      part += of.part[day] as number;
      whole += of.whole[day] as number;
    } else {
      const day = days[place] as number;
      otherPart += of.part[day] as number;
      otherWhole += of.whole[day] as number;
    }
  }
  dealt(part / whole, otherPart / otherWhole);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
