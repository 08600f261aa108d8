/**
 * A study of a large centre: 1,000 agents for a year in 20 queues. The sums of the queues are put together to
 * days (in a store PostgreSQL does that), then all estimates without the draws, and 2,000 draws alone.
 * Beside them a yardstick that any figure needs: one pass over the same sums.
 */

import { type OwnFigure, ownFigure } from "../domain/spread/agent-days.ts";
import { type AgentStrata, standardise } from "../domain/spread/case-mix.ts";
import { changeOfSpread, DRAWS } from "../domain/spread/change-of-spread.ts";
import { drawsFrom } from "../domain/spread/draws.ts";
import { type DatedAgent, studySpread } from "../domain/spread/study.ts";
import { median } from "./bench-store.ts";

export interface SpreadBench {
  readonly agents: number;
  readonly days: number;
  readonly queues: number;
  /** One pass over the sums of agents, days and queues. */
  readonly passSeconds: number;
  readonly estimateSeconds: number;
  readonly drawSeconds: number;
  readonly draws: number;
  /** Estimates by the pass. */
  readonly ratio: number;
}

const AGENTS = 1000;
const DAYS = 365;
const QUEUES = 20;
const FIRST_INSTANT = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

export function spreadBench(runs: number): SpreadBench {
  const passes: number[] = [];
  const estimates: number[] = [];
  const draws: number[] = [];
  const half = Math.floor(DAYS / 2);
  const before = period(0, half, 1);
  const after = period(half, DAYS, 0.8);
  passes.push(...before.passes, ...after.passes);
  const input = {
    ...{ kind: "mean" as const, control: null, seed: 1, draws: 1 },
    ...{ treated: { before: before.agents, after: after.agents } },
    fewest: { n: 10, days: 2 },
  };
  const figures = (agents: readonly DatedAgent[]): OwnFigure[] =>
    agents.flatMap((agent) => ownFigure("mean", agent) ?? []);
  const periods = { before: figures(before.agents), after: figures(after.agents) };
  for (let run = 0; run < runs; run++) {
    estimates.push(timed(() => studySpread(input)).seconds);
    draws.push(timed(() => changeOfSpread(periods, { seed: run })).seconds);
  }
  const passSeconds = passes.reduce((sum, seconds) => sum + seconds, 0);
  const estimateSeconds = median(estimates);
  return {
    ...{ agents: AGENTS, days: DAYS, queues: QUEUES, draws: DRAWS },
    ...{ passSeconds, estimateSeconds, drawSeconds: median(draws) },
    ratio: estimateSeconds / passSeconds,
  };
}

/** A hundred agents at a time: their queues' sums are many, and are not kept. */
function period(from: number, to: number, keeps: number) {
  const { normal } = drawsFrom(from + 1);
  const dates = Array.from({ length: to - from }, (_, day) =>
    new Date(FIRST_INSTANT + (from + day) * DAY_MS).toISOString().slice(0, 10),
  );
  const agents: DatedAgent[] = [];
  const passes: number[] = [];
  for (let first = 0; first < AGENTS; first += 100) {
    const strata = Array.from({ length: 100 }, (_, at): AgentStrata => {
      const ability = Math.sin((first + at) * 12.9898) * 30 * keeps;
      const days = dates.map(() => Array.from({ length: QUEUES }, (_, queue) => cell(queue)));
      function cell(queue: number) {
        const mean = 300 + ability + 10 * queue + normal() * 20;
        const whole = 2 + (queue % 3);
        const squares = whole * (mean * mean + 10_000);
        return { stratum: `q${queue}`, part: whole * mean, whole, squares };
      }
      return { agent: `a${first + at}`, days };
    });
    const { seconds, result } = timed(() => standardise("mean", strata, new Map()));
    passes.push(seconds);
    agents.push(...result.map((own) => ({ ...own, dates })));
  }
  return { agents, passes };
}

function timed<Result>(work: () => Result): { readonly seconds: number; readonly result: Result } {
  const started = performance.now();
  const result = work();
  return { seconds: (performance.now() - started) / 1000, result };
}
