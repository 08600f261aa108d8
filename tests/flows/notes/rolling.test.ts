/** A stretch that is added up from its days has the figure that `measure` gives for it. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { type MetricId, metricsOf } from "../../../src/domain/metrics/metrics-of.ts";
import { addDays } from "../../../src/domain/shared/days.ts";
import { rollingSums } from "../../../src/flows/notes/rolling.ts";
import { METRIC_DEFINITIONS } from "../../../src/flows/read/definitions.ts";
import { measure } from "../../../src/flows/read/measure.ts";
import { askingOf, UNBOUNDED } from "../../../src/flows/read/scope.ts";
import { dataDays, idsOf } from "../../../src/store/dimensions.ts";
import { testDatabase } from "../../support/database.ts";
import { madeRecords } from "../import/made-records.ts";
import { emptyStore, importInOrder } from "../import/record-store.ts";

const store = await testDatabase();
const NOW = new Date("2025-01-01T00:00:00Z");
/** "Nobody was ever asked" is not the sums' to say: `measure` adds it to these. */
const OF_KNOWN_FACTS = /^(?:surveys|complaints|actions|handOffs|ticketsResolved)/;
const METRICS = METRIC_DEFINITIONS.map(({ id }) => id as MetricId).filter(
  (id) => !OF_KNOWN_FACTS.test(id),
);

it("holds for every metric, group and day", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      madeRecords,
      fc.constantFrom(null, "party", "team", "queue", "channel"),
      fc.integer({ min: 1, max: 5 }),
      async ({ zone, records }, grouping, days) => {
        await emptyStore(store);
        await importInOrder(store, zone, records);
        const { lastDay } = await dataDays(store.db);
        if (lastDay === null) return;
        const end = addDays(lastDay, 1);
        const asked = (from: string, to: string) => askingOf(store, { from, to }, UNBOUNDED, NOW);
        const whole = await asked(addDays(end, -days - 2), end);
        const sums = await rollingSums(store, whole, { grouping, days });
        for (const last of [lastDay, addDays(lastDay, -1), addDays(lastDay, -2)]) {
          const stretch = await asked(addDays(last, 1 - days), addDays(last, 1));
          const by = grouping === null ? [] : [grouping];
          for (const row of await measure(store, stretch, { by, threshold: 20 })) {
            const group = await groupOf(grouping, row);
            if (grouping !== null && group === null) continue;
            const measured = Object.fromEntries(METRICS.map((id) => [id, row[id]]));
            const added = sums(group, last);
            const rolled = added === null ? null : metricsOf(added, { threshold: 20 });
            expect(Object.fromEntries(METRICS.map((id) => [id, rolled?.[id]]))).toEqual(measured);
            compared += 1;
          }
        }
      },
    ),
    { numRuns: 15 },
  );
  expect(compared).toBeGreaterThan(10);
});

/** What the sums know the group of a row by. */
async function groupOf(
  grouping: "party" | "team" | "queue" | "channel" | null,
  row: Readonly<Record<string, unknown>>,
): Promise<number | string | null> {
  if (grouping === null) return null;
  if (grouping === "channel") return row.channel as string;
  const uuid = row[`${grouping}Id`];
  if (typeof uuid !== "string") return null;
  return (await idsOf(store.db, grouping, [uuid]))[0] ?? null;
}
