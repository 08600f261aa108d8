/**
 * Makes a demo centre: 60 days of files as a bank's systems and its vendors' would export them, to
 * be imported through the importers everybody has. Same seed and same day, same bytes.
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Day } from "../src/domain/shared/vocabulary.ts";
import { type Calendar, calendarOf } from "./calendar.ts";
import { BANK, CURRENCY, DAY_SECONDS, DAYS, QINGHE, ZONE } from "./centre.ts";
import type { Contact } from "./contact.ts";
import type { Naming } from "./contact-files.ts";
import { daysOf } from "./demo-days.ts";
import { writeJson } from "./demo-file.ts";
import { type DemoFile, demoWriters } from "./demo-writers.ts";
import { organisationOf } from "./organisation-document.ts";
import { makePeople, type Person, someone } from "./people.ts";
import { type Truth, truthOf } from "./truth.ts";

export interface DemoOptions {
  readonly seed: number;
  /** The day after the last day of the demo: today, for a demo that ends yesterday. */
  readonly lastDay: Day;
  /** Is made when it is not there. */
  readonly directory: string;
}

export interface DemoFiles {
  readonly site: string;
  readonly zone: string;
  readonly currency: string;
  readonly firstDay: Day;
  /** The day after the last. */
  readonly toDay: Day;
  /** Path of the organisation document; to be saved before the files go in. */
  readonly organisation: string;
  /** To be imported in this order: what is pointed at stands before what points. */
  readonly files: readonly DemoFile[];
  /** Path of truth.json, for tests only. */
  readonly truth: string;
}

const ALIAS_FROM = 20;
const ALIAS_TO = 32;

export async function makeDemoCentre(options: DemoOptions): Promise<DemoFiles> {
  const { seed, lastDay, directory } = options;
  const calendar = calendarOf(lastDay);
  const people = makePeople(seed);
  await mkdir(directory, { recursive: true });
  const organisation = join(directory, "organisation.json");
  await writeJson(organisation, organisationOf(calendar, people));
  const aliased = aliasOf(seed, people);
  const writers = await demoWriters({
    seed,
    calendar,
    directory,
    naming: namingOf(calendar, people, aliased),
    stayers: people.filter(({ kind, stayer }) => kind === "human" && stayer),
  });
  let aliasRows = 0;
  for (const made of daysOf(seed, calendar, people)) {
    aliasRows += made.floor.contacts.filter((contact) => isAliased(contact, aliased)).length;
    await writers.writeDay(made);
  }
  const counts = await writers.close();
  const truth: Truth = truthOf(seed, calendar, people, {
    alias: {
      agent: aliased.person.name,
      alias: aliased.alias,
      from: calendar.day(ALIAS_FROM),
      to: calendar.day(ALIAS_TO),
      rows: aliasRows,
    },
    files: counts,
  });
  await writeJson(join(directory, "truth.json"), truth);
  return {
    site: `${BANK} Service Centre`,
    zone: ZONE,
    currency: CURRENCY,
    firstDay: calendar.firstDay,
    toDay: calendar.day(DAYS),
    organisation,
    files: writers.files,
    truth: join(directory, "truth.json"),
  };
}

interface Aliased {
  readonly person: Person;
  readonly alias: string;
}

/** For twelve days the telephone system writes one agent's family name in capitals. */
function aliasOf(seed: number, people: readonly Person[]): Aliased {
  const person = someone(
    seed,
    people.filter(({ stays }) => stays[0]?.party === QINGHE),
    "Voice",
  );
  const [family = "", ...given] = person.name.split(" ");
  return { person, alias: [family.toUpperCase(), ...given].join(" ") };
}

function isAliased(contact: Contact, { person }: Aliased): boolean {
  const day = Math.floor(contact.arrivedAt / DAY_SECONDS);
  const inTime = day >= ALIAS_FROM && day < ALIAS_TO;
  return inTime && contact.channel === "call" && contact.agent === person.index;
}

/** Calls give the day, everything else none: only the telephone system has the other spelling. */
function namingOf(calendar: Calendar, people: readonly Person[], aliased: Aliased): Naming {
  return {
    calendar,
    agentName: (agent, day) => {
      if (agent === null) return "";
      const isOther = agent === aliased.person.index && day >= ALIAS_FROM && day < ALIAS_TO;
      return isOther ? aliased.alias : (people[agent]?.name ?? "");
    },
  };
}
