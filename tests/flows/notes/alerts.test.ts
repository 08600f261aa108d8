/** What is past a threshold, and since when; expected days are counted by hand from the calls. */

import { beforeEach, describe, expect, it } from "vitest";
import {
  createStandings,
  isPast,
  readStandings,
  type Standing,
} from "../../../src/flows/notes/alerts.ts";
import type { Keeper } from "../../../src/flows/notes/keeping.ts";
import { addThreshold } from "../../../src/flows/notes/thresholds.ts";
import type { ThresholdWish } from "../../../src/store/notes/thresholds.ts";
import { testDatabase } from "../../support/database.ts";
import { calls } from "../import/hand-made.ts";
import { emptyStore, importRecords } from "../import/record-store.ts";

const store = await testDatabase();
const { rows } = await store.pool.query<{ id: string }>(
  "insert into app_user (name, role) values ('Mia', 'manager') returning id",
);
const KEEPER: Keeper = { userId: rows[0]?.id ?? "", role: "manager", partyId: null };
const NOW = new Date("2024-04-01T00:00:00Z");
const ANY = { party: [], team: [], queue: [], channel: [] } as const;
/** Longer than a minute's mean handling time, on the last day alone. */
const SLOW = { metric: "meanHandleSeconds", direction: "above", value: 60, days: 1 } as const;

beforeEach(async () => {
  await emptyStore(store);
  await store.pool.query("delete from threshold");
});

/** Ten calls on each day of March 2024, of that many seconds, in their order. */
const days = (seconds: readonly (number | null)[], queue = "cards") =>
  seconds.flatMap((talkSeconds, at) =>
    talkSeconds === null ? [] : calls(10, at + 1, { talkSeconds, queue, agent: queue }),
  );

async function standingOf(wish: Partial<ThresholdWish>): Promise<Standing | undefined> {
  const asked: ThresholdWish = { ...SLOW, grouping: null, filter: ANY, ...wish };
  await addThreshold(store, KEEPER, { ...asked, now: NOW });
  const all = await readStandings(store, KEEPER, { standings: createStandings(), now: NOW });
  return all.at(-1);
}

const sinceOf = (standing: Standing | undefined) =>
  standing?.alerts.map(({ group, since, sinceBefore }) => [group, since, sinceBefore]);

it("equal is not past, either way", () => {
  expect([59, 60, 61].map((figure) => isPast(SLOW, figure))).toEqual([false, false, true]);
  const below = { direction: "below", value: 60 } as const;
  expect([59, 60, 61].map((figure) => isPast(below, figure))).toEqual([true, false, false]);
});

describe("since", () => {
  it("is the first day of the run that still goes on", async () => {
    await importRecords(store, "alpha", "UTC", days([90, 90, 30, 90, 90, 90]));
    expect(sinceOf(await standingOf({}))).toEqual([[null, "2024-03-04", false]]);
  });

  it("is of the same number of days each time", async () => {
    await importRecords(store, "alpha", "UTC", days([30, 30, 90, 90, 90]));
    // Of two days: 3 and 4 March have 90 s, 2 and 3 March 60 s, which is not past.
    const standing = await standingOf({ days: 2 });
    expect(sinceOf(standing)).toEqual([[null, "2024-03-04", false]]);
    expect(standing?.alerts[0]).toMatchObject({
      figure: 90,
      n: 20,
      days: { from: "2024-03-04", to: "2024-03-06" },
    });
  });

  it("begins after a day without a figure", async () => {
    await importRecords(store, "alpha", "UTC", days([90, null, 90, 90]));
    expect(sinceOf(await standingOf({}))).toEqual([[null, "2024-03-03", false]]);
  });

  it("is the first day there is data for, at the earliest", async () => {
    await importRecords(store, "alpha", "UTC", days([90, 90, 90]));
    expect(sinceOf(await standingOf({}))).toEqual([[null, "2024-03-01", false]]);
  });

  it("goes back 14 days and then says that it was earlier", async () => {
    await importRecords(store, "alpha", "UTC", days(new Array(20).fill(90)));
    expect(sinceOf(await standingOf({}))).toEqual([[null, "2024-03-06", true]]);
  });

  it("is each group's own", async () => {
    await importRecords(store, "alpha", "UTC", [
      ...days([30, 90, 90]),
      ...days([90, 30, 90], "loans"),
      ...days([30, 30, 30], "mail"),
    ]);
    const standing = await standingOf({ grouping: "queue" });
    expect(sinceOf(standing)).toEqual([
      ["cards", "2024-03-02", false],
      ["loans", "2024-03-03", false],
    ]);
    expect(standing?.kept).toBe(1);
  });
});

describe("of too few", () => {
  it("nothing is held against a threshold: nine are too few, ten are not", async () => {
    await importRecords(store, "alpha", "UTC", [
      ...calls(9, 1, { talkSeconds: 90, queue: "cards" }),
      ...calls(10, 1, { talkSeconds: 90, queue: "loans", agent: "Bo" }),
    ]);
    const standing = await standingOf({ grouping: "queue" });
    expect(sinceOf(standing)).toEqual([["loans", "2024-03-01", false]]);
    expect(standing).toMatchObject({ kept: 0, tooFew: ["cards"], notComputable: [] });
    // All together there are nineteen.
    expect((await standingOf({}))?.alerts).toMatchObject([{ n: 19 }]);
  });

  it("keeps nothing either, and a count is no estimate", async () => {
    await importRecords(store, "alpha", "UTC", calls(9, 1, { talkSeconds: 30 }));
    expect(await standingOf({})).toMatchObject({ alerts: [], kept: 0, tooFew: [null] });
    const few = { metric: "handled", direction: "below", value: 20 } as const;
    expect(await standingOf(few)).toMatchObject({ alerts: [{ figure: 9, n: 9 }], tooFew: [] });
  });

  it("a day ends the run of days that were past", async () => {
    await importRecords(store, "alpha", "UTC", [
      ...days([90]),
      ...calls(9, 2, { talkSeconds: 90 }),
      ...days([null, null, 90, 90]),
    ]);
    expect(sinceOf(await standingOf({}))).toEqual([[null, "2024-03-03", false]]);
  });
});

describe("a standing", () => {
  it("has nothing to say where there is no data", async () => {
    expect(await standingOf({})).toMatchObject({
      alerts: [],
      kept: 0,
      notComputable: [],
      tooFew: [],
    });
  });

  it("counts no alert where the figure cannot be computed", async () => {
    await importRecords(store, "alpha", "UTC", days([90]));
    const standing = await standingOf({ metric: "satisfactionMean", direction: "below", value: 9 });
    expect(standing).toMatchObject({ alerts: [], kept: 0, notComputable: [null] });
  });

  it("outlives a metric that there is no more", async () => {
    await importRecords(store, "alpha", "UTC", days([90]));
    await standingOf({});
    await store.pool.query("update threshold set metric = 'dropped'");
    const all = await readStandings(store, KEEPER, { standings: createStandings(), now: NOW });
    expect(all).toMatchObject([{ alerts: [], kept: 0 }]);
  });

  it("is kept for less than a minute, and not past the next quarter of an hour with contacts", async () => {
    await importRecords(store, "alpha", "UTC", days([90]));
    const standings = createStandings();
    const n = async (now: Date) =>
      (await readStandings(store, KEEPER, { standings, now }))[0]?.alerts[0]?.n;
    await addThreshold(store, KEEPER, { ...SLOW, grouping: null, filter: ANY, now: NOW });
    expect(await n(NOW)).toBe(10);
    // In the same quarter of an hour as the others.
    await importRecords(store, "alpha", "UTC", calls(2, 1, { agent: "Bo", talkSeconds: 90 }));
    expect(await n(NOW)).toBe(10);
    expect(await n(new Date(NOW.getTime() + 60_000))).toBe(12);
    const arrivedAt = Date.parse("2024-03-01T12:00:00Z");
    await importRecords(
      store,
      "alpha",
      "UTC",
      calls(3, 1, { agent: "Cy", talkSeconds: 90, arrivedAt }),
    );
    expect(await n(new Date(NOW.getTime() + 60_000))).toBe(15);
  });
});
