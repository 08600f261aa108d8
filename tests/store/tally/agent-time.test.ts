/** Agents' time by local day where clocks change: hours by hand, each from the zone's own rules. */

import { afterEach, expect, it } from "vitest";
import { stretch } from "../../flows/import/hand-made.ts";
import {
  emptyStore,
  importRecords,
  recount,
  storedTallies,
} from "../../flows/import/record-store.ts";
import { testDatabase } from "../../support/database.ts";

const store = await testDatabase();
afterEach(() => emptyStore(store));

/** A stretch that covers the days before, of and after the change, and the hours of each. */
const CHANGES: readonly (readonly [
  string,
  string,
  readonly [string, string],
  readonly number[],
])[] = [
  // 02:00 +02 becomes 03:00 +03 on 29 March: 23 hours.
  ["Asia/Jerusalem", "2024-03-28", ["2024-03-27T22:00:00Z", "2024-03-30T21:00:00Z"], [24, 23, 24]],
  // 02:00 +03 becomes 01:00 +02 on 27 October: 25 hours.
  ["Asia/Jerusalem", "2024-10-26", ["2024-10-25T21:00:00Z", "2024-10-28T22:00:00Z"], [24, 25, 24]],
  // 02:00 +11 becomes 01:30 +10:30 on 7 April: half an hour more.
  [
    "Australia/Lord_Howe",
    "2024-04-06",
    ["2024-04-05T13:00:00Z", "2024-04-08T13:30:00Z"],
    [24, 24.5, 24],
  ],
  // 02:00 +10:30 becomes 02:30 +11 on 6 October: half an hour less.
  [
    "Australia/Lord_Howe",
    "2024-10-05",
    ["2024-10-04T13:30:00Z", "2024-10-07T13:00:00Z"],
    [24, 23.5, 24],
  ],
  // 00:00 -05 becomes 01:00 -04 on 10 March: the day has no midnight.
  ["America/Havana", "2024-03-09", ["2024-03-09T05:00:00Z", "2024-03-12T04:00:00Z"], [24, 23, 24]],
  // 01:00 -04 becomes 00:00 -05 on 3 November: the day has two midnights.
  ["America/Havana", "2024-11-02", ["2024-11-02T04:00:00Z", "2024-11-05T05:00:00Z"], [24, 25, 24]],
];

it.each(CHANGES)("%s from %s", async (zone, first, [from, to], hours) => {
  await importRecords(store, "alpha", zone, [stretch("Ann", "paid", [from, to])]);
  const expected = hours.map((of, at) => {
    const day = new Date(Date.parse(first) + at * 86_400_000).toISOString().slice(0, 10);
    return [`Ann ${day}`, { paid_seconds: of * 3600 }];
  });
  expect([...(await storedTallies(store)).tally_agent_time]).toEqual(expected);
  expect((await recount(store)).differences).toEqual([]);
});
