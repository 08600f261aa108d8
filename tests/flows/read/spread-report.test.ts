/** The figures of agents with their intervals, against values reckoned by hand and from tables. */

import { expect, it } from "vitest";
import type { SurveyRecord } from "../../../src/domain/shared/records.ts";
import { askingOf, UNBOUNDED } from "../../../src/flows/read/scope.ts";
import { spreadReport } from "../../../src/flows/read/spread-report.ts";
import { testDatabase } from "../../support/database.ts";
import { calls } from "../import/hand-made.ts";
import { importRecords } from "../import/record-store.ts";

const store = await testDatabase();

it("satisfaction in halves of a point has a mean and an interval in points", async () => {
  const handled = calls(30, 4);
  const surveys = handled.map(
    ({ externalId, arrivedAt }, at): SurveyRecord => ({
      ...{ kind: "survey", externalId, contact: { source: null, externalId } },
      ...{ milliPoints: at % 2 === 0 ? 2500 : 4000, answeredAt: arrivedAt },
    }),
  );
  await importRecords(store, "alpha", "UTC", [...handled, ...surveys]);
  const period = { from: "2024-03-01", to: "2024-04-01" };
  const asking = await askingOf(store, period, UNBOUNDED, new Date("2025-01-01T00:00:00Z"));
  const [agent] = (await spreadReport(store, asking, "satisfactionMean")).agents;
  // 15 of 2.5 and 15 of 4: mean 3.25, s² = 30 · 0.75² / 29; t(0.975, 29) = 2.0452 in any table.
  const half = 2.0452 * Math.sqrt((30 * 0.75 ** 2) / 29 / 30);
  expect(agent).toMatchObject({ name: "Ann", value: 3.25, n: 30, suppressed: false });
  expect(agent?.low).toBeCloseTo(3.25 - half, 4);
  expect(agent?.high).toBeCloseTo(3.25 + half, 4);
});
