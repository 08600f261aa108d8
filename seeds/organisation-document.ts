/** The demo's organisation document, as its owner would write it. */

import type { CostRate, Organisation } from "../src/domain/shared/organisation.ts";
import type { Day } from "../src/domain/shared/vocabulary.ts";
import type { Calendar } from "./calendar.ts";
import {
  ADOPTION_DAY,
  AI_TEAM,
  ASSISTANT,
  BANK,
  CURRENCY,
  LANGUAGES,
  NORTHGATE,
  PARTIES,
  QINGHE,
  QUEUES,
  TEAMS,
} from "./centre.ts";
import type { Person } from "./people.ts";

/** What people can be good at: products, which are queues too, and languages. */
const PRODUCTS = QUEUES.filter((queue) => queue !== "english");

export function organisationOf(calendar: Calendar, people: readonly Person[]): Organisation {
  const teams = TEAMS.map(({ name, party }) => ({ party, name }));
  return {
    parties: PARTIES,
    teams: [...teams, { party: BANK, name: AI_TEAM }],
    skills: [...PRODUCTS, ...LANGUAGES],
    assistants: [ASSISTANT],
    queues: QUEUES,
    agents: people.map((person) => agentOf(calendar, person)),
    costRates: rates(calendar),
  };
}

function agentOf(calendar: Calendar, person: Person): Organisation["agents"][number] {
  const day = (number: number | null): Day | null =>
    number === null ? null : calendar.day(number);
  const { name, kind, hiredDay, leftDay, proficiency } = person;
  const period = { fromDay: calendar.day(hiredDay), toDay: day(leftDay) };
  const products = person.queues.filter((queue) => queue !== "english");
  const languages = ["mandarin", ...(person.cantonese ? ["cantonese"] : [])];
  if (person.english) languages.push("english");
  const adoptedOn = calendar.day(Math.max(ADOPTION_DAY, hiredDay));
  const leftEarlier = leftDay !== null && leftDay <= ADOPTION_DAY;
  return {
    name,
    kind,
    hiredOn: period.fromDay,
    leftOn: period.toDay,
    aliases: [],
    memberships: person.stays.map(({ party, team, fromDay, toDay }) => ({
      party,
      team,
      fromDay: calendar.day(fromDay),
      toDay: day(toDay),
    })),
    skills: [
      ...products.map((skill) => ({ skill, proficiency, ...period })),
      ...languages.map((skill) => ({ skill, proficiency: 1, ...period })),
    ],
    adoptions:
      person.adopts && !leftEarlier
        ? [{ assistant: ASSISTANT, fromDay: adoptedOn, toDay: period.toDay }]
        : [],
  };
}

/**
 * The vendors are paid in their own ways: one by the contact, one by the hour and by the result.
 */
function rates(calendar: Calendar): CostRate[] {
  const start = calendar.day(-400);
  const rise = calendar.day(ADOPTION_DAY + 1);
  const none = { perHour: "0", perContact: "0", perAction: "0" };
  const rate = (
    party: string,
    agentKind: CostRate["agentKind"],
    price: Partial<typeof none>,
    period: { fromDay: Day; toDay: Day | null } = { fromDay: start, toDay: null },
  ): CostRate => ({
    agent: null,
    party,
    agentKind,
    ...none,
    ...price,
    currency: CURRENCY,
    ...period,
  });
  return [
    rate(BANK, "human", { perHour: "74.50" }),
    rate(BANK, "ai", { perContact: "0.38" }),
    rate(QINGHE, "human", { perContact: "9.20" }, { fromDay: start, toDay: rise }),
    rate(QINGHE, "human", { perContact: "9.60" }, { fromDay: rise, toDay: null }),
    rate(NORTHGATE, "human", { perHour: "38.00", perAction: "4.75" }),
  ];
}
