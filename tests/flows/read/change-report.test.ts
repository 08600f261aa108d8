/** What a change is made of: the same agents twice, other agents, days; and what it may not tell. */

import { beforeAll, describe, expect, it } from "vitest";
import { type ChangeMetric, changeReport } from "../../../src/flows/read/change-report.ts";
import { type Asked, askingOf, UNBOUNDED } from "../../../src/flows/read/scope.ts";
import { testDatabase } from "../../support/database.ts";
import { calls } from "../import/hand-made.ts";
import { importRecords } from "../import/record-store.ts";

const store = await testDatabase();
const NOW = new Date("2024-06-01T00:00:00Z");
const AGENTS = 12;
const BEFORE = { from: "2024-03-04", to: "2024-03-11" };
const AFTER = { from: "2024-03-11", to: "2024-03-18" };
/** Table of Student's t: 0.975 quantile at 11 degrees of freedom. */
const T_11 = 2.201;

async function change(metric: ChangeMetric, now: Asked, against: Asked) {
  const asked = async (what: Asked) => askingOf(store, what, UNBOUNDED, NOW);
  return changeReport(store, {
    metric,
    threshold: 20,
    now: await asked(now),
    against: await asked(against),
  });
}

/** Ten calls a day on two days; of them `late` answered after the threshold. */
function days(agent: number, [one, other]: readonly [number, number], talkSeconds: number) {
  const of = { agent: `Agent ${agent}`, talkSeconds, queue: "cards" };
  return [...calls(10, one, of), ...calls(10, other, { ...of, waitSeconds: 60 })];
}

beforeAll(async () => {
  const records = Array.from({ length: AGENTS }, (_, i) => [
    ...days(i, [5, 6], 100 + 10 * i),
    // Each is slower by 10, 11 or 12 seconds.
    ...days(i, [12, 13], 110 + 10 * i + (i % 3)),
    // Three weeks on, in another queue, others work: half as long.
    ...calls(10, 26, { agent: `Other ${i}`, talkSeconds: 50 + i, queue: "loans" }),
  ]).flat();
  await importRecords(store, "alpha", "UTC", records);
});

describe("a mean over agents", () => {
  it("over the same agents is the mean of their own differences, by hand", async () => {
    const found = await change("meanHandleSeconds", AFTER, BEFORE);
    expect(found).toMatchObject({ basis: "same_agents", verdict: "shown", reason: null });
    expect(found.now).toEqual({ value: 166, n: AGENTS });
    expect(found.against).toEqual({ value: 155, n: AGENTS });
    // Differences 10, 11, 12, four times each: variance 8 / 11.
    const half = T_11 * Math.sqrt(8 / 11 / AGENTS);
    expect(found.change).toBeCloseTo(11, 10);
    expect(found.low).toBeCloseTo(11 - half, 3);
    expect(found.high).toBeCloseTo(11 + half, 3);
  });

  it("over other agents is of two groups", async () => {
    const others = { from: "2024-03-25", to: "2024-04-01" };
    const found = await change("meanHandleSeconds", others, BEFORE);
    expect(found).toMatchObject({ basis: "two_groups", verdict: "shown" });
    expect(found.change).toBeCloseTo(55.5 - 155, 10);
    expect(found.high as number).toBeLessThan(0);
  });

  it("is not judged where both sides hold the same contacts", async () => {
    const found = await change(
      "meanHandleSeconds",
      { from: "2024-03-04", to: "2024-03-18" },
      BEFORE,
    );
    expect(found).toMatchObject({
      verdict: "cannot_be_told",
      reason: "shared_contacts",
      low: null,
    });
    expect(found.change).toBeCloseTo(5.5, 10);
  });

  it("has no figure where nothing was handled, and none of hours that nobody logged", async () => {
    const empty = { from: "2024-01-01", to: "2024-01-08" };
    expect(await change("meanHandleSeconds", AFTER, empty)).toMatchObject({
      against: { value: null, n: 0 },
      change: null,
      verdict: "cannot_be_told",
      reason: "no_figure",
    });
    expect(await change("casesPerHour", AFTER, BEFORE)).toMatchObject({ reason: "no_figure" });
  });
});

describe("a figure over days", () => {
  it("weighs days by their contacts: half of two days' calls are in time", async () => {
    const found = await change("serviceLevel", AFTER, BEFORE);
    expect(found).toMatchObject({
      basis: "days",
      now: { value: 0.5, n: 2 },
      against: { value: 0.5, n: 2 },
      change: 0,
      verdict: "not_shown",
    });
    // The two days are as far apart as days can be, so little is known.
    expect(found.high as number).toBeGreaterThan(1);
  });

  it("needs two days on each side", async () => {
    const oneDay = { from: "2024-03-05", to: "2024-03-06" };
    const found = await change("averageSpeedOfAnswerSeconds", AFTER, oneDay);
    expect(found).toMatchObject({ verdict: "cannot_be_told", reason: "too_few" });
    expect(found.change).toBeCloseTo(32.5 - 5, 10);
  });
});
