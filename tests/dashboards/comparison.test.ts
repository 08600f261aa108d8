import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../dashboards/api/types.ts";
import { relativeChange, shortChange, signedDifference } from "../../dashboards/charts/change.ts";
import { comparedSheet } from "../../dashboards/frame/compared-sheet.ts";
import {
  againstParameters,
  type Comparison,
  comparedOf,
  readComparison,
  SHIFTS,
  shifted,
  standsAgainst,
  writeComparison,
} from "../../dashboards/frame/comparison.ts";
import {
  comparedName,
  comparisonFaultWords,
  filterFaultWords,
} from "../../dashboards/frame/comparison-words.ts";
import {
  type Filters,
  filterFaults,
  readFilters,
  withoutFaults,
} from "../../dashboards/frame/filters.ts";
import { addDays, daysBetween } from "../../dashboards/frame/periods.ts";
import { arrowOf } from "../../dashboards/frame/sheet-arrow.ts";
import { createFormats } from "../../dashboards/i18n/formats.ts";
import { translator } from "../../dashboards/i18n/texts.ts";
import { comparedVolume, offeredPerDay } from "../../dashboards/pages/planners/compared-volume.ts";
import { changeSentence } from "../../dashboards/pages/shared/change-words.ts";

const WORDS = { t: translator("en"), formats: createFormats("en-GB", "UTC") };
const PERIOD = { from: "2026-06-01", to: "2026-06-29" };
const NONE: Filters = {
  from: null,
  to: null,
  chosen: { party: [], team: [], queue: [], channel: [] },
};
const DIMENSIONS = {
  firstDay: "2026-05-11",
  lastDay: "2026-06-28",
  parties: [
    { id: "bank", name: "Harbour Bank", kind: "client" as const },
    { id: "north", name: "Vendor North", kind: "vendor" as const },
  ],
  teams: [{ id: "red", name: "Red", partyId: "north" }],
  queues: [{ id: "cards", name: "cards" }],
};

/** What the address asks for, on a page of June 2026. */
function found(text: string, filters = NONE, dimensions = DIMENSIONS) {
  const read = readComparison(new URLSearchParams(text));
  if ("fault" in read) return read;
  if (read.value === null) return { value: null };
  return comparedOf(read.value, { filters, period: PERIOD }, dimensions);
}

const day = fc
  .date({ min: new Date("2001-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const period = fc
  .tuple(day, fc.integer({ min: 1, max: 400 }))
  .map(([from, length]) => ({ from, to: addDays(from, length) }));
const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.constantFrom(...SHIFTS).map((shift) => ({ kind: "shift" as const, shift })),
  period.map((days) => ({ kind: "dates" as const, period: days })),
  fc
    .tuple(fc.constantFrom("party" as const, "team" as const, "queue" as const), fc.uuid())
    .map(([choice, id]) => ({ kind: "group" as const, choice, id })),
);

describe("the address", () => {
  test("holds a comparison, one at a time, and nothing else there is touched", () => {
    fc.assert(
      fc.property(comparison, comparison, (one, other) => {
        const first = writeComparison(new URLSearchParams("metric=occupancy&party=a"), one);
        const second = writeComparison(first, other);
        expect(readComparison(second)).toEqual({ value: other });
        expect(second.get("metric")).toBe("occupancy");
        const none = writeComparison(second, null);
        expect(none.toString()).toBe("metric=occupancy&party=a");
        expect(readComparison(none)).toEqual({ value: null });
      }),
    );
  });

  test.each([
    ["compare=yesterday", { code: "unreadable", text: "yesterday" }],
    ["compare=2026-02-31..2026-03-04", { code: "unreadable", text: "2026-02-31..2026-03-04" }],
    ["against=north", { code: "unreadable", text: "north" }],
    ["against=agent:1", { code: "unreadable", text: "agent:1" }],
    ["against=party:south", { code: "unknown_group" }],
    ["compare=previous&against=party:north", { code: "two_at_once" }],
    [
      "compare=2026-05-20..2026-05-13",
      { code: "reversed", period: { from: "2026-05-20", to: "2026-05-13" } },
    ],
    ["compare=year", { code: "no_data", period: { from: "2025-06-02", to: "2025-06-30" } }],
  ])("%s is said to be wrong", (text, fault) => {
    const result = found(text);
    expect(result).toEqual({ fault });
    if (!("fault" in result)) throw new Error("no fault");
    expect(comparisonFaultWords(result.fault, WORDS)).not.toMatch(/[{}]|undefined|Invalid/);
  });

  test("a period without data is named by its first and last day", () => {
    const empty = { code: "no_data", period: { from: "2026-03-03", to: "2026-03-31" } } as const;
    expect(comparisonFaultWords(empty, WORDS)).toBe(
      "The period to compare with has no data: 3 Mar 2026 to 30 Mar 2026.",
    );
  });
});

describe("a period before", () => {
  test("is as long, on the same weekdays; the one just before does not overlap", () => {
    fc.assert(
      fc.property(period, fc.constantFrom(...SHIFTS), (now, shift) => {
        const before = shifted(now, shift);
        expect(daysBetween(before.from, before.to)).toBe(daysBetween(now.from, now.to));
        expect(daysBetween(before.from, now.from) % 7).toBe(0);
        if (shift === "previous") expect(before.to <= now.from).toBe(true);
      }),
    );
  });

  test("is asked for as far as there is data, with the page's own filters", () => {
    const filters = { ...NONE, chosen: { ...NONE.chosen, queue: ["cards"] } };
    const result = found("compare=previous", filters);
    expect(result).toMatchObject({
      value: {
        period: { from: "2026-05-04", to: "2026-06-01" },
        parameters: { from: "2026-05-11", to: "2026-06-01", queue: "cards" },
        shiftDays: 28,
        group: null,
      },
    });
    if (!("value" in result) || result.value === null) throw new Error("nothing compared");
    expect(comparedName(result.value, WORDS)).toBe("11 May 2026 to 31 May 2026");
  });

  test("days, weeks and months find what they stand against", () => {
    expect(standsAgainst("2026-05-04", "day", 28)).toBe("2026-06-01");
    expect(standsAgainst("2026-05-04", "week", 30)).toBe("2026-06-01");
    expect(standsAgainst("2025-03-01", "month", 364)).toBe("2026-03-01");
    expect(standsAgainst("2026-01-01", "month", 28)).toBe("2026-02-01");
  });
});

describe("another group", () => {
  test("stands in the place of what is chosen of its kind, on the same days", () => {
    const chosen = { ...NONE.chosen, party: ["bank"], team: ["blue"], queue: ["cards"] };
    expect(found("against=party:north", { ...NONE, chosen })).toMatchObject({
      value: { parameters: { ...PERIOD, party: "north", queue: "cards" }, group: "Vendor North" },
    });
    const team = found("against=team:red", { ...NONE, chosen });
    // A team of another party is asked for with that party, else nobody would be in it.
    expect(team).toMatchObject({ value: { parameters: { team: "red", party: "north" } } });
    const other = found("against=party:north", { ...NONE, chosen });
    expect("value" in other && other.value?.parameters).not.toHaveProperty("team");
  });

  test("is not compared with itself", () => {
    const chosen = { ...NONE.chosen, party: ["north"] };
    expect(found("against=party:north", { ...NONE, chosen })).toEqual({
      fault: { code: "same_group", name: "Vendor North" },
    });
  });

  test("is asked for beside the first question under names of its own", () => {
    expect(againstParameters({ ...PERIOD, party: "north" })).toEqual({
      againstFrom: PERIOD.from,
      againstTo: PERIOD.to,
      againstParty: "north",
    });
  });
});

describe("filters that cannot be asked for", () => {
  const choices = {
    party: DIMENSIONS.parties,
    team: DIMENSIONS.teams,
    queue: DIMENSIONS.queues,
    channel: [{ id: "call" }],
  };

  test("are named, and taken out while the others stay", () => {
    const search = new URLSearchParams("from=2026-02-31&party=north,gone&channel=fax&metric=x");
    const faults = filterFaults(search, PERIOD, choices);
    expect(faults).toEqual([
      { code: "no_day", name: "from", text: "2026-02-31" },
      { code: "unknown", choice: "party", ids: ["gone"] },
      { code: "unknown", choice: "channel", ids: ["fax"] },
    ]);
    expect(faults.map((fault) => filterFaultWords(fault, WORDS))).toEqual([
      "“2026-02-31” is no day.",
      "Party: there is no such one, or you may not see it.",
      "Channel: there is no such one, or you may not see it.",
    ]);
    expect(withoutFaults(search, faults).toString()).toBe("party=north&metric=x");
    expect(readFilters(search).from).toBeNull();
  });

  test("a period that ends before it begins is one", () => {
    const reversed = { from: "2026-06-10", to: "2026-06-01" };
    const search = new URLSearchParams("from=2026-06-10&to=2026-06-01");
    const faults = filterFaults(search, reversed, choices);
    expect(faults).toEqual([{ code: "reversed", period: reversed }]);
    expect(withoutFaults(search, faults).toString()).toBe("");
    expect(filterFaults(new URLSearchParams("party=north"), PERIOD, choices)).toEqual([]);
  });
});

describe("a change in words", () => {
  const CHANGE: Change = {
    metric: "meanHandleSeconds",
    basis: "same_agents",
    now: { value: 312, n: 96 },
    against: { value: 330, n: 96 },
    change: -18,
    low: -25.4,
    high: -10.6,
    verdict: "shown",
    reason: null,
  };

  test("has both figures, the interval, who it rests on, and the verdict", () => {
    expect(changeSentence(CHANGE, "May", WORDS)).toBe(
      "Handling time 312s, against May 330s: −18s " +
        "(95 % interval −25s to −11s; the same 96 agents): a change is shown.",
    );
    const not = { ...CHANGE, high: 3, verdict: "not_shown" as const };
    expect(changeSentence(not, "May", WORDS)).toContain("to +3s; the same 96 agents): not shown.");
  });

  test("without an interval says why it cannot be told", () => {
    const unknown = { low: null, high: null, verdict: "cannot_be_told" as const };
    const shared = { ...CHANGE, ...unknown, reason: "shared_contacts" as const };
    expect(changeSentence(shared, "May", WORDS)).toContain(
      "cannot be told, both sides hold the same contacts",
    );
    const few = { ...shared, now: { value: null, n: 4 }, change: null, reason: "too_few" as const };
    expect(changeSentence(few, "May", WORDS)).toBe(
      "Handling time, against May: cannot be told, too few agents on one side.",
    );
    const none = { ...few, reason: "no_figure" as const };
    expect(changeSentence(none, "May", WORDS)).toContain("one side has no figure");
  });

  test("keeps its sign, and shares differ by points", () => {
    expect(signedDifference("share", -0.031, WORDS)).toBe("−3.1 percentage points");
    expect(shortChange("share", 0.031, WORDS)).toBe("+3.1 pp");
    expect(shortChange("seconds", 0, WORDS)).toBe("0s");
    expect(relativeChange(110, 100, WORDS)).toBe("+10.0%");
    expect(relativeChange(5, 0, WORDS)).toBe("–");
  });
});

test("a file holds both sides of a row, and who is on the other side only", () => {
  const sheet = comparedSheet({
    rows: [{ day: "2026-06-01", agent: "Ada", handled: 5 }],
    against: [
      { day: "2026-05-04", agent: "Ada", handled: 4 },
      { day: "2026-05-04", agent: "Bea", handled: 7 },
    ],
    keys: ["day", "agent"],
    align: (row) => ({ ...row, day: standsAgainst(String(row.day), "day", 28) }),
    name: "May",
  });
  expect(sheet).toEqual({
    header: ["day", "agent", "handled", "handled_before", "compared_with"],
    rows: [
      ["2026-06-01", "Ada", 5, 4, "May"],
      ["2026-06-01", "Bea", null, 7, "May"],
    ],
  });
});

test("the joined rows are the same in Arrow, figures as numbers", () => {
  const sheet = comparedSheet({
    rows: [{ agent: "Ada", handled: 5, wait: 1.5, suppressed: false }],
    against: [{ agent: "Bea", handled: 7, wait: null, suppressed: true }],
    keys: ["agent"],
    name: "May",
  });
  const table = tableFromIPC(arrowOf(sheet));
  expect(table.schema.fields.map(({ name }) => name)).toEqual(sheet.header);
  expect(table.toArray().map((row) => row.toJSON())).toEqual([
    {
      ...{ agent: "Ada", handled: 5, handled_before: null, wait: 1.5, wait_before: null },
      ...{ suppressed: false, suppressed_before: null, compared_with: "May" },
    },
    {
      ...{ agent: "Bea", handled: null, handled_before: 7, wait: null, wait_before: null },
      ...{ suppressed: null, suppressed_before: true, compared_with: "May" },
    },
  ]);
});

describe("the volume of two sides", () => {
  const row = (weekday: number, minute: number, offered: number) => ({
    ...{ weekday, minute, days: 4, offered, handled: offered },
    ...{ loadErlangs: 1, serviceLevel: 0.8, averageSpeedOfAnswerSeconds: 9 },
  });
  const volume = (rows: ReturnType<typeof row>[]) => ({
    zone: "UTC",
    intervalMinutes: 15 as const,
    rows,
  });
  const MAY = { from: "2026-05-04", to: "2026-06-01" };

  test("a cell that only one side has is a zero on the other, over its days", () => {
    const sides = { now: volume([row(1, 600, 10)]), against: volume([row(2, 615, 6)]) };
    const { now, against } = comparedVolume(sides, { now: PERIOD, against: MAY });
    const cells = (rows: readonly ReturnType<typeof row>[]) =>
      rows.map(({ weekday, minute, days, offered }) => [weekday, minute, days, offered]);
    expect(cells(now.rows as ReturnType<typeof row>[])).toEqual([
      [1, 600, 4, 10],
      [2, 615, 4, 0],
    ]);
    expect(cells(against as ReturnType<typeof row>[])).toEqual([
      [1, 600, 4, 0],
      [2, 615, 4, 6],
    ]);
  });

  test("contacts a day: four Mondays of ten and four of two over 28 days", () => {
    const both = volume([row(1, 600, 10), row(1, 615, 2)]);
    expect(offeredPerDay(both, PERIOD)).toBeCloseTo(48 / 28, 12);
    expect(offeredPerDay(volume([]), PERIOD)).toBeNull();
  });
});
