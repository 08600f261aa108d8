/**
 * What a row touches: its own cells, and those of the past that it changes. Cells that it does not
 * touch are not even written, which is seen by the transaction that wrote them last.
 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContactRecord, SurveyRecord } from "../../../src/domain/shared/records.ts";
import { testDatabase } from "../../support/database.ts";
import { call } from "./hand-made.ts";
import { madeRecords } from "./made-records.ts";
import { cellOf, talliesOf } from "./oracle.ts";
import {
  cellVersions,
  emptyStore,
  importInOrder,
  importRecords,
  recount,
  storedTallies,
  writtenSince,
} from "./record-store.ts";

const store = await testDatabase();
const ZONE = "Asia/Jerusalem";

const keyOf = (contact: ContactRecord) =>
  cellOf(contact)
    .map((part) => part ?? "-")
    .join(" ");

async function measures(key: string, of: readonly string[]): Promise<(number | undefined)[]> {
  const cell = (await storedTallies(store)).tally_agent_day.get(key);
  return of.map((name) => cell?.[name]);
}

describe("a late contact", () => {
  it("makes the customer's earlier contact repeated, and leaves all other days alone", async () => {
    await emptyStore(store);
    const others = [1, 2, 20].map((day) => call(`o${day}`, day, { customer: "4712", agent: "Bo" }));
    await importRecords(store, "alpha", ZONE, [call("a", 1), call("b", 30), ...others]);
    const windows = ["repeated_1d", "repeated_7d", "repeated_14d", "repeated_30d"];
    const first = "Ann 2024-03-01 cards call false";
    // By hand: from 1 to 30 March are 29 days, then from 1 to 8 March exactly 7.
    expect(await measures(first, windows)).toEqual([undefined, undefined, undefined, 1]);
    const before = await cellVersions(store);
    await importRecords(store, "alpha", ZONE, [call("late", 8, { agent: "Cy", channel: "chat" })]);
    expect((await writtenSince(store, before)).sort()).toEqual([
      first,
      "Cy 2024-03-08 cards chat false",
    ]);
    expect(await measures(first, windows)).toEqual([undefined, 1, 1, 1]);
    // One millisecond past the window of seven days it is not repeated within it.
    const late = call("late", 8, { agent: "Cy", channel: "chat" });
    const moved = { ...late, arrivedAt: late.arrivedAt + 1 };
    const report = await importRecords(store, "alpha", ZONE, [moved]);
    expect([report.replaced, report.accepted, report.duplicates]).toEqual([1, 0, 0]);
    expect(await measures(first, windows)).toEqual([undefined, undefined, 1, 1]);
  });

  it("writes no cell but its own, its customer's earlier ones and those of what links to it", async () => {
    const base = madeRecords.filter(({ records }) => records.length > 5);
    await fc.assert(
      fc.asyncProperty(base, fc.nat(), async ({ zone, records }, at) => {
        await emptyStore(store);
        const contacts = records.filter(({ record }) => record.kind === "contact");
        const late = contacts[at % contacts.length];
        const contact = late?.record as ContactRecord;
        const rest = records.filter((one) => one !== late);
        await importInOrder(store, zone, rest);
        const before = await cellVersions(store);
        await importRecords(store, late?.source ?? "", zone, [contact]);
        const was = talliesOf(rest, zone).tally_agent_day;
        const is = talliesOf(records, zone).tally_agent_day;
        const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
          (key) => JSON.stringify(sorted(was.get(key))) !== JSON.stringify(sorted(is.get(key))),
        );
        const linked = [...was.keys(), keyOf(contact)].filter((key) =>
          records.some(
            ({ record }) =>
              (record.kind === "complaint" || record.kind === "outcome") &&
              record.contact?.externalId === contact.externalId &&
              key.includes(record.localDay),
          ),
        );
        const written = await writtenSince(store, before);
        expect(changed.filter((key) => is.has(key) && !written.includes(key))).toEqual([]);
        expect(written.filter((key) => ![...changed, ...linked].includes(key))).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

function sorted(cell: Readonly<Record<string, number>> | undefined) {
  return Object.entries(cell ?? {}).sort();
}

describe("a survey", () => {
  const survey: SurveyRecord = {
    kind: "survey",
    externalId: "s",
    contact: { source: "phones", externalId: "a" },
    milliPoints: 4000,
    answeredAt: Date.parse("2024-03-02T00:00:00Z"),
  };
  const key = "Ann 2024-03-01 cards call false";
  const points = ["surveys", "survey_milli_points", "survey_milli_points_squared"];

  it.each([
    ["before", [survey, call("a", 1)]],
    ["after", [call("a", 1), survey]],
  ] as const)(
    "that comes %s its contact, from a source of its own, ends in its cell",
    async (_, order) => {
      await emptyStore(store);
      for (const record of order) {
        const source = record.kind === "survey" ? "opinions" : "phones";
        await importRecords(store, source, ZONE, [record]);
      }
      expect(await measures(key, points)).toEqual([1, 4000, 16_000_000]);
      expect((await recount(store)).differences).toEqual([]);
    },
  );

  it("goes with its contact when that is corrected", async () => {
    await emptyStore(store);
    await importRecords(store, "phones", ZONE, [call("a", 1), { ...survey, contact: own("a") }]);
    await importRecords(store, "phones", ZONE, [call("a", 1, { agent: "Bo", queue: null })]);
    expect(await measures("Bo 2024-03-01 - call false", points)).toEqual([1, 4000, 16_000_000]);
    expect(await measures(key, ["contacts", ...points])).toEqual(Array(4).fill(undefined));
  });
});

const own = (externalId: string) => ({ source: null, externalId });

it("two contacts of one moment repeat each other not, whatever their sources are called", async () => {
  for (const order of [
    ["alpha", "beta"],
    ["beta", "alpha"],
  ]) {
    await emptyStore(store);
    for (const source of order) {
      const agent = source === "alpha" ? "Ann" : "Bo";
      await importRecords(store, source, ZONE, [call("same", 1, { agent })]);
    }
    for (const agent of ["Ann", "Bo"]) {
      const key = `${agent} 2024-03-01 cards call false`;
      expect(await measures(key, ["customer_known", "repeated_30d"])).toEqual([1, undefined]);
    }
  }
});
