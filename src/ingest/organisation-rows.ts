/**
 * What the rows of a table of the organisation mean: the change they ask for, and for each row the keys of
 * what it speaks of. Pure.
 *
 * A name that a row uses must be known, but for skills and assistants, which have nothing but a name. An
 * agent is known by its aliases too. A period without an end holds until the next of its kind begins; one
 * whose end lies behind the beginning of another in the same table is a reject.
 */

import {
  type AgentChange,
  type CostRate,
  entryKey,
  type OrganisationChange,
  type OrganisationEntries,
  type Validity,
} from "../domain/shared/organisation.ts";
import type { Reject } from "../domain/shared/records.ts";
import type { AgentKind, Day, PartyKind } from "../domain/shared/vocabulary.ts";
import type { OrganisationRecord } from "./organisation-fields.ts";
import type { OrganisationRow, OrganisationTable } from "./organisation-table.ts";

/** A row that can be taken. */
export interface PlacedRow {
  readonly line: number;
  readonly keys: readonly string[];
  /** It gives a new name to something there is. */
  readonly renames: boolean;
}

export interface ChangeOfRows {
  readonly change: OrganisationChange;
  readonly placed: readonly PlacedRow[];
  readonly rejects: readonly Reject[];
}

type RowFault = Pick<Reject, "code" | "field" | "value" | "expected">;
type Placing = Omit<PlacedRow, "line"> | RowFault;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

interface Work {
  readonly entries: OrganisationEntries;
  readonly mapped: ReadonlySet<string>;
  readonly change: Mutable<OrganisationChange>;
  readonly agents: Map<string, Mutable<AgentChange>>;
  /** Keys of what is in the change. */
  readonly mentioned: Set<string>;
  /** Periods of this table by whose they are. */
  readonly periods: Map<string, Period[]>;
  /** What each agent's own fields were first said to be, and on which line. */
  readonly said: Map<string, { readonly line: number; readonly text: string }>;
}

interface Period extends Validity {
  readonly line: number;
  readonly content: string;
}

type Values = OrganisationRow["values"];

export function changeOfRows(table: OrganisationTable, entries: OrganisationEntries): ChangeOfRows {
  const lists = { parties: [], teams: [], skills: [], assistants: [], queues: [], costRates: [] };
  const work: Work = {
    ...{ entries, mapped: table.mapped, change: { ...lists, agents: [] } },
    ...{ agents: new Map(), mentioned: new Set(), periods: new Map(), said: new Map() },
  };
  const placed: PlacedRow[] = [];
  const rejects: Reject[] = [];
  for (const row of table.rows) {
    const made = PLACERS[table.record](row, work);
    if ("code" in made) rejects.push({ line: row.line, raw: row.raw, ...made });
    else placed.push({ line: row.line, ...made });
  }
  work.change.agents.push(...work.agents.values());
  return { change: work.change, placed, rejects };
}

const PLACERS: Readonly<Record<OrganisationRecord, (row: OrganisationRow, work: Work) => Placing>> =
  {
    party: placeParty,
    team: placeTeam,
    agent: placeAgent,
    skill: placeSkill,
    assistant: placeAdoption,
    cost_rate: placeCostRate,
    queue: placeQueue,
  };

function placeParty({ values, line }: OrganisationRow, work: Work): Placing {
  const name = values.party ?? "";
  const kind = values.kind as PartyKind;
  const renamed = renaming(work, values, (one) => entryKey("party", one), name);
  if (typeof renamed !== "boolean") return renamed;
  const twice = contradiction(work, entryKey("party", name), { line, field: "kind", text: kind });
  if (twice !== null) return twice;
  const formerName = renamed ? (values.formerName ?? undefined) : undefined;
  const key = entryKey("party", name);
  once(work, key, work.change.parties, { name, kind, formerName });
  return { keys: [key], renames: renamed };
}

function placeTeam({ values }: OrganisationRow, work: Work): Placing {
  const [party, name] = [values.party ?? "", values.team ?? ""];
  const stranger = unknownParty(work, party);
  if (stranger !== null) return stranger;
  const renamed = renaming(work, values, (one) => entryKey("team", party, one), name);
  if (typeof renamed !== "boolean") return renamed;
  const formerName = renamed ? (values.formerName ?? undefined) : undefined;
  const key = entryKey("team", party, name);
  once(work, key, work.change.teams, { party, name, formerName });
  return { keys: [key], renames: renamed };
}

function placeAgent(row: OrganisationRow, work: Work): Placing {
  const { values, line } = row;
  const renamed = renaming(work, values, (one) => entryKey("agent", one), values.agent ?? "");
  if (typeof renamed !== "boolean") return renamed;
  const name = renamed ? (values.agent ?? "") : canonical(work, values.agent ?? "");
  const own = ["kind", "hiredOn", "leftOn"].filter((field) => work.mapped.has(field));
  for (const field of own) {
    const said = { line, field, text: values[field] ?? "" };
    const twice = contradiction(work, entryKey("agent", name), said);
    if (twice !== null) return twice;
  }
  const { hiredOn, leftOn } = values;
  if (hiredOn && leftOn && leftOn <= hiredOn) return backwards("leftOn", leftOn, hiredOn);
  const belongs = membershipOf(row, work, name);
  if (belongs !== null && "code" in belongs) return belongs;
  const agent = agentOf(work, name);
  const has = (field: string) => work.mapped.has(field);
  if (has("kind")) agent.kind = (values.kind ?? "human") as AgentKind;
  if (has("hiredOn")) agent.hiredOn = hiredOn ?? null;
  if (has("leftOn")) agent.leftOn = leftOn ?? null;
  if (renamed && values.formerName) agent.formerName = values.formerName;
  const keys = [entryKey("agent", name)];
  if (values.alias) {
    const key = entryKey("alias", values.alias);
    once(work, key, agent.aliases, values.alias);
    keys.push(key);
  }
  if (belongs !== null) {
    const key = entryKey("membership", name, belongs.fromDay);
    once(work, key, agent.memberships, belongs);
    keys.push(key);
  }
  return { keys, renames: renamed };
}

/** The membership that an agent's row tells of; null where it names no team. */
function membershipOf({ values, line }: OrganisationRow, work: Work, name: string) {
  const { party, team, toDay } = values;
  if (!party && !team) return null;
  if (!party) return missing("party", "the party of the team");
  if (!team) return missing("team", "a team of the party");
  const stranger = unknownParty(work, party);
  if (stranger !== null) return stranger;
  if (!work.entries.has(entryKey("team", party, team))) {
    return unknownName("team", team, `a team of ${party}; import the teams first`);
  }
  const fromDay = values.fromDay ?? values.hiredOn;
  if (!fromDay) return missing("fromDay", "the day from which the agent is in the team");
  const period = { fromDay, toDay: toDay ?? null, line, content: `${party} / ${team}` };
  const overlap = overlapping(work, entryKey("membership", name), period);
  return overlap ?? { party, team, fromDay, toDay: toDay ?? null };
}

function placeSkill({ values, line }: OrganisationRow, work: Work): Placing {
  const name = knownAgent(work, values);
  if (typeof name !== "string") return name;
  const skill = values.skill ?? "";
  const period = { fromDay: values.fromDay ?? "", toDay: values.toDay ?? null };
  const proficiency = Number(values.proficiency ?? "1");
  const whole = { ...period, line, content: String(proficiency) };
  const overlap = overlapping(work, entryKey("agent_skill", name, skill), whole);
  if (overlap !== null) return overlap;
  once(work, entryKey("skill", skill), work.change.skills, skill);
  const key = entryKey("agent_skill", name, skill, period.fromDay);
  once(work, key, agentOf(work, name).skills, { skill, proficiency, ...period });
  return { keys: [key], renames: false };
}

function placeAdoption({ values, line }: OrganisationRow, work: Work): Placing {
  const name = knownAgent(work, values);
  if (typeof name !== "string") return name;
  const assistant = values.assistant ?? "";
  const period = { fromDay: values.fromDay ?? "", toDay: values.toDay ?? null };
  const whole = { ...period, line, content: "" };
  const overlap = overlapping(work, entryKey("adoption", name, assistant), whole);
  if (overlap !== null) return overlap;
  once(work, entryKey("assistant", assistant), work.change.assistants, assistant);
  const key = entryKey("adoption", name, assistant, period.fromDay);
  once(work, key, agentOf(work, name).adoptions, { assistant, ...period });
  return { keys: [key], renames: false };
}

function placeCostRate({ values, line }: OrganisationRow, work: Work): Placing {
  const party = values.party ?? null;
  if (!values.agent && party === null) return missing("party", "an agent or a party");
  const agent = values.agent ? knownAgent(work, values) : null;
  if (agent !== null && typeof agent !== "string") return agent;
  const stranger = party === null ? null : unknownParty(work, party);
  if (stranger !== null) return stranger;
  const rate: CostRate = {
    ...{ agent, party, agentKind: (values.agentKind ?? null) as AgentKind | null },
    perHour: values.perHour ?? "0",
    perContact: values.perContact ?? "0",
    perAction: values.perAction ?? "0",
    currency: values.currency ?? "",
    ...{ fromDay: values.fromDay ?? "", toDay: values.toDay ?? null },
  };
  const { perHour, perContact, perAction, currency, agentKind, fromDay, toDay } = rate;
  const content = [perHour, perContact, perAction, currency].join(" ");
  const whose = entryKey("cost_rate", agent, party, agentKind);
  const overlap = overlapping(work, whose, { fromDay, toDay, line, content });
  if (overlap !== null) return overlap;
  const key = entryKey("cost_rate", agent, party, agentKind, fromDay);
  once(work, key, work.change.costRates, rate);
  return { keys: [key], renames: false };
}

function placeQueue({ values }: OrganisationRow, work: Work): Placing {
  const name = values.queue ?? "";
  const key = entryKey("queue", name);
  once(work, key, work.change.queues, name);
  return { keys: [key], renames: false };
}

/** Whether the row renames what there is under its former name, once and for all. */
function renaming(
  { entries }: Work,
  { formerName }: Values,
  keyOf: (name: string) => string,
  name: string,
): boolean | RowFault {
  if (!formerName || formerName === name) return false;
  const [was, is] = [entries.has(keyOf(formerName)), entries.has(keyOf(name))];
  if (was && is) {
    const expected = `a name that is free: there are both ${formerName} and ${name}`;
    return { code: "name_taken", field: "formerName", value: formerName, expected };
  }
  // Renamed already, by this very file perhaps.
  if (is) return false;
  return was || unknownName("formerName", formerName, "a name there is");
}

function canonical({ entries }: Work, name: string): string {
  return entries.get(entryKey("alias", name)) ?? name;
}

function knownAgent(work: Work, values: Values): string | RowFault {
  const given = values.agent ?? "";
  const name = canonical(work, given);
  if (work.entries.has(entryKey("agent", name))) return name;
  return unknownName("agent", given, "an agent of the organisation; import the agents first");
}

function unknownParty({ entries }: Work, party: string): RowFault | null {
  if (entries.has(entryKey("party", party))) return null;
  return unknownName("party", party, "a party of the organisation; import the parties first");
}

function agentOf({ agents }: Work, name: string): Mutable<AgentChange> {
  const known = agents.get(name);
  if (known !== undefined) return known;
  const made = { name, aliases: [], memberships: [], skills: [], adoptions: [] };
  agents.set(name, made);
  return made;
}

/** Rows of one thing must say the same of it. */
function contradiction(
  { said }: Work,
  whose: string,
  { line, field, text }: { line: number; field: string; text: string },
): RowFault | null {
  const key = `${whose} ${field}`;
  const before = said.get(key);
  if (before === undefined) said.set(key, { line, text });
  if (before === undefined || before.text === text) return null;
  const expected = `what line ${before.line} says: ${before.text === "" ? "nothing" : before.text}`;
  return { code: "contradiction", field, value: text, expected };
}

/** The fault of a period; one that is none is remembered. */
function overlapping({ periods }: Work, whose: string, period: Period): RowFault | null {
  const { fromDay, toDay } = period;
  if (toDay !== null && toDay <= fromDay) return backwards("toDay", toDay, fromDay);
  const others = periods.get(whose) ?? [];
  const other = others.find((one) => {
    if (one.fromDay === fromDay) return one.content !== period.content || one.toDay !== toDay;
    const [first, second] = one.fromDay < fromDay ? [one, period] : [period, one];
    return first.toDay !== null && first.toDay > second.fromDay;
  });
  if (other !== undefined) {
    const expected = `no overlap with line ${other.line}`;
    return { code: "overlap", field: "fromDay", value: fromDay, expected };
  }
  periods.set(whose, [...others, period]);
  return null;
}

function backwards(field: string, value: Day, fromDay: Day): RowFault {
  return { code: "invalid_period", field, value, expected: `a day after ${fromDay}` };
}

function missing(field: string, expected: string): RowFault {
  return { code: "missing_field", field, value: "", expected };
}

function unknownName(field: string, value: string, expected: string): RowFault {
  return { code: "unknown_name", field, value, expected };
}

/** Puts in the list what no row before has mentioned. */
function once<T>({ mentioned }: Work, key: string, list: T[], one: T): void {
  if (!mentioned.has(key)) list.push(one);
  mentioned.add(key);
}
