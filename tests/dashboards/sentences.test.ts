import { expect, test } from "vitest";
import type { MetricsRow, Spread, VolumeRow } from "../../dashboards/api/types.ts";
import { createFormats } from "../../dashboards/i18n/formats.ts";
import { translator } from "../../dashboards/i18n/texts.ts";
import { whyWords } from "../../dashboards/pages/live/why.ts";
import { spreadBasis, spreadSentence } from "../../dashboards/pages/managers/sentence.ts";
import { busiest, courseOf } from "../../dashboards/pages/planners/course.ts";
import { outcomesBasis, outcomesSentence } from "../../dashboards/pages/vendors/sentence.ts";

const WORDS = { t: translator("en"), formats: createFormats("en-GB", "Europe/Berlin") };
const PERIOD = { from: "2026-06-01", to: "2026-06-29" };

const OVERALL = {
  agents: 117,
  rawStandardDeviation: 0.05,
  correctedStandardDeviation: 0.035,
  correctedVariance: 0.001225,
  reliability: 0.49,
  mean: 0.78,
  suppressed: false,
};

const spread = (overall: Partial<Spread["overall"]>): Spread => ({
  metric: "firstContactResolution",
  unit: "share",
  overall: { ...OVERALL, ...overall },
  weeks: [],
  cut: null,
  agents: [],
  adoptions: [],
});

test("the spread of a share is in percentage points, with raw, noise, mean and n", () => {
  expect(spreadSentence(spread({}), WORDS)).toBe(
    "First-contact resolution differs by 3.5 percentage points between agents after noise is taken out",
  );
  expect(spreadBasis(spread({}), PERIOD, WORDS)).toBe(
    "Standard deviation; raw 5.0 percentage points, of whose variance 51% is noise. " +
      "Mean 78.0%, mean ± 1 SD 74.5% to 81.5%. n = 117 agents, 1 Jun 2026 to 28 Jun 2026.",
  );
});

test("no difference, not estimable and too few are three different answers", () => {
  const none = spread({ correctedStandardDeviation: null, correctedVariance: -0.0001 });
  expect(spreadSentence(none, WORDS)).toContain("no difference between agents beyond noise");
  const unknown = spread({ correctedStandardDeviation: null, correctedVariance: null });
  expect(spreadSentence(unknown, WORDS)).toContain("cannot be estimated");
  expect(spreadSentence(spread({ suppressed: true }), WORDS)).toContain("too few agents");
});

const party = (name: string, cost: number | string | null, currency = "EUR"): MetricsRow => ({
  party: name,
  costPerAction: cost,
  currency,
  suppressed: false,
});

test("outcomes: the range of costs, one party by name, two currencies not ranked", () => {
  const total: MetricsRow = { actionsVerified: 3412 };
  const north = party("Vendor North", "9.36");
  const bank = party("Harbour Bank", 12.67);
  expect(outcomesSentence(total, [bank, north], WORDS)).toBe(
    "3,412 verified outcomes: from €9.36 each at Vendor North to €12.67 at Harbour Bank",
  );
  expect(outcomesSentence(total, [north], WORDS)).toBe(
    "Vendor North: 3,412 verified outcomes at €9.36 each",
  );
  const mixed = [north, party("Vendor East", 70, "CNY")];
  expect(outcomesSentence(total, mixed, WORDS)).toBe("3,412 verified outcomes");
  const none: MetricsRow = { handled: 22_887, actionsVerified: 0 };
  expect(outcomesSentence(none, [], WORDS)).toBe("22,887 contacts handled, no verified outcomes");
});

test("what all parties cost together is said where there are several", () => {
  const total: MetricsRow = { handled: 900, costPerAction: 10.5, currency: "EUR" };
  const [bank, north] = [party("Harbour Bank", 12), party("Vendor North", 9)];
  expect(outcomesBasis(total, [bank, north], PERIOD, WORDS)).toContain("together €10.50 each.");
  expect(outcomesBasis(total, [north], PERIOD, WORDS)).toBe(
    "All costs of a party's work, divided by its verified outcomes. " +
      "n = 900 contacts handled, 1 Jun 2026 to 28 Jun 2026.",
  );
  expect(outcomesBasis({ handled: 900 }, [], PERIOD, WORDS)).toBe("1 Jun 2026 to 28 Jun 2026.");
});

const volume = (weekday: number, days: number, offered: number, more: Partial<VolumeRow> = {}) => ({
  weekday,
  minute: 600,
  days,
  offered,
  handled: offered,
  loadErlangs: offered / 2,
  serviceLevel: 0.5,
  averageSpeedOfAnswerSeconds: 30,
  ...more,
});

test("a weekday on which nobody calls at some time counts there with its days", () => {
  const rows = [volume(1, 4, 30), volume(2, 2, 15), { ...volume(1, 4, 9), minute: 615 }];
  // 4 × 9 over 4 + 2 days; the service is that of the contacts there were.
  const [, later] = courseOf(rows, [1, 2], [600, 615]);
  expect(later).toMatchObject({ days: 6, offered: 6, loadErlangs: 3, serviceLevel: 0.5 });
});

test("a course over weekdays weights means by days and shares by contacts", () => {
  const rows = [volume(1, 4, 30, { serviceLevel: 0.6 }), volume(2, 2, 15, { serviceLevel: 0.9 })];
  // (4 × 30 + 2 × 15) ÷ 6 = 25; (0.6 × 120 + 0.9 × 30) ÷ 150 = 0.66.
  const [point] = courseOf(rows, [1, 2], [600]);
  expect(point).toMatchObject({ minute: 600, days: 6, offered: 25, loadErlangs: 12.5 });
  expect(point?.serviceLevel).toBeCloseTo(0.66, 12);
  expect(courseOf(rows, [2], [600])[0]).toMatchObject({ days: 2, offered: 15, serviceLevel: 0.9 });
  expect(busiest(rows)?.weekday).toBe(1);
});

test("no contacts are no load, an unknown handling time is an unknown load", () => {
  const quiet = volume(1, 4, 0, { loadErlangs: null, serviceLevel: null });
  expect(courseOf([quiet], [1], [600])[0]).toMatchObject({ loadErlangs: 0, serviceLevel: null });
  const unknown = volume(1, 4, 3, { loadErlangs: null });
  expect(courseOf([unknown], [1], [600])[0]).toMatchObject({ loadErlangs: null });
  expect(busiest([quiet])).toBeNull();
});

test("the dispatcher's reasons in words; what is not known is left out", () => {
  const why = {
    skill: "cards",
    proficiency: 0.8,
    expectedCost: 4.12,
    expectedSeconds: 372,
    secondsToDeadline: -90,
    alternatives: 1,
    note: { any: "thing" },
  };
  expect(whyWords(why, WORDS)).toBe(
    "cards at 80% · overdue by 90s · expected cost 4.12 · 1 other could",
  );
  expect(whyWords({}, WORDS)).toBe("");
});
