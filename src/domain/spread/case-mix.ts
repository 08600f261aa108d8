/**
 * Agents do not get the same contacts. Each contact is measured against what is usual for its stratum
 * (queue and channel), and the strata's usual is fixed in the time before: otherwise an assistant that
 * speeds up the simple ones would move the ruler.
 *
 *   mean, share: value − (ȳ_s − ȳ), ȳ_s the usual of the stratum, ȳ of all
 *   rate:        contacts count as ȳ_s / ȳ contacts each, ȳ_s the usual handling time (earned minutes)
 *
 * What is left is day sums again (`agent-days.ts`), so every estimate of spread works on them. A stratum
 * with few contacts is drawn to the mean of all, weight n / (n + 30).
 * Holds where contacts reach agents by chance within a stratum; skill-based routing within it stays.
 * Source: indirect standardisation, Breslow & Day 1987, ch. 2; earned hours, of work measurement.
 *
 * @example
 * valueRuler([{ stratum: "rare", n: 30, sum: 120 }, { stratum: "common", n: 970, sum: 1940 }]).get("rare") // => 0.97
 */

import type { AgentDays, FigureKind } from "./agent-days.ts";

/** Sums of one agent, day and stratum, as `AgentDays` explains them. */
export interface StratumSums {
  readonly stratum: string;
  readonly part: number;
  readonly whole: number;
  readonly squares: number;
}

/** An agent's days, each by stratum. */
export interface AgentStrata {
  readonly agent: string;
  readonly days: readonly (readonly StratumSums[])[];
}

/** By stratum: what to take from each value, or for a rate what a contact counts. */
export type Ruler = ReadonlyMap<string, number>;

const FEW_CONTACTS = 30;

/** What is usual for a stratum, by how many contacts it is known. */
export interface Usual {
  readonly stratum: string;
  readonly n: number;
  readonly sum: number;
}

/** The ruler of values (`mean`, `share`): how far each stratum's usual is from that of all. */
export function valueRuler(strata: readonly Usual[]): Ruler {
  const all = usualOfAll(strata);
  return new Map(strata.map((usual) => [usual.stratum, drawnIn(usual, all) - all]));
}

/** The ruler of rates: the usual handling time of a stratum by that of all. */
export function workRuler(strata: readonly Usual[]): Ruler {
  const all = usualOfAll(strata);
  return new Map(strata.map((usual) => [usual.stratum, drawnIn(usual, all) / all]));
}

function usualOfAll(strata: readonly Usual[]): number {
  const n = strata.reduce((total, usual) => total + usual.n, 0);
  return strata.reduce((total, usual) => total + usual.sum, 0) / n;
}

function drawnIn({ n, sum }: Usual, all: number): number {
  return (sum + FEW_CONTACTS * all) / (n + FEW_CONTACTS);
}

/** Day sums as if every contact were of the usual kind. A stratum without a ruler is taken as it is. */
export function standardise(
  kind: FigureKind,
  agents: readonly AgentStrata[],
  ruler: Ruler,
): readonly AgentDays[] {
  const measured = kind === "rate" ? earned : valued;
  return agents.map(({ agent, days }) => {
    const sums = days.map((strata) =>
      strata.reduce(
        (sum, own) => {
          const { part, whole, squares } = measured(own, ruler.get(own.stratum));
          return {
            part: sum.part + part,
            whole: sum.whole + whole,
            squares: sum.squares + squares,
          };
        },
        { part: 0, whole: 0, squares: 0 },
      ),
    );
    const column = (key: "part" | "whole" | "squares") =>
      Float64Array.from(sums, (sum) => sum[key]);
    return { agent, part: column("part"), whole: column("whole"), squares: column("squares") };
  });
}

function earned({ part, whole, squares }: StratumSums, counts = 1) {
  return { part: part * counts, whole, squares };
}

/** Σ (y − d)² = Σ y² − 2 d Σ y + n d². */
function valued({ part, whole, squares }: StratumSums, off = 0) {
  return {
    part: part - off * whole,
    whole,
    squares: squares - 2 * off * part + whole * off * off,
  };
}
