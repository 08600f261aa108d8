/**
 * Which contacts a figure is counted from, as GET /contacts takes it, and which part of them makes it
 * what it is: those that came again, those answered in time.
 */

import type { ContactsQuery, FilterParameters } from "../../api/types.ts";
import type { Mark, Narrowing } from "../../frame/mark.ts";

const OFFERED: Narrowing = { outcome: "handled,abandoned,redirected" };
const HANDLED: Narrowing = { outcome: "handled" };
/** What the log says to ignore is in no share of contacts. */
const REAL: Narrowing = { outcome: "handled,abandoned,redirected,left_before_queue,unfinished" };
const VERIFIED: Narrowing = { verified: "true" };
/** Costs are of agents who have a rate, and rates are of parties. */
const PAID: Narrowing = { outcome: "handled", withoutParty: "false" };

const POPULATIONS: Readonly<Record<string, Narrowing>> = {
  contacts: {},
  offered: OFFERED,
  handled: HANDLED,
  abandoned: { outcome: "abandoned" },
  redirected: { outcome: "redirected" },
  transferred: { outcome: "handled", transferred: "true" },
  surveys: { surveyed: "true" },
  complaints: { complained: "true" },
  actions: { acted: "true" },
  actionsVerified: VERIFIED,
  meanHandleSeconds: HANDLED,
  meanTalkSeconds: HANDLED,
  meanHoldSeconds: HANDLED,
  meanWrapSeconds: HANDLED,
  casesPerHour: HANDLED,
  casesPerHourOnTask: HANDLED,
  casesPerHourSignedOn: HANDLED,
  casesPerHourPaid: HANDLED,
  casesPerHourScheduled: HANDLED,
  occupancy: HANDLED,
  serviceLevel: OFFERED,
  serviceLevelExcludingShortAbandons: OFFERED,
  serviceLevelWithShortAbandons: OFFERED,
  serviceLevelOfServed: OFFERED,
  abandonment: OFFERED,
  averageSpeedOfAnswerSeconds: HANDLED,
  firstContactResolution: { judgedWithin: "7" },
  firstContactResolution1Day: { judgedWithin: "1" },
  firstContactResolution14Days: { judgedWithin: "14" },
  firstContactResolution30Days: { judgedWithin: "30" },
  transferShare: HANDLED,
  satisfactionMean: { surveyed: "true" },
  complaintsPerThousand: REAL,
  costPerContact: PAID,
  costPerResolution: PAID,
  costPerAction: VERIFIED,
};

/** The contacts behind a figure; null where it is counted from something else, such as time. */
export const populationOf = (figure: string): Narrowing | null => POPULATIONS[figure] ?? null;

/** A part of a population that can be looked at by itself, with the key of its words. */
export interface Part {
  readonly words:
    | "cameAgain"
    | "inTime"
    | "abandoned"
    | "transferred"
    | "complained"
    | "assisted"
    | "unassisted";
  readonly narrowing: Narrowing;
}

const WITH_ASSISTANT: readonly Part[] = [
  { words: "assisted", narrowing: { assisted: "true" } },
  { words: "unassisted", narrowing: { assisted: "false" } },
];
const IN_TIME: readonly Part[] = [
  { words: "inTime", narrowing: { outcome: "handled", waitWithin: "20" } },
];

const PARTS: Readonly<Record<string, readonly Part[]>> = {
  firstContactResolution: [{ words: "cameAgain", narrowing: { repeatedWithin: "7" } }],
  serviceLevel: IN_TIME,
  offered: [...IN_TIME, { words: "abandoned", narrowing: { outcome: "abandoned" } }],
  abandonment: [{ words: "abandoned", narrowing: { outcome: "abandoned" } }],
  transferShare: [{ words: "transferred", narrowing: { transferred: "true" } }],
  complaintsPerThousand: [{ words: "complained", narrowing: { complained: "true" } }],
  meanHandleSeconds: WITH_ASSISTANT,
  casesPerHour: WITH_ASSISTANT,
  casesPerHourOnTask: WITH_ASSISTANT,
};

/** What of its contacts makes a figure what it is. */
export const partsOf = (figure: string): readonly Part[] => PARTS[figure] ?? [];

/** What GET /contacts is asked: the page's filters, the figure's population, the mark's own place. */
export function contactsOf(
  { figure, narrowing }: Mark,
  parameters: FilterParameters,
  part: string,
): ContactsQuery {
  const population = populationOf(figure) ?? {};
  const chosen = partsOf(figure).find(({ words }) => words === part)?.narrowing ?? {};
  return { ...parameters, ...population, ...narrowing, ...chosen } as ContactsQuery;
}
