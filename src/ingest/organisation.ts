/**
 * The `organisation` document: one JSON file that says who works here. All its faults are reported
 * at once, each with the path of its field ("agents[3].memberships[0].team").
 *
 * Shape first (zod), then what a shape cannot say: names that are used must be defined, keys must
 * be unique, days must be in order, and nobody is in two teams on one day.
 */

import { z } from "zod";
import { type Fault, InputError } from "../domain/shared/errors.ts";
import type { Agent, Organisation, Validity } from "../domain/shared/organisation.ts";
import { AGENT_KINDS, PARTY_KINDS } from "../domain/shared/vocabulary.ts";

const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.trim() === text, "a name without spaces around it");
const day = z.iso.date();
const validity = { fromDay: day, toDay: day.nullable().default(null) };
const price = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,10})?$/, 'a decimal number as text, such as "3.50"')
  .default("0");

const formerName = name.optional();

const agent = z.strictObject({
  name,
  formerName,
  kind: z.enum(AGENT_KINDS).default("human"),
  hiredOn: day.nullable().default(null),
  leftOn: day.nullable().default(null),
  aliases: z.array(name).default([]),
  memberships: z.array(z.strictObject({ party: name, team: name, ...validity })).default([]),
  skills: z
    .array(
      z.strictObject({ skill: name, proficiency: z.number().gt(0).lte(1).default(1), ...validity }),
    )
    .default([]),
  adoptions: z.array(z.strictObject({ assistant: name, ...validity })).default([]),
});

const costRate = z.strictObject({
  agent: name.nullable().default(null),
  party: name.nullable().default(null),
  agentKind: z.enum(AGENT_KINDS).nullable().default(null),
  perHour: price,
  perContact: price,
  perAction: price,
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as CNY"),
  ...validity,
});

export const organisationSchema = z.strictObject({
  parties: z.array(z.strictObject({ name, kind: z.enum(PARTY_KINDS), formerName })).default([]),
  teams: z.array(z.strictObject({ party: name, name, formerName })).default([]),
  skills: z.array(name).default([]),
  assistants: z.array(name).default([]),
  queues: z.array(name).default([]),
  agents: z.array(agent).default([]),
  costRates: z.array(costRate).default([]),
});

/** @throws InputError `invalid_json`, or every fault of the document. */
export function parseOrganisation(text: string): Organisation {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const expected = `a JSON document (${cause instanceof Error ? cause.message : String(cause)})`;
    throw new InputError([{ code: "invalid_json", path: "organisation", expected }], { cause });
  }
  return readOrganisation(value);
}

/** @throws InputError with every fault of the document. */
export function readOrganisation(value: unknown): Organisation {
  const parsed = organisationSchema.safeParse(value);
  if (!parsed.success) throw new InputError(parsed.error.issues.map(shapeFault));
  const faults = [
    ...keyFaults(parsed.data),
    ...agentFaults(parsed.data),
    ...rateFaults(parsed.data),
  ];
  if (faults.length > 0) throw new InputError(faults);
  return parsed.data;
}

function shapeFault(issue: z.core.$ZodIssue): Fault {
  const path = issue.path.reduce<string>(
    (text, part) =>
      typeof part === "number"
        ? `${text}[${part}]`
        : text === ""
          ? String(part)
          : `${text}.${String(part)}`,
    "",
  );
  return { code: "invalid_organisation", path: path || "organisation", expected: issue.message };
}

function keyFaults(organisation: Organisation): Fault[] {
  const { parties, teams, skills, assistants, queues, agents } = organisation;
  const parts = new Set(parties.map((party) => party.name));
  return [
    ...repeated(
      "parties",
      parties.map((party) => party.name),
    ),
    ...repeated(
      "teams",
      teams.map((team) => teamKey(team.party, team.name)),
    ),
    ...repeated("skills", skills),
    ...repeated("assistants", assistants),
    ...repeated("queues", queues),
    ...repeated(
      "agents",
      agents.map((one) => one.name),
    ),
    ...repeatedAliases(agents),
    ...teams.flatMap((team, i) => unknown(parts, `teams[${i}].party`, team.party)),
  ];
}

function agentFaults(organisation: Organisation): Fault[] {
  const teams = new Set(organisation.teams.map((team) => teamKey(team.party, team.name)));
  const skills = new Set(organisation.skills);
  const assistants = new Set(organisation.assistants);
  return organisation.agents.flatMap((one, a) => {
    const at = `agents[${a}]`;
    const { hiredOn, leftOn } = one;
    const employed =
      hiredOn === null ? [] : order(at, "leftOn", { fromDay: hiredOn, toDay: leftOn });
    return [
      ...employed,
      ...one.memberships.flatMap((row, i) => [
        ...unknown(teams, `${at}.memberships[${i}].team`, teamKey(row.party, row.team)),
        ...order(`${at}.memberships[${i}]`, "toDay", row),
      ]),
      ...overlaps(`${at}.memberships`, one.memberships, () => ""),
      ...one.skills.flatMap((row, i) => [
        ...unknown(skills, `${at}.skills[${i}].skill`, row.skill),
        ...order(`${at}.skills[${i}]`, "toDay", row),
      ]),
      ...overlaps(`${at}.skills`, one.skills, (row) => row.skill),
      ...one.adoptions.flatMap((row, i) => [
        ...unknown(assistants, `${at}.adoptions[${i}].assistant`, row.assistant),
        ...order(`${at}.adoptions[${i}]`, "toDay", row),
      ]),
      ...overlaps(`${at}.adoptions`, one.adoptions, (row) => row.assistant),
    ];
  });
}

function rateFaults(organisation: Organisation): Fault[] {
  const agents = new Set(organisation.agents.map((one) => one.name));
  const parties = new Set(organisation.parties.map((party) => party.name));
  const rates = organisation.costRates;
  const faults = rates.flatMap((rate, i) => {
    const at = `costRates[${i}]`;
    const nobody = rate.agent === null && rate.party === null;
    const whose = { code: "missing_field", path: `${at}.party`, expected: "an agent or a party" };
    return [
      ...(nobody ? [whose] : []),
      ...(rate.agent === null ? [] : unknown(agents, `${at}.agent`, rate.agent)),
      ...(rate.party === null ? [] : unknown(parties, `${at}.party`, rate.party)),
      ...order(at, "toDay", rate),
    ];
  });
  const whom = (rate: (typeof rates)[number]) =>
    JSON.stringify([rate.agent, rate.party, rate.agentKind]);
  return [...faults, ...overlaps("costRates", rates, whom)];
}

function teamKey(party: string, team: string): string {
  return `${party} / ${team}`;
}

function repeated(list: string, names: readonly string[]): Fault[] {
  const seen = new Set<string>();
  return names.flatMap((value, i) => {
    const twice = seen.has(value);
    seen.add(value);
    const path = `${list}[${i}].name`;
    return twice ? [{ code: "duplicate_name", path, value, expected: "each name once" }] : [];
  });
}

/** An alias must not name two agents. */
function repeatedAliases(agents: readonly Agent[]): Fault[] {
  const owners = new Map(agents.map((one, a) => [one.name, a]));
  return agents.flatMap((one, a) =>
    one.aliases.flatMap((value, i) => {
      const owner = owners.get(value);
      owners.set(value, owner ?? a);
      const expected = "a name of this agent only";
      const path = `agents[${a}].aliases[${i}]`;
      return owner === undefined || owner === a
        ? []
        : [{ code: "duplicate_name", path, value, expected }];
    }),
  );
}

function unknown(known: ReadonlySet<string>, path: string, value: string): Fault[] {
  if (known.has(value)) return [];
  return [{ code: "unknown_name", path, value, expected: "a name defined in the same document" }];
}

function order(at: string, field: string, { fromDay, toDay }: Validity): Fault[] {
  if (toDay === null || toDay > fromDay) return [];
  const expected = `a day after ${fromDay}`;
  return [{ code: "invalid_period", path: `${at}.${field}`, value: toDay, expected }];
}

/** Rows of one key must not hold on the same day. */
function overlaps<Row extends Validity>(
  path: string,
  rows: readonly Row[],
  key: (row: Row) => string,
): Fault[] {
  const ordered = rows.map((row, i) => ({ row, i, key: key(row) }));
  ordered.sort((a, b) => compare(a.key, b.key) || compare(a.row.fromDay, b.row.fromDay));
  return ordered.flatMap((one, place) => {
    const before = ordered[place - 1];
    if (before === undefined || before.key !== one.key) return [];
    if (before.row.toDay !== null && before.row.toDay <= one.row.fromDay) return [];
    const expected = `no overlap with ${path}[${before.i}]`;
    const value = one.row.fromDay;
    return [{ code: "overlap", path: `${path}[${one.i}].fromDay`, value, expected }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
