import { expect, test } from "vitest";
import type { MetricsRow } from "../../../dashboards/api/types.ts";
import { costPerAction } from "../../../dashboards/charts/cost-per-action.ts";
import { outcomes } from "../../../dashboards/charts/outcomes.ts";
import { byParty } from "../../../dashboards/charts/party-series.ts";
import { drawn, pictureOf, SETTING, seriesOf, tooltipAt } from "./drawing.ts";

function row(party: string, week: string, cost: number | null, actions: number): MetricsRow {
  const handled = actions * 3;
  const common = { party, week, handled, currency: "EUR", suppressed: false };
  return { ...common, costPerAction: cost, actionsVerified: actions };
}

const ROWS: MetricsRow[] = [
  row("Vendor North", "2026-06-08", 9.4, 230),
  row("Harbour Bank", "2026-06-01", 12.5, 410),
  row("Harbour Bank", "2026-06-08", null, 0),
  row("Vendor North", "2026-06-01", 9.1, 240),
  { ...row("Vendor South", "2026-06-01", 30, 2), suppressed: true },
];

const COUNTED = {
  period: { from: "2026-06-01", to: "2026-06-15" },
  lastDay: "2026-07-31",
};
const INPUT = { rows: ROWS, grain: "week", counted: COUNTED, description: "Parties." } as const;

test("parties in their fixed order and colour, times in order", () => {
  const { times, series } = byParty(ROWS, "week", COUNTED, SETTING);
  expect(times).toEqual(["2026-06-01", "2026-06-08"]);
  expect(series.map(({ party, colour }) => [party, colour])).toEqual([
    ["Harbour Bank", SETTING.tokens.parties[0]],
    ["Vendor North", SETTING.tokens.parties[1]],
    ["Vendor South", SETTING.tokens.parties[2]],
  ]);
});

test("months are read too", () => {
  const { times } = byParty(
    [{ party: "Harbour Bank", month: "2026-06" }],
    "month",
    COUNTED,
    SETTING,
  );
  expect(times).toEqual(["2026-06-01"]);
});

test("cost: what cannot be computed, is missing or suppressed is a gap; the axis starts at zero", () => {
  const option = costPerAction({ ...INPUT, currency: "EUR" }, SETTING);
  expect(seriesOf(option, "cost Harbour Bank").data).toEqual([12.5, null]);
  expect(seriesOf(option, "cost Vendor North").data).toEqual([9.1, 9.4]);
  expect(seriesOf(option, "cost Vendor South").data).toEqual([null, null]);
  expect(seriesOf(option, "volume Harbour Bank").data).toEqual([1230, 0]);
  expect(option.yAxis).toMatchObject([{ min: 0 }, { min: 0 }]);
});

test("part of a week and outcomes that still arrive are paler, dashed, and said", () => {
  const counted = { period: { from: "2026-06-06", to: "2026-06-15" }, lastDay: "2026-06-14" };
  const { parts } = byParty(ROWS, "week", counted, SETTING);
  // 6 and 7 June of the first week; the week from 8 June is the last seven days of data.
  expect(parts).toEqual([
    { days: 2, of: 7, arriving: false },
    { days: 7, of: 7, arriving: true },
  ]);
  const bars = outcomes({ ...INPUT, counted }, SETTING);
  expect(seriesOf(bars, "Vendor North").data[1]).toEqual({
    value: 230,
    itemStyle: { opacity: 0.45 },
  });
  expect(tooltipAt(bars, 0)).toContain("2 of 7 days");
  expect(tooltipAt(bars, 1)).toContain("outcomes still arriving");
  expect((bars.xAxis as { data: string[] }).data).toEqual(["1 Jun\n2 of 7 days", "8 Jun"]);
  const cost = costPerAction({ ...INPUT, counted, currency: "EUR" }, SETTING);
  expect(seriesOf(cost, "cost Vendor North").data).toEqual([null, null]);
  expect(seriesOf(cost, "provisional Vendor North").data).toEqual([9.1, 9.4]);
});

test("outcomes are stacked, a computed zero stays zero", () => {
  const option = outcomes(INPUT, SETTING);
  expect(seriesOf(option, "Harbour Bank")).toMatchObject({ stack: "outcomes", data: [410, 0] });
});

test("the tooltip has cost, actions and contacts of every party", () => {
  const html = tooltipAt(outcomes(INPUT, SETTING), 0);
  expect(html).toContain("From 1 Jun 2026");
  expect(html).toContain("€12.50 × 410 actions · 1,230 contacts");
  expect(html).toContain("too few to say");
  expect(html).toContain('class="swatch party-1"');
});

test("drawn", async () => {
  const cost = drawn(costPerAction({ ...INPUT, currency: "EUR" }, SETTING));
  await expect(cost).toMatchFileSnapshot(pictureOf("cost-per-action"));
  await expect(drawn(outcomes(INPUT, SETTING))).toMatchFileSnapshot(pictureOf("outcomes"));
});
