/** Sums of parts are the sum of the whole, and what a small group or an unwatched day hides. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grouping } from "../../../src/domain/shared/vocabulary.ts";
import { measure } from "../../../src/flows/read/measure.ts";
import { askingOf, UNBOUNDED } from "../../../src/flows/read/scope.ts";
import { testDatabase } from "../../support/database.ts";
import { call, calls, stretch } from "../import/hand-made.ts";
import { madeRecords } from "../import/made-records.ts";
import { emptyStore, importInOrder, importRecords } from "../import/record-store.ts";

const store = await testDatabase();
const NOW = new Date("2027-01-01T00:00:00Z");

async function metrics(from: string, to: string, by: readonly Grouping[], asOf?: string) {
  const asking = await askingOf(store, { from, to, asOf }, UNBOUNDED, NOW);
  return measure(store, asking, { by, threshold: 20 });
}

const sum = (rows: readonly Readonly<Record<string, unknown>>[], id: string) =>
  rows.reduce((total, row) => total + Number(row[id]), 0);

it("the counts of the groups add up to the count of all, however they are grouped", async () => {
  await fc.assert(
    fc.asyncProperty(madeRecords, async ({ zone, records }) => {
      await emptyStore(store);
      await importInOrder(store, zone, records);
      const all = (await metrics("2024-01-01", "2025-01-01", []))[0];
      const contacts = records.filter(({ record }) => record.kind === "contact");
      expect(all?.contacts).toBe(contacts.length);
      for (const by of [
        ...[["agent"], ["team"], ["party"], ["queue"], ["channel"], ["day"], ["week"], ["month"]],
        ...[
          ["agent", "queue", "day"],
          ["queue", "channel", "month"],
        ],
      ] as Grouping[][]) {
        const rows = await metrics("2024-01-01", "2025-01-01", by);
        for (const id of ["contacts", "handled"]) expect(sum(rows, id)).toBe(all?.[id]);
        if (by.includes("agent")) continue;
        for (const id of ["abandoned", "redirected", "surveys", "complaints", "actions"]) {
          // Of a kind that was never imported nothing is known, of any group.
          if (all?.[id] === null) expect(rows.map((row) => row[id])).toEqual(rows.map(() => null));
          else expect(sum(rows, id)).toBe(all?.[id]);
        }
      }
      const hours = await metrics("2024-01-01", "2025-01-01", ["hour"]);
      for (const id of ["offered", "handled", "abandoned"]) expect(sum(hours, id)).toBe(all?.[id]);
    }),
    { numRuns: 6 },
  );
});

describe("by hand", () => {
  it("first-contact resolution counts only days whose whole window was seen", async () => {
    await emptyStore(store);
    await importRecords(store, "alpha", "UTC", [
      call("x1", 1, { customer: "X" }),
      call("y1", 1, { customer: "Y" }),
      call("x2", 5, { customer: "X" }),
    ]);
    // X came back after 4 days, Y did not; the window of 1 March ends with 8 March.
    for (const [asOf, expected] of [
      ["2024-03-08", null],
      ["2024-03-09", 0.5],
      ["2024-03-12", 0.5],
      // From the 13th on 5 March is in as well, of which nobody came back: 1 - 1/3.
      ["2024-03-13", 2 / 3],
    ] as const) {
      const [row] = await metrics("2024-03-01", "2024-04-01", [], asOf);
      expect([asOf, row?.firstContactResolution]).toEqual([asOf, expected]);
    }
    // Seen until the last day there is a contact on, if nobody says otherwise: 5 March.
    const [row] = await metrics("2024-03-01", "2024-04-01", []);
    expect([row?.firstContactResolution, row?.firstContactResolution1Day]).toEqual([null, 1]);
  });

  it("figures of an agent with fewer than ten contacts are hidden, the counts are not", async () => {
    await emptyStore(store);
    await importRecords(store, "alpha", "UTC", [
      ...calls(10, 1, { agent: "Ann" }),
      ...calls(9, 1, { agent: "Bo" }),
    ]);
    const [ann, bo] = await metrics("2024-03-01", "2024-03-02", ["agent"]);
    expect([ann?.agent, ann?.suppressed, ann?.handled, ann?.meanHandleSeconds]).toEqual([
      ...["Ann", false, 10, 30],
    ]);
    expect([bo?.agent, bo?.suppressed, bo?.handled, bo?.meanHandleSeconds]).toEqual([
      ...["Bo", true, 9, null],
    ]);
  });

  it("five denominators of cases per hour, and the identity between them", async () => {
    await emptyStore(store);
    const day = (from: string, to: string) =>
      [`2024-03-01T${from}:00Z`, `2024-03-01T${to}:00Z`] as const;
    await importRecords(store, "alpha", "UTC", [
      // 12 calls of 900 s: 3 h on task; signed on 6 h, of which 2 h available and 1 h aux.
      ...calls(12, 1, { talkSeconds: 700, holdSeconds: 50, wrapSeconds: 150 }),
      stretch("Ann", "signed_on", day("08:00", "14:00")),
      stretch("Ann", "available", day("09:00", "11:00")),
      stretch("Ann", "aux", day("12:00", "13:00")),
      stretch("Ann", "scheduled", day("08:00", "16:00")),
      stretch("Ann", "paid", day("08:00", "20:00")),
    ]);
    const [row] = await metrics("2024-03-01", "2024-03-02", []);
    expect([
      ...[row?.casesPerHourScheduled, row?.casesPerHourSignedOn, row?.casesPerHour],
      ...[row?.casesPerHourOnTask, row?.casesPerHourPaid],
    ]).toEqual([12 / 8, 12 / 6, 12 / 4, 12 / 3, 12 / 12]);
    expect([row?.occupancy, row?.auxShare]).toEqual([3 / 5, 1 / 6]);
    const product =
      Number(row?.casesPerHourOnTask) * Number(row?.occupancy) * (1 - Number(row?.auxShare));
    expect(product).toBeCloseTo(Number(row?.casesPerHourSignedOn), 12);
  });
});
