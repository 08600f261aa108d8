/**
 * What the demo's files hold, read by the importer: same bytes again, every row and fault
 * counted.
 */

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { calendarOf } from "../../seeds/calendar.ts";
import { arrivalsOf } from "../../seeds/demand.ts";
import { daysBetween } from "../../src/domain/shared/days.ts";
import type { FactRecord } from "../../src/domain/shared/records.ts";
import { parseOrganisation } from "../../src/ingest/organisation.ts";
import type { Whole } from "../ingest/reading.ts";
import { madeDemo, TO_DAY } from "./made.ts";

const made = await madeDemo();
const NAMES = Object.keys(made.truth.files);
const organisation = parseOrganisation(await readFile(made.files.organisation, "utf8"));

async function hashes(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).sort();
  const of = async (name: string) =>
    createHash("sha256")
      .update(await readFile(join(directory, name)))
      .digest("hex");
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await of(name)])));
}

/** Rows by what the store must make of them: an id seen before is a duplicate or a replacement. */
function classified(whole: Whole) {
  const seen = new Map<string, string>();
  const counts = { accepted: 0, duplicates: 0, replaced: 0 };
  for (const { record } of whole.taken) {
    const content = JSON.stringify(record, (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    const before = seen.get(record.externalId);
    if (before === undefined) counts.accepted++;
    else if (before === content) counts.duplicates++;
    else counts.replaced++;
    seen.set(record.externalId, content);
  }
  const rejects: Record<string, number> = {};
  for (const { code } of whole.rejects) rejects[code] = (rejects[code] ?? 0) + 1;
  return { rows: whole.rows, ...counts, rejected: whole.rejects.length, rejects };
}

function dayOf(record: FactRecord): string | null {
  return "localDay" in record ? record.localDay : null;
}

test("same seed and day, same bytes; another seed, other bytes", { timeout: 60_000 }, async () => {
  const first = await hashes(dirname(made.files.truth));
  const again = await madeDemo();
  expect(await hashes(dirname(again.files.truth))).toEqual(first);
  const arrivals = (seed: number) => arrivalsOf(seed, 0, calendarOf(TO_DAY));
  expect(arrivals(8)[0]?.arrivedAt).not.toBe(arrivals(7)[0]?.arrivedAt);
});

test.each(NAMES)("%s holds as many rows of each kind as truth.json says", async (name) => {
  const { odd: _, ...expected } = made.truth.files[name] ?? { odd: {} };
  expect(classified(await made.parsed(name))).toEqual(expected);
});

test("calls fall on all of the 60 days, chats on all but the missing one", async () => {
  const { firstDay, missingDay } = made.truth;
  expect(daysBetween(firstDay, TO_DAY)).toBe(60);
  for (const [name, days] of [
    ["calls.csv", 60],
    ["chats.jsonl", 59],
  ] as const) {
    const whole = await made.parsed(name);
    const found = new Set(whole.records.map(dayOf));
    expect(found.size).toBe(days);
    expect(found.has(missingDay)).toBe(name === "calls.csv");
    expect([...found].every((day) => day !== null && day >= firstDay && day < TO_DAY)).toBe(true);
  }
});

test("odd rows are taken: strangers, zero times, one agent under two names", async () => {
  const { contacts } = await made.parsed("calls.csv");
  const agents = new Set(organisation.agents.map((agent) => agent.name));
  const queues = new Set(organisation.queues);
  const { alias, files } = made.truth;
  const aliased = contacts.filter((one) => one.agent === alias.alias);
  // The same conversation may stand twice: duplicates and the first forms of replaced rows.
  const distinct = new Set(aliased.map((one) => one.externalId));
  expect(distinct.size).toBe(alias.rows);
  const strangers = contacts.filter(
    ({ agent }) => agent !== null && agent !== alias.alias && !agents.has(agent),
  );
  const elsewhere = contacts.filter(({ queue }) => queue !== null && !queues.has(queue));
  const zero = contacts.filter(
    (one) => one.outcome === "handled" && one.talkSeconds + one.holdSeconds + one.wrapSeconds === 0,
  );
  expect({
    unknown_agent: strangers.length,
    unknown_queue: elsewhere.length,
    zero_handle_time: zero.length,
  }).toEqual(files["calls.csv"]?.odd);
});

test("references find their contact, but for the surveys that are meant to miss", async () => {
  const ids = new Set<string>();
  for (const [source, name] of [
    ["calls", "calls.csv"],
    ["chats", "chats.jsonl"],
  ] as const) {
    for (const one of (await made.parsed(name)).contacts) ids.add(`${source} ${one.externalId}`);
  }
  const missing: Record<string, number> = {};
  for (const name of ["surveys.csv", "complaints.csv", "outcomes.csv"]) {
    const { records } = await made.parsed(name);
    const references = records.flatMap((one) => ("contact" in one ? [one.contact] : []));
    missing[name] = references.filter(
      (one) => one !== null && !ids.has(`${one.source} ${one.externalId}`),
    ).length;
  }
  const unknown = made.truth.files["surveys.csv"]?.odd.unknown_contact ?? 0;
  expect(missing).toEqual({ "surveys.csv": unknown, "complaints.csv": 0, "outcomes.csv": 0 });
});

test("the organisation: three parties, 120 people and 6 AI agents, turnover and one move", () => {
  const { agents, parties, costRates } = organisation;
  expect(parties.map((party) => party.kind)).toEqual(["client", "vendor", "vendor"]);
  const people = agents.filter((agent) => agent.kind === "human");
  expect([people.length, agents.length - people.length]).toEqual([120, 6]);
  expect(people.filter((agent) => agent.adoptions.length > 0).length).toBeGreaterThan(54);
  expect(people.filter((agent) => agent.leftOn !== null).length).toBe(8);
  expect(people.filter((agent) => (agent.hiredOn ?? "") > made.truth.firstDay).length).toBe(8);
  const moved = agents.filter((agent) => agent.memberships.length === 2);
  expect(moved.length).toBe(1);
  expect(new Set(moved[0]?.memberships.map((one) => one.party)).size).toBe(2);
  expect(costRates.length).toBeGreaterThan(3);
});

test("the volume is a centre's: 100,000 to 150,000 contacts, made in seconds", async () => {
  const calls = made.truth.files["calls.csv"]?.accepted ?? 0;
  const chats = made.truth.files["chats.jsonl"]?.accepted ?? 0;
  expect(calls + chats).toBeGreaterThan(100_000);
  expect(calls + chats).toBeLessThan(150_000);
  // 2.5 s alone on two cores, a new process included; a loaded machine is given room.
  expect(made.milliseconds).toBeLessThan(30_000);
});
