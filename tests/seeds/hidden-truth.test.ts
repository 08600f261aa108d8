/**
 * The change hidden in the seed is really in the files: the spread between agents, with the noise
 * taken out, falls by the stated share where the assistant came, and nowhere else.
 *
 * Method of moments (methods.md §1.2 (2)): variance of agents' means less the mean of their noise,
 * of log handling time and of scores, each less the mean of its queue and period. The true effects
 * are known and fixed, so only the noise of the means errs: SE(σ̂²) ≈ sqrt((4σ² v + 2v²)/k), v =
 * noise of a mean, and SE(σ̂) = SE(σ̂²)/2σ. Estimates must lie within four of these.
 */

import { expect, test } from "vitest";
import type { ContactRecord, SurveyRecord } from "../../src/domain/shared/records.ts";
import { madeDemo } from "./made.ts";

const made = await madeDemo();
const { truth } = made;
const stayers = new Map(truth.agents.filter((one) => one.stayer).map((one) => [one.name, one]));

interface Value {
  readonly agent: string;
  readonly group: string;
  readonly isAfter: boolean;
  readonly y: number;
}

interface Spread {
  readonly agents: number;
  readonly sd: number;
  readonly standardError: number;
}

function measured(contact: ContactRecord, y: number): Value | null {
  const agent = contact.agent === truth.alias.alias ? truth.alias.agent : contact.agent;
  if (agent === null || !stayers.has(agent)) return null;
  const isAfter = contact.localDay >= truth.adoptionDay;
  return { agent, group: `${contact.channel} ${contact.queue} ${isAfter}`, isAfter, y };
}

function spreadOf(values: readonly Value[], adopts: boolean, isAfter: boolean): Spread {
  const groups = grouped(values, (one) => one.group);
  const means = new Map([...groups].map(([group, list]) => [group, mean(list.map((v) => v.y))]));
  const chosen = values.filter(
    (one) => one.isAfter === isAfter && stayers.get(one.agent)?.adopts === adopts,
  );
  const agents = [...grouped(chosen, (one) => one.agent).values()]
    .map((list) => list.map((one) => one.y - (means.get(one.group) ?? 0)))
    .filter((list) => list.length >= 20);
  const noise = mean(agents.map((list) => variance(list) / list.length));
  const between = variance(agents.map(mean)) - noise;
  const sd = Math.sqrt(between);
  const standardError =
    Math.sqrt((4 * between * noise + 2 * noise ** 2) / agents.length) / (2 * sd);
  return { agents: agents.length, sd, standardError };
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string) {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list === undefined) groups.set(key(item), [item]);
    else list.push(item);
  }
  return groups;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
}

/** The reduction of a standard deviation, and its standard error. */
function reduction(before: Spread, after: Spread) {
  const ratio = after.sd / before.sd;
  const relative = Math.hypot(before.standardError / before.sd, after.standardError / after.sd);
  return { share: 1 - ratio, standardError: ratio * relative };
}

test("handling time: the true spread before and after, of adopters and of the others", async () => {
  const { contacts } = await made.parsed("calls.csv");
  const values = contacts.flatMap((one) => {
    const seconds = one.talkSeconds + one.holdSeconds + one.wrapSeconds;
    const value = seconds > 0 ? measured(one, Math.log(seconds)) : null;
    return value === null ? [] : [value];
  });
  for (const adopts of [true, false]) {
    const spread = adopts ? truth.spread.adopters : truth.spread.control;
    const before = spreadOf(values, adopts, false);
    const after = spreadOf(values, adopts, true);
    expect(before.agents).toBeGreaterThan(45);
    expect(Math.abs(before.sd - spread.logHandleBefore)).toBeLessThan(4 * before.standardError);
    expect(Math.abs(after.sd - spread.logHandleAfter)).toBeLessThan(4 * after.standardError);
    const found = reduction(before, after);
    const expected = adopts ? truth.convergence : 0;
    expect(Math.abs(found.share - expected)).toBeLessThan(4 * found.standardError);
    // Not shown by being vague: four standard errors are less than half of what is hidden.
    expect(4 * found.standardError).toBeLessThan(truth.convergence / 2);
  }
});

/**
 * Scores are whole points from 1 to 5, so the spread of their means is less; its change is the
 * same.
 */
test("satisfaction: the reduction of the spread, of adopters and of the others", async () => {
  const contacts = new Map<string, ContactRecord>();
  for (const name of ["calls.csv", "chats.jsonl"]) {
    for (const one of (await made.parsed(name)).contacts) contacts.set(one.externalId, one);
  }
  const { records } = await made.parsed("surveys.csv");
  const surveys = records.filter((one): one is SurveyRecord => one.kind === "survey");
  const values = surveys.flatMap((one) => {
    const contact = contacts.get(one.contact.externalId);
    const value = contact === undefined ? null : measured(contact, one.milliPoints / 1000);
    return value === null ? [] : [value];
  });
  for (const adopts of [true, false]) {
    const before = spreadOf(values, adopts, false);
    const after = spreadOf(values, adopts, true);
    const found = reduction(before, after);
    const expected = adopts ? truth.convergence : 0;
    expect(Math.abs(found.share - expected)).toBeLessThan(3 * found.standardError);
    expect(found.standardError).toBeLessThan(0.12);
  }
});
