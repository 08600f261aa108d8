/**
 * Every metric on one group whose figures are worked by hand (beside each), on nothing at all, and
 * the laws between them.
 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeBalance } from "../../../src/domain/metrics/agent-time.ts";
import {
  definitions,
  estimateOf,
  type MetricId,
  metricsOf,
} from "../../../src/domain/metrics/metrics-of.ts";
import { InputError } from "../../../src/domain/shared/errors.ts";
import { metricDefinition } from "../../../src/http/contract/reading.ts";
import { groupOf } from "./group.ts";

const DAY = groupOf({
  contact: {
    contacts: 130,
    handled: 80,
    abandoned: 15,
    redirected: 5,
    leftBeforeQueue: 20,
    phantom: 5,
    unfinished: 5,
    transferred: 8,
    talkSeconds: 12_000,
    holdSeconds: 1_600,
    wrapSeconds: 2_400,
    handleSeconds: 16_000,
    handleSecondsSquared: 4_000_000,
    answeredWaitSeconds: 2_000,
    abandonedWaitSeconds: 900,
    surveys: 10,
    surveyMilliPoints: 38_000,
    surveyMilliPointsSquared: 162_000_000,
    complaints: 2,
    actions: 12,
    actionsVerified: 10,
    handOffs: 7,
    ticketsResolved: 6,
  },
  repeats: {
    1: { customerKnown: 50, repeated: 5 },
    7: { customerKnown: 40, repeated: 8 },
    14: { customerKnown: 30, repeated: 9 },
    30: { customerKnown: 0, repeated: 0 },
  },
  time: {
    signedOnSeconds: 25_200,
    availableSeconds: 4_000,
    auxSeconds: 5_200,
    scheduledSeconds: 28_800,
    paidSeconds: 32_000,
  },
  queue: {
    offered: 100,
    handled: 80,
    abandoned: 15,
    redirected: 5,
    answeredWithin: [30, 50, 55, 65, 75, 80],
    abandonedWithin: [2, 4, 6, 9, 12, 15],
  },
  rates: [
    {
      perHour: "30.00",
      perContact: "0.50",
      perAction: "2.5",
      paidSeconds: 28_800,
      handled: 80,
      actionsVerified: 10,
    },
  ],
});

/** By hand, at 20 seconds. */
const EXPECTED: Record<MetricId, number | null> = {
  contacts: 130,
  offered: 100, // 80 + 15 + 5
  handled: 80,
  abandoned: 15,
  redirected: 5,
  transferred: 8,
  handOffs: 7,
  ticketsResolved: 6,
  surveys: 10,
  complaints: 2,
  actions: 12,
  actionsVerified: 10,
  meanHandleSeconds: 200, // 16000 / 80
  meanTalkSeconds: 150, // 12000 / 80
  meanHoldSeconds: 20, // 1600 / 80
  meanWrapSeconds: 30, // 2400 / 80
  casesPerHourScheduled: 10, // 80 / 8 h
  casesPerHourSignedOn: 80 / 7, // 80 / 7 h
  casesPerHour: (80 * 3600) / 21_200, // signed on less available
  casesPerHourOnTask: 18, // 3600 / 200
  casesPerHourPaid: 9, // 80 × 3600 / 32000
  occupancy: 0.8, // 16000 / (16000 + 4000)
  auxShare: 5_200 / 25_200,
  serviceLevel: 0.5, // 50 / 100
  serviceLevelExcludingShortAbandons: 50 / 96, // 100 − 4 gave up within 20 s
  serviceLevelWithShortAbandons: 0.54, // (50 + 4) / 100
  serviceLevelOfServed: 0.625, // 50 / 80
  abandonment: 0.15,
  averageSpeedOfAnswerSeconds: 25, // 2000 / 80
  firstContactResolution: 0.8, // 1 − 8/40
  firstContactResolution1Day: 0.9, // 1 − 5/50
  firstContactResolution14Days: 0.7, // 1 − 9/30
  firstContactResolution30Days: null, // nothing is 30 days old
  transferShare: 0.1, // 8 / 80
  satisfactionMean: 3.8,
  complaintsPerThousand: 16, // 1000 × 2 / (130 − 5)
  costPerContact: 3.81, // (30 × 8 + 0.5 × 80 + 2.5 × 10 = 305) / 80 = 3.8125
  costPerResolution: 4.77, // 305 / (80 × 0.8) = 4.765625
  costPerAction: 30.5, // 305 / 10
};

describe("metricsOf", () => {
  it("computes every metric there is", () => {
    const found = metricsOf(DAY);
    expect(Object.keys(found).sort()).toEqual(Object.keys(EXPECTED).sort());
    for (const id of Object.keys(EXPECTED) as MetricId[]) {
      const expected = EXPECTED[id];
      if (expected === null) expect(found[id], id).toBeNull();
      else expect(found[id], id).toBeCloseTo(expected, 12);
    }
  });

  it("reads service level at each threshold counted, and refuses others by name", () => {
    const levels = [10, 20, 30, 60, 120, 300].map(
      (threshold) => metricsOf(DAY, { threshold }).serviceLevel,
    );
    expect(levels).toEqual([0.3, 0.5, 0.55, 0.65, 0.75, 0.8]);
    expect(() => metricsOf(DAY, { threshold: 25 })).toThrow(InputError);
    expect(() => metricsOf(DAY, { threshold: 25 })).toThrow(
      "invalid threshold: 25, expected one of 10, 20, 30, 60, 120, 300 seconds",
    );
  });

  it("says null, never 0, of what a group without data cannot tell", () => {
    const found = metricsOf(groupOf({}));
    for (const { id, unit } of definitions) {
      expect(found[id], id).toBe(unit === "count" ? 0 : null);
    }
    const zeros = metricsOf(groupOf({ time: {}, queue: {}, rates: [] }));
    expect(zeros).toEqual(found);
  });

  it("says 0 where zero was computed", () => {
    const found = metricsOf(
      groupOf({
        contact: { contacts: 4, abandoned: 4 },
        queue: { offered: 4, abandoned: 4 },
        time: { signedOnSeconds: 3600, availableSeconds: 1800, auxSeconds: 0 },
      }),
    );
    expect(found.serviceLevel).toBe(0);
    expect(found.casesPerHour).toBe(0);
    expect(found.occupancy).toBe(0);
    expect(found.auxShare).toBe(0);
    expect(found.complaintsPerThousand).toBe(0);
    expect(found.serviceLevelOfServed).toBeNull();
    expect(found.meanHandleSeconds).toBeNull();
  });

  it("does not take a log without available and aux time for agents who are always busy", () => {
    const contact = { contacts: 10, handled: 10, handleSeconds: 2000 };
    const unsplit = metricsOf(groupOf({ contact, time: { signedOnSeconds: 7200 } }));
    expect(unsplit.occupancy).toBeNull();
    expect(unsplit.auxShare).toBeNull();
    expect(unsplit.casesPerHour).toBeNull();
    expect(unsplit.casesPerHourSignedOn).toBe(5);
    const busy = metricsOf(groupOf({ contact, time: { signedOnSeconds: 2000 } }));
    expect(busy.occupancy).toBe(1);
    expect(busy.casesPerHour).toBe(18);
  });
});

describe("the identity CPH signed-on = CPH on task × occupancy × (1 − aux share)", () => {
  const seconds = fc.integer({ min: 0, max: 10_000_000 });
  const handled = fc.integer({ min: 1, max: 100_000 });
  const handle = fc.integer({ min: 1, max: 10_000_000 });

  it("holds where signed-on time is handling + available + aux", () => {
    fc.assert(
      fc.property(handled, handle, seconds, seconds, (contacts, handleSeconds, available, aux) => {
        const time = {
          signedOnSeconds: handleSeconds + available + aux,
          availableSeconds: available,
          auxSeconds: aux,
        };
        const group = groupOf({ contact: { handled: contacts, handleSeconds }, time });
        const found = metricsOf(group);
        const product =
          num(found.casesPerHourOnTask) * num(found.occupancy) * (1 - num(found.auxShare));
        expect(product / num(found.casesPerHourSignedOn)).toBeCloseTo(1, 9);
        expect(group.time && timeBalance(group.time, handleSeconds).unexplainedSeconds).toBe(0);
      }),
    );
  });

  it("is off by exactly (signed-on − aux) / (handling + available) where it is not", () => {
    const some = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(some, some, some, some, (handleSeconds, available, aux, unexplained) => {
        const time = {
          signedOnSeconds: handleSeconds + available + aux + unexplained,
          availableSeconds: available,
          auxSeconds: aux,
        };
        const found = metricsOf(groupOf({ contact: { handled: 50, handleSeconds }, time }));
        const product =
          num(found.casesPerHourOnTask) * num(found.occupancy) * (1 - num(found.auxShare));
        const factor = (time.signedOnSeconds - aux) / (handleSeconds + available);
        expect(product / num(found.casesPerHourSignedOn) / factor).toBeCloseTo(1, 9);
        const balance = timeBalance(
          { ...time, scheduledSeconds: 0, paidSeconds: 0 },
          handleSeconds,
        );
        expect(balance.unexplainedSeconds).toBe(unexplained);
      }),
    );
  });

  it("holds in the worked group: 18 × 0.8 × (1 − 5200/25200) = 80 / 7", () => {
    expect(18 * 0.8 * (1 - 5_200 / 25_200)).toBeCloseTo(80 / 7, 12);
  });
});

describe("estimateOf", () => {
  it.each([
    // scipy: t.ppf(.975, 9) * std(ddof=1) / sqrt(10) on 4,5,3,5,5,2,4,1,5,4
    ["satisfactionMean", 2.7996364632244584, 4.800363536775541, 10],
    // Garwood 1936: 2 counts 0.2422 to 7.2247 (scipy gamma.ppf), × 1000 / 125
    ["complaintsPerThousand", 1.9376742279543517, 57.79750134179177, 125],
  ] as const)("%s", (id, low, high, n) => {
    const found = estimateOf(id, DAY);
    expect(found.low).toBeCloseTo(low, 9);
    expect(found.high).toBeCloseTo(high, 9);
    expect(found.n).toBe(n);
  });

  it("encloses the figure wherever there is an interval", () => {
    for (const { id } of definitions) {
      const { value, low, high } = estimateOf(id, DAY);
      if (value === null || low === null || high === null) continue;
      expect(low, id).toBeLessThanOrEqual(value);
      expect(high, id).toBeGreaterThanOrEqual(value);
    }
  });

  it("has no interval where there is no figure, nor of a mean of one", () => {
    const none = estimateOf("serviceLevel", groupOf({ queue: {} }));
    expect(none).toEqual({ value: null, low: null, high: null, n: 0 });
    const one = groupOf({ contact: { handled: 1, handleSeconds: 60, handleSecondsSquared: 3600 } });
    const mean = estimateOf("meanHandleSeconds", one);
    expect(mean).toEqual({ value: 60, low: null, high: null, n: 1 });
  });
});

describe("definitions", () => {
  it("fit the contract, are unique, and speak both languages", () => {
    expect(new Set(definitions.map(({ id }) => id)).size).toBe(definitions.length);
    for (const definition of definitions) {
      expect(metricDefinition.strict().parse(definition)).toEqual(definition);
      for (const words of [
        ...[definition.name, definition.formula, definition.population],
        ...[definition.window, definition.nullMeans],
      ]) {
        expect(words.en).not.toBe("");
        expect(words.zh, definition.id).toMatch(/\p{Script=Han}/u);
      }
      expect(definition.source).not.toContain(".md");
    }
  });
});

function num(value: number | null): number {
  return value ?? Number.NaN;
}
