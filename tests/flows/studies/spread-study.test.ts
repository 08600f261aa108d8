/** Studies of the demo centre, whose seed hides a known true change, and what is no study. */

import { describe, expect, it } from "vitest";
import { CONVERGENCE } from "../../../seeds/effects.ts";
import { askingOf, UNBOUNDED } from "../../../src/flows/read/scope.ts";
import { type StudyWish, studyOfSpread } from "../../../src/flows/studies/spread-study.ts";
import { testDatabase } from "../../support/database.ts";
import { demoDatabase } from "../../support/demo-database.ts";

const demo = await demoDatabase();
const empty = await testDatabase();

const asked = (store: typeof demo) => askingOf(store, {}, UNBOUNDED, new Date());
const study = async (wish: Partial<StudyWish>, watch = {}) =>
  studyOfSpread(demo, await asked(demo), { metric: "satisfactionMean", seed: 1, ...wish }, watch);

describe("the demo centre: 60 people got an assistant and 60 did not; true spread −30 %", () => {
  it.each(["satisfactionMean", "meanHandleSeconds"] as const)("%s", async (metric) => {
    const found = await study({ metric });
    const { sentence } = found;
    expect(found.before.to).toBe(found.after.from);
    const { change } = found.treated;
    expect(found.treated.before.agents).toBeGreaterThan(45);
    expect(change.interval?.low).toBeLessThanOrEqual(CONVERGENCE);
    expect(change.interval?.high).toBeGreaterThanOrEqual(CONVERGENCE);
    expect(found.net?.interval?.low).toBeLessThanOrEqual(CONVERGENCE);
    expect(found.net?.interval?.high).toBeGreaterThanOrEqual(CONVERGENCE);
    // Nothing changed where there is no assistant.
    const control = found.control?.change.interval;
    expect(control?.low).toBeLessThanOrEqual(0);
    expect(control?.high).toBeGreaterThanOrEqual(0);
    expect(sentence.en).toMatch(/\d+ and \d+ people/);
    expect(sentence.zh).toMatch(/\d+ 人和 \d+ 人/);
  });

  it("every metric has a study, and the same one twice", { timeout: 60_000 }, async () => {
    for (const metric of [
      "casesPerHour",
      "casesPerHourOnTask",
      "firstContactResolution",
    ] as const) {
      const one = await study({ metric, draws: 200 });
      expect(one.treated.before.agents, metric).toBeGreaterThan(45);
      expect(one.treated.before.remlStandardDeviation === null, metric).toBe(
        metric.startsWith("cases"),
      );
      expect(await study({ metric, draws: 200 })).toEqual(one);
    }
  });

  it("says how far it is, and can be stopped", async () => {
    const heard: number[] = [];
    const stop = new AbortController();
    const onProgress = (share: number) => {
      heard.push(share);
      if (heard.length > 3) stop.abort(new Error("enough"));
    };
    const run = study({ draws: 1_000_000 }, { signal: stop.signal, onProgress });
    await expect(run).rejects.toThrow("enough");
    expect(heard[0]).toBe(0);
  });
});

describe("what is no study", () => {
  const range = (from: string, to: string) => ({ from, to });

  it.each([
    [
      "overlapping",
      range("2026-01-01", "2026-01-20"),
      range("2026-01-19", "2026-02-01"),
      "overlapping_periods",
    ],
    [
      "empty",
      range("2026-01-05", "2026-01-05"),
      range("2026-01-19", "2026-02-01"),
      "invalid_period",
    ],
    [
      "backwards",
      range("2026-02-05", "2026-03-05"),
      range("2026-01-19", "2026-01-20"),
      "overlapping_periods",
    ],
  ])("days that are %s are named", async (_, before, after, code) => {
    await expect(study({ before, after })).rejects.toMatchObject({ code });
  });

  it("without an adoption the days must be given, and an empty store is suppressed", async () => {
    const asking = await asked(empty);
    const wish = { metric: "satisfactionMean", seed: 1 } as const;
    await expect(studyOfSpread(empty, asking, wish)).rejects.toMatchObject({ code: "no_adoption" });
    const days = {
      before: range("2026-01-01", "2026-01-20"),
      after: range("2026-01-20", "2026-02-01"),
    };
    const found = await studyOfSpread(empty, asking, { ...wish, ...days });
    expect(found.verdict).toBe("suppressed");
    expect(found.sentence.en).toContain("Only 0 people");
  });
});
