/**
 * A study of spread, whole: from agents' days before and after to estimates, interval, placebos and verdict.
 * Pure and seeded, so a stored study is recomputed bit for bit.
 *
 * Each agent's figure must rest on enough (`fewest`), or it is left out and counted. Cut dates: the days
 * before are cut again at every day (of very many, at `MOST_CUTS` of them) that leaves `CUT_DAYS` worked
 * days on either side.
 *
 * @example
 * studySpread({ kind: "mean", treated: { before: [], after: [] }, control: null, seed: 1, draws: 1, fewest: { n: 10, days: 2 } }).verdict // => "suppressed"
 */

import {
  type AgentDays,
  type FigureKind,
  type OwnFigure,
  ownFigure,
  sumOfDays,
} from "./agent-days.ts";
import { type Spread, spreadBetweenAgents } from "./between-agents.ts";
import {
  type ChangeOfSpread,
  changeOfSpread,
  DRAWS,
  type NetChange,
  netChangeOfSpread,
} from "./change-of-spread.ts";
import { type Composition, compositionOf } from "./composition.ts";
import { type CutPlacebo, type CutRank, rankAmongCuts } from "./placebo.ts";
import { type Fifth, fifthsBySplitRank } from "./quintiles.ts";
import {
  type AnovaEstimate,
  anovaEstimate,
  type RemlEstimate,
  remlEstimate,
} from "./random-effects.ts";
import { splitHalf } from "./split-half.ts";
import {
  type BrownForsythe,
  brownForsythe,
  type PitmanMorgan,
  pitmanMorgan,
} from "./variance-tests.ts";
import { spreadVerdict, VERDICT_RULES, type Verdict, type VerdictRules } from "./verdict.ts";

/** The agents of one arm in two periods; an agent may be in one of them only. */
export interface StudyArm {
  readonly before: readonly DatedAgent[];
  readonly after: readonly DatedAgent[];
}

/** An agent's days with their dates, in the order of the calendar. */
export interface DatedAgent extends AgentDays {
  readonly dates: readonly string[];
}

export interface StudyInput {
  readonly kind: FigureKind;
  readonly treated: StudyArm;
  readonly control: StudyArm | null;
  readonly seed: number;
  readonly draws?: number;
  readonly rules?: VerdictRules;
  /** What an agent's figure must rest on to count. */
  readonly fewest: { readonly n: number; readonly days: number };
}

/** One period of one arm, by four estimates. */
export interface PeriodSpread {
  readonly seen: Spread;
  /** Agents left out because their figure rests on too little. */
  readonly tooFew: number;
  /** Standard deviation of ln(figure); null where one is not above 0. */
  readonly logStandardDeviation: number | null;
  /** null for rates, whose contacts are no values of their own. */
  readonly anova: AnovaEstimate | null;
  readonly reml: RemlEstimate | null;
  readonly splitHalf: {
    readonly betweenVariance: number;
    readonly reliability: number | null;
  } | null;
}

export interface ArmResult {
  readonly before: PeriodSpread;
  readonly after: PeriodSpread;
  readonly change: ChangeOfSpread;
}

export interface SpreadStudy {
  readonly treated: ArmResult;
  readonly control: ArmResult | null;
  readonly net: NetChange | null;
  readonly composition: Composition | null;
  readonly fifths: readonly Fifth[] | null;
  /** The same agents twice; as many contacts after as before, or it does not hold. */
  readonly pitmanMorgan: PitmanMorgan | null;
  readonly brownForsythe: BrownForsythe | null;
  readonly cuts: readonly CutPlacebo[];
  readonly rank: CutRank | null;
  readonly verdict: Verdict;
}

/** Worked days of the whole centre that a cut must leave on either side. */
const CUT_DAYS = 5;
/** Enough for the rank of one to be below a fiftieth. */
const MOST_CUTS = 60;
/** Draws for a cut are none: only its R is wanted. */
const NO_DRAWS = 1;

/** `onProgress` hears the share that is done, and may throw to stop. */
export function studySpread(
  input: StudyInput,
  onProgress: (share: number) => void = () => undefined,
): SpreadStudy {
  const { seed, draws = DRAWS, rules = VERDICT_RULES } = input;
  const arms = input.control === null ? 1 : 3;
  const wish = (part: number) => ({
    seed: seed + part,
    draws,
    onProgress: (share: number) => onProgress((part + share) / arms),
  });
  const treated = figuresOf(input, input.treated);
  const control = input.control === null ? null : figuresOf(input, input.control);
  const own = armResult(input, input.treated, treated, wish(0));
  const other =
    control === null || input.control === null
      ? null
      : armResult(input, input.control, control, wish(1));
  const net = control === null ? null : netChangeOfSpread({ treated, control }, wish(2));
  const cuts = earlierCuts(input);
  const { reduction } = own.change;
  const rank = reduction === null ? null : rankAmongCuts(reduction, cuts);
  const pairs = pairsOf(treated);
  const finding = {
    change: own.change,
    reliabilityBefore: own.before.seen.reliability,
    net,
    cuts: rank,
  };
  return {
    treated: own,
    control: other,
    net,
    composition: compositionOf(treated),
    fifths: fifthsBySplitRank({
      before: keptOf(input.treated.before, treated.before),
      after: keptOf(input.treated.after, treated.after),
    }),
    pitmanMorgan: pitmanMorgan(pairs),
    brownForsythe: brownForsythe([
      treated.before.map(({ value }) => value),
      treated.after.map(({ value }) => value),
    ]),
    cuts,
    rank,
    verdict: spreadVerdict(finding, rules),
  };
}

interface ArmFigures {
  readonly before: readonly OwnFigure[];
  readonly after: readonly OwnFigure[];
}

function figuresOf(input: StudyInput, arm: StudyArm): ArmFigures {
  return {
    before: periodFigures(input, arm.before),
    after: periodFigures(input, arm.after),
  };
}

function periodFigures({ kind, fewest }: StudyInput, agents: readonly AgentDays[]): OwnFigure[] {
  return agents.flatMap((agent) => {
    const figure = ownFigure(kind, agent);
    const counts = figure !== null && figure.n >= fewest.n && figure.days >= fewest.days;
    return counts ? [figure] : [];
  });
}

type DrawsOf = Parameters<typeof changeOfSpread>[1];

function armResult(
  input: StudyInput,
  arm: StudyArm,
  figures: ArmFigures,
  wish: DrawsOf,
): ArmResult {
  return {
    before: periodSpread(input, arm.before, figures.before),
    after: periodSpread(input, arm.after, figures.after),
    change: changeOfSpread(figures, wish),
  };
}

function periodSpread(
  { kind, seed }: StudyInput,
  agents: readonly AgentDays[],
  figures: readonly OwnFigure[],
): PeriodSpread {
  const kept = keptOf(agents, figures);
  const values =
    kind === "rate"
      ? null
      : kept.map((agent) => {
          const { whole, part, squares } = sumOfDays(agent);
          return { n: whole, sum: part, squares };
        });
  const split = splitHalf(kept, { seed });
  const logs = figures.map(({ value }) => Math.log(value));
  const haveLogs = logs.length >= 2 && logs.every(Number.isFinite);
  return {
    seen: spreadBetweenAgents(figures),
    tooFew: agents.length - figures.length,
    logStandardDeviation: haveLogs ? spreadOf(logs) : null,
    anova: values && anovaEstimate(values),
    reml: values && remlEstimate(values),
    splitHalf: split && {
      betweenVariance: split.betweenVariance,
      reliability: split.reliability,
    },
  };
}

function keptOf(agents: readonly AgentDays[], figures: readonly OwnFigure[]): AgentDays[] {
  const counted = new Set(figures.map(({ agent }) => agent));
  return agents.filter(({ agent }) => counted.has(agent));
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function pairsOf({ before, after }: ArmFigures): { before: number; after: number }[] {
  const then = new Map(after.map(({ agent, value }) => [agent, value]));
  return before.flatMap(({ agent, value }) => {
    const later = then.get(agent);
    return later === undefined ? [] : [{ before: value, after: later }];
  });
}

/** R at every earlier day that leaves enough days on either side. */
function earlierCuts(input: StudyInput): CutPlacebo[] {
  const { before } = input.treated;
  const dates = [...new Set(before.flatMap((agent) => agent.dates))].sort();
  const days = dates.slice(CUT_DAYS, Math.max(CUT_DAYS, dates.length - CUT_DAYS + 1));
  return evenly(days, MOST_CUTS).map((day) => {
    const at = (keeps: (date: string) => boolean) =>
      periodFigures(
        input,
        before.map((agent) => daysWhere(agent, keeps)),
      );
    const found = changeOfSpread(
      { before: at((date) => date < day), after: at((date) => date >= day) },
      { seed: input.seed, draws: NO_DRAWS },
    );
    return { day, reduction: found.reduction };
  });
}

/** So many of them at most, as far apart as each other. */
function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => {
    return items[Math.floor(((at + 0.5) * items.length) / most)] as Item;
  });
}

function daysWhere(agent: DatedAgent, keeps: (date: string) => boolean): AgentDays {
  const from = agent.dates.findIndex(keeps);
  // Dates rise, so those that are kept lie together.
  const start = from === -1 ? agent.dates.length : from;
  let end = start;
  while (end < agent.dates.length && keeps(agent.dates[end] as string)) end++;
  return {
    agent: agent.agent,
    part: agent.part.subarray(start, end),
    whole: agent.whole.subarray(start, end),
    squares: agent.squares.subarray(start, end),
  };
}
