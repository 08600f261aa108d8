/** The laws of counting, on a real PostgreSQL, against a second implementation of the tallies. */

import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { testDatabase } from "../../support/database.ts";
import { madeRecords, type Sourced } from "./made-records.ts";
import { finalRecords, talliesOf } from "./oracle.ts";
import {
  carryStraight,
  emptyStore,
  importInOrder,
  importRecords,
  recount,
  storedTallies,
  tableDigests,
} from "./record-store.ts";

const store = await testDatabase();

/** Sorted by chance: a number a record. */
function shuffled(records: readonly Sourced[], chance: readonly number[]): Sourced[] {
  return records
    .map((one, at) => ({ one, by: chance[at % chance.length] ?? 0 }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one);
}

const chance = fc.array(fc.integer(), { minLength: 40, maxLength: 40 });
/** A failure is told by its seed at once: shrinking it takes minutes, for whoever looks into it. */
const RUNS = { numRuns: 8, endOnFailure: true };
vi.setConfig({ testTimeout: 60_000 });

const WAYS = [
  ["by a stage", false],
  ["straight into their tables", true],
] as const;

describe.each(WAYS)("the tallies of rows that go %s", (_, isCarried) => {
  beforeAll(() => carryStraight(isCarried));

  it("are what a second implementation counts, in any order and chunking of the import", async () => {
    await fc.assert(
      fc.asyncProperty(
        madeRecords,
        chance,
        fc.integer({ min: 1, max: 9 }),
        async (made, by, most) => {
          await emptyStore(store);
          await importInOrder(store, made.zone, shuffled(made.records, by), most);
          expect(await storedTallies(store)).toEqual(talliesOf(made.records, made.zone));
          expect((await recount(store)).differences).toEqual([]);
        },
      ),
      RUNS,
    );
  });

  it("follow rows that are replaced, and change nothing when everything comes again", async () => {
    await fc.assert(
      fc.asyncProperty(madeRecords, async ({ zone, records, versions }) => {
        await emptyStore(store);
        const inOrder = [...records, ...versions];
        await importInOrder(store, zone, records);
        await importInOrder(store, zone, versions, 1);
        const final = finalRecords(inOrder);
        expect(await storedTallies(store)).toEqual(talliesOf(final, zone));
        expect((await recount(store)).differences).toEqual([]);
        const before = await tableDigests(store);
        const again = await importInOrder(store, zone, final, 5);
        expect(again.map(({ rows, duplicates }) => rows - duplicates).every((n) => n === 0)).toBe(
          true,
        );
        expect(await tableDigests(store)).toEqual(before);
      }),
      RUNS,
    );
  });

  it("take a call's end from whichever log has it, together or apart, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(madeRecords, chance, fc.constantFrom(1, 40), async (made, by, most) => {
        await emptyStore(store);
        const open = made.records.flatMap(({ source, record }): Sourced[] =>
          record.kind === "contact" && record.outcome !== "unfinished"
            ? [{ source, record: { ...record, outcome: "unfinished", talkSeconds: 1 } }]
            : [],
        );
        const mixed = shuffled([...made.records, ...open], by);
        const bySource = ["alpha", "beta"].flatMap((name) =>
          mixed.filter(({ source }) => source === name),
        );
        await importInOrder(store, made.zone, bySource, most);
        expect(await storedTallies(store)).toEqual(talliesOf(made.records, made.zone));
      }),
      RUNS,
    );
  });
});

describe.each(WAYS)("the rows of an import, %s", (_, isCarried) => {
  beforeAll(() => carryStraight(isCarried));

  it("are accepted, duplicates, replaced or rejected, and these add up", async () => {
    const bad = fc.array(fc.nat({ max: 3 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(madeRecords, bad, async ({ zone, records, versions }, faults) => {
        await emptyStore(store);
        const rejects = faults.map((of, line) => ({
          ...{ line, code: "invalid_date", field: "date", value: `${of}`, expected: "a day" },
          raw: `row ${of}`,
        }));
        const mine = [...records, ...versions, ...records]
          .filter(({ source }) => source === "alpha")
          .map(({ record }) => record);
        const report = await importRecords(store, "alpha", zone, mine, rejects);
        const { accepted, duplicates, replaced, rejected } = report;
        expect(accepted + duplicates + replaced + rejected).toBe(report.rows);
        expect(report.rows).toBe(mine.length + rejects.length);
        const ids = new Set(mine.map(({ kind, externalId }) => `${kind} ${externalId}`));
        expect([accepted, rejected]).toEqual([ids.size, faults.length]);
        const kept = await store.pool.query("select raw from reject order by raw");
        const raws = [...new Set(rejects.map(({ raw }) => raw))].sort();
        expect(kept.rows.map(({ raw }) => raw)).toEqual(raws);
        const ledger = await store.pool.query(
          "select rows, accepted, duplicates, replaced, rejected, state from batch",
        );
        const { rows } = report;
        expect(ledger.rows).toEqual([
          { rows, accepted, duplicates, replaced, rejected, state: "done" },
        ]);
      }),
      RUNS,
    );
  });
});
