/**
 * What only the maker of the demo knows: the true effects and their spread, the special days, the
 * dirt. Written to truth.json for tests. It is never imported.
 */

import type { Day } from "../src/domain/shared/vocabulary.ts";
import type { Calendar } from "./calendar.ts";
import { ADOPTION_DAY, DAYS } from "./centre.ts";
import type { FileCounts } from "./demo-file.ts";
import { CONVERGENCE, type Effects, standardDeviation } from "./effects.ts";
import type { Person } from "./people.ts";

export interface TrueSpread {
  /** Agents who work in both periods: over them the figures are exact. */
  readonly agents: number;
  readonly logHandleBefore: number;
  readonly logHandleAfter: number;
  readonly satisfactionBefore: number;
  readonly satisfactionAfter: number;
}

export interface TrueAgent extends Effects {
  readonly name: string;
  readonly team: string;
  readonly adopts: boolean;
  readonly stayer: boolean;
}

export interface Truth {
  readonly seed: number;
  readonly firstDay: Day;
  /** The day after the last. */
  readonly toDay: Day;
  readonly days: number;
  readonly adoptionDay: Day;
  /** Share by which the true standard deviation falls where the assistant is adopted. */
  readonly convergence: number;
  /** True standard deviations between agents (k − 1). */
  readonly spread: { readonly adopters: TrueSpread; readonly control: TrueSpread };
  readonly agents: readonly TrueAgent[];
  readonly surgeDay: Day;
  readonly outageDay: Day;
  /** The day without chats. */
  readonly missingDay: Day;
  readonly alias: {
    readonly agent: string;
    readonly alias: string;
    readonly from: Day;
    readonly to: Day;
    readonly rows: number;
  };
  readonly files: Readonly<Record<string, FileCounts>>;
}

export function truthOf(
  seed: number,
  calendar: Calendar,
  people: readonly Person[],
  rest: Pick<Truth, "alias" | "files">,
): Truth {
  const humans = people.filter((person) => person.kind === "human");
  return {
    seed,
    firstDay: calendar.firstDay,
    toDay: calendar.day(DAYS),
    days: DAYS,
    adoptionDay: calendar.day(ADOPTION_DAY),
    convergence: CONVERGENCE,
    spread: { adopters: spreadOf(humans, true), control: spreadOf(humans, false) },
    agents: humans.map((person) => ({
      name: person.name,
      team: person.stays[0]?.team ?? "",
      adopts: person.adopts,
      stayer: person.stayer,
      ...person.effects,
    })),
    surgeDay: calendar.day(calendar.surgeDay),
    outageDay: calendar.day(calendar.outageDay),
    missingDay: calendar.day(calendar.missingDay),
    ...rest,
  };
}

function spreadOf(humans: readonly Person[], adopts: boolean): TrueSpread {
  const group = humans.filter((person) => person.adopts === adopts && person.stayer);
  const spread = (effect: keyof Effects) =>
    standardDeviation(group.map((person) => person.effects[effect]));
  return {
    agents: group.length,
    logHandleBefore: spread("logHandleBefore"),
    logHandleAfter: spread("logHandleAfter"),
    satisfactionBefore: spread("satisfactionBefore"),
    satisfactionAfter: spread("satisfactionAfter"),
  };
}
