import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CHOICES,
  type Filters,
  filterParameters,
  periodOf,
  readFilters,
  writeFilters,
} from "../../dashboards/frame/filters.ts";
import { addDays, grainOf, presetOf, presetPeriod } from "../../dashboards/frame/periods.ts";

const NONE: Filters = {
  from: null,
  to: null,
  chosen: { party: [], team: [], queue: [], channel: [] },
};

const day = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const ids = fc.uniqueArray(fc.uuid(), { maxLength: 3 });
const filters: fc.Arbitrary<Filters> = fc.record({
  from: fc.option(day),
  to: fc.option(day),
  chosen: fc.record({ party: ids, team: ids, queue: ids, channel: ids }),
});

test("what is written to the address is read from it, and nothing else there is touched", () => {
  fc.assert(
    fc.property(filters, (given) => {
      const search = writeFilters(new URLSearchParams("metric=casesPerHour&lang=zh"), given);
      expect(readFilters(search)).toEqual(given);
      expect(search.get("metric")).toBe("casesPerHour");
      expect(search.get("lang")).toBe("zh");
    }),
  );
});

test("an address with no days asks for the last 28 days of data", () => {
  const period = periodOf(NONE, { firstDay: "2026-01-01", lastDay: "2026-03-31" });
  expect(period).toEqual({ from: "2026-03-04", to: "2026-04-01" });
  expect(periodOf(NONE, { firstDay: null, lastDay: null })).toBeNull();
});

test("nonsense in the address is not asked for", () => {
  expect(readFilters(new URLSearchParams("from=yesterday&party=,,"))).toEqual(NONE);
});

test("the API gets ids with commas between, and only what is chosen", () => {
  const chosen = { ...NONE.chosen, queue: ["a", "b"] };
  const period = { from: "2026-03-01", to: "2026-03-08" };
  expect(filterParameters({ ...NONE, chosen }, period)).toEqual({ ...period, queue: "a,b" });
  expect(CHOICES).toEqual(["party", "team", "queue", "channel"]);
});

test("presets count back from the last day, which is in them", () => {
  const named = (preset: Parameters<typeof presetPeriod>[0]) =>
    presetPeriod(preset, "2026-01-05", "2026-03-15");
  expect(named("last7")).toEqual({ from: "2026-03-09", to: "2026-03-16" });
  expect(named("thisMonth")).toEqual({ from: "2026-03-01", to: "2026-03-16" });
  expect(named("lastMonth")).toEqual({ from: "2026-02-01", to: "2026-03-01" });
  expect(named("all")).toEqual({ from: "2026-01-05", to: "2026-03-16" });
  expect(presetOf(named("last90"), "2026-01-05", "2026-03-15")).toBe("last90");
  expect(presetOf({ from: "2026-03-02", to: "2026-03-04" }, "2026-01-05", "2026-03-15")).toBeNull();
});

test("days are counted across a leap day and a change of clocks", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});

test("a time axis has a readable number of points", () => {
  expect(grainOf({ from: "2026-03-01", to: "2026-03-08" })).toBe("day");
  expect(grainOf({ from: "2026-03-01", to: "2026-03-29" })).toBe("week");
  expect(grainOf({ from: "2025-03-01", to: "2026-03-01" })).toBe("month");
});
