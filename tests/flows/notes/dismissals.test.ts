/** What one account has put away stays away as long as the run of days goes on, for that account alone. */

import { beforeEach, describe, expect, it } from "vitest";
import { createStandings, readStandings } from "../../../src/flows/notes/alerts.ts";
import { dismissAlerts, readDismissed } from "../../../src/flows/notes/dismissals.ts";
import type { Keeper } from "../../../src/flows/notes/keeping.ts";
import {
  addThreshold,
  changeThreshold,
  removeThreshold,
} from "../../../src/flows/notes/thresholds.ts";
import type { Threshold } from "../../../src/store/notes/thresholds.ts";
import { testDatabase } from "../../support/database.ts";
import { calls } from "../import/hand-made.ts";
import { emptyStore, importRecords } from "../import/record-store.ts";

const store = await testDatabase();
const { rows } = await store.pool.query<{ id: string }>(
  "insert into app_user (name, role) values ('Mia', 'manager'), ('Max', 'manager') returning id",
);
const keeper = (at: number): Keeper => ({
  ...{ userId: rows[at]?.id ?? "", role: "manager", partyId: null },
});
const [MIA, MAX] = [keeper(0), keeper(1)];
const NOW = new Date("2024-04-01T00:00:00Z");
const LATER = new Date("2024-04-01T00:01:00Z");
const ANY = { party: [], team: [], queue: [], channel: [] } as const;
const SLOW = { metric: "meanHandleSeconds", direction: "above", value: 60, days: 1 } as const;
const WISH = { ...SLOW, grouping: "queue", filter: ANY, now: NOW } as const;

let threshold: Threshold;

beforeEach(async () => {
  await emptyStore(store);
  await store.pool.query("delete from threshold");
  threshold = await addThreshold(store, MIA, WISH);
});

/** Ten calls of a queue on a day of March 2024, too slow or not. */
const day = (at: number, talkSeconds: number, queue = "cards") =>
  importRecords(
    store,
    `${queue} ${at}`,
    "UTC",
    calls(10, at, { talkSeconds, queue, agent: queue }),
  );

async function alerts(of: Keeper) {
  const standings = await readStandings(store, of, { standings: createStandings(), now: NOW });
  const isDismissed = await readDismissed(store, of);
  return standings.flatMap((standing) =>
    standing.alerts.map((alert) => ({ alert, isDismissed: isDismissed(alert) })),
  );
}

/** The queues that are past it, and whether they were put away. */
const shown = async (of = MIA) =>
  (await alerts(of)).map(({ alert, isDismissed }) => [alert.group, isDismissed]);

async function dismissAll(of = MIA, now = NOW): Promise<void> {
  const seen = (await alerts(of)).map(({ alert }) => ({
    ...{ threshold: alert.threshold.id, groupId: alert.groupId },
  }));
  await dismissAlerts(store, of, { alerts: seen, now });
}

describe("an alert put away", () => {
  it("is away for the account that did it, not for its colleague", async () => {
    await day(1, 90);
    expect(await shown()).toEqual([["cards", false]]);
    await dismissAll();
    expect(await shown()).toEqual([["cards", true]]);
    expect(await shown(MAX)).toEqual([["cards", false]]);
  });

  it("stays away while it goes on, and another group's is told", async () => {
    await day(1, 90);
    await dismissAll();
    await day(2, 90);
    await day(2, 90, "loans");
    expect(await shown()).toEqual([
      ["cards", true],
      ["loans", false],
    ]);
  });

  it("is told of again when it comes back after a day within the threshold", async () => {
    await day(1, 90);
    await dismissAll();
    await day(2, 30);
    expect(await shown()).toEqual([]);
    await day(3, 90);
    expect(await shown()).toEqual([["cards", false]]);
    await dismissAll();
    expect(await shown()).toEqual([["cards", true]]);
  });

  it("is told of again when its threshold was changed since", async () => {
    await day(1, 90);
    await dismissAll();
    const { id, version } = threshold;
    await changeThreshold(store, MIA, { ...WISH, id, version, value: 70, now: LATER });
    expect(await shown()).toEqual([["cards", false]]);
    await dismissAll(MIA, LATER);
    expect(await shown()).toEqual([["cards", true]]);
  });

  it("leaves nothing when its threshold is deleted", async () => {
    await day(1, 90);
    await dismissAll();
    await removeThreshold(store, MIA, threshold.id);
    const left = await store.pool.query("select from alert_dismissal");
    expect(left.rowCount).toBe(0);
  });

  it("is of all together where the threshold holds nothing apart", async () => {
    await removeThreshold(store, MIA, threshold.id);
    await addThreshold(store, MIA, { ...WISH, grouping: null });
    await day(1, 90);
    await dismissAll();
    expect(await shown()).toEqual([[null, true]]);
  });
});
