/** The eight files of the demo, side by side: what of a day goes into which. */

import { join } from "node:path";
import { isLost } from "./aftermath.ts";
import type { Calendar } from "./calendar.ts";
import { DAYS } from "./centre.ts";
import {
  CALLS_HEADER,
  CALLS_MAPPING,
  CHATS_MAPPING,
  callLine,
  chatLine,
  type Naming,
} from "./contact-files.ts";
import type { DemoDay } from "./demo-days.ts";
import { type DemoFileWriter, type FileCounts, mappingName, openDemoFile } from "./demo-file.ts";
import { type DirtPlan, dirtOf } from "./dirt.ts";
import {
  callDirt,
  chatDirt,
  complaintDirt,
  outcomeDirt,
  stateDirt,
  surveyDirt,
  ticketDirt,
} from "./dirty-rows.ts";
import {
  COMPLAINTS_HEADER,
  COMPLAINTS_MAPPING,
  complaintLine,
  OUTCOMES_HEADER,
  OUTCOMES_MAPPING,
  outcomeLine,
  STATES_HEADER,
  STATES_MAPPING,
  SURVEYS_HEADER,
  SURVEYS_MAPPING,
  stateLine,
  surveyLine,
  TICKETS_HEADER,
  TICKETS_MAPPING,
  ticketLine,
} from "./other-files.ts";
import type { Person } from "./people.ts";

export interface DemoFile {
  /** The name of the source; other files point at contacts by it. */
  readonly source: string;
  readonly format: "table";
  readonly path: string;
  readonly mapping: string;
}

export interface DemoWriters {
  readonly files: readonly DemoFile[];
  writeDay(made: DemoDay): Promise<void>;
  /** Counts by file name. */
  close(): Promise<Record<string, FileCounts>>;
}

interface FilePlan {
  readonly source: string;
  readonly name: string;
  readonly header: string | null;
  readonly mapping: object;
  readonly dirt: DirtPlan;
  readonly lines: (made: DemoDay) => readonly string[];
}

export async function demoWriters(of: {
  readonly seed: number;
  readonly calendar: Calendar;
  readonly directory: string;
  readonly naming: Naming;
  readonly stayers: readonly Person[];
}): Promise<DemoWriters> {
  const { seed, directory } = of;
  const plans = [...contactPlans(of), ...otherPlans(of)];
  const writers = new Map<FilePlan, DemoFileWriter>();
  for (const plan of plans) {
    const { name, header, mapping } = plan;
    const dirt = dirtOf(seed, name, DAYS, plan.dirt);
    writers.set(plan, await openDemoFile({ directory, name, header, mapping, dirt }));
  }
  return {
    files: plans.map(({ source, name }) => ({
      source,
      format: "table",
      path: join(directory, name),
      mapping: join(directory, mappingName(name)),
    })),
    async writeDay(made) {
      for (const [plan, writer] of writers) await writer.writeDay(made.day, plan.lines(made));
    },
    async close() {
      const counts: Record<string, FileCounts> = {};
      for (const [plan, writer] of writers) counts[plan.name] = await writer.close();
      return counts;
    },
  };
}

type PlanOptions = Parameters<typeof demoWriters>[0];

function contactPlans({ calendar, naming, stayers }: PlanOptions): FilePlan[] {
  const names = stayers.map((person) => person.name);
  return [
    {
      source: "calls",
      name: "calls.csv",
      header: CALLS_HEADER,
      mapping: CALLS_MAPPING,
      dirt: callDirt(calendar, names),
      lines: ({ day, floor }) =>
        floor.contacts
          .filter((contact) => contact.channel === "call")
          .map((contact) => callLine(contact, day, naming)),
    },
    {
      source: "chats",
      name: "chats.jsonl",
      header: null,
      mapping: CHATS_MAPPING,
      dirt: chatDirt(calendar),
      lines: ({ floor }) =>
        floor.contacts
          .filter((contact) => contact.channel === "chat" && !isLost(contact, calendar))
          .map((contact) => chatLine(contact, -1, naming)),
    },
  ];
}

function otherPlans({ calendar, naming, stayers }: PlanOptions): FilePlan[] {
  const names = stayers.map((person) => person.name);
  const ids = { S: 1, K: 1, O: 1, Z: 1 };
  const id = (letter: keyof typeof ids) => `${letter}${String(ids[letter]++).padStart(6, "0")}`;
  const byTime = <Item extends { readonly at: number }>(items: readonly Item[]) =>
    [...items].sort((a, b) => a.at - b.at);
  return [
    {
      source: "agent-states",
      name: "agent-states.csv",
      header: STATES_HEADER,
      mapping: STATES_MAPPING,
      dirt: stateDirt(calendar, names),
      lines: ({ states }) => states.map((stretch) => stateLine(id("Z"), stretch, naming)),
    },
    {
      source: "tickets",
      name: "ticket-events.csv",
      header: TICKETS_HEADER,
      mapping: TICKETS_MAPPING,
      dirt: ticketDirt(),
      lines: ({ tickets }) => tickets.map((event) => ticketLine(event, naming)),
    },
    {
      source: "surveys",
      name: "surveys.csv",
      header: SURVEYS_HEADER,
      mapping: SURVEYS_MAPPING,
      dirt: surveyDirt(calendar),
      lines: ({ aftermath }) =>
        byTime(aftermath.surveys).map((survey) => surveyLine(id("S"), survey, naming)),
    },
    {
      source: "complaints",
      name: "complaints.csv",
      header: COMPLAINTS_HEADER,
      mapping: COMPLAINTS_MAPPING,
      dirt: complaintDirt(),
      lines: ({ aftermath }) =>
        byTime(aftermath.complaints).map((one) => complaintLine(id("K"), one, naming)),
    },
    {
      source: "outcomes",
      name: "outcomes.csv",
      header: OUTCOMES_HEADER,
      mapping: OUTCOMES_MAPPING,
      dirt: outcomeDirt(calendar),
      lines: ({ aftermath }) =>
        byTime(aftermath.outcomes).map((one) => outcomeLine(id("O"), one, naming)),
    },
  ];
}
