/**
 * Did people come to perform more alike since their assistant came? Reads the days of those who got one
 * (treated) and of those who have none (control), before and after, and studies them.
 *
 * Treated: an assistant came between the end of the days before and the end of the days after. Control: none
 * until the end of the days after. Who had one already in the days before is in neither, and counted.
 */

import { addDays } from "../../domain/shared/days.ts";
import { type Fault, InputError, inputError } from "../../domain/shared/errors.ts";
import type { Day, DayRange } from "../../domain/shared/vocabulary.ts";
import type { FigureKind } from "../../domain/spread/agent-days.ts";
import type { DatedAgent, StudyArm, StudyInput } from "../../domain/spread/study.ts";
import type { Store } from "../../store/connection.ts";
import { adoptionDays } from "../../store/reports/adoption-days.ts";
import { type AgentDayMeasure, agentDays, type PersonDay } from "../../store/reports/agent-days.ts";
import type { Asking } from "../read/scope.ts";
import { SPREAD_METRICS, type SpreadMetric } from "../read/spread-report.ts";
import { type Sentence, studySentence } from "./sentence.ts";
import { type ShownStudy, shownStudy } from "./shown-study.ts";
import { type StudyWatch, studyInThread } from "./study-thread.ts";

export interface StudyWish {
  readonly metric: SpreadMetric;
  /** Half-open. Where they are not given: up to the first adoption, and from the last on. */
  readonly before?: DayRange | undefined;
  readonly after?: DayRange | undefined;
  readonly seed: number;
  readonly draws?: number | undefined;
}

export interface StudyReport extends ShownStudy {
  readonly metric: SpreadMetric;
  readonly unit: string;
  readonly before: DayRange;
  readonly after: DayRange;
  readonly seed: number;
  /** Had an assistant already in the days before, and are in neither arm. */
  readonly treatedEarlier: number;
  readonly sentence: Sentence;
}

interface Studied {
  readonly measure: AgentDayMeasure;
  readonly kind: FigureKind;
  readonly unit: string;
  readonly fewest: StudyInput["fewest"];
}

/** An agent's own figure needs ten contacts, a rate five days (`suppression.ts`). */
const BY_CONTACT = { n: 10, days: 2 };
const BY_DAY = { n: 1, days: 5 };

const STUDIED: Readonly<Record<SpreadMetric, Studied>> = {
  casesPerHour: { measure: "active", kind: "rate", unit: "contacts per hour", fewest: BY_DAY },
  casesPerHourOnTask: {
    ...{ measure: "on_task", kind: "rate", unit: "contacts per hour" },
    fewest: BY_DAY,
  },
  satisfactionMean: { measure: "satisfaction", kind: "mean", unit: "points", fewest: BY_CONTACT },
  meanHandleSeconds: { measure: "handling", kind: "mean", unit: "seconds", fewest: BY_CONTACT },
  firstContactResolution: {
    ...{ measure: "resolution", kind: "share", unit: "share" },
    fewest: BY_CONTACT,
  },
};

export const STUDY_METRICS = SPREAD_METRICS;

/** Throws InputError where the days overlap, are empty, or no assistant came and none were given. */
export async function studyOfSpread(
  store: Store,
  asking: Asking,
  wish: StudyWish,
  watch: StudyWatch = {},
): Promise<StudyReport> {
  const { before, after } = await periodsOf(store, asking, wish);
  const studied = STUDIED[wish.metric];
  const rowsIn = (days: DayRange) =>
    agentDays(store.db, { ...asking.scope, ...days, asOf: asking.asOf }, studied.measure);
  const [earlier, later] = await Promise.all([rowsIn(before), rowsIn(after)]);
  const isTreated = ({ adopted }: PersonDay) =>
    adopted !== null && adopted >= before.to && adopted < after.to;
  const isControl = ({ adopted }: PersonDay) => adopted === null || adopted >= after.to;
  const armOf = (isMember: (row: PersonDay) => boolean): StudyArm => ({
    before: byAgent(earlier.filter(isMember)),
    after: byAgent(later.filter(isMember)),
  });
  const control = armOf(isControl);
  const hasControl = control.before.length > 0 && control.after.length > 0;
  const { kind, fewest, unit } = studied;
  const { seed, draws } = wish;
  const input: StudyInput = {
    ...{ kind, fewest, seed, treated: armOf(isTreated), control: hasControl ? control : null },
    ...(draws === undefined ? {} : { draws }),
  };
  const study = await studyInThread(input, watch);
  const treatedEarlier = new Set(
    [...earlier, ...later]
      .filter(({ adopted }) => adopted !== null && adopted < before.to)
      .map(({ agent }) => agent),
  ).size;
  const asked = { metric: wish.metric, unit, before, after, seed, treatedEarlier };
  return { ...asked, ...shownStudy(study), sentence: studySentence(study) };
}

/** The days of rows in the order of person and day. */
function byAgent(rows: readonly PersonDay[]): DatedAgent[] {
  const agents = new Map<string, PersonDay[]>();
  for (const row of rows) {
    const own = agents.get(row.agent);
    if (own === undefined) agents.set(row.agent, [row]);
    else own.push(row);
  }
  return [...agents].map(([agent, days]) => ({
    agent,
    dates: days.map(({ day }) => day),
    part: Float64Array.from(days, ({ part }) => part),
    whole: Float64Array.from(days, ({ whole }) => whole),
    squares: Float64Array.from(days, ({ squares }) => squares),
  }));
}

async function periodsOf(
  store: Store,
  { scope, days }: Asking,
  wish: StudyWish,
): Promise<{ before: DayRange; after: DayRange }> {
  if (wish.before !== undefined && wish.after !== undefined) {
    return checked({ before: wish.before, after: wish.after });
  }
  const { firstDay, lastDay } = days;
  const everything = { from: firstDay ?? scope.from, to: addDays(lastDay ?? scope.to, 1) };
  const adoptions = await adoptionDays(store.db, { ...scope, ...everything });
  const split = mostAdopted(adoptions);
  if (split === null) {
    const expected = "--before and --after: no assistant came in the days there is data for";
    throw inputError({ code: "no_adoption", path: "--before", value: null, expected });
  }
  return checked({
    before: wish.before ?? { from: everything.from, to: split },
    after: wish.after ?? { from: split, to: everything.to },
  });
}

/** The day on which most agents got their assistant; of several the first. */
function mostAdopted(adoptions: readonly { day: Day; agents: number }[]): Day | null {
  const byDay = new Map<Day, number>();
  for (const { day, agents } of adoptions) byDay.set(day, (byDay.get(day) ?? 0) + agents);
  const [most] = [...byDay].sort(([day, a], [other, b]) => b - a || (day < other ? -1 : 1));
  return most?.[0] ?? null;
}

function checked(periods: { before: DayRange; after: DayRange }) {
  const { before, after } = periods;
  const faults: Fault[] = [];
  const value = `${before.from}..${addDays(before.to, -1)}`;
  if (before.to <= before.from || after.to <= after.from) {
    const expected = "a first day that is not after the last";
    faults.push({ code: "invalid_period", path: "before, after", value, expected });
  } else if (before.to > after.from) {
    const expected = `days that end before the days after begin (${after.from})`;
    faults.push({ code: "overlapping_periods", path: "before", value, expected });
  }
  if (faults.length > 0) throw new InputError(faults);
  return periods;
}
